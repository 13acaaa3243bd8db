import CCurlTransfer

/// Speaks to nodes over HTTP; hundreds of exchanges at once share one thread.
///
/// Each call ends early, with `.cancelled`, when its task is cancelled. Nothing is retried and no redirect is followed:
/// a key goes to the node that was named and nowhere else.
public final class NodeClient: Sendable {
  /// The most bytes an answer may have; this firmware's answers are a few hundred.
  public static let answerLimit = 16 << 10

  /// The clock that `at` of each result is told on.
  public let clock: NodeClock
  private let loop = ExchangeLoop()

  /// Loads libcurl, which takes some milliseconds the first time.
  public init(clock: NodeClock = .real) throws(NodeHTTPError) {
    if let problem = ccurl_load() { throw .libraryMissing(String(cString: problem)) }
    self.clock = clock
  }

  /// `GET /ota/status`
  public func status(of node: NodeAddress, limits: TimeLimits = .status) async -> StatusRead {
    let at = clock.now
    let end = await loop.run(
      Exchange(url: node.url("/ota/status"), body: .none, limits: limits))
    return StatusRead(
      address: node, at: at, took: end.took, outcome: StatusOutcome(end),
      socketError: SocketError(code: end.systemError),
      body: String(decoding: end.body, as: UTF8.self))
  }

  /// `POST /ota`; sends the image's bytes as they are.
  ///
  /// `onProgress` is called on the client's thread, ten times a second at most; it must not block.
  public func upload(
    _ image: ImageSource, to node: NodeAddress, token: AccessToken? = nil,
    limits: TimeLimits = .upload, onProgress: (@Sendable (UploadProgress) -> Void)? = nil
  ) async -> Upload {
    let at = clock.now
    let end = await loop.run(
      Exchange(
        url: node.url("/ota"), token: token, body: .file(image), limits: limits,
        onProgress: onProgress))
    return Upload(
      address: node, at: at, took: end.took, progress: end.progress,
      outcome: UploadOutcome(end, without: token),
      socketError: SocketError(code: end.systemError))
  }

  /// `POST /ota/set-target`: where the node sends its data from now on. It restarts afterwards.
  public func setTarget(
    _ target: AggregatorTarget, on node: NodeAddress, token: AccessToken? = nil,
    limits: TimeLimits = .status
  ) async -> OperatorCall {
    await call("/ota/set-target", body: target.description, on: node, token: token, limits: limits)
  }

  /// `POST /ota/recalibrate`: forgets the calibration kept in NVS. The node restarts afterwards.
  public func recalibrate(
    _ node: NodeAddress, token: AccessToken? = nil, limits: TimeLimits = .status
  ) async -> OperatorCall {
    await call("/ota/recalibrate", body: "", on: node, token: token, limits: limits)
  }

  private func call(
    _ path: String, body: String, on node: NodeAddress, token: AccessToken?, limits: TimeLimits
  ) async -> OperatorCall {
    let at = clock.now
    let end = await loop.run(
      Exchange(url: node.url(path), token: token, body: .text(body), limits: limits))
    return OperatorCall(
      address: node, at: at, took: end.took, outcome: OperatorOutcome(end, without: token),
      socketError: SocketError(code: end.systemError))
  }
}
