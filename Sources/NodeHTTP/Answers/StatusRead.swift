/// One `GET /ota/status` and what came of it.
public struct StatusRead: Hashable, Sendable {
  /// Which node.
  public var address: NodeAddress
  /// When it began, on the client's clock.
  public var at: Duration
  /// How long it took, in real time.
  public var took: Duration
  /// What came.
  public var outcome: StatusOutcome
  /// The socket's error, where there was one.
  public var socketError: SocketError?
  /// The answer's body as it came, cut at `NodeClient.answerLimit`; hostile text. Empty where none came.
  public var body: String

  /// Puts a read together.
  public init(
    address: NodeAddress, at: Duration, took: Duration, outcome: StatusOutcome,
    socketError: SocketError? = nil, body: String = ""
  ) {
    self.address = address
    self.at = at
    self.took = took
    self.outcome = outcome
    self.socketError = socketError
    self.body = body
  }

  /// The node's own words, where it answered with them.
  public var status: NodeStatus? {
    guard case .answer(let status) = outcome else { return nil }
    return status
  }
}

/// What a status read brought.
public enum StatusOutcome: Hashable, Sendable {
  /// The firmware's answer.
  case answer(NodeStatus)
  /// 404 (or 405, 501): something answers there, but it is not this firmware.
  case noEndpoint(status: Int)
  /// Any other status than 200: 3xx are not followed.
  case otherStatus(Int)
  /// 200, and the body is no JSON, or JSON cut short.
  case notJSON
  /// 200 and JSON, but not what this firmware says.
  case otherFirmware
  /// No answer.
  case failure(ExchangeFailure)
}
