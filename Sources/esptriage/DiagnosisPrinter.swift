import Analysis
import Reporting

/// Writes diagnoses as they come, and remembers what they mean for the exit status.
struct DiagnosisPrinter {
  /// Whether a log is one of many, and its whole story would drown the others.
  enum ManyLogs { case yes, no }

  private let options: ReportOptions
  private let manyLogs: ManyLogs
  private let layout: TextLayout
  private var output = StandardOutput()
  private var summary = SummaryReport()
  private var status = ExitStatus.nothingWrong
  private var shown = 0
  /// What stands on the screen until something is written.
  var progress: ReadingProgress?

  init(_ options: ReportOptions, manyLogs: ManyLogs) {
    self.options = options
    self.manyLogs = manyLogs
    layout = Terminal.layout(options.color)
  }

  private var reasoning: Reasoning { options.explain ? .shown : .leftOut }

  /// Says what is wrong with an input; the exit status becomes 2.
  mutating func complain(_ problem: String) {
    progress?.clear()
    Diagnostics.say(problem)
    status = max(status, .unusable)
  }

  /// Writes one outcome.
  mutating func show(_ outcome: LogReading.Outcome) throws(OutputError) {
    // Where results go elsewhere the line need not go for each.
    let speaks = outcome.report.map { !$0.elfProblems.isEmpty } ?? false
    if Terminal.isOutput || speaks { progress?.clear() }
    outcome.problems.forEach { complain($0) }
    if outcome.wasInterrupted { status = .interrupted }
    guard let report = outcome.report else { return }
    // A log without its ELF is diagnosed all the same: that is worth a word, and no failure. The
    // text of a report shows it itself.
    if options.format == .json || options.quiet {
      report.elfProblems.forEach { Diagnostics.say(TextOfName.shown($0)) }
    }
    status = max(status, ExitStatus(report.conclusion.verdict, failingOn: options.failOn))
    try write(text(of: report))
    // Somebody watches: what is known is shown at once.
    if Terminal.isOutput { try flush() }
    if manyLogs == .yes { summary.add(report) }
    shown += 1
  }

  /// Writes what is known of a log that is still growing.
  mutating func showSettled(_ report: Report) throws(OutputError) {
    let text =
      switch (options.format, options.quiet) {
      case (.json, _): json(report)
      case (.text, true): TextReport(report, layout: layout).verdictLine
      case (.text, false): TextReport(report, layout: layout).bulletin
      }
    try write(text)
    try flush()
  }

  /// Writes the end, and tells the exit status.
  mutating func finish() throws(OutputError) -> ExitStatus {
    progress?.clear()
    if manyLogs == .yes, shown > 0, options.format == .text, !options.quiet {
      try write(summary.text(layout))
    }
    try flush()
    return status
  }

  private func text(of report: Report) -> String {
    if options.format == .json { return json(report) }
    let text = TextReport(report, layout: layout, reasoning: reasoning)
    if options.quiet { return text.verdictLine }
    switch (manyLogs, reasoning) {
    case (.no, _): return text.text
    case (.yes, .leftOut): return text.block
    case (.yes, .shown): return text.text + "\n" + rule
    }
  }

  private var rule: String {
    String(repeating: "─", count: layout.columns) + "\n\n"
  }

  private func json(_ report: Report) -> String {
    JSONReport(report, layout: options.pretty ? .indented : .line, reasoning: reasoning).text + "\n"
  }

  private mutating func write(_ text: String) throws(OutputError) {
    do throws(OutputError) {
      try output.write(text)
    } catch {
      throw withStatus(error)
    }
  }

  private mutating func flush() throws(OutputError) {
    do throws(OutputError) {
      try output.flush()
    } catch {
      throw withStatus(error)
    }
  }

  /// A closed pipe ends the program with the status reached so far.
  private func withStatus(_ error: OutputError) -> OutputError {
    switch error {
    case .closed: .closed(status)
    case .failed: error
    }
  }
}
