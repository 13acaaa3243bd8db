import SerialInput
import Synchronization

/// Keeps what a node prints on its port while something else goes on.
final class PortListening: Sendable {
  private let port: String
  private let follower: PortFollower
  private let thread: FollowThread
  private let heard: Heard

  /// What came so far.
  private final class Heard: Sendable {
    struct State {
      var bytes: [UInt8] = []
      var isOpen = false
      var isFull = false
      var failure: SerialPortError?
    }

    /// A node that prints without end must not fill the memory.
    static let most = 16 << 20

    let state = Mutex(State())

    func hear(_ event: PortEvent) {
      state.withLock { state in
        switch event {
        case .bytes(_, let bytes, _):
          // Nothing is kept behind a gap: the lines around it would seem to follow one another.
          state.isFull = state.isFull || state.bytes.count + bytes.count > Self.most
          if !state.isFull { state.bytes += bytes }
        case .opened, .reconnected: (state.isOpen, state.failure) = (true, nil)
        case .failed(_, let error, _): state.failure = error
        case .waiting, .appeared, .quiet, .disconnected, .tick: break
        }
      }
    }
  }

  /// Listens from the moment the port is open, and returns then; nothing is sent to the port.
  ///
  /// A port that does not open is an error: what is sent to a node meanwhile cannot be taken back.
  static func begin(
    on port: String, baud: UInt32, until stop: Interruption.Signal
  ) async throws -> PortListening {
    let listening = try PortListening(PortChoice.path(port), baud: baud)
    do {
      try await listening.open(until: stop)
    } catch {
      listening.end()
      throw error
    }
    return listening
  }

  private init(_ port: String, baud: UInt32) throws {
    var settings = FollowSettings()
    settings.serial.baud = baud
    let heard = Heard()
    self.port = port
    follower = try PortFollower(.ports([port]), settings: settings)
    self.heard = heard
    thread = try follower.start { heard.hear($0) }
  }

  private func open(until stop: Interruption.Signal) async throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while !heard.state.withLock({ $0.isOpen }) {
      if let failure = heard.state.withLock({ $0.failure }) { throw failure }
      if stop.isRequested { throw ExitStatus.interrupted }
      guard ContinuousClock.now < deadline else { throw SerialPortError.notFound(path: port) }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  private func end() {
    follower.stop()
    thread.join()
  }

  /// Stops, and tells what came.
  func finish() -> [UInt8] {
    end()
    return heard.state.withLock { state in
      if let failure = state.failure { Diagnostics.say(TextOfName.shown(failure.description)) }
      if state.isFull {
        Diagnostics.say(
          TextOfName.shown("\(port) printed more than 16 MiB: only the beginning is judged."))
      }
      return state.bytes
    }
  }
}
