/// The bytes of an image in a file. Each upload opens the file for itself.
public struct ImageSource: Hashable, Sendable {
  /// The file.
  public var path: String
  /// Where in it the image begins.
  public var offset: Int64
  /// How many bytes the image has.
  public var length: Int64

  /// Names a stretch of a file.
  public init(path: String, offset: Int64 = 0, length: Int64) {
    self.path = path
    self.offset = offset
    self.length = length
  }
}

/// How far an upload has come.
public struct UploadProgress: Hashable, Sendable {
  /// Bytes of the image handed to the network.
  public var sent: Int64
  /// Bytes of it that the node's TCP acknowledged.
  public var acknowledged: Int64
  /// Bytes of the image.
  public var total: Int64

  /// Puts it together.
  public init(sent: Int64, acknowledged: Int64, total: Int64) {
    self.sent = sent
    self.acknowledged = acknowledged
    self.total = total
  }
}

/// One `POST /ota` and what came of it.
public struct Upload: Hashable, Sendable {
  /// Which node.
  public var address: NodeAddress
  /// When it began, on the client's clock.
  public var at: Duration
  /// How long it took, in real time.
  public var took: Duration
  /// How much went over.
  public var progress: UploadProgress
  /// What came back.
  public var outcome: UploadOutcome
  /// The socket's error, where there was one; also beside an answer that a reset followed.
  public var socketError: SocketError?

  /// Puts an upload together.
  public init(
    address: NodeAddress, at: Duration, took: Duration, progress: UploadProgress,
    outcome: UploadOutcome, socketError: SocketError? = nil
  ) {
    self.address = address
    self.at = at
    self.took = took
    self.progress = progress
    self.outcome = outcome
    self.socketError = socketError
  }
}

/// What an upload brought.
public enum UploadOutcome: Hashable, Sendable {
  /// An answer of any status, with its body (hostile text).
  case answered(status: Int, body: String)
  /// No answer.
  case failure(ExchangeFailure)
  /// The image's file could not be read to its end; `errno`.
  case imageUnreadable(SocketError)
}

extension Upload {
  /// What an upload says about the image being on the node. Whether it runs, only a later status read tells.
  public enum Delivery: Hashable, Sendable {
    /// The node has all bytes: it answered 200 after them, or acknowledged the last byte and then went away.
    case delivered
    /// The node answered that it will not have the image.
    case refused(RefusalReason)
    /// The connection ended inside the body.
    case interrupted
    /// It never came to a connection; the node is as it was.
    case notStarted
    /// Not all bytes were acknowledged, whether all were handed over or the 200 came too early: only the status tells.
    case uncertain
  }

  /// What a node may have received without its word for it having arrived: the receive window of its lwIP.
  private static let mostOnTheWay: Int64 = 5840

  /// Judges the upload by itself.
  public var delivery: Delivery {
    switch outcome {
    case .answered(let status, let body):
      guard status == 200 else { return .refused(RefusalReason(status: status, body: body)) }
      return progress.total - progress.acknowledged > Self.mostOnTheWay ? .uncertain : .delivered
    case .imageUnreadable: return progress.sent > 0 ? .interrupted : .notStarted
    case .failure(let failure): return delivery(after: failure)
    }
  }

  private func delivery(after failure: ExchangeFailure) -> Delivery {
    switch failure {
    case .nameUnknown, .refused, .unreachable: return .notStarted
    case .timedOut, .reset, .closed, .notHTTP, .tooLong, .local, .cancelled:
      if progress.total > 0, progress.acknowledged >= progress.total { return .delivered }
      let missing = progress.total - progress.acknowledged
      if progress.sent >= progress.total, missing <= Self.mostOnTheWay { return .uncertain }
      let isConnected = failure.phase != .connecting && failure.phase != .resolving
      return isConnected && progress.sent > 0 ? .interrupted : .notStarted
    }
  }
}
