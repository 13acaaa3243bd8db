/// Brings an image to many nodes, and believes nothing but their status afterwards.
///
/// Each step is recorded before it is taken and after it. What a killed run leaves behind is a
/// record from which the next run goes on: a confirmed node is not sent the image again.
public struct Deployment: Sendable {
  private let client: NodeClient
  private let image: DeployImage
  private let settings: DeploySettings
  private let judge: @Sendable (NodeEvidence) -> NodeJudgement
  private let tell: @Sendable (DeployEvent) -> Void
  private let isStopRequested: @Sendable () -> Bool
  private let isImageIntact: @Sendable () -> Bool
  private let ledger: DeployLedger
  private let tried = TriedNodes()

  /// What a run left.
  public struct Outcome: Sendable {
    /// Where the deployment stands.
    public let record: DeployRecord
    /// What was seen of each node in this run, by the node's place in the record.
    public let evidence: [Int: NodeEvidence]
    /// Whether somebody asked to stop.
    public let wasInterrupted: Bool
  }

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - record: A new one, or the one that an earlier run left.
  ///   - judge: Puts what was seen into words.
  ///   - save: Writes the record so that it survives a crash; called before and after each step.
  ///   - isStopRequested: Asked ten times a second; uploads that run are then brought to their end.
  ///   - isImageIntact: Asked before each upload: a build may replace the file while this runs.
  ///   - tell: Hears what happens, from many threads.
  public init(
    of image: DeployImage, record: DeployRecord, settings: DeploySettings, client: NodeClient,
    judge: @escaping @Sendable (NodeEvidence) -> NodeJudgement,
    save: @escaping @Sendable (DeployRecord) throws -> Void,
    isStopRequested: @escaping @Sendable () -> Bool = { false },
    isImageIntact: @escaping @Sendable () -> Bool = { true },
    tell: @escaping @Sendable (DeployEvent) -> Void = { _ in }
  ) {
    self.image = image
    self.settings = settings
    self.client = client
    self.judge = judge
    self.tell = tell
    self.isStopRequested = isStopRequested
    self.isImageIntact = isImageIntact
    ledger = DeployLedger(record, save: save, tell: tell)
  }

  /// Runs until every node has its result, or the deployment pauses or stops.
  public func run() async throws -> Outcome {
    try await ledger.note { record in
      record.condition = .running
      record.reason = nil
    }
    let last = await ledger.record.stages.percents.count - 1
    while true {
      let record = await ledger.record
      let members = record.stages.count(through: record.stage, of: record.nodes.count)
      tell(.stage(record.stage, nodes: members))
      if let end = try await runStage(members: members) { return try await finish(end) }
      if record.stage >= last { return try await finish(.done) }
      if let end = try await soak(members: members) { return try await finish(end) }
      try await ledger.note { record in
        record.stage += 1
        record.soaked = .zero
      }
      if settings.afterStage == .pause { return try await finish(.pause) }
    }
  }

  /// Why a run ends.
  private enum End {
    case done, pause, interruption
    case halt(String)
  }

  private func finish(_ end: End) async throws -> Outcome {
    try await ledger.note { record in
      switch end {
      case .done: record.condition = record.beyondPlan > 0 ? .paused : .finished
      case .pause, .interruption: record.condition = .paused
      case .halt(let reason):
        record.condition = .stopped
        record.reason = reason
      }
    }
    var wasInterrupted = false
    if case .interruption = end { wasInterrupted = true }
    return Outcome(
      record: await ledger.record, evidence: await ledger.evidence,
      wasInterrupted: wasInterrupted)
  }

  private func haltReason() async -> String? {
    let (failed, judged) = await ledger.record.failures
    return settings.halt.reason(failures: failed, among: judged)
  }

  // MARK: - A stage

  private enum Turn: Sendable {
    case began(NodeCourse, Result<NodeCourse.Turn, any Error>)
    case proved(Result<Void, any Error>)
    case stopRequested
  }

  private func runStage(members: Int) async throws -> End? {
    let nodes = await ledger.record.nodes.prefix(members)
    var waiting = nodes.indices.filter { needsWork(nodes[$0].step, $0) }[...]
    guard !waiting.isEmpty else { return nil }
    waiting.forEach { tried.add($0) }
    let result: Result<End?, any Error> = await withTaskGroup(of: Turn.self) { group in
      var (uploading, proving) = (0, 0)
      var end: End?
      var problem: (any Error)?
      group.addTask { await stopRequest() }
      while true {
        // With a limit on failures no more nodes are at stake at once than uploads run at once.
        while end == nil, problem == nil,
          uploading + (settings.halt.isActive ? proving : 0) < max(settings.jobs, 1),
          let index = waiting.popFirst()
        {
          end = await reasonToEnd()
          if end != nil { break }
          let (course, node) = (course(of: index), nodes[index])
          uploading += 1
          group.addTask { .began(course, await Self.result { try await course.begin(node) }) }
        }
        guard uploading + proving > 0, let turn = await group.next() else { break }
        switch turn {
        case .began(let course, .success(.toProve(let seen))):
          (uploading, proving) = (uploading - 1, proving + 1)
          group.addTask { .proved(await Self.result { try await course.prove(seen) }) }
        case .began(let course, .success(.toRecheck(let seen))):
          (uploading, proving) = (uploading - 1, proving + 1)
          group.addTask { .proved(await Self.result { try await course.recheck(seen) }) }
        case .began(_, .success(.settled)), .began(_, .success(.left)): uploading -= 1
        case .began(_, .failure(let error)):
          uploading -= 1
          problem = problem ?? error
        case .proved(let result):
          proving -= 1
          if case .failure(let error) = result { problem = problem ?? error }
        case .stopRequested: end = .interruption
        }
        // What is proving itself can be asked again by the next run; uploads go on to their end.
        if case .interruption = end { group.cancelAll() }
        if problem != nil { group.cancelAll() }
      }
      group.cancelAll()
      if let problem { return .failure(problem) }
      if end == nil { end = await reasonToEnd() }
      return .success(end)
    }
    return try result.get()
  }

  private func reasonToEnd() async -> End? {
    if !isImageIntact() {
      return .halt("\(image.source.path) is another file than at the beginning")
    }
    return await haltReason().map(End.halt)
  }

  private static func result<Success: Sendable>(
    _ work: () async throws -> Success
  ) async -> Result<Success, any Error> {
    do { return .success(try await work()) } catch { return .failure(error) }
  }

  private func needsWork(_ step: NodeStep, _ index: Int) -> Bool {
    switch step {
    case .pending, .sending, .sent: true
    // Once in each run: what was wrong may have been put right since the last.
    case .unreachable, .refused: !tried.contains(index)
    case .failed: settings.failedBefore == .sendAgain && !tried.contains(index)
    case .confirmed, .upToDate: false
    }
  }

  private func course(of index: Int) -> NodeCourse {
    let stop = isStopRequested
    return NodeCourse(
      index: index, client: client, image: image, settings: settings, ledger: ledger, judge: judge,
      tell: tell, mayUpload: { !Task.isCancelled && !stop() })
  }

  /// Returns when a stop is asked for, or when nobody waits for that any more.
  private func stopRequest() async -> Turn {
    while !Task.isCancelled, !isStopRequested() {
      do { try await Task.sleep(for: .milliseconds(100)) } catch { break }
    }
    return .stopRequested
  }

  // MARK: - Between stages

  /// Watches the confirmed nodes for the time that is left of the soak.
  private func soak(members: Int) async throws -> End? {
    var silences: [Int: Int] = [:]
    while true {
      let record = await ledger.record
      let left = settings.soak - record.soaked
      guard left > .zero else { return nil }
      tell(.soaking(remaining: left))
      let pause = min(left, settings.soakInterval)
      guard await waitUnlessStopped(pause) else { return .interruption }
      let watched = record.nodes.prefix(members).indices.filter {
        record.nodes[$0].step == .confirmed
      }
      let discovery = Discovery(client: client, limits: settings.statusLimits)
      // The last look decides alone, and one lost packet must not count a node out.
      for round in 1...(pause == left ? Self.silencesThatFail : 1) {
        let asked = watched.filter { round == 1 || silences[$0, default: 0] > 0 }
        if round > 1, !asked.isEmpty, !(await waitUnlessStopped(settings.tryInterval)) {
          return .interruption
        }
        let reads = await discovery.ask(asked.map { record.nodes[$0].address })
        for (index, read) in zip(asked, reads) {
          silences[index] = read.status == nil ? silences[index, default: 0] + 1 : 0
          try await judgeSoaked(index, record.nodes[index], read, silences: silences[index] ?? 0)
        }
      }
      try await ledger.note { $0.soaked += pause }
      if let reason = await haltReason() { return .halt(reason) }
    }
  }

  /// So many looks in a row without an answer are a node that is gone.
  private static let silencesThatFail = 3

  /// A node that runs something else, or is silent for the third time, no longer counts as confirmed.
  private func judgeSoaked(
    _ index: Int, _ node: NodeRecord, _ read: StatusRead, silences: Int
  ) async throws {
    let holds = read.status.map { status in
      image.isBuild(of: status) && status.runningPartition == node.after?.runningPartition
    }
    guard holds == false || silences >= Self.silencesThatFail else { return }
    var seen = await ledger.evidence[index] ?? NodeEvidence(address: node.address)
    seen.before = node.before
    seen.reads.append(read)
    let judgement = judge(seen)
    await ledger.keep(seen, of: index)
    try await ledger.note(index) { node in
      node.step = .failed
      node.after = read.status
      node.judgement = judgement
    }
  }

  private func waitUnlessStopped(_ duration: Duration) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        do { try await client.clock.sleep(for: duration) } catch { return false }
        return true
      }
      group.addTask {
        _ = await stopRequest()
        return false
      }
      let isOver = await group.next() ?? false
      group.cancelAll()
      return isOver && !isStopRequested()
    }
  }
}
