/// The way of one node through a deployment.
struct NodeCourse: Sendable {
  let index: Int
  let client: NodeClient
  let image: DeployImage
  let settings: DeploySettings
  let ledger: DeployLedger
  let judge: @Sendable (NodeEvidence) -> NodeJudgement
  let tell: @Sendable (DeployEvent) -> Void
  /// Asked before an upload begins: too late a check costs a node an update that nobody wants.
  let mayUpload: @Sendable () -> Bool

  /// How the first half of the way ended.
  enum Turn: Sendable {
    /// The node has its result.
    case settled
    /// It was left as it was, since everything is to stop.
    case left
    /// The image may be there: see whether it runs.
    case toProve(NodeEvidence)
    /// It seems to run the build already.
    case toRecheck(NodeEvidence)
  }

  // MARK: - Up to the end of the upload

  /// Asks the node, checks, and sends.
  func begin(_ node: NodeRecord) async throws -> Turn {
    var seen = NodeEvidence(address: node.address)
    switch node.step {
    case .sent:
      seen.before = node.before
      return .toProve(seen)
    case .sending:
      seen.before = node.before
      // The upload was under way when the program ended: the node decides what it was worth.
      guard try await wasLost(&seen) else { return .toProve(seen) }
      if Task.isCancelled { return .left }
    case .pending, .confirmed, .upToDate, .unreachable, .refused, .failed: break
    }
    return try await snapshotAndSend(seen)
  }

  private func snapshotAndSend(_ known: NodeEvidence) async throws -> Turn {
    var seen = known
    var read = await client.status(of: seen.address, limits: settings.statusLimits)
    // One lost packet must not count a node out.
    if read.status == nil, !Task.isCancelled {
      read = await client.status(of: seen.address, limits: settings.statusLimits)
    }
    if Task.isCancelled { return .left }
    seen.firstRead = read
    seen.reads = []
    guard let status = read.status else {
      try await settle(seen, as: read.isSilence ? .unreachable : .refused)
      return .settled
    }
    seen.before = status
    if image.isBuild(of: status), settings.sameBuild == .leave {
      seen.reads = [read]
      return .toRecheck(seen)
    }
    if let most = status.maxSize, image.source.length > Int64(most) {
      try await settle(seen, as: .refused)
      return .settled
    }
    return try await send(seen, before: status)
  }

  private func send(_ known: NodeEvidence, before: NodeStatus) async throws -> Turn {
    var seen = known
    guard mayUpload() else { return .left }
    try await ledger.note(index) { node in
      node.step = .sending
      node.before = before
    }
    let (client, image, settings, tell, index, address) =
      (client, image, settings, tell, index, seen.address)
    // Outside of this task: once begun, an upload is brought to its end even when all is to stop.
    seen.upload = await Task {
      await client.upload(
        image.source, to: address, token: settings.token, limits: settings.uploadLimits
      ) { tell(.uploading(index, $0)) }
    }.value
    switch seen.upload?.delivery {
    case .refused(let reason): return try await refused(seen, reason)
    case .notStarted, nil:
      try await settle(seen, as: .unreachable)
      return .settled
    case .delivered, .uncertain, .interrupted:
      try await ledger.note(index) { $0.step = .sent }
      return .toProve(seen)
    }
  }

  private func refused(_ known: NodeEvidence, _ reason: RefusalReason) async throws -> Turn {
    var seen = known
    seen.reads = [await client.status(of: seen.address, limits: settings.statusLimits)]
    let step: NodeStep =
      switch reason {
      case .notAuthorised, .invalidSize, .noPartition, .beginFailed, .noEndpoint: .refused
      case .receiveError, .writeFailed, .validationFailed, .setBootFailed, .other: .failed
      }
    try await settle(seen, as: step)
    return .settled
  }

  /// Whether an upload that an earlier run began came to nothing: the node runs on in its old slot.
  ///
  /// A node that restarts is waited for; one that stays silent is not sent anything either.
  private func wasLost(_ seen: inout NodeEvidence) async throws -> Bool {
    guard let before = seen.before else { return true }
    await watch(&seen)
    guard let last = seen.reads.last?.status else { return false }
    return !image.hasTaken(last, before: before)
      && last.runningPartition == before.runningPartition
  }

  // MARK: - After the upload

  /// Waits for the new image to run and to hold, and gives the node its result.
  func prove(_ known: NodeEvidence) async throws {
    var seen = known
    if seen.reads.isEmpty { await watch(&seen) }
    await confirm(&seen)
    // Cut short: the record says that the upload ended, and the next run looks again.
    if Task.isCancelled { return await ledger.keep(seen, of: index) }
    try await settle(seen, as: isProven(seen) ? .confirmed : .failed)
  }

  /// Sees whether a node that runs the build already holds it.
  func recheck(_ known: NodeEvidence) async throws {
    var seen = known
    await confirm(&seen)
    if Task.isCancelled { return await ledger.keep(seen, of: index) }
    let isSteady = seen.reads.allSatisfy { read in
      read.status.map {
        $0.runningPartition == seen.before?.runningPartition && image.isBuild(of: $0)
      }
        ?? false
    }
    try await settle(seen, as: isSteady ? .upToDate : .failed)
  }

  /// Waits for the boot, then asks until the node shows the new image or the tries are used up.
  private func watch(_ seen: inout NodeEvidence) async {
    guard await wait(settings.bootWait) else { return }
    var pause = settings.tryInterval
    for attempt in 1...max(settings.tries, 1) {
      if await look(&seen) { return }
      guard attempt < settings.tries, await wait(pause) else { return }
      pause = pause * 3 / 2
    }
  }

  /// After the first sight of the new image, further reads: an image that panics shows here.
  private func confirm(_ seen: inout NodeEvidence) async {
    guard let last = seen.reads.last?.status, isRight(last, seen) else { return }
    for _ in 1..<max(settings.provingReads, 2) {
      guard await wait(settings.provingInterval) else { return }
      _ = await look(&seen)
    }
  }

  /// One read; whether it shows what is hoped for.
  private func look(_ seen: inout NodeEvidence) async -> Bool {
    let read = await client.status(of: seen.address, limits: settings.statusLimits)
    if Task.isCancelled { return false }
    seen.reads.append(read)
    tell(.proving(index, reads: seen.reads.count))
    return read.status.map { isRight($0, seen) } ?? false
  }

  private func isRight(_ status: NodeStatus, _ seen: NodeEvidence) -> Bool {
    if seen.upload == nil, seen.firstRead != nil { return image.isBuild(of: status) }
    return seen.before.map { image.hasTaken(status, before: $0) } ?? image.isBuild(of: status)
  }

  private func isProven(_ seen: NodeEvidence) -> Bool {
    let last = seen.reads.suffix(max(settings.provingReads, 2))
    return last.count == max(settings.provingReads, 2)
      && last.allSatisfy { read in read.status.map { isRight($0, seen) } ?? false }
  }

  // MARK: - Results

  private func settle(_ seen: NodeEvidence, as step: NodeStep) async throws {
    await ledger.keep(seen, of: index)
    var judgement = judge(seen)
    if step.isGood { judgement.next = "" }
    let (settled, before, after) = (judgement, seen.before, seen.reads.last?.status)
    try await ledger.note(index) { node in
      node.step = step
      node.before = before
      node.after = after
      node.judgement = settled
    }
  }

  /// False where the wait was cut short.
  private func wait(_ duration: Duration) async -> Bool {
    do {
      try await client.clock.sleep(for: duration)
      return true
    } catch {
      return false
    }
  }
}

extension StatusRead {
  /// Whether nothing answered, as against something wrong.
  var isSilence: Bool {
    guard case .failure = outcome else { return false }
    return true
  }
}
