import Glibc

/// A port on another machine that is followed: connected, or being connected to.
final class NetworkLane: StreamLane {
  let node: NodeIdentity
  private let address: NetworkAddress
  private let settings: FollowSettings
  private var baud: UInt32
  private var state = State.resting(until: 0)
  private var lookup: NameLookup?
  private var backOff = BackOff()
  private var openings = 0
  private var toldError: RemotePortError?
  private var quietAt: Int64?
  private var resetSteps: ArraySlice<ResetStrategy.Step> = []
  private var nextStep: Int64?

  private enum State {
    case resting(until: Int64)
    case dialing(Dialing)
    case connected(NetworkConnection)
    /// Nothing that comes by itself can help.
    case over
  }

  init(_ address: NetworkAddress, settings: FollowSettings) {
    node = NodeIdentity(node: address.url)
    self.address = address
    self.settings = settings
    baud = settings.serial.baud
  }

  var poll: pollfd {
    switch state {
    case .dialing(let dialing): dialing.poll
    case .connected(let connection): connection.poll
    case .resting, .over: pollfd(fd: -1, events: 0, revents: 0)
    }
  }

  var deadline: Int64? {
    switch state {
    case .resting(let until): until
    case .dialing(let dialing): dialing.deadline
    case .connected(let connection):
      [connection.deadline, quietAt, nextStep].compactMap(\.self).min()
    case .over: nil
    }
  }

  // MARK: - Time

  func act(now: Int64, _ tell: (PortEvent) -> Void) {
    switch state {
    case .resting(let until):
      guard until <= now else { return }
      let dialing = Dialing(
        address, patience: settings.connectWithin, continuing: lookup, now: now)
      state = .dialing(dialing)
      advance(dialing, now, tell)
    case .dialing(let dialing):
      if dialing.deadline <= now { advance(dialing, now, tell) }
    case .connected(let connection):
      if let quietAt, quietAt <= now {
        self.quietAt = nil
        tell(.quiet(node, at: .now()))
      }
      stepReset(connection, now)
      follow(connection.act(now: now), connection, tell)
    case .over: break
    }
  }

  func ready(
    _ events: Int16, _ buffer: UnsafeMutableRawBufferPointer, _ tell: (PortEvent) -> Void
  ) {
    switch state {
    case .dialing(let dialing): advance(dialing, monotonicNow(), tell)
    case .connected(let connection):
      if events & Int16(POLLOUT) != 0 { follow(connection.flush(), connection, tell) }
      if events & ~Int16(POLLOUT) != 0, case .connected = state {
        follow(connection.read(into: buffer), connection, tell)
      }
    case .resting, .over: break
    }
  }

  private func advance(_ dialing: Dialing, _ now: Int64, _ tell: (PortEvent) -> Void) {
    switch dialing.proceed(now: now) {
    case .waiting: lookup = dialing.lookup
    case .failed(let error):
      lookup = dialing.lookup
      failed(error, tell)
    case .connected(let socket):
      lookup = nil
      let connection = NetworkConnection(socket, address, baud: baud, now: now)
      state = .connected(connection)
      follow(connection.begin(), connection, tell)
    }
  }

  // MARK: - What the connection brings

  private func follow(
    _ news: [NetworkConnection.News], _ connection: NetworkConnection,
    _ tell: (PortEvent) -> Void
  ) {
    for item in news {
      switch item {
      case .open:
        openings += 1
        toldError = nil
        let port = AttachedPort(node: address.url)
        guard openings == 1 else {
          tell(.reconnected(node, port, at: .now()))
          continue
        }
        tell(.opened(node, port, at: .now()))
        if settings.reset == .onFirstOpening { reset(.classic, tell) }
      case .bytes(let bytes):
        let now = ArrivalTime.now()
        quietAt = now.monotonicNanoseconds + settings.quietAfter.nanoseconds
        bytes.withUnsafeBytes { tell(.bytes(node, $0, at: now)) }
      case .otherBaud(let actual):
        say(.otherBaud(address, wanted: baud, actual: actual), tell)
      case .unfit:
        failed(.noComPortOption(address), tell)
        return
      case .lost:
        lose(connection, tell)
        return
      }
    }
  }

  private func lose(_ connection: NetworkConnection, _ tell: (PortEvent) -> Void) {
    let now = monotonicNow()
    if connection.isOpen { tell(.disconnected(node, at: .now())) }
    rest(until: now + backOff.pause(after: now - connection.since))
  }

  private func failed(_ error: RemotePortError, _ tell: (PortEvent) -> Void) {
    say(error, tell)
    // What served once will again: servers restart.
    if error.outlook == .hopeless, openings == 0 {
      rest(until: 0)
      state = .over
    } else {
      rest(until: monotonicNow() + backOff.pause(after: 0))
    }
  }

  private func rest(until moment: Int64) {
    state = .resting(until: moment)
    quietAt = nil
    nextStep = nil
    resetSteps = []
  }

  private func say(_ error: RemotePortError, _ tell: (PortEvent) -> Void) {
    guard error != toldError else { return }
    toldError = error
    tell(.failed(node, .remote(error), at: .now()))
  }

  // MARK: - Requests

  func setBaud(_ baud: UInt32, _ tell: (PortEvent) -> Void) {
    self.baud = baud
    switch address.scheme {
    case .socket: tell(.failed(node, .baudRefused(path: address.url, baud: baud), at: .now()))
    case .rfc2217:
      guard case .connected(let connection) = state else { return }
      follow(connection.setBaud(baud), connection, tell)
    }
  }

  func reset(_ strategy: ResetStrategy, _ tell: (PortEvent) -> Void) {
    switch address.scheme {
    case .socket: tell(.failed(node, .noModemLines(path: address.url), at: .now()))
    case .rfc2217:
      guard case .connected(let connection) = state, connection.isOpen else { return }
      resetSteps = strategy.steps[...]
      nextStep = monotonicNow()
      stepReset(connection, monotonicNow())
    }
  }

  private func stepReset(_ connection: NetworkConnection, _ now: Int64) {
    while let due = nextStep, due <= now {
      guard let step = resetSteps.popFirst() else {
        nextStep = nil
        return
      }
      nextStep = now + step.hold.nanoseconds
      connection.setLines(step.lines)
      if step.hold > .zero { return }
    }
  }
}

/// How long to wait before connecting again: longer each time, until a connection has lasted.
struct BackOff {
  private var failures = 0
  private static let pauses: [Int64] = [100, 250, 500, 1000, 2000]
  private static let lastedFor = Int64.milliseconds(1000)

  /// The pause after a connection that held so long, in nanoseconds.
  mutating func pause(after lasted: Int64) -> Int64 {
    if lasted >= Self.lastedFor { failures = 0 }
    defer { failures = min(failures + 1, Self.pauses.count - 1) }
    return .milliseconds(Self.pauses[failures])
  }
}
