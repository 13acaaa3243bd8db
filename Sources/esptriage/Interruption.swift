import CInterruption

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C and the like, as something that can be asked for and waited on.
///
/// The first asks the work to end with what it has; the second ends the program at once.
struct Interruption {
  /// Whether somebody asked to stop; can be handed to any task.
  struct Signal: Sendable {
    /// Can be read once a stop is asked for; never read from.
    let descriptor: Int32

    var isRequested: Bool { cinterruption_is_asked() != 0 }

    /// Waits until somebody asks.
    func wait() {
      while !isRequested {
        var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&question, 1, -1)
      }
    }
  }

  let signal: Signal

  /// Takes over SIGINT and SIGTERM.
  init() throws(PipeError) {
    let descriptor = cinterruption_begin(ExitStatus.interrupted.rawValue)
    guard descriptor >= 0 else { throw PipeError(code: errno) }
    signal = Signal(descriptor: descriptor)
  }

  /// The system has no pipe left.
  struct PipeError: Error, CustomStringConvertible {
    let code: Int32

    var description: String {
      "No pipe for Ctrl-C: \(strerror(code).map { String(cString: $0) } ?? "\(code)"). "
        + "Raise the limit of open files with 'ulimit -n 4096'."
    }
  }
}
