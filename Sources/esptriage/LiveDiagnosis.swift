import LineReading
import Reporting
import SerialInput

/// Nodes diagnosed while they run: what the follower tells goes to the recording, to the node's
/// case, and to the screen.
final class LiveDiagnosis {
  private let wishes: LiveWishes
  private let target: WatchTarget
  private let follower: PortFollower
  private let baud: UInt32
  private let stop: Interruption.Signal
  private let deadline: ContinuousClock.Instant?
  private var recording: Recording?
  private var presentation: LivePresentation
  private var nodes: WatchedNodes
  /// Ports that cannot be opened, now or by waiting.
  private var hopeless: Set<NodeIdentity> = []
  /// Nil where rates are taken as given.
  private var searches: BaudSearches?
  private var status = ExitStatus.nothingWrong

  /// Often enough for a verdict within 100 ms of its line, seldom enough to cost nothing.
  private static let tick: Duration = .milliseconds(40)

  init(
    _ wishes: LiveWishes, target: WatchTarget, settings: FollowSettings, stop: Interruption.Signal
  ) throws {
    var settings = settings
    settings.tickEvery = Self.tick
    self.wishes = wishes
    self.target = target
    self.stop = stop
    nodes = WatchedNodes(target.target, wishes)
    baud = settings.serial.baud
    presentation = LivePresentation(wishes.reporting)
    if case .found = wishes.rate { searches = BaudSearches(first: baud) }
    deadline = wishes.timeout.map { ContinuousClock.now + $0 }
    follower = try PortFollower(target.target, settings: settings)
    if let folder = wishes.recordFolder { recording = try Recording(in: folder) }
  }

  /// Follows until there is a reason to stop, then writes the final reports.
  func run() throws -> ExitStatus {
    presentation.say(target.explanation)
    if recording != nil, let folder = recording?.folder {
      presentation.say("recording to " + TextOfName.shown(folder))
    }
    follower.run { event in
      search(event)
      look()
    }
    for node in searches?.nodes ?? [] {
      if let move = searches?.giveUp(node) { act(move, node, at: .now()) }
    }
    // The recording is complete on the disk before anybody is told the end.
    endRecording()
    if let failure = presentation.failure { throw failure }
    return try finish()
  }

  // MARK: - What the follower tells

  /// While a node's rate is looked for, what it sends is noise until one is found.
  private func search(_ event: PortEvent) {
    switch event {
    case .bytes(let node, let bytes, let time):
      guard searches?.isSearching(node) ?? false else {
        take(event)
        if let text = searches?.check(bytes, of: node, at: time) { mark(text, node) }
        return
      }
      if let move = searches?.take(bytes, of: node, at: time) { act(move, node, at: time) }
    case .tick(let time):
      for node in searches?.nodes ?? [] {
        if let move = searches?.pass(node, at: time) { act(move, node, at: time) }
      }
      take(event)
    case .opened(let node, let port, let time):
      take(event)
      guard searches != nil else { return }
      if let why = SourceText(node.node).whyNoBaud(port) {
        mark(why, node)
      } else if let text = searches?.begin(node, at: time) {
        mark(text, node)
      }
    case .waiting, .appeared, .quiet, .disconnected, .reconnected, .failed: take(event)
    }
  }

  private func act(_ move: BaudSearches.Move, _ node: NodeIdentity, at time: ArrivalTime) {
    switch move {
    case .stay: break
    case .listen(let baud): follower.setBaud(baud, of: node)
    case .tell(let text): mark(text, node)
    case .end(let baud, let heard, let why):
      mark(why, node)
      if let baud { follower.setBaud(baud, of: node) }
      guard !heard.isEmpty else { return }
      heard.withUnsafeBytes { take(.bytes(node, $0, at: time)) }
    }
  }

  private func take(_ event: PortEvent) {
    record(event)
    receive(event)
  }

  private func record(_ event: PortEvent) {
    do throws(RecordingError) {
      try recording?.record(event)
    } catch {
      recordingFailed(error)
    }
  }

  private func endRecording() {
    guard let recording = recording.take() else { return }
    do throws(RecordingError) {
      try recording.finish()
    } catch {
      recordingFailed(error)
    }
  }

  private func recordingFailed(_ error: RecordingError) {
    presentation.say(TextOfName.shown(error.description))
    recording = nil
    status = .unusable
  }

  private func receive(_ event: PortEvent) {
    switch event {
    case .bytes(let node, let bytes, _):
      let place = nodes.place(of: node)
      if nodes[place].unfinished != nil { presentation.ageFoot() }
      let lane = nodes.lane(of: place)
      nodes[place].take(bytes) { presentation.scroll($0, from: lane) }
    case .quiet(let node, _):
      takeSilence(nodes.place(of: node))
    case .tick:
      presentation.ageFoot()
    case .waiting, .appeared:
      break
    case .opened(let node, let port, _):
      connected(node, port)
      mark(SourceText(port.node).isOpen(port, baud: baud), node)
    case .disconnected(let node, _):
      let place = nodes.place(of: node)
      let text = SourceText(nodes[place].portName)
      // What stands without an end now has none to come; the mark belongs behind it.
      takeSilence(place)
      if let cut = nodes[place].unfinished { presentation.scroll(cut + "\n") }
      nodes[place].lost(node.isStandardInput ? .ended : .gone)
      presentation.ageFoot()
      mark(node.isStandardInput && stop.isRequested ? text.isStopped : text.isGone, node)
      if node.isStandardInput, target.target == .ports([node.node]) { follower.stop() }
    case .reconnected(let node, let port, _):
      let place = nodes.place(of: node)
      let text = SourceText(nodes[place].portName)
      connected(node, port)
      mark(text.isBack(as: port.node), node)
    case .failed(let node, let error, _):
      failed(node, error)
    }
  }

  private func takeSilence(_ place: Int) {
    let lane = nodes.lane(of: place)
    nodes[place].takeSilence(on: presentation.freshScroll, from: lane, now: .now)
    presentation.ageFoot()
  }

  private func connected(_ node: NodeIdentity, _ port: AttachedPort) {
    let place = nodes.place(of: node)
    nodes[place].opened(as: port, now: .now)
    hopeless.remove(node)
    presentation.ageFoot()
  }

  private func failed(_ node: NodeIdentity, _ error: SerialPortError) {
    let failure = PortFailure(error)
    switch failure.outlook {
    case .usable: presentation.say(failure.text)
    case .hopeless: refused(node, failure.text)
    case .mayCome:
      _ = nodes.place(of: node)
      presentation.say(failure.text)
    }
  }

  /// Waiting alone will not open this port.
  private func refused(_ node: NodeIdentity, _ text: String) {
    presentation.say(text)
    if nodes[nodes.place(of: node)].wasOpened { return }
    hopeless.insert(node)
    // Who named a port waits for that one; who follows whatever comes may wait for another.
    if case .ports(let paths) = target.target, hopeless.count >= Set(paths).count {
      follower.stop()
    }
  }

  /// Notes between the lines of the log what happened to the port.
  private func mark(_ text: String, _ node: NodeIdentity) {
    presentation.mark(text, in: nodes.lane(of: nodes.place(of: node)))
  }

  // MARK: - What follows from it

  private func look() {
    // What came is on the screen before anybody thinks about it.
    show()
    let now = ContinuousClock.now
    for place in nodes.indices where nodes[place].lookIfDue(now: now) { presentation.ageFoot() }
    if mustEnd(now) {
      follower.stop()
    } else {
      for place in nodes.indices where nodes[place].hasNews(now: now) {
        let lane = nodes.lane(of: place)
        presentation.tell(of: &nodes[place], in: lane)
      }
      for place in nodes.indices {
        if let hint = nodes[place].silenceHint(now: now) { mark(hint, nodes[place].identity) }
      }
    }
    presentation.renewFoot(of: nodes, now: now)
    show()
  }

  /// There is nobody to follow for once standard output cannot be written.
  private func show() {
    presentation.show()
    if presentation.failure != nil { follower.stop() }
  }

  private func mustEnd(_ now: ContinuousClock.Instant) -> Bool {
    if stop.isRequested { return true }
    if let deadline, now >= deadline { return true }
    switch wishes.end {
    case .whenStopped: return false
    case .atVerdict:
      return !nodes.isEmpty && nodes.all.allSatisfy(\.isFinal)
    }
  }

  // MARK: - The end

  private func finish() throws -> ExitStatus {
    // The log ends where the report begins.
    if nodes.all.contains(where: { $0.bytes > 0 }) { presentation.scroll("\n") }
    try presentation.close()
    var printer = DiagnosisPrinter(
      wishes.reporting, manyLogs: nodes.all.count(where: \.wasOpened) > 1 ? .yes : .no)
    for place in nodes.indices where nodes[place].wasOpened {
      try printer.show(
        nodes[place].outcome(endingAt: wishes.end, in: wishes.reporting.format, stop))
    }
    let printed = try printer.finish()
    if stop.isRequested { return .interrupted }
    if nodes.isEmpty { Diagnostics.say("No node was plugged in.") }
    if nodes.isEmpty || nodes.all.contains(where: { !$0.wasOpened }) { status = .unusable }
    return max(status, printed)
  }
}
