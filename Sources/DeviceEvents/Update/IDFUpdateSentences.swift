// E (60992) esp_ota_ops: OTA image has invalid magic byte (expected 0xE9, saw 0x3c)
// I (8012) esp_https_ota: Writing to partition subtype 17 at offset 0x110000
// I (8012) esp_https_ota: Writing to <ota_1> partition at offset 0x1d0000
//
// Wordings of components/app_update/esp_ota_ops.c and components/esp_https_ota/src/esp_https_ota.c,
// ESP-IDF 3.3 to 6.1; the version ranges stand in the rows' comments where they differ.

extension UpdateSentences {
  /// The lines of `esp_ota_ops`.
  static let otaOperations: [Sentence] = [
    Sentence(
      "OTA image has invalid magic byte (expected 0x", then: "%x, saw 0x%x)",
      means: { match in
        Means.failure(.validation, code: 0x1503)(match)
          + [.notice(Notice(.uploadMagicInvalid, numbers: Array(match.numbers.dropFirst())))]
      }),
    Sentence("OTA image has invalid magic byte", means: Means.failure(.validation, code: 0x1503)),
    // 5.5+
    Sentence(
      "Partition table image has invalid magic word",
      means: Means.failure(.validation, code: 0x1503)),
    // 5.5+
    Sentence(
      "New image failed verification", means: Means.failure(.validation, code: 0x1503)),
    Sentence(
      "Running app has not confirmed state", means: Means.failure(.unconfirmed, code: 0x1506)),
    // 6.1
    Sentence(
      "OTA operation already in progress", means: Means.failure(.begin, code: 0x1507)),
    // 6.1
    Sentence("SPI flash mode mismatch: ", means: Means.failure(.validation, code: 0x1508)),
    Sentence(
      "write data is invalid", .taggedMessage, means: Means.failure(.write, code: 0x102)),
    Sentence(
      "not found the handle", .taggedMessage, means: Means.failure(.write, code: 0x105)),
    Sentence("OTA handle not found", .taggedMessage, means: Means.failure(.write, code: 0x105)),
    Sentence(
      "Size should be 16byte aligned for flash encryption case",
      means: Means.failure(.write, code: 0x102)),
    Sentence(
      "must erase the partition before writing to it", .lineStart, means: Means.failure(.write)),
    Sentence(
      "This a new partition can not be booted due to a secure version",
      means: { _ in
        [
          .notice(Notice(.antiRollbackRejected)),
          .update(
            .failed(UpdateFailure(stage: .validation, error: ErrorCode(number: 0x1504)))),
        ]
      }),
    Sentence(
      "Rollback to previously worked partition", means: Means.line(.rollbackRequested)),
    // 5.5+: bootloader and partition table are written to an app slot first.
    Sentence(
      "Staging partition - <", then: "%*>. Final partition - <%s>", means: Means.labelledTarget),
    Sentence(
      "Copy from <", then: "%*> staging partition to <%s>", means: Means.labelledTarget),
    // 6.1: signed data partitions
    Sentence(
      "Digest calculation failed partition: ", .taggedMessage, means: Means.failure(.validation)),
    Sentence(
      "Reading signature block failed for partition: ", .taggedMessage,
      means: Means.failure(.validation)),
    Sentence(
      "Written size ", then: "%d too small for a signed data partition",
      means: Means.failure(.validation)),
  ]

  /// The server answered, with a status instead of the image.
  static let refusedByServer: Sentence.Meaning = { match in
    [
      .notice(Notice(.updateRefusedByServer, numbers: match.numbers)),
      .update(.failed(UpdateFailure(stage: .download))),
    ]
  }

  /// The lines of `esp_https_ota`.
  static let httpsUpdate: [Sentence] = [
    Sentence("Starting OTA...", means: Means.line(.began(bytes: nil))),
    // up to 5.3
    Sentence(
      "Writing to partition subtype ", then: "%d at offset 0x%x", means: Means.numberedTarget),
    // 5.4+
    Sentence("Writing to <", then: "%s> partition at offset 0x%x", means: Means.labelledTarget),
    Sentence(
      "Connection closed, errno = ", .taggedMessage, means: Means.failure(.download)),
    // 5.0+
    Sentence(
      "Connection closed before complete data was received", means: Means.failure(.download)),
    Sentence("data read ", then: "%d, errno %d", .taggedMessage, means: Means.failure(.download)),
    Sentence(
      "Complete headers were not received", .taggedMessage, means: Means.failure(.download)),
    Sentence(
      "Couldn't allocate memory to upgrade data buffer",
      means: Means.failure(.begin, code: 0x101)),
    Sentence(
      "Failed to open HTTP connection: ", then: "%s", .taggedMessage,
      means: Means.failureWithText(.download)),
    Sentence(
      "Failed to initialise HTTP connection", .taggedMessage, means: Means.failure(.download)),
    Sentence(
      "Failed to establish HTTP connection", .taggedMessage, means: Means.failure(.download)),
    Sentence("URL redirection Failed", .taggedMessage, means: Means.failure(.download)),
    Sentence(
      "ESP HTTP client perform failed: ", then: "%d", .taggedMessage,
      means: Means.failureWithNumber(.download)),
    Sentence("File not found(", then: "%d)", .taggedMessage, means: refusedByServer),
    Sentence("Client error (", then: "%d)", .taggedMessage, means: refusedByServer),
    Sentence("Server error (", then: "%d)", .taggedMessage, means: refusedByServer),
    Sentence(
      "Received incorrect http status ", then: "%d", .taggedMessage, means: refusedByServer),
    Sentence(
      "Reached max_authorization_retries (", .taggedMessage, means: Means.failure(.download)),
    Sentence("Authorization Failed", .taggedMessage, means: Means.failure(.download)),
    // 5.5+
    Sentence("OTA image not modified since last request", means: Means.line(.declined)),
    Sentence("OTA image has not been modified since last request", means: Means.line(.declined)),
    Sentence("esp_https_ota_abort", .taggedMessage, ending: .whole, means: Means.line(.aborted)),
    Sentence(
      "Mismatch chip id, expected ", then: "%d, found %d",
      means: { match in
        [
          .notice(Notice(.imageChipMismatch, numbers: match.numbers)),
          .update(.failed(UpdateFailure(stage: .validation))),
        ]
      }),
    // 5.0+
    Sentence("Incorrect app descriptor magic", means: Means.failure(.validation)),
    // 5.5+
    Sentence("Incorrect bootloader descriptor magic", means: Means.failure(.validation)),
    Sentence("Decryption of image header failed", means: Means.failure(.validation)),
    Sentence("Passive OTA partition not found", means: Means.failure(.noPartition)),
    // 5.5+
    Sentence(
      "Given staging partition or another suitable Passive OTA partition could not be found",
      means: Means.failure(.noPartition)),
    Sentence(
      "No option for server verification is enabled", .taggedMessage,
      means: Means.failure(.download)),
    Sentence(
      "Server certificate not found in esp_http_client config", .taggedMessage,
      means: Means.failure(.download)),
    Sentence(
      "esp_https_ota_begin: Invalid argument", .taggedMessage,
      means: Means.failure(.begin, code: 0x102)),
    Sentence("Complete data was not received", means: Means.failure(.download)),
  ]
}
