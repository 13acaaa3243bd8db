import Analysis
import Diagnosis
import LineReading
import Reporting
import SerialInput

/// One node that is followed: one case, through all its restarts and re-enumerations.
struct WatchedNode {
  let identity: NodeIdentity
  let lane: LogScroll.Lane
  private(set) var connection = LiveStatus.Connection.awaited
  /// The port as it is named now.
  private(set) var portName: String
  /// Whether the port was open at least once.
  private(set) var wasOpened = false
  /// A line that has not ended, as it is shown until its rest arrives.
  private(set) var unfinished: String?
  private(set) var bytes = 0
  private(set) var report: Report?
  private(set) var settling = Settling()
  private var silence = Silence()
  private var toldLine: String?

  private var analysis: LogAnalysis
  private var lastLook: ContinuousClock.Instant?
  private var lookedAtLines = 0
  private var hasText = false
  /// The last look took the start of a line for a line.
  private var lookedAhead = false
  private var spacing = Self.leastSpacing

  /// A verdict costs a pass over all rules: it is asked for at most so often,
  private static let leastSpacing: Duration = .milliseconds(30)
  /// with most of the time left for reading,
  private static let restForEachLook = 9
  /// and seldom while lines come that tell nothing (the time alone may change a verdict).
  private static let betweenIdleLooks: Duration = .seconds(1)

  init(_ identity: NodeIdentity, lane: LogScroll.Lane, analysis: LogAnalysis) {
    self.identity = identity
    self.lane = lane
    self.analysis = analysis
    portName = identity.node
  }

  /// Takes bytes; `show` gets the lines that they complete.
  mutating func take(_ bytes: UnsafeRawBufferPointer, showing show: (LogLine) -> Void) {
    self.bytes += bytes.count
    silence.ended(now: .now)
    hasText = true
    unfinished = nil
    bytes.withMemoryRebound(to: UInt8.self) { analysis.feed($0, showing: show) }
  }

  /// The node is silent: what stands without a line end is taken for a line until its rest arrives.
  mutating func takeSilence(
    on scroll: LogScroll, from lane: LogScroll.Lane?, now: ContinuousClock.Instant
  ) {
    guard analysis.hasUnfinishedLine else { return }
    var shown: String?
    let ahead = analysis.endingHere { shown = scroll.unfinished($0, from: lane) }
    unfinished = shown
    guard ahead.eventfulLines != lookedAtLines else { return }
    look(at: ahead, now: now)
    lookedAhead = true
  }

  /// Looks at what the log shows, when it is time and something came; true if it looked.
  mutating func lookIfDue(now: ContinuousClock.Instant) -> Bool {
    guard hasText else { return false }
    let isTold = analysis.eventfulLines != lookedAtLines
    if let lastLook {
      let wait = isTold || lookedAhead ? spacing : max(spacing, Self.betweenIdleLooks)
      guard now - lastLook >= wait else { return false }
    }
    look(at: analysis, now: now)
    return true
  }

  /// The port is open, under this name.
  mutating func opened(as port: AttachedPort, now: ContinuousClock.Instant) {
    connection = .open
    wasOpened = true
    portName = port.node
    silence.opened(port.kind, as: SourceText(port.node).kind, now: now)
  }

  /// The port is gone, or its end has come, as `state` says.
  mutating func lost(_ state: LiveStatus.Connection) {
    connection = state
    unfinished = nil
    silence.closed()
  }

  /// What a silence that lasts may mean; nil mostly.
  mutating func silenceHint(now: ContinuousClock.Instant) -> String? {
    silence.hint(expecting: settling.awaitsRestart ? .restart : .nothing, now: now)
      .map { "\(SourceText(portName).name): \($0)" }
  }

  /// Whether a verdict has settled that was not told yet.
  mutating func hasNews(now: ContinuousClock.Instant) -> Bool { settling.hasNews(now: now) }

  /// Whether a verdict's line differs from the last one told; it counts as told then.
  mutating func isNewLine(_ line: String) -> Bool {
    defer { toldLine = line }
    return line != toldLine
  }

  /// The end: what stands behind the last line end counts as a line.
  mutating func finish() -> Report { analysis.finish() }

  /// The line at the foot of the screen.
  func status(now: ContinuousClock.Instant) -> LiveStatus {
    LiveStatus(
      name: SourceText(portName).name, connection: connection, bytes: bytes, report: report,
      isSettled: settling.isSettled(now: now))
  }

  private mutating func look(at analysis: LogAnalysis, now: ContinuousClock.Instant) {
    let report = analysis.report()
    let cost = ContinuousClock.now - now
    spacing = max(Self.leastSpacing, cost * Self.restForEachLook)
    lastLook = now
    hasText = false
    lookedAhead = false
    lookedAtLines = analysis.eventfulLines
    settling.look(at: report, now: now)
    self.report = report
  }
}
