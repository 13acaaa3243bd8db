import Analysis
import Diagnosis
import LogFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads logs to their end and diagnoses them; what was read before a failure still counts.
struct LogReading: Sendable {
  let context: Context
  let rules: RuleSet
  let decoder: CrashDecoder
  let stop: Interruption.Signal
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

  /// Diagnoses one input.
  func diagnose(_ input: LogInput) -> Outcome {
    diagnose(asOne: [input], called: input.displayName)
  }

  /// Diagnoses inputs as one log, in their order.
  func diagnose(asOne inputs: [LogInput], called name: String) -> Outcome {
    var analysis = LogAnalysis(source: name, context: context, rules: rules, decoder: decoder)
    var outcome = Outcome()
    var count = 0
    for input in inputs where !stop.isRequested {
      do throws(LogFileError) {
        try read(input) { chunk in
          count += chunk.count
          progress?.read(chunk.count)
          chunk.withMemoryRebound(to: UInt8.self) { analysis.feed($0) }
          return stop.isRequested ? .stop : .continue
        }
      } catch {
        outcome.problems.append(error.description)
      }
    }
    progress?.finishFile()
    outcome.wasInterrupted = stop.isRequested
    // What could not be read at all has no verdict: one would look like a diagnosis.
    guard count > 0 || outcome.problems.isEmpty else { return outcome }
    guard count > 0 || !outcome.wasInterrupted else { return outcome }
    var report = analysis.finish()
    report.inputProblems += outcome.problems
    if outcome.wasInterrupted { report.inputProblems.append("Reading was stopped by Ctrl-C.") }
    outcome.problems += Self.complaint(about: report)
    outcome.report = report
    return outcome
  }

  /// Streams are read so that Ctrl-C is heard while they are silent.
  private func read(
    _ input: LogInput, _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) throws(LogFileError) {
    guard Self.isStream(input) else { return try input.read(body) }
    try FollowedFile(input, stopDescriptor: stop.descriptor).follow { news in
      switch news {
      case .text(let chunk): body(chunk)
      case .idle, .startedOver: .continue
      }
    }
  }

  private static func isStream(_ input: LogInput) -> Bool {
    if input == .standardInput { return true }
    var status = stat()
    guard stat(input.displayName, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFIFO || status.st_mode & S_IFMT == S_IFCHR
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
