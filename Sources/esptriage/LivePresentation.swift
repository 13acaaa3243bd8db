import Diagnosis
import LineReading
import Reporting

/// What a person sees of nodes that run: the lines of their logs, marks between these, verdicts, and the foot.
struct LivePresentation {
  private var output: LiveOutput
  private var lines: LogScroll
  private var foot: [String] = []
  private var footIsStale = true
  /// Why crashes have no names, as far as it was said.
  private var toldProblems: Set<String> = []
  /// Why standard output could not be written.
  private(set) var failure: OutputError?

  init(_ options: ReportOptions) {
    output = LiveOutput(options)
    lines = LogScroll(output.scrollLayout)
  }

  /// A scroll that has shown nothing yet, for a screen of the size of this moment.
  var freshScroll: LogScroll { LogScroll(output.scrollLayout) }

  /// A line of a node's log.
  mutating func scroll(_ line: LogLine, from lane: LogScroll.Lane?) {
    if output.extent == .everything { output.scroll(lines.text(of: line, from: lane)) }
  }

  /// Text that is fit for the screen already.
  mutating func scroll(_ text: String) { output.scroll(text) }

  /// Something about the work itself.
  mutating func say(_ message: String) { output.say(message, in: lines) }

  /// What happened to a port, between the lines of the log.
  mutating func mark(_ text: String, in lane: LogScroll.Lane?) {
    guard output.extent == .everything else { return Diagnostics.say(TextOfName.shown(text)) }
    output.scroll(lines.mark(text, from: lane))
  }

  /// What is thought of a node now.
  mutating func tell(of node: inout WatchedNode, in lane: LogScroll.Lane?) {
    guard let report = node.report else { return }
    footIsStale = true
    for problem in report.elfProblems where toldProblems.insert(problem).inserted { say(problem) }
    let text = TextReport(report, layout: output.layout)
    switch output.extent {
    case .nothing: break
    case .verdicts:
      // The same fault may come again at another line: that is no news here.
      let line = text.verdictLine
      if node.isNewLine(line) { output.verdict(line) }
    case .everything:
      guard report.conclusion.verdict.severity >= .warning else {
        output.verdict(text.verdictLine)
        return
      }
      mark("verdict", in: lane)
      output.verdict(text.bulletin)
    }
  }

  /// What the foot says is not so any more.
  mutating func ageFoot() { footIsStale = true }

  /// Draws the foot anew where it is out of date; `show` shows it.
  mutating func renewFoot(of nodes: WatchedNodes, now: ContinuousClock.Instant) {
    guard footIsStale, output.hasFoot else { return }
    foot = nodes.footRows(output.layout, now: now)
    footIsStale = false
  }

  /// Shows what came since the last time.
  mutating func show() {
    do throws(OutputError) {
      try output.update(foot: foot)
    } catch {
      failure = error
    }
  }

  /// Leaves standard output to the final report.
  mutating func close() throws(OutputError) { try output.close() }
}
