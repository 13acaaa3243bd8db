/// The answers to "what is wrong with this node?"; raw values are public names.
public enum VerdictID: String, CaseIterable, Hashable, Sendable {
  case healthy
  case otaOK = "ota_ok"
  case otaInProgress = "ota_in_progress"
  case otaNotReceived = "ota_not_received"
  case otaNotTaken = "ota_not_taken"
  case otaNewImagePanic = "ota_new_image_panic"
  case otaPanicLoop = "ota_panic_loop"
  case otaRollbackUnconfirmed = "ota_rollback_unconfirmed"
  case otaSelfTestFailed = "ota_self_test_failed"
  case otaHandlerCrash = "ota_handler_crash"
  case otaHandlerHung = "ota_handler_hung"
  case otaWriteFailed = "ota_write_failed"
  case otaValidationFailed = "ota_validation_failed"
  case otaImageTooLarge = "ota_image_too_large"
  case otaAuthRejected = "ota_auth_rejected"
  case otaDownloadFailed = "ota_download_failed"
  case imageCorrupt = "image_corrupt"
  case bootloaderCorrupt = "bootloader_corrupt"
  case noBootableApp = "no_bootable_app"
  case partitionTableBad = "partition_table_bad"
  case flashEmpty = "flash_empty"
  case flashReadError = "flash_read_error"
  case flashSizeMismatch = "flash_size_mismatch"
  case chipMismatch = "chip_mismatch"
  case bootloaderMismatch = "bootloader_mismatch"
  case panic
  case panicLoop = "panic_loop"
  case interruptWatchdog = "interrupt_watchdog"
  case taskWatchdog = "task_watchdog"
  case rtcWatchdog = "rtc_watchdog"
  case brownout
  case powerGlitch = "power_glitch"
  case downloadMode = "download_mode"
  case wrongBaud = "wrong_baud"
  case resetLoop = "reset_loop"
  case inconclusive
  case noESPLog = "no_esp_log"
  case nodeUnreachable = "node_unreachable"
  case noOTAEndpoint = "no_ota_endpoint"
}

/// How bad a verdict or finding is.
public enum Severity: String, CaseIterable, Comparable, Hashable, Sendable {
  case ok, info, warning, error, critical

  /// `ok` is the least.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .ok: 0
    case .info: 1
    case .warning: 2
    case .error: 3
    case .critical: 4
    }
  }
}
