import Testing

@testable import DeviceEvents

@Suite("lines about updates without a log prefix, and what reads like them")
struct UpdatePlainLineTests: UpdateExpecting {
  static let plainLines: [Expectation] = [
    Expectation("", "Start updating sketch", .began(bytes: nil)),
    Expectation(
      "", "Start updating filesystem",
      [.update(.began(bytes: nil)), .update(target(nil, nil, nil, .data))]),
    Expectation("", "Progress: 45%", .percent(45)),
    Expectation("", "End", .ended),
    Expectation("", "Update success", .endedPerhaps),
    Expectation("", "Error[0]: Auth Failed", failed(.authorization)),
    Expectation("", "Error[3]: Receive Failed", failed(.download)),
    Expectation("", "Error[4]: End Failed", failed(.validation)),
    Expectation("", "ERROR[4]: Not Enough Space", failed(.size)),
    Expectation("", "Wrong Magic Byte", failed(.validation)),
    Expectation(
      "", "Update Success: 912345",
      [.update(.written(bytes: 912345)), .update(.succeeded(target: nil))]),
    Expectation(
      "", "HTTP_UPDATE_FAILD Error (-104): Wrong HTTP Code", failed(.download)),
    Expectation(
      "", "HTTP_UPDATE_FAILED Error (8): Update error: Wrong Magic Byte", failed(.validation)),
    Expectation("", "HTTP_UPDATE_NO_UPDATES", .declined),
    Expectation(
      "",
      "07:40:00.300 MQT: stat/porch/RESULT = {\"Upgrade\":\"Version 14.2.0 from http://h/f.bin\"}",
      .began(bytes: nil)),
    Expectation(
      "", "07:40:09.910 MQT: stat/porch/UPGRADE = {\"Upgrade\":\"Failed File Not Found (404)\"}",
      failed(.download)),
    Expectation(
      "", "07:40:09.910 MQT: stat/porch/UPGRADE = Failed HTTP 404: Not Found", failed(.download)),
    Expectation(
      "", "07:40:09.910 MQT: stat/porch/UPGRADE = {\"Upgrade\":\"Failed Not Enough Space\"}",
      failed(.size)),
    Expectation(
      "", "07:40:49.910 MQT: stat/porch/UPGRADE = {\"Upgrade\":\"Successful. Restarting\"}",
      .succeeded(target: nil)),
    Expectation("", "[OTA] Firmware update complete, restarting", .succeeded(target: nil)),
    Expectation("", "=== OTA update started ===", .began(bytes: nil)),
    Expectation("", "[OTA] OTA failed: ESP_ERR_TIMEOUT", failedAtLarge(.download, 0x107)),
    Expectation("", "[OTA] OTA failed: ESP_FAIL", failedAtLarge(.unknown, -1)),
    Expectation("", "[OTA] OTA failed: 0x7002", failedAtLarge(.download, 0x7002)),
    Expectation("", "[OTA] OTA failed, no answer", failed(.unknown)),
    Expectation("", "[OTA] OTA failed, error 0x1503", failed(.unknown)),
    Expectation("", "[fw] Rolling back to ota_0", .rollbackRequested),
    Expectation("", "OTA aborted", .aborted),
    Expectation("", "Self-test failed: no sensor", .selfTestFailed),
    Expectation("", "boot: App marked as valid", .confirmed),
    Expectation(
      "", "I (51200) ota_upI (51201) ota_update: OTA update started, content_length=12",
      .began(bytes: 12)),
    Expectation("", "Image does not verify, rolling back", .rollbackRequested),
    Expectation("", "running 0.9.4, self-test done, marking app valid", .confirmed),
    Expectation(
      "", "71 902 [OTA Agent Task] [prvIngestDataBlock] Error (1:0x000000) closing OTA file.",
      [.notice(Notice(.imageSignatureFailed)), .update(failed(.validation))]),
    Expectation(
      "", "71 902 [OTA Agent Task] [prvIngestDataBlock] Error (17:0x000000) closing OTA file.",
      failed(.unknown)),
    Expectation(
      "", "73 902 [OTA Agent Task] [prvProcessDataMessage] Aborting due to IngestResult_t error -2",
      failed(.validation)),
    Expectation(
      "",
      "74 903 [OTA Agent Task] [prvUpdateJobStatus_Mqtt] Msg: {\"status\":\"FAILED\","
        + "\"statusDetails\":{\"reason\":\"0x01000000: 0xfffffffe\"}}",
      failed(.validation)),
  ]

  @Test("a line without log prefix gives its event", arguments: plainLines)
  func plain(expectation: Expectation) {
    #expect(Reading.plain(UpdateDecoder.self, expectation.message) == expectation.events)
  }

  @Test(
    "prose about updates gives nothing",
    arguments: [
      "OTA server ready", "Checking for updates", "OTA PSK loaded from NVS (32 chars)",
      "OTA HTTP server started on port 8032", "  POST /ota        - upload new firmware binary",
      "Ending", "End of partition table", "The endpoint", "Progress: 3 of 9",
      "Error[17]: sensor not found", "Boot seems successfully tested",
      "no OTA update failed so far", "if OTA failed, retry", "OTA failedOver to backup",
      "OTA success rate: 97%", "OTA success counter cleared",
      "OTA update failed callback registered",
      "Update Success rate 3", "Firmware update completeness check", "a rolling back wheel",
      "Starting firmware update server", "Current version is the same as before",
      "(see \"OTA update successful\" in the manual)", "OTA updates are impossible.",
      "self-test runs, marking app valid after 60 s", "no image marked valid so far",
      "esp_ota_mark_app_valid_cancel_rollback() failed", "update aborted by nobody",
      "OTA failed: 0, OTA ok: 5", "OTA failed: 3, OTA ok: 5", "OTA failed 3, ok 12 (0x0f)",
      "OTA failed: 0x0", "OTA failed = 0", "OTA failed: none", "OTA failed: ESP_OK",
      "Firmware update failed: 0", "OTA failed: 0x105 no newer firmware on server",
      "Received final block of the update", "OTA upgrade started late", "OTA Finish line",
      "BDX transfer timeout set to 30 s",
      "rx stat/plug/UPGRADE {\"Upgrade\":\"Failed HTTP error: no\"}",
      "rx stat/plug/UPGRADE {\"Upgrade\":\"Successful. Restarting\"}",
      "plug: {\"Upgrade\":\"Version 14.2.0 from http://h/f.bin\"}", "Swap type: revert",
      "swap type: revert",
    ])
  func lookAlikes(line: String) {
    #expect(Reading.plain(UpdateDecoder.self, line) == [])
    #expect(Reading.message(UpdateDecoder.self, "app", line) == [])
  }

  @Test("common words count only under an updater's tag")
  func commonWords() {
    for words in [
      "Update complete", "Remote closed", "Authentication Failed", "Stream closed",
    ] {
      #expect(Reading.message(UpdateDecoder.self, "camera", words) == [])
      #expect(!Reading.message(UpdateDecoder.self, "ota", words).isEmpty)
    }
  }

  @Test(
    "an offer that is taken up begins an update, an offer alone does not",
    arguments: [
      ("OTA available, starting update", true), ("New firmware available, starting OTA...", true),
      ("OTA available", false), ("Update available, starting download page", false),
    ])
  func offers(words: String, begins: Bool) {
    let events = Reading.message(UpdateDecoder.self, "meter", words)
    #expect(events == (begins ? [.update(.began(bytes: nil))] : []))
  }
}
