import LineReading

/// A line about an update over the air, whoever prints it (ESP-IDF, Arduino, ESPHome, the app).
public enum UpdateLine: Hashable, Sendable {
  /// An update begins; `bytes` where its length is announced.
  case began(bytes: Int?)
  /// Which partition is written.
  case target(UpdateTarget)
  /// So many bytes have arrived, of `total` where known.
  case progress(received: Int, total: Int?)
  /// Only a percentage is printed, 0 to 100.
  case percent(Int)
  /// All bytes arrived; the length written.
  case written(bytes: Int)
  /// The version of the image on offer.
  case newVersion(String)
  /// The version that runs while updating.
  case runningVersion(String)
  /// The image was accepted and the boot partition set; the label where named. A reboot follows.
  case succeeded(target: String?)
  /// `End` alone, as ArduinoOTA's example prints after a good transfer: success while an update is
  /// open, nothing otherwise.
  case ended
  /// `Update success`, as displays and sensors are told of as well: success of an open update of which everything
  /// arrived, nothing otherwise.
  case endedPerhaps
  /// All bytes arrived, and no length is told; nothing while no update is open.
  case received
  /// Something went wrong.
  case failed(UpdateFailure)
  /// Something went wrong, in words that may be about anything: the end of an open update, and otherwise one of which
  /// only the failure is told where it is of firmware.
  case brokeOff(UpdateFailure)
  /// The update was declined without fault (same version, not modified).
  case declined
  /// Nothing newer is on offer: it declines an update that was only announced, or failed before; nothing otherwise.
  case upToDate
  /// The update was stopped on purpose, or ended without saying why.
  case aborted
  /// The transfer came to a halt and is waited for no longer; nothing while no update is open.
  case gaveUp
  /// The app confirmed itself (`rollback cancelled`, marked valid).
  case confirmed
  /// The app asked to go back (`Rollback to previously worked partition`).
  case rollbackRequested
  /// A self-test of the new image failed.
  case selfTestFailed
  /// A self-test of the new image succeeded.
  case selfTestPassed
  /// The app sees that it does not run the slot that was configured: the bootloader fell back.
  case configuredSlotNotRunning(configured: Int, running: Int)
  /// The app tells that an earlier version was rolled back.
  case earlierRollbackSeen
}

extension UpdateLine {
  /// Whether any program may say so of anything: no sign of one of these chips.
  public var mayBeAboutAnything: Bool {
    switch self {
    case .ended, .endedPerhaps: true
    case .brokeOff(let failure): failure.error == nil && !failure.isOfFirmware
    default: false
    }
  }
}

/// What an update writes to.
public struct UpdateTarget: Hashable, Sendable {
  /// What kind of data the partition holds.
  public enum Content: String, Hashable, Sendable {
    case app, bootloader, partitionTable = "partition_table", data
  }

  /// The label, `ota_1`.
  public var label: String?
  /// The subtype's number, 0x10 + n for `ota_n`.
  public var subtype: Int?
  /// In bytes from the start of flash.
  public var offset: Int?
  /// What is written.
  public var content: Content

  /// Puts a target together.
  public init(
    label: String? = nil, subtype: Int? = nil, offset: Int? = nil, content: Content = .app
  ) {
    self.label = label
    self.subtype = subtype
    self.offset = offset
    self.content = content
  }
}

/// What went wrong in an update, and where.
public struct UpdateFailure: Hashable, Sendable {
  /// The step that failed.
  public enum Stage: String, CaseIterable, Hashable, Sendable {
    /// No partition to write to.
    case noPartition = "no_partition"
    /// `esp_ota_begin`.
    case begin
    /// Erasing or writing flash.
    case write
    /// The transfer: TLS, DNS, timeout, connection lost, wrong HTTP status.
    case download
    /// Verifying the received image, or its first byte.
    case validation
    /// `esp_ota_set_boot_partition`.
    case setBoot = "set_boot"
    /// The sender is not allowed to update.
    case authorization
    /// The image is larger than the partition or the handler's limit.
    case size
    /// The node refuses because the running image is not confirmed yet.
    case unconfirmed
    /// It failed and did not say where.
    case unknown
  }

  /// The step that failed.
  public var stage: Stage
  /// ESP-IDF's error, where printed.
  public var error: ErrorCode?
  /// How many bytes had arrived, where printed.
  public var atByte: Int?
  /// Whether a sentence at large tells it, `OTA failed: ESP_ERR_TIMEOUT`, in which the error alone names the step: by
  /// itself it may be about another device.
  public var isAtLarge = false
  /// Whether it is a flag that a component sets whenever something of its went wrong, and a stranger who connected was
  /// turned away: behind that it tells nothing.
  public var isFlag = false
  /// Whether a line on the level of errors tells it and names neither step nor error: all that is known, and no statistic.
  public var isToldAsError = false
  /// Whether the words beside it leave no doubt that firmware was to be updated.
  public var isOfFirmware = false
  /// Whether words that may be about anything told it while the update was open: what comes of it shows.
  public var isPresumed = false

  /// Puts a failure together.
  public init(stage: Stage, error: ErrorCode? = nil, atByte: Int? = nil) {
    self.stage = stage
    self.error = error
    self.atByte = atByte
  }
}

/// An `esp_err_t`, by number, by name, or both.
public struct ErrorCode: Hashable, Sendable {
  /// The number, where known; -1 is `ESP_FAIL`.
  public var number: Int?
  /// The name, `ESP_ERR_OTA_VALIDATE_FAILED`, where known.
  public var name: String?

  /// Puts an error together as printed; see `ErrorCode.init(number:)` and `init(name:)` for the
  /// forms that look the other half up.
  public init(number: Int?, name: String?) {
    self.number = number
    self.name = name
  }
}
