import DeviceEvents

extension UpdateLine {
  /// The notice that the line leaves in its boot, so that rules can ask for it.
  var leavesNotice: Notice? {
    switch self {
    case .confirmed: Notice(.appConfirmed)
    case .rollbackRequested: Notice(.rollbackRequested)
    case .selfTestFailed: Notice(.selfTestFailed)
    case .selfTestPassed: Notice(.selfTestPassed)
    case .configuredSlotNotRunning(let configured, let running):
      Notice(.configuredSlotNotRunning, numbers: [configured, running])
    case .earlierRollbackSeen: Notice(.earlierRollbackSeen)
    case .began, .target, .progress, .percent, .ended, .endedPerhaps, .written, .newVersion,
      .runningVersion, .succeeded, .failed,
      .declined, .upToDate, .aborted, .gaveUp, .received, .brokeOff:
      nil
    }
  }
}

extension ROMLine {
  /// Whether the ROM prints it before anything else.
  var isBeginning: Bool {
    switch self {
    case .banner, .reset: true
    case .build, .savedPC, .load, .entry, .waitsForDownload, .settings, .chip: false
    }
  }
}

extension CrashKind {
  /// Whether a watchdog reset the chip.
  public var isWatchdog: Bool { self == .interruptWatchdog || self == .taskWatchdog }
}

extension NoticeKind {
  /// Whether only the ROM prints it.
  var isFromROM: Bool { rawValue.hasPrefix("rom_") }

  /// Whether a tool on the host prints it while the chip is being written.
  var isFromTool: Bool { self == .flashedByTool || self == .flashErased }

  /// Whether only the second-stage bootloader prints it.
  var isFromBootloader: Bool {
    switch self {
    case .watchdogResetSeen, .watchdogResetPC, .bootloaderHeaderUnreadable, .xmcStartupFailed,
      .cpuFrequencyTooHigh, .bootloaderAssert, .flashQuadModeFailed, .partitionMagicInvalid,
      .partitionExceedsFlash, .partitionTableInvalid, .otadataInvalid, .otadataTooSmall,
      .otadataWriteFailed, .otadataInitialised, .slotNotBootable, .noBootablePartition,
      .factoryReset, .fastBootFailed, .teeLoadFailed:
      true
    default:
      // The enum has some hundred cases; all others are printed by the app as well.
      false
    }
  }

  /// Whether it shows by itself that an image was received and verified; an empty slot, which apps
  /// also look into without an update, does not say these.
  var showsVerification: Bool {
    switch self {
    case .imageChipMismatch, .imageChipRevisionMismatch, .imageEfuseRevisionMismatch,
      .imageSegmentInvalid, .imageChecksumFailed, .imageHashFailed, .imageSignatureFailed:
      true
    default:
      // As above: the enum is long, and most of it is not about images.
      false
    }
  }

  /// What the running app's verification prints when it rejects an image.
  var rejectsImage: UpdateFailure.Stage? {
    switch self {
    case .imageMagicInvalid, .imageSegmentCountInvalid, .imageChipMismatch,
      .imageChipRevisionMismatch, .imageEfuseRevisionMismatch, .imageSegmentOverlaps,
      .imageSegmentInvalid, .imageChecksumFailed, .imageHashFailed, .imageSignatureFailed,
      .imageDescriptorMissing, .antiRollbackRejected:
      .validation
    case .imageTooLarge: .size
    default: nil
    }
  }
}
