import Glibc

/// Standard input, as it arrives. Its end is a disconnection after which nothing comes back.
final class InputLane: StreamLane {
  let node = NodeIdentity(node: PortSource.standardInputName)
  private let quietAfter: Int64
  private var quietAt: Int64?
  private var state = State.notBegun

  private enum State { case notBegun, open, ended }

  init(settings: FollowSettings) {
    quietAfter = settings.quietAfter.nanoseconds
  }

  var poll: pollfd {
    pollfd(fd: state == .open ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0)
  }

  var deadline: Int64? { state == .notBegun ? 0 : quietAt }

  func act(now: Int64, _ tell: (PortEvent) -> Void) {
    if state == .notBegun {
      state = .open
      tell(.opened(node, AttachedPort(node: node.node), at: .now()))
    }
    if let quietAt, quietAt <= now {
      self.quietAt = nil
      tell(.quiet(node, at: .now()))
    }
  }

  func ready(
    _ events: Int16, _ buffer: UnsafeMutableRawBufferPointer, _ tell: (PortEvent) -> Void
  ) {
    guard let start = buffer.baseAddress else { return }
    // One reading only, as the next could wait: the flags of standard input are not ours alone to change.
    let count = uninterrupted { Glibc.read(STDIN_FILENO, start, buffer.count) }
    if count < 0, errno == EAGAIN { return }
    let now = ArrivalTime.now()
    guard count > 0 else {
      let number = errno
      state = .ended
      quietAt = nil
      if count < 0 {
        tell(
          .failed(
            node, .system(path: "standard input", operation: "reading", errno: number), at: now))
      }
      tell(.disconnected(node, at: now))
      return
    }
    quietAt = now.monotonicNanoseconds + quietAfter
    tell(.bytes(node, UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: now))
  }

  func setBaud(_ baud: UInt32, _ tell: (PortEvent) -> Void) {
    tell(.failed(node, .baudRefused(path: "standard input", baud: baud), at: .now()))
  }

  func reset(_ strategy: ResetStrategy, _ tell: (PortEvent) -> Void) {
    tell(.failed(node, .noModemLines(path: "standard input"), at: .now()))
  }
}
