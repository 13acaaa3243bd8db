import Analysis
import Diagnosis
import LogFiles

/// A log diagnosed while it grows.
///
/// A verdict is told once it has settled, told again when another one settles; the whole report comes at the end.
/// A file that was emptied, or whose name another file has taken, is a log of its own from there on: in one with what
/// was there before, a reset that nobody saw would stand between the two.
struct FollowedDiagnosis {
  let reading: LogReading
  var printer: DiagnosisPrinter
  /// How many logs came to an end under this name.
  private var earlierLogs = 0

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
    var analysis = reading.analysis()
    analysis.startOver(source: input.displayName)
    var looking = Looking()
    var failure: OutputError?
    var outcome = LogReading.Outcome()
    let stop = reading.stop
    do throws(LogFileError) {
      try FollowedFile(input, stopDescriptor: stop.descriptor).follow { news in
        do throws(OutputError) {
          switch news {
          case .text(let chunk):
            chunk.withMemoryRebound(to: UInt8.self) { analysis.feed($0) }
            looking.hasNews = true
          case .startedOver(let beginning):
            try end(analysis.finish(), of: input, before: beginning)
            analysis.startOver(source: input.displayName)
            looking = Looking()
          case .idle: break
          }
          guard ContinuousClock.now - looking.last >= Self.betweenLooks else { return .continue }
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
    let mayBeEmpty = earlierLogs == 0 && outcome.problems.isEmpty
    if report.timeline.capture.bytes > 0 || mayBeEmpty { outcome.report = report }
    outcome.report?.inputProblems += outcome.problems
    try printer.show(outcome)
    return try printer.finish()
  }

  /// Writes what came before a new beginning, and says that one was.
  private mutating func end(
    _ report: Report, of input: LogInput, before beginning: FollowedNews.NewBeginning
  ) throws(OutputError) {
    // A file that was still empty has nothing to tell.
    if report.timeline.capture.bytes > 0 {
      earlierLogs += 1
      var outcome = LogReading.Outcome()
      outcome.report = report
      try printer.show(outcome)
      try printer.flush()
    }
    let name = TextOfName.shown(input.displayName)
    switch beginning {
    case .truncated:
      Diagnostics.say("\(name) was emptied and begins anew: what follows is another log")
    case .replaced:
      Diagnostics.say("\(name) is another file now: what follows is another log")
    }
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
