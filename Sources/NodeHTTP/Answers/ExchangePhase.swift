/// How far an exchange came before it ended.
public enum ExchangePhase: String, Hashable, Sendable, CaseIterable {
  /// The name was being looked up.
  case resolving
  /// The connection was being made.
  case connecting
  /// The request was on its way, not all of it handed to the network.
  case sending
  /// All of the request was sent, no answer had come.
  case awaiting
  /// The answer had begun.
  case receiving
}

/// An exchange that brought no answer.
public enum ExchangeFailure: Hashable, Sendable {
  /// The name is unknown.
  case nameUnknown
  /// Something at the address refuses connections on the port.
  case refused
  /// No way to the address, or nothing there: no route, host unreachable.
  case unreachable
  /// Too long without an answer, or without a byte moving.
  case timedOut(ExchangePhase)
  /// The other side reset the connection.
  case reset(ExchangePhase)
  /// The other side closed it before the answer was whole.
  case closed(ExchangePhase)
  /// What answers speaks no HTTP.
  case notHTTP
  /// The answer does not end, or is larger than any of this firmware.
  case tooLong
  /// Something of this machine: memory, sockets, the library. The text is libcurl's.
  case local(String)
  /// Given up because the caller was cancelled.
  case cancelled

  /// The phase in which it ended, where it is known.
  public var phase: ExchangePhase? {
    switch self {
    case .timedOut(let phase), .reset(let phase), .closed(let phase): phase
    case .nameUnknown: .resolving
    case .refused, .unreachable: .connecting
    case .notHTTP, .tooLong: .receiving
    case .local, .cancelled: nil
    }
  }
}

/// The socket's own word, kept as evidence.
public struct SocketError: Hashable, Sendable {
  /// The `errno`.
  public var code: Int32

  /// Nil for 0.
  public init?(code: Int32) {
    guard code != 0 else { return nil }
    self.code = code
  }
}
