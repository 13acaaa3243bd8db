import Analysis
import Diagnosis
import LogFiles

/// A log diagnosed while it grows.
///
/// A verdict is told once it has settled, told again when another one settles; the whole report comes at the end.
struct FollowedDiagnosis {
  let reading: LogReading
  var printer: DiagnosisPrinter

  /// A verdict costs a pass over all rules: more than a few a second help nobody.
  private static let betweenLooks: Duration = .milliseconds(250)

  /// When to look next, and what was found.
  private struct Looking {
    var settling = Settling()
    var report: Report?
    var last = ContinuousClock.now
    var hasNews = false
  }

  init(reading: LogReading, printer: DiagnosisPrinter) {
    self.reading = reading
    self.printer = printer
  }

  mutating func run(_ input: LogInput) throws -> ExitStatus {
    var analysis = LogAnalysis(
      source: input.displayName, context: reading.context, rules: reading.rules,
      decoder: reading.decoder)
    var looking = Looking()
    var failure: OutputError?
    var outcome = LogReading.Outcome()
    let stop = reading.stop
    do throws(LogFileError) {
      try FollowedFile(input, stopDescriptor: stop.descriptor).follow { news in
        switch news {
        case .text(let chunk):
          chunk.withMemoryRebound(to: UInt8.self) { analysis.feed($0) }
          looking.hasNews = true
        case .startedOver, .idle: break
        }
        guard ContinuousClock.now - looking.last >= Self.betweenLooks else {
          return .continue
        }
        do throws(OutputError) {
          try tell(analysis, &looking)
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
    _ analysis: LogAnalysis, _ looking: inout Looking
  ) throws(OutputError) {
    let now = ContinuousClock.now
    looking.last = now
    // Nothing came and nothing waits: a quiet node costs nothing.
    guard looking.hasNews || looking.settling.isWaiting else { return }
    if looking.hasNews {
      looking.hasNews = false
      let report = analysis.report()
      looking.settling.look(at: report, now: now)
      looking.report = report
    }
    guard looking.settling.hasNews(now: now), let report = looking.report else { return }
    try printer.showSettled(report)
  }
}
