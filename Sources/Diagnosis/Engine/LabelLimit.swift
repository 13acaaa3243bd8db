import BootTimeline

/// How sure a verdict about an update may be where the log calls a slot by two names.
///
/// The offset that the bootloader loaded from is the better witness of the slot, but where a label disagrees with it, one
/// of the two lines is damaged.
enum LabelLimit {
  private static let most = 0.75

  /// The most that the confidence may be, with the reason; nil where slots do not matter or are named alike.
  static func of(_ verdict: VerdictID, _ timeline: Timeline) -> (
    confidence: Double, reason: String
  )? {
    guard verdict.isAboutUpdate,
      let boot = timeline.boots.first(where: { $0.overruledLabel != nil }),
      let label = boot.overruledLabel
    else { return nil }
    let better = boot.slot.map { "what else the log tells of the slot says \($0)" }
    return (
      most,
      "at most 75 %: boot \(boot.index) calls its slot \(label), and "
        + (better ?? "the log knows no such slot")
    )
  }
}
