import Testing

@testable import DeviceEvents

@Suite("trouble that updaters tell")
struct UpdateTroubleTests {
  private static func failed(_ stage: UpdateFailure.Stage, at byte: Int? = nil) -> UpdateLine {
    .failed(UpdateFailure(stage: stage, atByte: byte))
  }

  static let troubleLines: [Expectation] = [
    Expectation(
      "ota", "receive error after 401408 bytes, esp_ota_abort", failed(.download, at: 401_408)),
    Expectation("ota", "image too large (2500000 > 1966080)", failed(.size)),
    Expectation(
      "OTA", "HTTP status 403 for firmware.bin, abort",
      [.notice(Notice(.updateRefusedByServer, numbers: [403])), .update(failed(.download))]),
    Expectation("hawkbit", "sha256 mismatch: expected 91.. got 11..", failed(.validation)),
    Expectation("ota", "upload from 10.0.0.4 rejected: bad token", failed(.authorization)),
    Expectation("ota", "no update partition", failed(.noPartition)),
    Expectation("ota", "signature check failed, update discarded", failed(.validation)),
  ]

  @Test(
    "the words of the port of FreeRTOS's agent count under its own tags, and as whole sentences",
    arguments: [
      "Signature verification failed", "signature verification failed.",
      "Image Signature not found",
    ])
  func portWords(words: String) {
    #expect(!Reading.message(UpdateDecoder.self, "ota_pal", words, level: "E").isEmpty)
    #expect(Reading.message(UpdateDecoder.self, "ota", words, level: "E") == [])
    for rest in [": 0 times", ", using hash only", " count: 0", ", secure boot is off"] {
      #expect(Reading.message(UpdateDecoder.self, "ota_pal", words + rest, level: "E") == [])
    }
  }

  @Test(
    "errors under an updater's tag tell what else nobody says",
    arguments: troubleLines)
  func trouble(expectation: Expectation) {
    let (tag, message) = (expectation.tag, expectation.message)
    let told = Reading.message(UpdateDecoder.self, tag, message, level: "E")
    #expect(told == expectation.events)
    #expect(Reading.message(UpdateDecoder.self, tag, message) == [])
    #expect(Reading.message(UpdateDecoder.self, "camera", message, level: "E") == [])
  }

  @Test("what names neither side of a refusal, or a node by a number, is told at large")
  func atLarge() {
    func isAtLarge(_ tag: String, _ words: String) -> Bool? {
      var decoder = EventDecoder()
      let events = decoder.events(of: "E (61320) \(tag): \(words)\n")
      return events.compactMap { event in
        if case .update(.failed(let failure)) = event { failure.isAtLarge } else { nil }
      }.first
    }
    #expect(isAtLarge("ota", "401 unauthorized") == true)
    #expect(isAtLarge("ota", "esp_ota_write: ESP_ERR_OTA_VALIDATE_FAILED") == true)
    #expect(isAtLarge("fleet", "node-12: esp_ota_write failed: ESP_ERR_INVALID_SIZE") == true)
    #expect(isAtLarge("fw", "esp_ota_write failed: ESP_ERR_INVALID_SIZE") == false)
    #expect(isAtLarge("fw", "nodes: esp_ota_write failed: ESP_ERR_INVALID_SIZE") == false)
    #expect(isAtLarge("ota", "esp_ota_write: ESP_OK") == nil)
  }

  @Test("a slot that was refused is told from one that is well")
  func slots() {
    func told(_ words: String) -> [DeviceEvent] {
      Reading.message(UpdateDecoder.self, "ota", words)
    }
    let refused = [DeviceEvent.notice(Notice(.earlierRollbackSeen, detail: "ota_1"))]
    #expect(told("slot ota_1 state ABORTED (3.1.0)") == refused)
    #expect(told("esp_ota_get_last_invalid_partition: ota_1") == refused)
    #expect(told("slot ota_1 state VALID") == [])
    #expect(told("esp_ota_get_last_invalid_partition: NULL") == [])
  }

  @Test(
    "an updater that waits no longer gives up, one that tries again does not",
    arguments: [
      ("no data for 45 s, giving up", true), ("Timeout while receiving", true),
      ("connection lost at 12 %", true), ("Giving up after 3 attempts", true),
      ("no data for 10 s, retrying", false), ("timeout, attempt 2 of 5", false),
      ("connection lost, reconnecting", false), ("Timeout reading, trying once more", false),
      ("Timeout set to 30 s", false), ("timeout = 5000 ms", false), ("Timeouts: 0", false),
      ("Timeout: 30", false), ("timed out 0 times so far", false), ("timeout_ms 5000", false),
      ("Giving up the CPU to other tasks", false),
    ])
  func givesUp(words: String, isOver: Bool) {
    for level: Character in ["E", "W"] {
      let events = Reading.message(UpdateDecoder.self, "ota", words, level: level)
      #expect(events == (isOver ? [.update(.gaveUp)] : []))
    }
    #expect(Reading.message(UpdateDecoder.self, "ota", words, level: "I") == [])
    #expect(Reading.message(UpdateDecoder.self, "camera", words, level: "E") == [])
  }

  private static func updates(_ line: String) -> [UpdateLine] {
    var decoder = EventDecoder()
    return decoder.events(of: line + "\n").compactMap { event in
      if case .update(let line) = event { line } else { nil }
    }
  }

  private static func atLarge(_ stage: UpdateFailure.Stage) -> UpdateLine {
    var failure = UpdateFailure(stage: stage)
    failure.isAtLarge = true
    return .failed(failure)
  }

  @Test(
    "a failure that names its step is one of that step, told at large",
    arguments: [
      ("OTA update failed in OTA begin", UpdateFailure.Stage.begin),
      ("OTA update failed in OTA Write", .write), ("OTA update failed in OTA end", .validation),
      ("OTA update failed in esp_ota_write", .write),
    ])
  func namedStep(words: String, stage: UpdateFailure.Stage) {
    #expect(Self.updates("E (812377) FW_CMD: \(words)") == [Self.atLarge(stage)])
    #expect(Self.updates("I (812377) FW_CMD: \(words)") == [Self.failed(.unknown)])
  }

  @Test("an update's failure that an error line tells is told from a statistic")
  func toldAsError() {
    func isError(_ line: String) -> [Bool] {
      Self.updates(line).compactMap { line in
        if case .failed(let failure) = line { failure.isToldAsError } else { nil }
      }
    }
    #expect(isError("E (71877) fw_update: Firmware update failed") == [true])
    #expect(isError("W (71877) fw_update: Firmware update failed") == [false])
    #expect(isError("I (71877) stats: OTA failed") == [false])
    #expect(isError("E (71877) stats: OTA failed: 0, ok: 12") == [])
    #expect(isError("E (71877) fleet: node-12: OTA failed") == [false])
    #expect(isError("E (71877) modem: Firmware update failed") == [])
  }

  @Test("words that may be about anything are told as such, with the error that they name")
  func bareFailures() {
    let unknown = UpdateLine.brokeOff(UpdateFailure(stage: .unknown))
    #expect(Self.updates("Update failed.") == [unknown])
    #expect(Self.updates("Update Failed!") == [unknown])
    #expect(Self.updates("E (7055) web: Update failed") == [unknown])
    #expect(Self.updates("I (7055) web: Update failed") == [])
    #expect(Self.updates("Update failed for sensor 3") == [])
    #expect(Self.updates("the Update failed") == [])
    func named(_ name: String, _ stage: UpdateFailure.Stage) -> [UpdateLine] {
      var failure = UpdateFailure(stage: stage, error: ErrorCode(name: name))
      failure.isOfFirmware = true
      return [.brokeOff(failure)]
    }
    #expect(
      Self.updates("E (7055) fota: Upgrading firmware: Failed: ESP_ERR_INVALID_ARG")
        == named("ESP_ERR_INVALID_ARG", .unknown))
    #expect(
      Self.updates("E (7055) fota: upgrade error ESP_ERR_HTTP_CONNECT")
        == named("ESP_ERR_HTTP_CONNECT", .download))
    #expect(Self.updates("I (7055) fota: Upgrading firmware: Failed: ESP_ERR_INVALID_ARG") == [])
    #expect(Self.updates("E (7055) cfg: failed to update NVS: ESP_ERR_NVS_NOT_FOUND") == [])
    #expect(Self.updates("E (7055) mqtt: publish failed: ESP_ERR_NO_MEM") == [])
    #expect(Self.updates("E (7055) fota: next update check, ESP_ERR_NOT_FOUND") == [])
  }

  @Test("a request that failed counts under an updater's tag")
  func brokenRequests() {
    let words = "HTTP client fetch headers failed"
    let broke = UpdateLine.brokeOff(UpdateFailure(stage: .download))
    #expect(Reading.message(UpdateDecoder.self, "ota", words, level: "E") == [.update(broke)])
    #expect(Self.updates("E (7055) weather: \(words)") == [])
  }

  @Test("all of the image is there, which is told without its length")
  func received() {
    for words in ["Connection closed, all data received", "Connection closed,all data received"] {
      #expect(Reading.message(UpdateDecoder.self, "esp_https_ota", words) == [.update(.received)])
    }
  }

  @Test(
    "that the firmware's update failed is told in any case, and what was wrong with the image",
    arguments: [
      "firmware update failed: sha256 mismatch", "FIRMWARE UPDATE FAILED: bad checksum",
      "Firmware update failed: signature does not match", "OTA update failed (hash mismatch)",
    ])
  func wrongImage(words: String) {
    for tag in ["fwup", "app", "ota"] {
      #expect(Self.updates("E (26000) \(tag): \(words)") == [Self.atLarge(.validation)])
    }
    #expect(Self.updates("E (26000) modem: \(words)").isEmpty != words.hasPrefix("OTA"))
    #expect(Self.updates("E (26000) app: display \(words)") == [])
  }

  @Test("a firmware that could not be loaded is told at large, and under an updater's tag outright")
  func failedDownload() {
    let words = "Firmware download failed (HTTP 404)"
    #expect(Self.updates("E (26000) app: \(words)") == [Self.atLarge(.download)])
    #expect(Self.updates("E (26000) fwup: \(words)") == [Self.failed(.download)])
    #expect(Self.updates("E (26000) golioth_fw_update: \(words)") == [Self.failed(.download)])
    #expect(Self.updates("E (26000) app: Firmware download failed, retrying") == [])
    let image = "image validation failed, image is corrupted"
    #expect(Self.updates("E (26000) fwup: \(image)") == [Self.failed(.validation)])
    #expect(
      Self.updates("E (26000) camera: \(image)")
        == [.brokeOff(UpdateFailure(stage: .validation))])
  }

  @Test("ESP-IDF's error of an image that does not verify is an update's, unless it is a crash's")
  func namedValidation() {
    var failure = UpdateFailure(
      stage: .validation, error: ErrorCode(name: "ESP_ERR_OTA_VALIDATE_FAILED"))
    failure.isOfFirmware = true
    let name = "ESP_ERR_OTA_VALIDATE_FAILED"
    #expect(Self.updates("E (26000) app: finish: \(name)") == [.brokeOff(failure)])
    #expect(Self.updates("I (26000) app: finish: \(name)") == [])
    #expect(Self.updates("E (26000) app: last error: \(name)") == [])
    #expect(Self.updates("ESP_ERROR_CHECK failed: esp_err_t 0x1503 (\(name)) at 0x4008") == [])
  }

  @Test(
    "an updater's trouble in its own words is noted, and no other",
    arguments: [
      ("E (46000) update: checksum does not match, update discarded", true),
      ("E (46000) fota: could not write firmware to flash at 0x2a0000", true),
      ("E (46000) ota: update aborted: no space in slot", true),
      ("E (46000) fwup: will not fit, skipped", true),
      ("W (46000) updater: no data for 30 s, giving up at 377 of 1156 KiB", true),
      ("W (46000) updater: read failed, retrying in 5 s", false),
      ("W (46000) ota: errors: 0", false),
      ("I (46000) fwup: update failed: none", false),
      ("W (46000) fwup: battery 23 %, update postponed", false),
      ("W (46000) ota: update check failed, next in 24 h", false),
      ("E (46000) camera: frame discarded", false),
    ])
  func ownWords(line: String, isTold: Bool) {
    var decoder = EventDecoder()
    let events = decoder.events(of: line + "\n")
    #expect(events.contains(.notice(Notice(.updateTroubleTold))) == isTold)
  }

  @Test("the hole of a word ends with the word")
  func word() {
    let template = MessageTemplate("%w:0x%x)")
    #expect(Reading.withText("17:0x2a)") { template.match($0)?.texts } == ["17"])
    #expect(Reading.withText("[a] 17:0x2a)") { template.match($0)?.texts } == nil)
    #expect(Reading.withText(":0x2a)") { template.match($0)?.texts } == nil)
  }
}
