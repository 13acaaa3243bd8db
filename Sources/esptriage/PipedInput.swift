#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A standard input that somebody connected to something: a pipe or a file.
struct PipedInput {
  private let isPipe: Bool

  /// The standard input of this run; nil where it is a terminal, a device such as `/dev/null`, or closed.
  static var current: PipedInput? {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFIFO: return PipedInput(isPipe: true)
    case S_IFREG: return PipedInput(isPipe: false)
    default: return nil
    }
  }

  /// How long a pipe may say nothing before a word is due, in milliseconds.
  private static let patience: Int32 = 1500

  /// Says what is waited for, where nothing comes: other programs leave open pipes to those that they start.
  func sayIfSilent() {
    guard isPipe else { return }
    var question = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard poll(&question, 1, Self.patience) == 0 else { return }
    Diagnostics.say(
      "Waiting for a log on standard input, which is a pipe. To follow a node instead: 'esptriage watch'."
    )
  }
}
