import BootTimeline
import DeviceEvents

/// A tool that wrote or erased the flash in the middle of the log, and what runs since.
///
/// What the image before it did is over once the new one runs well: it stays worth knowing, and is
/// no answer about the node any more. A weak supply is, whatever was flashed.
struct Reflash {
  /// The line in which the tool said that what it wrote is there; nil if nothing new runs well since.
  private let line: Int?

  init(in timeline: Timeline) {
    let told = timeline.notices.last {
      $0.notice.kind == .flashedByTool || $0.notice.kind == .flashErased
    }?.line.number
    guard let told, let last = timeline.boots.last, last.firstLine.number > told,
      Self.runsWell(last, in: timeline), Self.isNew(last, since: told, in: timeline)
    else {
      line = nil
      return
    }
    line = told
  }

  /// Whether the flashing ended what a rule found.
  func ends(_ firing: Firing) -> Bool {
    guard let line, let last = firing.span?.upperBound, last < line else { return false }
    switch firing.verdict {
    case .brownout, .powerGlitch, .nodeUnreachable, .noOTAEndpoint, .wrongBaud: return false
    // What stands in the flash is at fault.
    case .healthy, .otaOK, .otaInProgress, .otaNotReceived, .otaNotTaken, .otaNewImagePanic,
      .otaPanicLoop, .otaRollbackUnconfirmed, .otaSelfTestFailed, .otaHandlerCrash, .otaHandlerHung,
      .otaWriteFailed, .otaValidationFailed, .otaImageTooLarge, .otaAuthRejected,
      .otaDownloadFailed, .imageCorrupt, .bootloaderCorrupt, .noBootableApp, .partitionTableBad,
      .flashEmpty, .flashReadError, .flashSizeMismatch, .chipMismatch, .bootloaderMismatch, .panic,
      .panicLoop, .interruptWatchdog, .taskWatchdog, .rtcWatchdog, .downloadMode, .resetLoop,
      .inconclusive, .noESPLog:
      return firing.severity >= .error
    }
  }

  /// For as long as it takes to call a start good.
  private static func runsWell(_ boot: Boot, in timeline: Timeline) -> Bool {
    boot.reachedApp && (boot.clockAtEnd ?? 0) >= 10_000
      && !timeline.crashes.contains { $0.isFatal && $0.boot == boot.index }
  }

  /// The same image again is no reason to believe that anything changed.
  private static func isNew(_ boot: Boot, since line: Int, in timeline: Timeline) -> Bool {
    guard let new = boot.app.elfSHA256 ?? boot.app.compiled else { return true }
    let before = timeline.boots.last { $0.firstLine.number < line && !$0.app.isEmpty }
    return before.map { ($0.app.elfSHA256 ?? $0.app.compiled) != new } ?? true
  }
}
