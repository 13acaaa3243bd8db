import Analysis
import CProgramPages
import Diagnosis
import LogFiles

/// Reads logs to their end and diagnoses them; what was read before a failure still counts.
struct LogReading: Sendable {
  let context: Context
  let rules: RuleSet
  let decoder: CrashDecoder
  let stop: Interruption.Signal
  /// Whether the reports show how their numbers came about.
  var reasoning = Reasoning.shown
  /// Who is told how far it is.
  var progress: ReadingProgress?

  /// What came of one log.
  struct Outcome: Sendable {
    /// The diagnosis; nil when nothing could be read.
    var report: Report?
    /// The report as it is written; nil where whoever writes it makes it.
    var rendered: [UInt8]?
    /// What has to be said about the input; each makes the exit status 2.
    var problems: [String] = []
    /// Ctrl-C came before the end.
    var wasInterrupted = false
  }

  /// An analysis that reads one log after the other, as each job has one.
  func analysis() -> LogAnalysis {
    LogAnalysis(
      source: "", context: context, rules: rules, decoder: decoder, reasoning: reasoning)
  }

  /// Diagnoses one input.
  func diagnose(_ input: LogInput, with analysis: inout LogAnalysis) -> Outcome {
    diagnose(asOne: [input], called: input.displayName, with: &analysis)
  }

  /// From so many bytes on, the parts of the program that are not needed while it reads, concludes and writes are not
  /// kept in memory meanwhile.
  private static let longRead = 2 << 20

  /// A log of unknown length, or with so much in its first piece, may be one.
  private static let longPiece = longRead / 8

  /// What the program began with goes ahead of the first boots, since both together are the most that it ever needs;
  /// what those needed goes once most boots are like them.
  private static func release(_ count: Int, before: Int, from input: LogInput) {
    let mayBeLong = before == 0 && (input.isStream || count >= longPiece)
    if mayBeLong || (before < longRead && count >= longRead) { programpages_release() }
  }

  /// Behind so many bytes no signature of another format ends.
  private static let longestSignature = 512

  /// Diagnoses inputs as one log, in their order.
  func diagnose(asOne inputs: [LogInput], called name: String) -> Outcome {
    var analysis = analysis()
    return diagnose(asOne: inputs, called: name, with: &analysis)
  }

  private func diagnose(
    asOne inputs: [LogInput], called name: String, with analysis: inout LogAnalysis
  ) -> Outcome {
    analysis.startOver(source: name)
    var outcome = Outcome()
    var count = 0
    var foreign: ForeignFormat?
    // A pipe may give its first bytes one by one.
    var beginning: [UInt8] = []
    for input in inputs where !stop.isRequested {
      do throws(LogFileError) {
        try read(input) { chunk in
          if input == .standardInput, beginning.count < Self.longestSignature {
            beginning += chunk.prefix(Self.longestSignature - beginning.count)
            foreign = beginning.withUnsafeBytes { ForeignFormat(beginning: $0) }
            if foreign != nil { return .stop }
          }
          let before = count
          count += chunk.count
          Self.release(count, before: before, from: input)
          progress?.read(chunk.count)
          chunk.withMemoryRebound(to: UInt8.self) { analysis.feed($0) }
          return stop.isRequested ? .stop : .continue
        }
      } catch {
        outcome.problems.append(error.description)
      }
    }
    if let foreign {
      let problem = LogFileError.foreignFormat(path: "standard input", format: foreign)
      outcome.problems.append(problem.description)
    }
    progress?.finishFile()
    outcome.wasInterrupted = stop.isRequested
    // What could not be read at all has no verdict: one would look like a diagnosis.
    guard count > 0 || outcome.problems.isEmpty else { return outcome }
    guard count > 0 || !outcome.wasInterrupted else { return outcome }
    let isLong = count >= Self.longRead
    let release = { if isLong { programpages_release() } }
    release()
    var report = analysis.finish(pausing: release)
    report.inputProblems += outcome.problems
    if outcome.wasInterrupted { report.inputProblems.append("Reading was stopped by Ctrl-C.") }
    outcome.problems += Self.complaint(about: report)
    outcome.report = report
    release()
    return outcome
  }

  /// Streams are read so that Ctrl-C is heard while they are silent.
  private func read(
    _ input: LogInput, _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) throws(LogFileError) {
    guard input.isStream else { return try input.read(body) }
    try FollowedFile(input, stopDescriptor: stop.descriptor).follow { news in
      switch news {
      case .text(let chunk): body(chunk)
      case .idle, .startedOver: .continue
      }
    }
  }

  /// Why there is no verdict, where the log itself is the reason.
  private static func complaint(about report: Report) -> [String] {
    guard report.conclusion.verdict.id == .noESPLog else { return [] }
    let capture = report.timeline.capture
    let isStandardInput = report.source == "-"
    let name = isStandardInput ? "Standard input" : TextOfName.shown(report.source)
    if capture.bytes == 0 {
      return ["\(name) is empty. Capture the log of the node's serial line again."]
    }
    if capture.undecodableBytes * 10 > capture.bytes * 3 {
      return [
        "\(name) is not text. Give the log that the node printed; if this is one, it was captured "
          + "at another speed than the node's (115200 baud in most cases)."
      ]
    }
    return [
      "Nothing in \(isStandardInput ? "standard input" : name) looks like the log of an ESP32. Give what the node printed on its "
        + "serial line, from the reset on."
    ]
  }
}
