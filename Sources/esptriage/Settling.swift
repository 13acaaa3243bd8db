import Analysis
import BootTimeline
import Diagnosis

/// When a verdict about a log that still grows is good enough to be told.
///
/// It settles when it has not changed for two seconds after what decided it and after the last
/// restart, or once a later boot has told its slot and reset reason. A loop need not pause for it, however fast it is:
/// a verdict that only moves from one restart to the next has settled as well.
struct Settling {
  /// What a verdict is told by; its wording may change without news.
  struct Decision: Equatable {
    let verdict: VerdictID
    let severity: Severity
    /// The line of its first proof.
    let line: Int?

    init(_ report: Report) {
      let verdict = report.conclusion.verdict
      self.verdict = verdict.id
      severity = verdict.severity
      // A healthy node proves itself anew with every line; a fault is news where it stands.
      line =
        verdict.severity < .warning ? nil : verdict.evidence.lazy.compactMap(\.line).first?.number
    }
  }

  private static let settlesAfter: Duration = .seconds(2)
  /// A verdict of no fault is worth little before: most crashes at start come within this time.
  private static let provesHealthAfter: Duration = .seconds(10)
  /// After a crash the restart is awaited: it may show that the crash was part of something greater.
  private static let restartsWithin: Duration = .seconds(5)

  private(set) var decision: Decision?
  private var told: Decision?
  private var decidedAt = ContinuousClock.now
  private var bootAtDecision = 0
  /// Since when the same verdict stands without ever having settled, wherever its proof moved meanwhile.
  private var standsSince = ContinuousClock.now
  private var bootAtStand = 0
  private var lastBoot = 0
  private var lastBootAt = ContinuousClock.now
  private var lastBootToldItsSlot = false
  /// Whether the last lines announce a restart that has not shown yet.
  private(set) var awaitsRestart = false

  /// Takes what the log shows now.
  mutating func look(at report: Report, now: ContinuousClock.Instant) {
    let hadSettled = isSettled(now: now)
    let boot = report.timeline.boots.last
    if let boot, boot.index + boot.repeats != lastBoot {
      lastBoot = boot.index + boot.repeats
      lastBootAt = now
    }
    lastBootToldItsSlot = boot?.hasBootLine ?? false
    awaitsRestart = boot.map { Self.endsInRestart($0.ending) } ?? false
    let decision = Decision(report)
    guard decision != self.decision else { return }
    let onlyMoved =
      self.decision?.verdict == decision.verdict && self.decision?.severity == decision.severity
    if hadSettled || !onlyMoved {
      standsSince = now
      bootAtStand = lastBoot
    }
    self.decision = decision
    decidedAt = now
    bootAtDecision = lastBoot
  }

  /// Whether something has settled that was not told yet; it counts as told then.
  mutating func hasNews(now: ContinuousClock.Instant) -> Bool {
    guard let decision, decision != told, decision.verdict != .noESPLog else { return false }
    guard isSettled(now: now) else { return false }
    told = decision
    return true
  }

  /// Whether a verdict waits for its time.
  var isWaiting: Bool { decision != told }

  /// Whether the verdict has stood long enough to be told.
  func isSettled(now: ContinuousClock.Instant) -> Bool {
    guard decision != nil else { return false }
    if lastBoot > bootAtDecision + 1 { return true }
    if lastBoot > bootAtDecision, lastBootToldItsSlot { return true }
    if lastBoot > bootAtStand + 1, now - standsSince >= Self.settlesAfter { return true }
    return now - max(decidedAt, lastBootAt) >= Self.settlesAfter
  }

  /// Whether a script may go by it.
  func isFinal(now: ContinuousClock.Instant) -> Bool {
    guard let decision, isSettled(now: now) else { return false }
    switch decision.verdict {
    // These only say that something is still to come.
    case .noESPLog, .inconclusive, .otaInProgress: return false
    default: break
    }
    if decision.severity < .warning, decision.verdict != .downloadMode {
      return now - decidedAt >= Self.provesHealthAfter
    }
    if awaitsRestart { return now - standsSince >= Self.restartsWithin }
    return true
  }

  private static func endsInRestart(_ ending: BootEnding) -> Bool {
    switch ending {
    case .panic, .watchdog, .brownout, .restart, .power: true
    case .deepSleep, .endOfLog, .unknown: false
    }
  }
}
