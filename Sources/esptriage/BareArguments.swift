import SerialInput

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A command line without a command: a port is watched, a log is diagnosed.
enum BareArguments {
  /// The arguments with the command that they mean put in front, where that is not `diagnose`; or with the standard
  /// input that they leave out.
  static func completed(_ arguments: [String]) -> [String] {
    guard mayWatch(arguments) else { return arguments }
    if let reading = readingPipedInput(arguments) { return reading }
    // What does not parse is for the real parsing to complain about.
    guard let watch = try? Watch.parse(arguments) else {
      return namesPort(arguments) ? ["watch"] + arguments : arguments
    }
    guard watch.ports.allSatisfy(isPort) else { return arguments }
    return ["watch"] + arguments
  }

  /// Told by the first argument, where it can be: parsing takes as long as all else at the start.
  private static func mayWatch(_ arguments: [String]) -> Bool {
    guard let first = arguments.first else { return true }
    if ["--version", "--help", "-h"].contains(first) { return false }
    // A word that is no option would be one of the ports.
    return first.hasPrefix("-") || isPort(first)
  }

  /// `cat run.log | esptriage --quiet`: the arguments with the `-` that is meant.
  ///
  /// Only a pipe and a file were put there by somebody; a terminal and `/dev/null` are there where nobody thought of any.
  /// A port that is named, also in the environment, and options that only ports have, mean a port.
  private static func readingPipedInput(_ arguments: [String]) -> [String]? {
    guard arguments.first?.hasPrefix("-") ?? true, !PortOptions.namesPortInEnvironment,
      let input = PipedInput.current
    else { return nil }
    let reading = arguments + [PortSource.standardInputName]
    guard let diagnose = try? Diagnose.parse(reading),
      diagnose.paths == [PortSource.standardInputName]
    else { return nil }
    input.sayIfSilent()
    return reading
  }

  /// `diagnose` has no such option: complaints about the others should be those of `watch`.
  private static func namesPort(_ arguments: [String]) -> Bool {
    arguments.first == "-p" || arguments.first == "--port"
  }

  /// Whether a name is that of a terminal, a serial device or a port in the network, or like one of a
  /// device that is not there yet.
  ///
  /// Told without opening it: that alone may reset a chip.
  private static func isPort(_ name: String) -> Bool {
    if PortSource.isURL(name) { return true }
    let path = PortChoice.path(name)
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
