import Analysis
import Diagnosis

/// What the command line asked for, of nodes that are followed.
struct LiveWishes {
  /// What ends the following besides Ctrl-C and time.
  enum End { case whenStopped, atVerdict }

  /// Which rate ports are read at.
  enum Rate { case asGiven, found }

  let context: Context
  let rules: RuleSet
  let decoder: CrashDecoder
  let reporting: ReportOptions
  let end: End
  let rate: Rate
  let timeout: Duration?
  let recordFolder: String?
}
