// I (51200) ota_update: OTA update started, content_length=891234
// E (51911) ota_update: esp_ota_write failed at byte 65536: ESP_ERR_OTA_VALIDATE_FAILED
// I (93452) ota_update: OTA update successful! Rebooting to partition 'ota_1'...
// I (2210) native_ota_example: Total Write binary data length: 891234
//
// Wordings of ESP-IDF's examples/system/ota (3.3 to 6.1), which products copy under tags of their
// own, of the sensor node's firmware/esp32-csi-node/main/ota_update.c, and of applications at large.

extension UpdateSentences {
  /// The functions of `esp_ota_ops.h`, reported by whoever called them.
  static let calls: [Sentence] = [
    Sentence("esp_ota_begin failed", then: "%s", means: Means.failureWithText(.begin)),
    Sentence(
      "esp_ota_write failed at byte ", then: "%d: %s",
      means: { match in
        [
          Means.failed(
            .write, error: Means.error(in: match.texts.first), atByte: match.numbers.first)
        ]
      }),
    Sentence("esp_ota_write failed", then: "%s", means: Means.failureWithCall(.write)),
    Sentence(
      "Error: esp_ota_write failed", then: "%s", .taggedMessage,
      means: Means.failureWithCall(.write)),
    Sentence(
      "ota_end failed: ", then: "%d", .sentence, means: Means.failureWithNumber(.validation)),
    Sentence("esp_ota_end failed", then: "%s", means: Means.failureWithText(.validation)),
    Sentence(
      "esp_ota_set_boot_partition failed", then: "%s", means: Means.failureWithCall(.setBoot)),
    Sentence("esp_https_ota_begin failed", then: "%s", means: Means.failureWithText(.download)),
    Sentence("ESP HTTPS OTA Begin failed", means: Means.failure(.download)),
    Sentence(
      "esp_https_ota_perform failed", then: "%s", means: Means.failureWithText(.unknown)),
    Sentence(
      "esp_https_ota_finish failed", then: "%s", means: Means.failureWithText(.validation)),
    // The call and its error alone.
    Sentence(
      "esp_ota_begin: ", then: "%s", .taggedMessage, unless: Means.tellsNoFailure,
      means: Means.failureWithError(.begin)),
    Sentence(
      "esp_ota_write: ", then: "%s", .taggedMessage, unless: Means.tellsNoFailure,
      means: Means.failureWithError(.write)),
    Sentence(
      "esp_ota_end: ", then: "%s", .taggedMessage, unless: Means.tellsNoFailure,
      means: Means.failureWithError(.validation)),
    // Matter's connectedhomeip; the image is complete by then.
    Sentence("Applying, Boot partition set offset:0x", then: "%x", means: appliedAt),
    Sentence("esp_ota_begin succeeded", means: Means.opened),
    // Up to 2.1
    Sentence("esp_ota_begin init OK", means: Means.opened),
    // ESP-Hosted-NG
    Sentence("ESP OTA begin start", means: Means.opened),
  ]

  /// The boot partition was set, which is told with its offset.
  private static let appliedAt: Sentence.Meaning = { match in
    guard let offset = match.numbers.first, offset > 0 else { return [] }
    return [.update(.target(UpdateTarget(offset: offset))), .update(.succeeded(target: nil))]
  }

  /// The sensor node's upload handler.
  static let uploadHandler: [Sentence] = [
    Sentence(
      "OTA update started, content_length=", then: "%d", means: Means.beganWithBytes),
    Sentence(
      "OTA update successful! Rebooting to partition '", then: "%s'",
      means: Means.succeededWithLabel),
    Sentence("OTA progress: ", then: "%d / %d bytes", means: Means.progress),
    Sentence("OTA progress: ", then: "%d/%d", means: Means.progress),
    Sentence("OTA progress: ", then: "%d%s", means: Means.percent),
    Sentence(
      "OTA receive error at byte ", then: "%d",
      means: { match in
        [.update(.failed(UpdateFailure(stage: .download, atByte: match.numbers.first)))]
      }),
    Sentence(
      "OTA upload rejected: authentication failed", means: Means.failure(.authorization)),
    Sentence(
      "OTA rejected: no PSK in NVS",
      means: { _ in
        [
          .notice(Notice(.otaKeyMissing)),
          .update(.failed(UpdateFailure(stage: .authorization))),
        ]
      }),
  ]

  /// ESP-IDF's examples.
  static let examples: [Sentence] = [
    Sentence("Starting OTA example", .taggedMessage, means: Means.line(.began(bytes: nil))),
    Sentence("Starting Advanced OTA example", means: Means.line(.began(bytes: nil))),
    Sentence("Attempting to download update from ", then: "%s", means: Means.beganWithFile),
    Sentence("New firmware version: ", then: "%s", means: Means.newVersion),
    Sentence("Running firmware version: ", then: "%s", means: Means.runningVersion),
    Sentence("Written image length ", then: "%d", means: Means.progress),
    // Up to 2.1: the image's first bytes arrived.
    Sentence("OTA Write Header format Check OK", means: Means.line(.target(UpdateTarget()))),
    Sentence("OTA Write Header format Check Failed", means: Means.failure(.validation)),
    Sentence("Error: receive data error! errno=", .taggedMessage, means: Means.failure(.download)),
    // Up to 3.2
    Sentence("Have written image length ", then: "%d", means: Means.progress),
    Sentence("Total Write binary data length : ", then: "%d", means: Means.written),
    Sentence("Image bytes read: ", then: "%d", means: Means.progress),
    Sentence("Total Write binary data length: ", then: "%d", means: Means.written),
    Sentence("Total write binary data length: ", then: "%d", means: Means.written),
    Sentence(
      "Configured OTA boot partition at offset 0x",
      then: "%x, but running from offset 0x%x",
      means: { match in
        guard match.numbers.count == 2 else { return [] }
        return [
          .update(
            .configuredSlotNotRunning(configured: match.numbers[0], running: match.numbers[1]))
        ]
      }),
    Sentence("Current running version is the same as a new", means: Means.line(.declined)),
    Sentence(
      "Current running version is the same as or higher than a new", means: Means.line(.declined)),
    Sentence(
      "The incoming version is same as or lower than the running version",
      means: Means.line(.declined)),
    Sentence(
      "New version is the same as invalid version",
      means: { _ in [.notice(Notice(.offersFailedVersion)), .update(.declined)] }),
    Sentence(
      "New firmware security version is less than eFuse programmed, ",
      then: "%d < %d",
      means: { match in
        [
          .notice(Notice(.antiRollbackRejected, numbers: match.numbers)),
          .update(
            .failed(UpdateFailure(stage: .validation, error: ErrorCode(number: 0x1504)))),
        ]
      }),
    Sentence(
      "Previously, there was an attempt to launch the firmware with ",
      means: Means.line(.earlierRollbackSeen)),
    // A list of the slots, and the call that finds the last one that was refused.
    Sentence("slot ", then: "%w state ABORTED", .taggedMessage, means: refusedSlot),
    Sentence("Slot ", then: "%w state ABORTED", .taggedMessage, means: refusedSlot),
    Sentence("partition ", then: "%w state ABORTED", .taggedMessage, means: refusedSlot),
    Sentence(
      "esp_ota_get_last_invalid_partition: ", then: "%w", .taggedMessage, means: refusedSlot),
    Sentence(
      "The firmware has been rolled back to the previous version",
      means: Means.line(.earlierRollbackSeen)),
    Sentence("received package is not fit len", means: Means.failure(.download)),
    Sentence("Error: SSL data read error", means: Means.failure(.download)),
    // The body's end; where its length is known, that of the whole image.
    Sentence("Connection closed, all data received", .taggedMessage, means: Means.line(.received)),
    Sentence("Connection closed,all data received", .taggedMessage, means: Means.line(.received)),
    Sentence("Error in receiving complete file", means: Means.failure(.download)),
    Sentence("Image validation failed, image is corrupted", means: Means.failure(.validation)),
    Sentence("image header verification failed", means: Means.failure(.validation)),
    Sentence("Exiting task due to fatal error", .taggedMessage, means: Means.failure(.unknown)),
    // The call that confirms the image stands right behind it.
    Sentence(
      "Diagnostics completed successfully! Continuing execution",
      means: { _ in [.update(.selfTestPassed), .update(.confirmed)] }),
    Sentence(
      "Diagnostics failed! Start rollback to the previous version",
      means: { _ in [.update(.selfTestFailed), .update(.rollbackRequested)] }),
    Sentence("App is valid, rollback cancelled", means: Means.line(.confirmed)),
    Sentence("ESP_HTTPS_OTA upgrade successful", means: Means.line(.succeeded(target: nil))),
    Sentence(
      "ESP_HTTPS_OTA upgrade failed", then: "%s", means: Means.failureWithText(.unknown)),
    Sentence("OTA Succeed, Rebooting", means: Means.line(.succeeded(target: nil))),
    Sentence("OTA started", .taggedMessage, means: Means.line(.began(bytes: nil))),
    Sentence("OTA finish", .taggedMessage, means: Means.line(.ended)),
    Sentence("OTA abort", .taggedMessage, means: Means.line(.aborted)),
    Sentence("update aborted", .taggedMessage, ending: .clause, means: Means.line(.aborted)),
    Sentence(
      "offered ", then: "%s is older than running %s", .taggedMessage,
      means: Means.line(.declined)),
  ]

  /// A slot whose image was taken back once, before this boot.
  private static let refusedSlot: Sentence.Meaning = { match in
    guard let label = match.texts.first, label.hasPrefix("ota_") || label.hasPrefix("app") else {
      return []
    }
    return [.notice(Notice(.earlierRollbackSeen, detail: label))]
  }

  /// Sentences that many applications write in this or a similar way.
  static let general: [Sentence] =
    phrases(
      [
        "OTA update successful", "OTA Update Successful", "OTA Update successful",
        "OTA update succeeded", "OTA update complete", "OTA update completed",
        "OTA Update complete", "OTA Update Complete", "OTA Update completed",
        "OTA update finished", "OTA Update finished", "OTA upgrade successful", "OTA successful",
        "OTA Successful", "OTA success", "OTA Success", "OTA complete", "OTA Complete",
        "OTA completed", "Firmware update complete", "Firmware update completed",
        "Firmware update successful", "Firmware update succeeded", "Firmware upgrade successful",
        "Firmware upgrade complete", "Firmware Update Complete", "Update successfully completed",
      ], .sentence, .clause, Means.line(.succeeded(target: nil)))
    + writtenUpdates
    + failedUpdates
    + phrases(
      [
        "OTA update started", "OTA Update started", "OTA Update Started", "OTA process started",
        "Starting OTA update", "Starting OTA Update", "Starting firmware update",
        "Starting firmware upgrade", "Firmware update started", "Firmware upgrade started",
        "The device starts to upgrade",
      ], .sentence, .clause, Means.line(.began(bytes: nil)))
    + phrases(
      [
        "OTA available, starting update", "OTA available, starting OTA",
        "OTA update available, starting update", "Update available, starting update",
        "Update available, starting OTA", "New firmware available, starting update",
        "New firmware available, starting OTA", "New version available, starting update",
      ], .sentence, .clause, Means.line(.began(bytes: nil)))
    + phrases(
      [
        "OTA aborted", "OTA Aborted", "OTA cancelled", "OTA canceled", "OTA update aborted",
        "OTA update cancelled", "Firmware update aborted", "Firmware update cancelled",
        "Update was aborted",
      ], .sentence, .clause, Means.line(.aborted))
    + phrases(
      [
        "Rolling back", "rolling back", "Marking app invalid and rolling back",
      ], .sentence, .clause, Means.line(.rollbackRequested))
    + phrases(
      [", rolling back", "; rolling back"], .anywhere, .clause, Means.line(.rollbackRequested))
    + phrases(
      [
        "App marked as valid", "App marked valid", "Marked app as valid", "Marked app valid",
        "Firmware marked as valid", "Firmware marked valid", "Image marked as valid",
        "Partition marked as valid", "OTA partition marked as valid", "Rollback cancelled",
        "Rollback canceled", "app marked as valid", "app marked valid", "image marked as valid",
        "image marked valid", "Image marked valid", "firmware marked as valid",
        "firmware marked valid",
      ], .sentence, .clause, Means.line(.confirmed))
    + phrases(
      [
        "esp_ota_mark_app_valid_cancel_rollback() OK",
        "esp_ota_mark_app_valid_cancel_rollback() succeeded",
        "esp_ota_mark_app_valid_cancel_rollback: ESP_OK", "Marking app valid",
        "Marking app as valid", "OTA image confirmed", "OTA image confirmed valid",
      ], .sentence, .whole, Means.line(.confirmed))
    + phrases(
      [", marking app valid", ", marking app as valid"], .anywhere, .whole,
      Means.line(.confirmed))
    + phrases(
      [
        "Firmware is up to date", "firmware is up to date", "Firmware is up-to-date",
        "firmware is up-to-date", "Firmware up to date", "firmware up to date",
        "Already up to date", "already up to date", "No update available", "no update available",
        "No newer firmware", "no newer firmware",
      ], .taggedMessage, .clause, Means.line(.upToDate))
    + phrases(
      ["Self-test passed", "Self test passed", "Selftest passed", "OTA self-test passed"],
      .sentence, .clause, Means.line(.selfTestPassed))
    + phrases(
      ["Self-test failed", "Self test failed", "Selftest failed", "OTA self-test failed"],
      .sentence, .clause, Means.line(.selfTestFailed))

  /// One sentence each for wordings that mean the same.
  static func phrases(
    _ openings: [StaticString], _ reach: Sentence.Reach, _ ending: Sentence.Ending,
    _ meaning: @escaping Sentence.Meaning
  ) -> [Sentence] {
    openings.map { Sentence($0, reach, ending: ending, means: meaning) }
  }
}
