import Analysis
import Reporting

/// Writes diagnoses as they come, and remembers what they mean for the exit status.
struct DiagnosisPrinter {
  private let options: ReportOptions
  /// How reports are written.
  let rendering: ReportRendering
  private var output = StandardOutput()
  private var summary = SummaryReport()
  private var status = ExitStatus.nothingWrong
  private var shown = 0
  /// What stands on the screen until something is written.
  var progress: ReadingProgress?

  init(_ options: ReportOptions, manyLogs: ReportRendering.ManyLogs) {
    self.options = options
    rendering = ReportRendering(options, manyLogs: manyLogs)
  }

  /// Whether a summary of all logs follows.
  private var hasSummary: Bool {
    rendering.manyLogs == .yes && options.format == .text && !options.quiet
  }

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
    if let rendered = outcome.rendered {
      try write(rendered)
    } else {
      let rendering = rendering
      try rendering.withBytes(of: report) { bytes throws(OutputError) in try write(bytes) }
    }
    // Somebody watches: what is known is shown at once.
    if Terminal.isOutput { try flush() }
    if hasSummary { summary.add(report) }
    shown += 1
  }

  /// Writes what is known of a log that is still growing.
  mutating func showSettled(_ report: Report) throws(OutputError) {
    try write(rendering.settledBytes(of: report))
    try flush()
  }

  /// Writes the end, and tells the exit status.
  mutating func finish() throws(OutputError) -> ExitStatus {
    progress?.clear()
    if hasSummary, shown > 0 { try write(Array(summary.text(rendering.layout).utf8)) }
    try flush()
    return status
  }

  private mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    try bytes.withUnsafeBufferPointer { bytes throws(OutputError) in try write(bytes) }
  }

  private mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(OutputError) {
    do throws(OutputError) {
      try output.write(bytes)
    } catch {
      throw withStatus(error)
    }
  }

  /// Hands on what was written so far.
  mutating func flush() throws(OutputError) {
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
