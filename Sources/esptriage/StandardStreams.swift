#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The three descriptors that a program is started with, any of which may be closed.
enum StandardStreams {
  /// Puts something in the place of those that are closed.
  ///
  /// The next file that is opened would take the number: results would be written into it, or what waits for Ctrl-C
  /// would be read as a log, for ever. What stands there now fails in the direction that was meant.
  static func occupyClosed() {
    for (descriptor, opposite) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free is taken, which is this one.
      _ = open("/dev/null", opposite)
    }
  }

  /// Whether there is a standard input; the runtime may have taken the number of a closed one for a file of no kind.
  static var hasInput: Bool {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT != 0 else { return false }
    return fcntl(STDIN_FILENO, F_GETFL) & O_ACCMODE != O_WRONLY
  }
}

/// Standard input was to be read and is closed.
struct ClosedInput: Error, CustomStringConvertible {
  let description =
    "Standard input is closed. Pipe a log into it, 'idf.py monitor | esptriage watch -', or name a log or a port."
}
