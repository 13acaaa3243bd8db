extension VerdictID {
  /// How bad the verdict is unless its rule says otherwise.
  public var severity: Severity {
    switch self {
    case .healthy, .otaOK: .ok
    case .otaInProgress, .downloadMode: .info
    case .otaNotReceived, .wrongBaud, .inconclusive, .noESPLog: .warning
    case .otaNotTaken, .otaNewImagePanic, .otaRollbackUnconfirmed, .otaSelfTestFailed,
      .otaHandlerCrash, .otaHandlerHung, .otaWriteFailed, .otaValidationFailed, .otaImageTooLarge,
      .otaAuthRejected, .otaDownloadFailed, .flashSizeMismatch, .bootloaderMismatch, .panic,
      .interruptWatchdog, .taskWatchdog, .rtcWatchdog, .brownout, .powerGlitch, .resetLoop,
      .nodeUnreachable, .noOTAEndpoint:
      .error
    case .otaPanicLoop, .imageCorrupt, .bootloaderCorrupt, .noBootableApp, .partitionTableBad,
      .flashEmpty, .flashReadError, .chipMismatch, .panicLoop:
      .critical
    }
  }

  /// Whether it speaks about an update.
  public var isAboutUpdate: Bool { rawValue.hasPrefix("ota_") }

  /// What it means, in a line.
  public var explains: String {
    switch self {
    case .healthy: "at least one boot reached the application, and nothing is wrong"
    case .otaOK: "the update took: the new slot booted and runs without a fault"
    case .otaInProgress: "the log ends inside an update, without a fault"
    case .otaNotReceived: "an update was expected, and there is no trace of one"
    case .otaNotTaken: "the boot partition was set, yet the slot from before runs"
    case .otaNewImagePanic: "the new image crashed, and the old slot runs again"
    case .otaPanicLoop: "the new image crashes again and again"
    case .otaRollbackUnconfirmed: "the new image ran well and was rolled back: nobody confirmed it"
    case .otaSelfTestFailed: "the new image itself asked to go back"
    case .otaHandlerCrash: "the running image crashed inside the update handler"
    case .otaHandlerHung: "the task watchdog bit while an update was open"
    case .otaWriteFailed: "the update could not be written or started"
    case .otaValidationFailed: "the received image failed verification"
    case .otaImageTooLarge: "the image does not fit"
    case .otaAuthRejected: "the node refused the upload for lack of a valid key"
    case .otaDownloadFailed: "the transfer failed"
    case .imageCorrupt: "the bootloader rejects an app image"
    case .bootloaderCorrupt: "the ROM rejects the bootloader image"
    case .noBootableApp: "the bootloader finds nothing to start"
    case .partitionTableBad: "the partition table is missing, invalid or does not fit"
    case .flashEmpty: "erased flash where the bootloader should be"
    case .flashReadError: "the flash cannot be read"
    case .flashSizeMismatch: "the image claims more flash than the chip has"
    case .chipMismatch: "the image is for another chip or chip revision"
    case .bootloaderMismatch: "a failure that the bootloader's other ESP-IDF explains"
    case .panic: "one crash of the running application, unrelated to an update"
    case .panicLoop: "the same application crashes on boot after boot"
    case .interruptWatchdog: "an interrupt watchdog bit"
    case .taskWatchdog: "a task watchdog bit or reported"
    case .rtcWatchdog: "the RTC watchdog bit"
    case .brownout: "the supply sagged"
    case .powerGlitch: "the supply glitched"
    case .downloadMode: "the chip waits in the ROM's download mode"
    case .wrongBaud: "mostly undecodable bytes where text should be"
    case .resetLoop: "reset after reset without a crash text"
    case .inconclusive: "an ESP32 log that shows neither a fault nor a running application"
    case .noESPLog: "nothing looks like an ESP32 log"
    case .nodeUnreachable: "the node does not answer over HTTP"
    case .noOTAEndpoint: "something answers, but it is not this firmware"
    }
  }
}
