import Glibc
import SerialInput
import Synchronization

/// What a follower told, to be asked from the test's thread.
final class EventLog: Sendable {
  /// An event without what is only valid during the call.
  enum Seen: Equatable {
    case waiting
    case appeared(String)
    case opened(NodeIdentity, String)
    case quiet(NodeIdentity)
    case disconnected(NodeIdentity)
    case reconnected(NodeIdentity, String)
    case failed(NodeIdentity, SerialPortError)
    case tick
  }

  private struct State {
    var seen: [(event: Seen, at: ContinuousClock.Instant)] = []
    var bytes: [NodeIdentity: [UInt8]] = [:]
    var lastBytesAt: ContinuousClock.Instant?
  }
  private let state = Mutex(State())

  func receive(_ event: PortEvent) {
    let now = ContinuousClock.now
    state.withLock { state in
      switch event {
      case .waiting: state.seen.append((.waiting, now))
      case .appeared(let port): state.seen.append((.appeared(port.node), now))
      case .opened(let node, let port, _): state.seen.append((.opened(node, port.node), now))
      case .bytes(let node, let bytes, _):
        state.bytes[node, default: []] += Array(bytes)
        state.lastBytesAt = now
      case .quiet(let node, _): state.seen.append((.quiet(node), now))
      case .disconnected(let node, _): state.seen.append((.disconnected(node), now))
      case .reconnected(let node, let port, _):
        state.seen.append((.reconnected(node, port.node), now))
      case .failed(let node, let error, _): state.seen.append((.failed(node, error), now))
      case .tick: state.seen.append((.tick, now))
      }
    }
  }

  var seen: [Seen] { state.withLock { $0.seen.map(\.event) } }
  var lastBytesAt: ContinuousClock.Instant? { state.withLock { $0.lastBytesAt } }

  func bytes(of node: NodeIdentity) -> [UInt8] { state.withLock { $0.bytes[node] ?? [] } }
  func text(of node: NodeIdentity) -> String { String(decoding: bytes(of: node), as: UTF8.self) }

  func count(_ isWanted: (Seen) -> Bool) -> Int { seen.count(where: isWanted) }

  /// When the last such event was told.
  func moment(_ isWanted: (Seen) -> Bool) -> ContinuousClock.Instant? {
    state.withLock { $0.seen.last { isWanted($0.event) }?.at }
  }

  /// Waits until it holds; false after so long.
  func wait(_ limit: Duration = .seconds(5), until holds: (EventLog) -> Bool) -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      if holds(self) { return true }
      usleep(500)
    }
    return holds(self)
  }
}

/// Follows while the body runs.
func following(
  _ target: FollowTarget, settings: FollowSettings = FollowSettings(),
  _ body: (EventLog, PortFollower) throws -> Void
) throws {
  let log = EventLog()
  let follower = try PortFollower(target, settings: settings)
  let thread = try follower.start { log.receive($0) }
  defer {
    follower.stop()
    thread.join()
  }
  try body(log, follower)
}
