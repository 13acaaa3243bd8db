import DeviceEvents

/// The flip-flop probe: look, send, wait, look again and again.
///
/// It tells what it sees and judges nothing: the rules do.
public struct Probe: Sendable {
  /// How to look.
  public struct Settings: Hashable, Sendable {
    /// How many reads after the upload, or in all where nothing is sent.
    public var reads = 3
    /// From the beginning of one read to that of the next.
    public var interval = Duration.seconds(5)
    /// From the end of the upload to the first read after it: the boot.
    public var wait = Duration.seconds(10)
    /// How long to go on looking; overrules `reads`.
    public var watch: Duration?
    /// The limit of each read.
    public var readLimits = TimeLimits.status
    /// The limit of the upload.
    public var uploadLimits = TimeLimits.upload

    /// The mission's rhythm.
    public init() {}
  }

  /// What is told while it goes on.
  public enum News: Sendable {
    case read(NodeRead)
    case progress(UploadProgress)
    case upload(NodeUpload)
    /// The boot is waited for, or the next read.
    case waiting(Duration)
  }

  private let client: NodeClient
  private let settings: Settings

  /// A probe through a client.
  public init(_ client: NodeClient, settings: Settings = Settings()) {
    self.client = client
    self.settings = settings
  }

  /// Probes a node; with `image` it is sent in between. `tell` hears each step as it happens.
  ///
  /// A node whose first read brings no status is sent nothing, and one that says that it takes no image of this length
  /// neither. A cancelled task ends the probe with what was seen by then.
  public func run(
    _ node: NodeAddress, image: ImageSource? = nil, token: AccessToken? = nil,
    tell: @escaping @Sendable (News) -> Void = { _ in }
  ) async -> [NodeEvent] {
    let zero = client.clock.now
    var events: [NodeEvent] = []
    let first = await read(node, since: zero, &events, tell)
    var remaining = settings.reads
    var nextAt = zero
    if let image {
      guard let status = first.status, image.length <= status.maxSize.map(Int64.init) ?? .max,
        !Task.isCancelled
      else { return events }
      let upload = await client.upload(
        image, to: node, token: token, limits: settings.uploadLimits,
        onProgress: { tell(.progress($0)) })
      var event = NodeUpload(upload, since: zero)
      event.keySent = token != nil
      tell(.upload(event))
      events.append(.upload(event))
      if event.result == .notStarted { return events }
      // A refused image changes nothing: one read shows that the node is as it was.
      if event.result == .refused { remaining = 1 } else { tell(.waiting(settings.wait)) }
      nextAt = client.clock.now + (event.result == .refused ? .seconds(1) : settings.wait)
    } else {
      // Where nothing is there to watch, looking again would only take time.
      guard first.status != nil || settings.watch != nil else { return events }
      remaining -= 1
      nextAt = zero + settings.interval
    }
    let end = settings.watch.map { client.clock.now + $0 }
    while end.map({ client.clock.now < $0 }) ?? (remaining > 0) {
      do {
        try await client.clock.sleep(for: nextAt - client.clock.now)
      } catch {
        return events
      }
      nextAt = client.clock.now + settings.interval
      _ = await read(node, since: zero, &events, tell)
      if Task.isCancelled { return events }
      remaining -= 1
    }
    return events
  }

  private func read(
    _ node: NodeAddress, since zero: Duration, _ events: inout [NodeEvent],
    _ tell: @Sendable (News) -> Void
  ) async -> StatusRead {
    let read = await client.status(of: node, limits: settings.readLimits)
    // What was broken off says nothing about the node.
    guard read.outcome != .failure(.cancelled) else { return read }
    let event = NodeRead(read, since: zero)
    tell(.read(event))
    events.append(.read(event))
    return read
  }
}
