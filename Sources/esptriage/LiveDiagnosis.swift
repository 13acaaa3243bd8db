import Analysis
import Diagnosis
import LineReading
import Reporting
import SerialInput

/// Nodes diagnosed while they run: what the follower tells goes to the recording, to the node's
/// case, and to the screen.
final class LiveDiagnosis {
  /// What the command line asked for.
  struct Wishes {
    /// What ends the following besides Ctrl-C and time.
    enum End { case whenStopped, atVerdict }

    let context: Context
    let rules: RuleSet
    let reporting: ReportOptions
    let end: End
    let timeout: Duration?
    let recordFolder: String?
  }

  private let wishes: Wishes
  private let target: WatchTarget
  private let follower: PortFollower
  private let baud: UInt32
  private let stop: Interruption.Signal
  private let scroll: LogScroll
  private let deadline: ContinuousClock.Instant?
  private var recording: Recording?
  private var output: LiveOutput
  private var nodes: [WatchedNode] = []
  private var places: [NodeIdentity: Int] = [:]
  /// Ports that cannot be opened, now or by waiting.
  private var hopeless: Set<NodeIdentity> = []
  private var foot: [String] = []
  private var footIsStale = true
  private var status = ExitStatus.nothingWrong
  private var failure: OutputError?

  /// Often enough for a verdict within 100 ms of its line, seldom enough to cost nothing.
  private static let tick: Duration = .milliseconds(40)
  private static let mostFootRows = 8

  init(
    _ wishes: Wishes, target: WatchTarget, settings: FollowSettings, stop: Interruption.Signal
  ) throws {
    var settings = settings
    settings.tickEvery = Self.tick
    self.wishes = wishes
    self.target = target
    self.stop = stop
    baud = settings.serial.baud
    output = LiveOutput(wishes.reporting)
    scroll = LogScroll(output.scrollLayout)
    deadline = wishes.timeout.map { ContinuousClock.now + $0 }
    follower = try PortFollower(target.target, settings: settings)
    if let folder = wishes.recordFolder { recording = try Recording(in: folder) }
  }

  /// Follows until there is a reason to stop, then writes the final reports.
  func run() throws -> ExitStatus {
    say(target.explanation)
    if recording != nil, let folder = recording?.folder {
      say("recording to " + TextOfName.shown(folder))
    }
    follower.run { event in
      record(event)
      receive(event)
      present()
    }
    if let failure { throw failure }
    // The recording is complete on the disk before anybody is told the end.
    recording = nil
    return try finish()
  }

  // MARK: - What the follower tells

  private func record(_ event: PortEvent) {
    do throws(RecordingError) {
      try recording?.record(event)
    } catch {
      say(TextOfName.shown(error.description))
      recording = nil
      status = .unusable
    }
  }

  private func receive(_ event: PortEvent) {
    switch event {
    case .bytes(let node, let bytes, _):
      let place = place(of: node)
      if nodes[place].unfinished != nil { footIsStale = true }
      guard output.extent == .everything else { return nodes[place].take(bytes) { _ in } }
      let lane = lane(of: place)
      nodes[place].take(bytes) { output.scroll(scroll.text(of: $0, from: lane)) }
    case .quiet(let node, _):
      let place = place(of: node)
      nodes[place].takeSilence(
        on: LogScroll(output.scrollLayout), from: lane(of: place), now: .now)
      footIsStale = true
    case .tick:
      footIsStale = true
    case .waiting, .appeared:
      break
    case .opened(let node, let port, _):
      connected(node, port)
      mark("\(port.node) is open: \(Self.name(of: port)), \(baud) baud", node)
    case .disconnected(let node, _):
      let place = place(of: node)
      nodes[place].connection = .gone
      footIsStale = true
      mark(
        "\(nodes[place].portName) is gone: unplugged, or the chip restarted its USB; waiting for it",
        node)
    case .reconnected(let node, let port, _):
      let name = nodes[place(of: node)].portName
      connected(node, port)
      mark("\(name) is back" + (port.node == name ? "" : " as \(port.node)"), node)
    case .failed(let node, let error, _):
      failed(node, error)
    }
  }

  private func connected(_ node: NodeIdentity, _ port: AttachedPort) {
    let place = place(of: node)
    nodes[place].connection = .open
    nodes[place].wasOpened = true
    nodes[place].portName = port.node
    hopeless.remove(node)
    footIsStale = true
  }

  private func failed(_ node: NodeIdentity, _ error: SerialPortError) {
    let text = TextOfName.shown(error.description)
    switch error {
    case .notFound:
      _ = place(of: node)
      say(text + " Waiting for it.")
    case .notAllowed, .busy, .notATTY, .baudRefused:
      say(text)
      if nodes[place(of: node)].wasOpened { return }
      hopeless.insert(node)
      // Who named a port waits for that one; who follows whatever comes may wait for another.
      if case .ports(let paths) = target.target, hopeless.count >= Set(paths).count {
        follower.stop()
      }
    case .disconnected, .noModemLines, .system:
      say(text)
    }
  }

  private func place(of node: NodeIdentity) -> Int {
    if let place = places[node] { return place }
    let analysis = LogAnalysis(source: node.node, context: wishes.context, rules: wishes.rules)
    let lane = LogScroll.Lane(name: String(node.name.suffix(8)), number: nodes.count)
    nodes.append(WatchedNode(node, lane: lane, analysis: analysis))
    places[node] = nodes.count - 1
    return nodes.count - 1
  }

  // MARK: - What is shown

  private func present() {
    let now = ContinuousClock.now
    for place in nodes.indices { nodes[place].lookIfDue(now: now) }
    if mustEnd(now) {
      follower.stop()
    } else {
      for place in nodes.indices where nodes[place].hasNews(now: now) { tell(place) }
    }
    if footIsStale, output.hasFoot {
      foot = footRows(now)
      footIsStale = false
    }
    do throws(OutputError) {
      try output.update(foot: foot)
    } catch {
      failure = error
      follower.stop()
    }
  }

  private func mustEnd(_ now: ContinuousClock.Instant) -> Bool {
    if stop.isRequested { return true }
    if let deadline, now >= deadline { return true }
    switch wishes.end {
    case .whenStopped: return false
    case .atVerdict:
      return !nodes.isEmpty && nodes.allSatisfy { $0.settling.isFinal(now: now) }
    }
  }

  private func tell(_ place: Int) {
    guard let report = nodes[place].report else { return }
    footIsStale = true
    let text = TextReport(report, layout: output.layout)
    switch output.extent {
    case .nothing: break
    case .verdicts: output.verdict(text.verdictLine)
    case .everything:
      guard report.conclusion.verdict.severity >= .warning else {
        output.verdict(text.verdictLine)
        return
      }
      mark("verdict", nodes[place].identity)
      output.verdict(text.bulletin)
    }
  }

  private func footRows(_ now: ContinuousClock.Instant) -> [String] {
    guard !nodes.isEmpty else { return ["waiting for a node to be plugged in"] }
    let unfinished = nodes.compactMap(\.unfinished)
    let layout = output.layout
    let rows = unfinished + nodes.map { $0.status(now: now).text(layout) }
    return Array(rows.suffix(Self.mostFootRows))
  }

  private func say(_ message: String) { output.say(message, in: scroll) }

  /// Notes between the lines of the log what happened to the port.
  private func mark(_ text: String, _ node: NodeIdentity) {
    guard output.extent == .everything else { return Diagnostics.say(TextOfName.shown(text)) }
    output.scroll(scroll.mark(text, from: lane(of: place(of: node))))
  }

  /// Nil while there can be only one node.
  private func lane(of place: Int) -> LogScroll.Lane? {
    switch target.target {
    case .ports(let paths): paths.count > 1 || nodes.count > 1 ? nodes[place].lane : nil
    case .everyNode: nodes[place].lane
    case .firstNode: nodes.count > 1 ? nodes[place].lane : nil
    }
  }

  private static func name(of port: AttachedPort) -> String {
    port.kind.mayBeNode ? port.kind.name : "not known as a node's port"
  }

  // MARK: - The end

  private func finish() throws -> ExitStatus {
    // The log ends where the report begins.
    if nodes.contains(where: { $0.bytes > 0 }) { output.scroll("\n") }
    try output.close()
    var printer = DiagnosisPrinter(
      wishes.reporting, manyLogs: nodes.count(where: \.wasOpened) > 1 ? .yes : .no)
    for place in nodes.indices where nodes[place].wasOpened {
      try printer.show(outcome(of: place))
    }
    let printed = try printer.finish()
    if stop.isRequested { return .interrupted }
    if nodes.isEmpty { Diagnostics.say("No node was plugged in.") }
    if nodes.isEmpty || nodes.contains(where: { !$0.wasOpened }) { status = .unusable }
    return max(status, printed)
  }

  private func outcome(of place: Int) -> LogReading.Outcome {
    var outcome = LogReading.Outcome()
    outcome.wasInterrupted = stop.isRequested
    let name = TextOfName.shown(nodes[place].identity.node)
    guard nodes[place].bytes > 0 else {
      outcome.problems.append(
        "Nothing came from \(name). Is the node powered, and its console on this port? "
          + "--reset restarts it.")
      return outcome
    }
    let report = nodes[place].finish()
    if report.conclusion.verdict.id == .noESPLog {
      outcome.problems.append(
        "Nothing that came from \(name) looks like the log of an ESP32. Restart the node "
          + "(--reset, or its button) so that its boot is seen.")
    } else if wishes.end == .atVerdict, !stop.isRequested, !isFinal(place) {
      Diagnostics.say("\(name): no verdict became final in time; this is what shows so far.")
    }
    outcome.report = report
    return outcome
  }

  private func isFinal(_ place: Int) -> Bool { nodes[place].settling.isFinal(now: .now) }
}
