/// Which verdict explains which, and what decides among the rest: the order of `verdicts.md`.
enum VerdictPrecedence {
  /// One verdict explains another, so that the other is no answer of its own.
  struct Row: Sendable {
    // Lists: to look a verdict up in a set takes longer than to compare it with a dozen.
    let explaining: [VerdictID]
    let explained: [VerdictID]
    let relation: Relation
    /// Why.
    let reason: String
  }

  /// How both must lie in the log.
  enum Relation: Sendable {
    /// However they lie.
    case always
    /// The explaining one lies within the other's stretch, or in the boot before its last item.
    case within
    /// Both speak of the same crash, or of a reset that this crash caused.
    case sameCrash
    /// Both speak of the same update, or their stretches overlap.
    case overlapping
    /// The other's crashes all came before the app's own first line.
    case beforeFirstAppLine
    /// No crash of the log shows what ESP-IDF prints of one: an address in the code, registers, a backtrace.
    case crashesWithoutCode
  }

  private static let crashes: [VerdictID] = [
    .panic, .panicLoop, .interruptWatchdog, .taskWatchdog, .rtcWatchdog,
  ]
  private static let crashesOfUpdate: [VerdictID] = [
    .otaHandlerCrash, .otaHandlerHung, .otaNewImagePanic, .otaPanicLoop,
  ]
  private static let brokenStart: [VerdictID] = [
    .flashEmpty, .flashReadError, .bootloaderCorrupt, .partitionTableBad, .imageCorrupt,
    .chipMismatch, .flashSizeMismatch,
  ]

  /// Every row with its reason.
  static let rows: [Row] = [
    Row(
      explaining: [.brownout, .powerGlitch],
      explained: [
        .otaRollbackUnconfirmed, .otaNotTaken, .otaDownloadFailed, .otaInProgress, .resetLoop,
        .rtcWatchdog,
      ],
      relation: .within,
      reason: "a sag resets the chip, and a bootloader with rollback then goes back: one story"),
    Row(
      explaining: [.flashEmpty],
      explained: [
        .flashReadError, .bootloaderCorrupt, .partitionTableBad, .imageCorrupt, .noBootableApp,
        .resetLoop, .rtcWatchdog, .inconclusive,
      ],
      relation: .overlapping,
      reason: "where nothing is written, nothing can be read or started"),
    Row(
      explaining: [.flashReadError],
      explained: [
        .bootloaderCorrupt, .partitionTableBad, .imageCorrupt, .noBootableApp, .resetLoop,
        .rtcWatchdog, .flashSizeMismatch,
      ],
      relation: .overlapping,
      reason: "flash that cannot be read looks like damage of whatever lies there"),
    Row(
      explaining: [.bootloaderCorrupt],
      explained: [.noBootableApp, .resetLoop, .rtcWatchdog],
      relation: .overlapping,
      reason: "without a bootloader no app starts"),
    Row(
      explaining: [.bootloaderCorrupt],
      explained: [.panic, .panicLoop],
      relation: .sameCrash,
      reason: "a damaged bootloader that crashes is no crash of an application"),
    Row(
      explaining: [.flashSizeMismatch, .partitionTableBad],
      explained: [.imageCorrupt, .noBootableApp, .resetLoop, .rtcWatchdog, .panic, .panicLoop],
      relation: .beforeFirstAppLine,
      reason: "partitions that are missing or lie beyond the chip cannot hold an app"),
    Row(
      explaining: [.flashSizeMismatch],
      explained: [.partitionTableBad],
      relation: .overlapping,
      reason: "a table made for a larger chip does not fit the smaller one"),
    Row(
      explaining: [.chipMismatch],
      explained: [
        .imageCorrupt, .noBootableApp, .resetLoop, .rtcWatchdog, .otaValidationFailed, .panic,
        .panicLoop, .otaNewImagePanic, .otaPanicLoop, .bootloaderMismatch, .otaNotTaken,
        .otaRollbackUnconfirmed,
      ],
      relation: .beforeFirstAppLine,
      reason: "an image for another chip is rejected or crashes before its own first line"),
    Row(
      explaining: [.imageCorrupt],
      explained: [
        .noBootableApp, .resetLoop, .rtcWatchdog, .otaNotTaken, .otaRollbackUnconfirmed,
      ],
      relation: .overlapping,
      reason: "an image that the bootloader rejects is no app to start, and the old slot runs"),
    Row(
      explaining: [.imageCorrupt],
      explained: [.otaNewImagePanic, .otaHandlerCrash],
      relation: .beforeFirstAppLine,
      reason: "a rejected image never ran, so it cannot have crashed"),
    Row(
      explaining: brokenStart + [.noBootableApp],
      explained: [.resetLoop, .inconclusive],
      relation: .always,
      reason: "a node with nothing to start resets again and again"),
    Row(
      explaining: [.bootloaderMismatch],
      explained: crashes + [
        .imageCorrupt, .noBootableApp, .resetLoop, .otaNewImagePanic, .otaPanicLoop,
        .otaNotTaken, .otaRollbackUnconfirmed, .flashSizeMismatch,
      ],
      relation: .beforeFirstAppLine,
      reason: "a bootloader of another ESP-IDF breaks an app before the app's own first line"),
    Row(
      explaining: [.otaPanicLoop],
      explained: [.otaNewImagePanic, .otaNotTaken, .otaRollbackUnconfirmed, .resetLoop],
      relation: .overlapping,
      reason: "the loop of the new image explains each single crash and each way back"),
    Row(
      explaining: crashesOfUpdate,
      explained: crashes + [.resetLoop],
      relation: .sameCrash,
      reason: "the crash of an update is told as such, and not a second time as a plain crash"),
    Row(
      explaining: crashesOfUpdate,
      explained: [
        .otaNotTaken, .otaRollbackUnconfirmed, .otaInProgress, .otaDownloadFailed,
        .otaWriteFailed, .otaValidationFailed,
      ],
      relation: .overlapping,
      reason: "an update that crashed is not taken, or goes back, because of the crash"),
    Row(
      explaining: [.otaSelfTestFailed],
      explained: [.otaRollbackUnconfirmed, .otaNotTaken],
      relation: .overlapping,
      reason: "the image asked to go back, so nobody forgot to confirm it"),
    Row(
      explaining: [.otaRollbackUnconfirmed],
      explained: [.otaNotTaken],
      relation: .overlapping,
      reason: "a rollback says why the update was not taken"),
    Row(
      explaining: [.panicLoop],
      explained: [.panic, .interruptWatchdog, .taskWatchdog, .rtcWatchdog, .resetLoop],
      relation: .sameCrash,
      reason: "a loop explains its single crashes"),
    Row(
      explaining: crashes,
      explained: [.resetLoop],
      relation: .always,
      reason: "a reset loop is the answer only where no crash text speaks"),
    Row(
      explaining: [.noESPLog],
      explained: [.healthy, .inconclusive, .resetLoop, .noBootableApp],
      relation: .always,
      reason: "what a chip of another family did is told by its own tools"),
    Row(
      explaining: [.noESPLog],
      explained: crashes,
      relation: .crashesWithoutCode,
      reason: "a crash of another family's chip is told by its own tools, one of ESP-IDF is not"),
    Row(
      explaining: [.interruptWatchdog, .taskWatchdog, .rtcWatchdog],
      explained: [.panic],
      relation: .sameCrash,
      reason: "a watchdog's panic is told by the watchdog's verdict"),
  ]

  /// Whether what a log shows is the reason of what was seen over HTTP: that an update did not hold is seen from
  /// afar, why it did not stands in the log alone.
  static func aLog(saying verdict: VerdictID, explainsOverHTTP seen: VerdictID) -> Bool {
    let isFault = tier(of: verdict) == 2 && verdict.severity >= .error
    switch seen {
    case .otaNotTaken, .otaPanicLoop, .otaDownloadFailed, .nodeUnreachable, .resetLoop:
      return isFault
    case .otaWriteFailed, .otaValidationFailed, .otaImageTooLarge, .otaAuthRejected:
      return isFault && verdict.isAboutUpdate
    default:
      // The others are not concluded over HTTP, or say that all is well.
      return false
    }
  }

  /// How early a verdict is considered: answers that hold when nothing else does come last.
  static func tier(of verdict: VerdictID) -> Int {
    switch verdict {
    case .inconclusive, .noESPLog: 0
    case .healthy, .otaOK: 1
    case .otaInProgress, .otaNotReceived, .otaNotTaken, .otaNewImagePanic, .otaPanicLoop,
      .otaRollbackUnconfirmed, .otaSelfTestFailed, .otaHandlerCrash, .otaHandlerHung,
      .otaWriteFailed, .otaValidationFailed, .otaImageTooLarge, .otaAuthRejected,
      .otaDownloadFailed, .imageCorrupt, .bootloaderCorrupt, .noBootableApp, .partitionTableBad,
      .flashEmpty, .flashReadError, .flashSizeMismatch, .chipMismatch, .bootloaderMismatch,
      .panic, .panicLoop, .interruptWatchdog, .taskWatchdog, .rtcWatchdog, .brownout,
      .powerGlitch, .downloadMode, .wrongBaud, .resetLoop, .nodeUnreachable, .noOTAEndpoint:
      2
    }
  }
}
