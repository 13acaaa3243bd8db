import Testing

@testable import DeviceEvents

@Suite("lines about updates")
struct UpdateDecoderTests: UpdateExpecting {
  static let nodeLines: [Expectation] = [
    Expectation(
      "ota_update", "OTA update started, content_length=890112", .began(bytes: 890112)),
    Expectation("ota_update", "OTA update started, content_length=0", .began(bytes: nil)),
    Expectation(
      "ota_update", "OTA progress: 131072 / 890112 bytes (15%)",
      .progress(received: 131072, total: 890112)),
    Expectation(
      "ota_update", "OTA update successful! Rebooting to partition 'ota_1'...",
      .succeeded(target: "ota_1")),
    Expectation(
      "ota_update", "OTA receive error at byte 40960", failed(.download, at: 40960)),
    Expectation(
      "ota_update", "esp_ota_begin failed: ESP_ERR_OTA_ROLLBACK_INVALID_STATE",
      failed(.unconfirmed, 0x1506)),
    Expectation("ota_update", "esp_ota_begin failed: ESP_ERR_NO_MEM", failed(.begin, 0x101)),
    Expectation(
      "ota_update", "esp_ota_write failed at byte 0: ESP_ERR_OTA_VALIDATE_FAILED",
      failed(.validation, 0x1503, at: 0)),
    Expectation(
      "ota_update", "esp_ota_write failed at byte 4096: ESP_ERR_FLASH_OP_FAIL",
      failed(.write, 0x6001, at: 4096)),
    Expectation(
      "ota_update", "esp_ota_end failed: ESP_ERR_OTA_VALIDATE_FAILED", failed(.validation, 0x1503)),
    Expectation(
      "ota_update", "esp_ota_set_boot_partition failed: ESP_ERR_NOT_FOUND",
      failed(.setBoot, 0x105)),
    Expectation(
      "ota_update", "OTA upload rejected: authentication failed", failed(.authorization)),
    Expectation(
      "ota_update", "OTA rejected: no PSK in NVS (run provision.py --ota-psk <hex>)",
      [.notice(Notice(.otaKeyMissing)), .update(failed(.authorization))]),
  ]

  static let idfLines: [Expectation] = [
    Expectation(
      "esp_ota_ops", "OTA image has invalid magic byte (expected 0xE9, saw 0x7b)",
      [
        .update(failed(.validation, 0x1503)),
        .notice(Notice(.uploadMagicInvalid, numbers: [0x7b])),
      ]),
    Expectation(
      "esp_ota_ops", "OTA image has invalid magic byte (expec", failed(.validation, 0x1503)),
    Expectation(
      "esp_ota_ops", "Partition table image has invalid magic word (expected 0x50AA, saw 0x0000)",
      failed(.validation, 0x1503)),
    Expectation("esp_ota_ops", "New image failed verification", failed(.validation, 0x1503)),
    Expectation(
      "esp_ota_ops", "Running app has not confirmed state (ESP_OTA_IMG_PENDING_VERIFY)",
      failed(.unconfirmed, 0x1506)),
    Expectation(
      "esp_ota_ops", "OTA operation already in progress on partition ota_1", failed(.begin, 0x1507)),
    Expectation(
      "esp_ota_ops", "SPI flash mode mismatch: running app has mode 2, new app has mode 0",
      failed(.validation, 0x1508)),
    Expectation("esp_ota_ops", "write data is invalid", failed(.write, 0x102)),
    Expectation("esp_ota_ops", "not found the handle", failed(.write, 0x105)),
    Expectation(
      "esp_ota_ops",
      "This a new partition can not be booted due to a secure version is lower than stored in efuse.",
      [.notice(Notice(.antiRollbackRejected)), .update(failed(.validation, 0x1504))]),
    Expectation(
      "esp_ota_ops", "Rollback to previously worked partition. Restart.", .rollbackRequested),
    Expectation(
      "esp_ota_ops", "Staging partition - <ota_1>. Final partition - <PrimaryBTLDR>.",
      target("PrimaryBTLDR", nil, nil, .bootloader)),
    Expectation(
      "esp_ota_ops", "Copy from <ota_1> staging partition to <PrimaryPrtTable>...",
      target("PrimaryPrtTable", nil, nil, .partitionTable)),
    Expectation("esp_https_ota", "Starting OTA...", .began(bytes: nil)),
    Expectation(
      "esp_https_ota", "Writing to partition subtype 17 at offset 0x220000",
      target(nil, 17, 0x220000)),
    Expectation(
      "esp_https_ota", "Writing to <ota_1> partition at offset 0x220000",
      target("ota_1", nil, 0x220000)),
    Expectation(
      "esp_https_ota", "Writing to <storage> partition at offset 0x420000",
      target("storage", nil, 0x420000, .data)),
    Expectation("esp_https_ota", "Connection closed, errno = 104", failed(.download)),
    Expectation(
      "esp_https_ota", "Connection closed before complete data was received!", failed(.download)),
    Expectation(
      "esp_https_ota", "Failed to open HTTP connection: ESP_ERR_HTTP_CONNECT",
      failed(.download, 0x7002)),
    Expectation(
      "esp_https_ota", "File not found(403)",
      [.notice(Notice(.updateRefusedByServer, numbers: [403])), .update(failed(.download))]),
    Expectation(
      "esp_https_ota", "Received incorrect http status 302",
      [.notice(Notice(.updateRefusedByServer, numbers: [302])), .update(failed(.download))]),
    Expectation(
      "esp_https_ota", "OTA image not modified since last request (status code: 304)", .declined),
    Expectation("esp_https_ota", "OTA image has not been modified since last request", .declined),
    Expectation("esp_https_ota", "esp_https_ota_abort", .aborted),
    Expectation("ota", "update aborted", .aborted),
    Expectation("ota", "offered 0.9.1 is older than running 0.9.4, refused", .declined),
    Expectation(
      "esp_https_ota", "Mismatch chip id, expected 9, found 0",
      [
        .notice(Notice(.imageChipMismatch, numbers: [9, 0])), .update(failed(.validation)),
      ]),
    Expectation(
      "esp_https_ota", "esp_ota_begin failed (ESP_ERR_INVALID_SIZE)", failed(.size, 0x104)),
    Expectation(
      "esp_https_ota", "Error: esp_ota_write failed! err=0x1503", failed(.validation, 0x1503)),
    Expectation(
      "esp_https_ota", "Error: esp_ota_write failed! err=0x5379", failed(.validation, 0x1503)),
    Expectation(
      "esp_https_ota", "esp_ota_set_boot_partition failed! err=0x102", failed(.setBoot, 0x102)),
    Expectation("esp_https_ota", "Passive OTA partition not found", failed(.noPartition)),
  ]

  static let exampleLines: [Expectation] = [
    Expectation(
      "fw_task", "Writing to partition subtype 16 at offset 0x20000", target(nil, 16, 0x20000)),
    Expectation("fw_task", "New firmware version: 2.4.0-rc1", .newVersion("2.4.0-rc1")),
    Expectation(
      "fw_task", "New firmware security version is less than eFuse programmed, 1 < 3",
      [
        .notice(Notice(.antiRollbackRejected, numbers: [1, 3])),
        .update(failed(.validation, 0x1504)),
      ]),
    Expectation("fw_task", "Running firmware version: 2.3.9", .runningVersion("2.3.9")),
    Expectation(
      "fw_task", "esp_ota_begin succeeded", [.update(.began(bytes: nil)), .update(target())]),
    Expectation(
      "fetcher", "esp_ota_begin init OK", [.update(.began(bytes: nil)), .update(target())]),
    Expectation(
      "fetcher", "OTA Write Header format Check OK. first byte is e9 ,second byte is 05", target()),
    Expectation(
      "fetcher", "OTA Write Header format Check Failed! first byte is 3c ,second byte is 68",
      failed(.validation)),
    Expectation("ota", "Error: receive data error! errno=104", failed(.download)),
    Expectation(
      "fw_task", "Written image length 65536", .progress(received: 65536, total: nil)),
    Expectation(
      "fw_task", "Have written image length 70144", .progress(received: 70144, total: nil)),
    Expectation("fw_task", "Total Write binary data length : 801280", .written(bytes: 801_280)),
    Expectation(
      "fw_task", "Total Write binary data length: 777216", .written(bytes: 777216)),
    Expectation(
      "native_ota_example",
      "Configured OTA boot partition at offset 0x00220000, but running from offset 0x00020000",
      .configuredSlotNotRunning(configured: 0x220000, running: 0x20000)),
    Expectation(
      "fw_task", "Current running version is the same as a new. We will not continue the update.",
      .declined),
    Expectation(
      "fw_task", "The firmware has been rolled back to the previous version.",
      .earlierRollbackSeen),
    Expectation("fw_task", "Error in receiving complete file", failed(.download)),
    Expectation(
      "fw_task", "Image validation failed, image is corrupted", failed(.validation)),
    Expectation(
      "fw_task", "Diagnostics completed successfully! Continuing execution ...",
      [.update(.selfTestPassed), .update(.confirmed)]),
    Expectation(
      "fw_task", "Diagnostics failed! Start rollback to the previous version ...",
      [.update(.selfTestFailed), .update(.rollbackRequested)]),
    Expectation(
      "fw_task", "App is valid, rollback cancelled successfully", .confirmed),
    Expectation("app", "esp_ota_mark_app_valid_cancel_rollback() OK", .confirmed),
    Expectation("app", "image marked valid, rollback cancelled", .confirmed),
    Expectation(
      "fw_task", "ESP_HTTPS_OTA upgrade successful. Rebooting ...", .succeeded(target: nil)),
    Expectation("fw_task", "ESP_HTTPS_OTA upgrade failed 0x1503", failed(.validation, 0x1503)),
    Expectation("fw_task", "ESP_HTTPS_OTA upgrade failed 0x7002", failed(.download, 0x7002)),
    Expectation("fw_task", "OTA Succeed, Rebooting...", .succeeded(target: nil)),
    Expectation("fw_task", "Firmware upgrade failed", failed(.unknown)),
    Expectation(
      "fw_task", "Attempting to download update from https://10.0.0.2:8070/app.bin",
      .began(bytes: nil)),
    Expectation(
      "fw_task", "Attempting to download update from https://10.0.0.2/build/bootloader.bin",
      [.update(.began(bytes: nil)), .update(target(nil, nil, nil, .bootloader))]),
    Expectation("native_ota_example", "Exiting task due to fatal error...", failed(.unknown)),
  ]

  static let frameworkLines: [Expectation] = [
    Expectation("esphome.ota", "Starting update from 10.0.0.9", .began(bytes: nil)),
    Expectation("ota", "OTA in progress: 12.3%", .percent(12)),
    Expectation("esphome.ota", "Progress: 99.9%", .percent(99)),
    Expectation("esphome.ota", "Update complete", .succeeded(target: nil)),
    Expectation("ota", "OTA update finished!", .succeeded(target: nil)),
    Expectation("esphome.ota", "Auth: Password mismatch", failed(.authorization)),
    Expectation("esphome.ota", "Flash write err 2", failed(.write)),
    Expectation("esphome.ota", "End update err 5", failed(.validation)),
    Expectation(
      "safe_mode", "Boot seems successful; resetting boot loop counter", .confirmed),
    Expectation("ota", "Boot seems successful, resetting boot loop counter.", .confirmed),
    Expectation(
      "safe_mode", "OTA rollback detected", [.notice(Notice(.rollbackTold))]),
    Expectation("safe_mode", "OTA rollback detected in an earlier boot", .earlierRollbackSeen),
    Expectation(
      "safe_mode", "OTA rollback detected! Rolled back from partition 'app1'",
      [.notice(Notice(.earlierRollbackSeen, detail: "app1"))]),
    Expectation(
      "http_request.ota", "MD5 computed: 0123 - Aborting due to MD5 mismatch", failed(.validation)),
    Expectation("Updater.cpp", "OTA Partition: app1", target("app1")),
    Expectation("Updater.cpp", "too large 1400000 > 1310720", failed(.size)),
    Expectation("HTTPUpdate.cpp", "Update.end failed! (MD5 Check Failed)", failed(.validation)),
    Expectation(
      "OTA_DEFAULT", "write_offset 8, r_size 2048", .progress(received: 2056, total: nil)),
    Expectation("OTA_SERVICE", "No need to upgrade", .declined),
    Expectation(
      "OTA_DEFAULT", "Running firmware version: v1.2, the incoming firmware version v1.3",
      [.update(.runningVersion("v1.2")), .update(.newVersion("v1.3"))]),
    Expectation("player", "List id: 1, OTA success", .succeeded(target: nil)),
    Expectation("player", "List id: 0, OTA failed, result: 589828", .declined),
  ]

  static let agentLines: [Expectation] = [
    Expectation(
      "ota_pal", "signature verification failed",
      [.notice(Notice(.imageSignatureFailed)), .update(failed(.validation))]),
    Expectation(
      "AWS_OTA", "Signature verification failed.",
      [.notice(Notice(.imageSignatureFailed)), .update(failed(.validation))]),
    Expectation("ota_pal", "Image Signature not found", failed(.validation)),
    Expectation("OTA", "Received final block of the update.", .percent(100)),
    Expectation(
      "OTA", "Failed to close the OTA file: Error=(OtaPalSignatureCheckFailed:0x000000)",
      [.notice(Notice(.imageSignatureFailed)), .update(failed(.validation))]),
    Expectation(
      "OTA", "Failed to close the OTA file: Error=(227:0x000000)",
      [.notice(Notice(.imageSignatureFailed)), .update(failed(.validation))]),
    Expectation(
      "OTA", "Failed to close the OTA file: Error=(OtaPalFileClose:0x000000)", failed(.unknown)),
    Expectation(
      "OTA",
      "Failed to ingest data block, rejecting image: ingestDataBlock returned error: OtaErr_t=-9",
      failed(.write)),
    Expectation(
      "OTA", "Failed to ingest data block, rejecting image: ingestDataBlo", failed(.unknown)),
    Expectation("ota_pal", "Set image as invalid!", .aborted),
    Expectation("ota_pal", "Set image as aborted!", .aborted),
  ]

  static let radioLines: [Expectation] = [
    Expectation("ESP_OTA_CLIENT", "-- OTA upgrade start", .began(bytes: nil)),
    Expectation(
      "ESP_OTA_CLIENT", "-- OTA Client receives data: progress [613/618486]",
      .progress(received: 613, total: 618486)),
    Expectation("ESP_OTA_CLIENT", "-- OTA upgrade check status: ESP_FAIL", failed(.download)),
    Expectation("ESP_OTA_CLIENT", "-- OTA Finish", .ended),
    Expectation(
      "ESP_OTA_CLIENT",
      "on_value(97): Failed to write OTA data to partition, status: ESP_ERR_FLASH_OP_FAIL",
      failed(.write, 0x6001)),
    Expectation(
      "zb", "Failed to begin OTA partition, status: ESP_ERR_INVALID_SIZE", failed(.size, 0x104)),
    Expectation("chip[BDX]", "BDX transfer timeout", .gaveUp),
    Expectation("http_request.ota", "OTA failed with error code: 17", failed(.download)),
    Expectation("http_request.ota", "OTA failed with error code: 139", failed(.validation)),
    Expectation("esphome.ota", "MD5 mismatch", failed(.validation)),
  ]

  @Test("a version that was rolled back before is told from one that runs already")
  func failedVersion() {
    let found = Reading.message(
      UpdateDecoder.self, "fw_task", "New version is the same as invalid version.")
    #expect(found == [.notice(Notice(.offersFailedVersion)), .update(.declined)])
  }

  @Test(
    "a message of an updater gives its event",
    arguments: nodeLines + idfLines + exampleLines + frameworkLines + agentLines + radioLines)
  func messages(expectation: Expectation) {
    let events = Reading.message(UpdateDecoder.self, expectation.tag, expectation.message)
    #expect(events == expectation.events)
  }

  @Test("a line cut at any byte is read without a crash")
  func cuts() {
    let lines =
      (Self.nodeLines + Self.idfLines + Self.exampleLines + Self.frameworkLines
        + Self.agentLines + Self.radioLines + UpdatePlainLineTests.plainLines)
    for line in lines {
      for cut in Reading.cuts(of: line.message) {
        let text = String(decoding: cut, as: UTF8.self)
        let events = Reading.plain(UpdateDecoder.self, cut)
        #expect(events.count <= 3)
        #expect(Reading.message(UpdateDecoder.self, line.tag, text).count <= 3)
      }
    }
  }

  @Test("no marker begins like another one, so that a place in a line is found once")
  func markers() {
    let markers = UpdateDecoder.markers.map(\.description)
    #expect(markers.allSatisfy { $0.utf8.count >= 4 })
    for marker in markers {
      #expect(markers.filter { marker.hasPrefix($0) } == [marker])
    }
  }
}
