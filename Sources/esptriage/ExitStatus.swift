import Diagnosis

/// What the exit status of every command means; a higher one beats a lower one.
enum ExitStatus: Int32, Error, Comparable {
  /// Nothing wrong.
  case nothingWrong = 0
  /// A fault was diagnosed.
  case fault = 1
  /// Wrong usage, an input that cannot be read or is empty, no log of an ESP32, broken rules.
  case unusable = 2
  /// Ctrl-C.
  case interrupted = 130

  static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }

  /// What a verdict means for the status.
  init(_ verdict: Verdict, failingOn threshold: FailureThreshold) {
    if verdict.id == .noESPLog {
      self = .unusable
    } else if let least = threshold.severity, verdict.severity >= least {
      self = .fault
    } else {
      self = .nothingWrong
    }
  }
}
