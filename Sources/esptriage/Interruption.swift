import Dispatch

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

    var isRequested: Bool {
      var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      return poll(&question, 1, 0) > 0
    }

    /// Waits until somebody asks.
    func wait() {
      while !isRequested {
        var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&question, 1, -1)
      }
    }
  }

  let signal: Signal
  private let sources: [any DispatchSourceSignal]

  /// Takes over SIGINT and SIGTERM.
  init() throws(PipeError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw PipeError(code: errno) }
    signal = Signal(descriptor: ends[0])
    let (asked, tell) = (signal, ends[1])
    sources = [SIGINT, SIGTERM].map { number in
      // The default action would end the program before the source hears of it.
      Self.ignore(number)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if asked.isRequested { _exit(ExitStatus.interrupted.rawValue) }
        _ = write(tell, [1], 1)
      }
      source.resume()
      return source
    }
  }

  private static func ignore(_ number: Int32) {
    #if canImport(Glibc)
      _ = Glibc.signal(number, SIG_IGN)
    #elseif canImport(Musl)
      _ = Musl.signal(number, SIG_IGN)
    #else
      _ = Darwin.signal(number, SIG_IGN)
    #endif
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
