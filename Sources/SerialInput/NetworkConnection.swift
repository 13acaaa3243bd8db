import Glibc

/// A connection to a port on another machine, until it is lost.
final class NetworkConnection {
  /// What came of waiting, reading or writing.
  enum News {
    /// The port behind it can be followed now.
    case open
    case bytes([UInt8])
    /// The server set another rate than the one asked for.
    case otherBaud(UInt32)
    /// The other side does not speak what it should.
    case unfit
    case lost
  }

  /// When it was made.
  let since: Int64
  /// Whether the port behind it is followed.
  private(set) var isOpen = false
  private let socket: Int32
  private let patience: Int64
  /// Nil for raw TCP.
  private var session: ComPortSession?
  private var stage = Stage.agreeing
  private var baud: UInt32
  /// By when the server has to answer.
  private(set) var deadline: Int64?
  /// What arrived before the port counted as open.
  private var early: [UInt8] = []

  /// How far the talk with the server is.
  private enum Stage { case agreeing, configuring, settled }

  /// A server that never reads must not fill our memory.
  private static let mostOutgoing = 1 << 16
  private static let mostEarly = 1 << 20

  init(_ socket: Int32, _ address: NetworkAddress, baud: UInt32, now: Int64) {
    self.socket = socket
    self.baud = baud
    since = now
    patience = address.patience.nanoseconds
    watchOver(socket)
    switch address.scheme {
    case .socket: session = nil
    case .rfc2217:
      session = ComPortSession()
      deadline = now + patience
    }
  }

  deinit {
    close(socket)
  }

  var poll: pollfd {
    let writes = session.map { !$0.outgoing.isEmpty } ?? false
    return pollfd(fd: socket, events: Int16(POLLIN | (writes ? POLLOUT : 0)), revents: 0)
  }

  /// Begins the talk, where there is one.
  func begin() -> [News] {
    guard session == nil else { return flush() }
    isOpen = true
    return [.open]
  }

  /// Gives up waiting for answers that do not come.
  func act(now: Int64) -> [News] {
    guard let deadline, deadline <= now else { return flush() }
    self.deadline = nil
    switch stage {
    case .agreeing: return [.unfit]
    // Not every server answers to settings.
    case .configuring: return opened() + flush()
    case .settled: return flush()
    }
  }

  /// Reads what is there, a limited amount, as others wait.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> [News] {
    guard let start = buffer.baseAddress else { return [] }
    var news: [News] = []
    for _ in 0..<4 {
      let count = uninterrupted { recv(socket, start, buffer.count, Int32(MSG_DONTWAIT)) }
      if count < 0, errno == EAGAIN { break }
      guard count > 0 else { return news + [.lost] }
      news += take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      if count < buffer.count { break }
    }
    return news + flush()
  }

  private func take(_ bytes: UnsafeRawBufferPointer) -> [News] {
    guard session != nil else { return [.bytes(Array(bytes))] }
    var data: [UInt8] = []
    data.reserveCapacity(bytes.count)
    let heard = session?.receive(bytes, data: &data) ?? []
    if !isOpen {
      early += data.prefix(Self.mostEarly - early.count)
      data = []
    }
    var news = heard.flatMap(understand)
    if !data.isEmpty { news.append(.bytes(data)) }
    return news
  }

  private func understand(_ heard: ComPortSession.News) -> [News] {
    switch heard {
    case .refused: return [.unfit]
    case .agreed:
      stage = .configuring
      deadline = monotonicNow() + patience
      session?.configure(baud: baud)
      return []
    case .baud(let actual):
      let opening = opened()
      // Some servers answer 0 for "as it is". Adapters round, and a UART bears 2 %.
      guard actual > 0, abs(Int64(actual) - Int64(baud)) * 50 > Int64(baud) else { return opening }
      return opening + [.otherBaud(actual)]
    }
  }

  private func opened() -> [News] {
    guard !isOpen else { return [] }
    stage = .settled
    deadline = nil
    isOpen = true
    defer { early = [] }
    return early.isEmpty ? [.open] : [.open, .bytes(early)]
  }

  /// Sends as much as goes now.
  func flush() -> [News] {
    while let outgoing = session?.outgoing, !outgoing.isEmpty {
      let count = outgoing.withUnsafeBytes { bytes in
        uninterrupted { send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)) }
      }
      if count < 0 {
        return errno == EAGAIN && outgoing.count < Self.mostOutgoing ? [] : [.lost]
      }
      session?.sent(count)
    }
    return []
  }

  /// Asks for another rate.
  func setBaud(_ baud: UInt32) -> [News] {
    self.baud = baud
    guard isOpen else { return [] }
    session?.setBaud(baud)
    return flush()
  }

  /// Sets both lines of the port behind it; whether that went out shows when it is next waited for.
  func setLines(_ lines: ModemLines) {
    session?.setLines(lines)
  }
}
