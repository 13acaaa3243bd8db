import Analysis
import Diagnosis
import LogFiles

/// A log diagnosed while it grows.
///
/// A verdict is told once it has settled: when it has not changed for two seconds, or the next
/// boot has begun. Told again when another one settles; the whole report comes at the end.
struct FollowedDiagnosis {
  let reading: LogReading
  var printer: DiagnosisPrinter

  private static let settlesAfter: Duration = .seconds(2)
  /// A verdict costs a pass over all rules: more than a few a second help nobody.
  private static let betweenLooks: Duration = .milliseconds(250)

  /// What a verdict is told by; its wording may change without news.
  private struct Decision: Equatable {
    let verdict: VerdictID
    let line: Int?
    let severity: Severity

    init(_ report: Report) {
      let verdict = report.conclusion.verdict
      self.verdict = verdict.id
      severity = verdict.severity
      // A healthy node proves itself anew with every line; a fault is news where it stands.
      line =
        verdict.severity < .warning ? nil : verdict.evidence.lazy.compactMap(\.line).first?.number
    }
  }

  private struct Settling {
    var decision: Decision?
    var since = ContinuousClock.now
    var boot = 0
    var told: Decision?
    var lastLook = ContinuousClock.now
    var hasNews = false
  }

  init(reading: LogReading, printer: DiagnosisPrinter) {
    self.reading = reading
    self.printer = printer
  }

  mutating func run(_ input: LogInput) throws -> ExitStatus {
    var analysis = LogAnalysis(
      source: input.displayName, context: reading.context, rules: reading.rules)
    var settling = Settling()
    var failure: OutputError?
    var outcome = LogReading.Outcome()
    let stop = reading.stop
    do throws(LogFileError) {
      try FollowedFile(input, stopDescriptor: stop.descriptor).follow { news in
        switch news {
        case .text(let chunk):
          chunk.withMemoryRebound(to: UInt8.self) { analysis.feed($0) }
          settling.hasNews = true
        case .startedOver, .idle: break
        }
        guard ContinuousClock.now - settling.lastLook >= Self.betweenLooks else {
          return .continue
        }
        do throws(OutputError) {
          try tell(analysis, &settling)
          return .continue
        } catch {
          failure = error
          return .stop
        }
      }
    } catch {
      outcome.problems.append(error.description)
    }
    if let failure { throw failure }
    let report = analysis.finish()
    outcome.wasInterrupted = stop.isRequested
    if report.timeline.capture.bytes > 0 || outcome.problems.isEmpty { outcome.report = report }
    outcome.report?.inputProblems += outcome.problems
    try printer.show(outcome)
    return try printer.finish()
  }

  private mutating func tell(
    _ analysis: LogAnalysis, _ settling: inout Settling
  ) throws(OutputError) {
    let now = ContinuousClock.now
    settling.lastLook = now
    let waits = settling.decision != settling.told
    // Nothing came and nothing waits: a quiet node costs nothing.
    guard settling.hasNews || waits else { return }
    settling.hasNews = false
    let report = analysis.report()
    let decision = Decision(report)
    let boot = report.timeline.boots.last?.index ?? 0
    if decision != settling.decision {
      settling.decision = decision
      settling.since = now
      settling.boot = boot
    }
    guard decision != settling.told, decision.verdict != .noESPLog else { return }
    guard now - settling.since >= Self.settlesAfter || boot > settling.boot else { return }
    settling.told = decision
    try printer.showSettled(report)
  }
}
