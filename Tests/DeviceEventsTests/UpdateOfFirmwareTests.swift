import Testing

@testable import DeviceEvents

@Suite("whose update failed")
struct UpdateOfFirmwareTests {
  private static func updates(_ line: String) -> [UpdateLine] {
    var decoder = EventDecoder()
    return decoder.events(of: line + "\n").compactMap { event in
      if case .update(let line) = event { line } else { nil }
    }
  }

  private static func areOfFirmware(_ line: String) -> [Bool] {
    updates(line).compactMap { line in
      if case .brokeOff(let failure) = line { failure.isOfFirmware } else { nil }
    }
  }

  @Test(
    "is the firmware's where a tag or a word beside it names firmware",
    arguments: [
      "E (50210) ota: Update failed", "E (50210) ota: update failed, giving up",
      "E (50210) OTA: Update failed: connection lost", "E (50210) fota: Upgrade failed!",
      "W (50210) FW_UPDATE: Update failed", "E (50210) main: OTA: Update failed",
      "E (50210) app: Update failed, firmware 2.5.0 not written", "[OTA] Update failed",
      "Firmware: Update Failed!",
    ])
  func firmware(line: String) { #expect(Self.areOfFirmware(line) == [true]) }

  @Test(
    "may be anything's where none does",
    arguments: [
      "E (50210) app: Update failed", "W (50210) main: Update failed!", "Update failed.",
      "[update] Update failed.", "(E) Update failed", "E (50210) ota: node-12: Update failed",
    ])
  func anything(line: String) {
    #expect(Self.areOfFirmware(line) == [false])
    #expect(Self.updates(line).allSatisfy { $0.mayBeAboutAnything })
  }

  @Test(
    "is not the firmware's where a record beside it has a field of it, or other words are between",
    arguments: [
      "E (50210) shadow: Update failed: {\"state\":{\"reported\":{\"fw\":\"1.2.0\"}}}",
      "W (50210) mqtt: Update failed: firmware shadow rejected",
      "W (50210) zb: Update failed: sensor firmware query",
      "W (50210) app: NTP: Update failed | fw=1.2.0", "W (50210) app: Update failed fw=1.2.0",
      "W (50210) app: Update failed: no answer from host of firmware",
    ])
  func beside(line: String) { #expect(!Self.areOfFirmware(line).contains(true)) }

  @Test(
    "is none where it is counted, set or shown, and where its tag names what else is updated",
    arguments: [
      "E (50210) ota: Update failed: 0", "I (50210) ota: Update failed",
      "E (50210) ota: Update failed count: 3", "E (50210) ota: Update failed handler registered",
      "I (50210) ota: On update failed: keep the old image", "W (50210) weather: Update failed",
      "E (50210) bme280: Update failed", "E (50210) sntp_client: Update failed!",
      "W (50210) weather: last update failed, keeping yesterday's", "Weather update failed",
      "Update failed: 0", "E (50210) ota: Update failed: battery too low, postponed",
      "E (50210) app: OTA failed?", "E (50210) app: OTA update failed: press any key",
      "I (15232) chat: user2: OTA update failed? no, it was the printer",
    ])
  func none(line: String) { #expect(Self.updates(line) == []) }

  @Test("a sentence that an application prints bare is all that it says, unless it counts")
  func bare() {
    func isError(_ line: String) -> [Bool] {
      Self.updates(line).compactMap { line in
        if case .failed(let failure) = line { failure.isToldAsError } else { nil }
      }
    }
    #expect(isError("OTA update failed!") == [true])
    #expect(isError("OTA failed: 3") == [false])
    #expect(isError("OTA failed: 0") == [])
  }

  @Test("an error of reading flash by itself may be a card's")
  func readError() {
    let events = Self.updates("Flash Read Failed")
    var failure = UpdateFailure(stage: .validation)
    failure.isAtLarge = true
    #expect(events == [.failed(failure)])
  }
}

@Suite("what agents of updates report")
struct UpdateReportTests {
  private static func events(_ line: String) -> [DeviceEvent] {
    var decoder = EventDecoder()
    return decoder.events(of: line + "\n").filter {
      switch $0 {
      case .update, .notice: true
      default: false
      }
    }
  }

  private static let complete: [DeviceEvent] = [
    .update(.target(UpdateTarget())), .update(.received),
  ]

  @Test("the status of a job is the same whoever publishes it")
  func jobs() {
    for head in ["I (48253) [MQTT OTA]: Sent message: ", "40 1318 [Agent] Msg: "] {
      func status(_ text: String) -> [DeviceEvent] { Self.events(head + text) }
      let failed = "{\"status\":\"FAILED\",\"statusDetails\":{\"reason\":\""
      #expect(
        status(failed + "rejected: 0x00000011\"}}")
          == [.notice(Notice(.selfTestFailed, detail: "job"))])
      #expect(
        status(failed + "rejected: 0xe3000000\"}}")
          == [
            .notice(Notice(.imageSignatureFailed)),
            .update(.failed(UpdateFailure(stage: .validation))),
          ])
      #expect(status(failed + "busy: 0x1\"}}") == [])
      let inProgress = "{\"status\":\"IN_PROGRESS\",\"statusDetails\":{\""
      #expect(
        status(inProgress + "self_test\":\"ready\",\"updatedBy\":\"0x1\"}}") == Self.complete)
      #expect(status(inProgress + "receive\":\"153/306\"}}") == [.update(.percent(50))])
      #expect(status(inProgress + "receive\":\"9/0\"}}") == [])
    }
    #expect(Self.events("I (1) a: {\"status\":\"FAILED\",\"statusDetails\":{\"job\":1}}") == [])
  }

  @Test("the port of the agent tells when the image is complete and when it is confirmed")
  func port() {
    #expect(Self.events("I (1) AWS_OTA: Signature verification succeeded.") == Self.complete)
    #expect(Self.events("I (1) app: Signature verification succeeded.") == [])
    #expect(Self.events("I (1) AWS_OTA: Set image as valid one!") == [.update(.confirmed)])
  }

  @Test("RainMaker reports under its own tag")
  func rainMaker() {
    func reports(_ words: String) -> [DeviceEvent] {
      let told = Self.events("I (5000) esp_rmaker_ota: Reporting \(words)")
      #expect(Self.events("I (5000) telemetry: Reporting \(words)").count < max(told.count, 1))
      return told
    }
    #expect(reports("in-progress: Starting OTA Upgrade") == [.update(.began(bytes: nil))])
    #expect(reports("in-progress: Downloaded 20% Firmware Image") == [.update(.percent(20))])
    #expect(reports("in-progress: Firmware Image download complete") == Self.complete)
    #expect(
      reports("in-progress: Rebooting into new firmware") == [.update(.succeeded(target: nil))])
    #expect(
      reports("success: OTA Upgrade finished and verified successfully") == [.update(.confirmed)])
    #expect(reports("rejected: Same version received") == [.update(.declined)])
    #expect(
      reports("rejected: Chip revision mismatch")
        == [.update(.failed(UpdateFailure(stage: .validation)))])
    #expect(reports("rejected: Project Name mismatch") == [.update(.declined)])
    #expect(reports("rejected: Firmware rolled back") == [.update(.earlierRollbackSeen)])
    #expect(reports("delayed: Not within valid window.") == [.update(.aborted)])
  }

  @Test("the example of an update from a bucket says how much it wrote")
  func sketch() {
    var cut = UpdateFailure(stage: .download, atByte: 40_960)
    cut.isAtLarge = true
    #expect(Self.events("Written only : 40960/1048576. Retry?") == [.update(.failed(cut))])
    #expect(Self.events("Written only : 3/0. Retry?") == [])
    #expect(Self.events("Written only : 5/-3. Retry?") == [])
    #expect(
      Self.events("Begin OTA. This may take 2 - 5 mins to complete.")
        == [.update(.began(bytes: nil))])
  }
}
