#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A command line without a command: a port is watched, a log is diagnosed.
enum BareArguments {
  /// The arguments with the command that they mean put in front, where that is not `diagnose`.
  static func completed(_ arguments: [String]) -> [String] {
    // What does not parse is for the real parsing to complain about.
    guard let watch = try? Watch.parse(arguments) else {
      return namesPort(arguments) ? ["watch"] + arguments : arguments
    }
    guard watch.ports.allSatisfy(isPort) else { return arguments }
    return ["watch"] + arguments
  }

  /// `diagnose` has no such option: complaints about the others should be those of `watch`.
  private static func namesPort(_ arguments: [String]) -> Bool {
    arguments.first == "-p" || arguments.first == "--port"
  }

  /// Whether a path is a terminal or serial device, or is named like one that is not there yet.
  ///
  /// Told without opening it: that alone may reset a chip.
  private static func isPort(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return path.hasPrefix("/dev/tty") || path.hasPrefix("/dev/serial/")
    }
    guard status.st_mode & S_IFMT == S_IFCHR else { return false }
    // `/dev/stdin` of a shell is its terminal, `/dev/null` an empty log.
    var input = stat()
    if fstat(STDIN_FILENO, &input) == 0, input.st_rdev == status.st_rdev { return false }
    var null = stat()
    if stat("/dev/null", &null) == 0, major(null.st_rdev) == major(status.st_rdev) { return false }
    return true
  }

  private static func major(_ device: dev_t) -> UInt64 {
    // The memory devices have numbers below 256 in every layout of `dev_t`.
    UInt64(truncatingIfNeeded: device) >> 8
  }
}
