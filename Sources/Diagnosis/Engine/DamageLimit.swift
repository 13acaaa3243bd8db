import BootTimeline

/// How sure a verdict may be of a log in which damage shows.
///
/// Only some damage shows: a letter that became another letter looks whole. Where so many of the lines
/// that can be checked are damaged, the lines that a verdict stands on may be as well, or the one that
/// would have spoken against it.
enum DamageLimit {
  /// One line may be the noise of a reset.
  private static let fewest = 2
  /// For each damaged line that shows there are about three that do not, and a verdict stands on three lines or so.
  private static let dangerOfALine = 10.0
  private static let least = 0.3
  /// A fault stands in lines that were read; what is missing between others could explain it, but hardly deny it.
  private static let leastForFault = 0.85
  /// Each reset leaves one stretch.
  private static let fewestStretches = 4

  /// The most that the confidence of a verdict of this severity may be, with the reason; nil where the log is as good
  /// as whole.
  static func of(
    _ capture: Capture, for severity: Severity
  ) -> (confidence: Double, reason: String)? {
    // That all is well rests on lines that are not there.
    let floor = severity > .info ? leastForFault : least
    let limits = [ofLines(capture), ofStretches(capture, least: floor)].compactMap(\.self)
    return limits.min { $0.confidence < $1.confidence }
  }

  /// What is unreadable between the lines may have been the line that would have spoken against the verdict.
  private static func ofStretches(
    _ capture: Capture, least: Double
  ) -> (confidence: Double, reason: String)? {
    let share = capture.ruinedShare
    guard capture.ruin.count >= fewestStretches, share >= 0.05 else { return nil }
    let most = max(1 - share, least)
    return (
      most,
      "at most \(percent(most)): \(percent(share)) of the bytes stand in lines that cannot be read, between others that can"
    )
  }

  private static func ofLines(_ capture: Capture) -> (confidence: Double, reason: String)? {
    let (damaged, lines) = (capture.damagedLines, max(capture.espLines, 1))
    let share = Double(damaged) / Double(lines)
    guard damaged >= fewest, share >= 0.01 else { return nil }
    let most = max(1 - dangerOfALine * share, least)
    return (
      most,
      "at most \(percent(most)): \(damaged) of \(lines) lines are visibly damaged, so that others are likely to be"
    )
  }

  /// Whether a verdict says of itself that the log cannot be read.
  static func isExempt(_ verdict: VerdictID) -> Bool {
    switch verdict {
    case .wrongBaud, .noESPLog, .inconclusive: true
    default: false
    }
  }
}

extension Capture {
  /// The share of its bytes that stand in lines that cannot be read, between others that can.
  var ruinedShare: Double { Double(ruin.bytes) / Double(max(bytes, 1)) }
}
