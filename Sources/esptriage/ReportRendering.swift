import Analysis
import BootTimeline
import Diagnosis
import Reporting

/// How a report is written, as the options ask for it.
struct ReportRendering: Sendable {
  /// Whether a log is one of many, and its whole story would drown the others.
  enum ManyLogs: Sendable { case yes, no }

  let format: ReportFormat
  let isPretty: Bool
  let isQuiet: Bool
  let reasoning: Reasoning
  let manyLogs: ManyLogs
  let privacy: Privacy
  let layout: TextLayout

  init(_ options: ReportOptions, manyLogs: ManyLogs) {
    format = options.format
    isPretty = options.pretty
    isQuiet = options.quiet
    reasoning = options.explain ? .shown : .leftOut
    self.manyLogs = manyLogs
    privacy = options.privacy
    layout = Terminal.layout(options.color, options.privacy)
  }

  /// The report of a whole log.
  func bytes(of report: Report) -> [UInt8] {
    switch format {
    case .json: jsonBytes(of: report)
    case .text: Array(text(of: report).utf8)
    }
  }

  /// Hands `body` the report of a whole log, without a copy where it may be long.
  func withBytes<Failure: Error>(
    of report: Report, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    switch format {
    case .json: try json(report).withLine(body)
    case .text: try Array(text(of: report).utf8).withUnsafeBufferPointer(body)
    }
  }

  /// What is still asked of a report that was written: a summary, which JSON has not, wants all of it.
  func remainder(of report: Report) -> Report {
    switch format {
    case .json:
      var rest = report
      rest.timeline = Timeline()
      rest.decodedCrashes = [:]
      return rest
    case .text: return report
    }
  }

  /// What is known of a log that is still growing.
  func settledBytes(of report: Report) -> [UInt8] {
    switch (format, isQuiet) {
    case (.json, _): jsonBytes(of: report)
    case (.text, true): Array(TextReport(report, layout: layout).verdictLine.utf8)
    case (.text, false): Array(TextReport(report, layout: layout).bulletin.utf8)
    }
  }

  private func json(_ report: Report) -> JSONReport {
    JSONReport(
      report, layout: isPretty ? .indented : .line, reasoning: reasoning, privacy: privacy)
  }

  private func jsonBytes(of report: Report) -> [UInt8] {
    var bytes: [UInt8] = []
    json(report).withLine { bytes.append(contentsOf: $0) }
    return bytes
  }

  private func text(of report: Report) -> String {
    let text = TextReport(report, layout: layout, reasoning: reasoning)
    if isQuiet { return text.verdictLine }
    switch (manyLogs, reasoning) {
    case (.no, _): return text.text
    case (.yes, .leftOut): return text.block
    case (.yes, .shown): return text.text + "\n" + rule
    }
  }

  private var rule: String {
    String(repeating: "─", count: layout.columns) + "\n\n"
  }
}
