import BootTimeline
import DeviceEvents
import Testing

@Suite("What came of an update")
struct UpdateTests {
  private let first = Block.powerOn + Block.start + Block.bootLine("POWERON", "ota_0")

  private func boot(_ reason: String, _ slot: String) -> String {
    Block.software + Block.start + Block.bootLine(reason, slot)
  }

  @Test("errors that only repeat that the version was not wanted are no second update")
  func declined() {
    let declines = """
      I (9010) esp_https_ota: Starting OTA...
      W (9040) fw: Current running version is the same as a new. We will not continue the update.

      """
    let repeats = """
      E (9050) fw: image header verification failed
      E (9060) fw: ESP_HTTPS_OTA upgrade failed 0xffffffff

      """
    #expect(timeline(of: first + declines + repeats).updates.map(\.outcome) == [.declined])
    let tells = "E (9050) fw: esp_ota_write failed at byte 4096: ESP_ERR_OTA_VALIDATE_FAILED\n"
    #expect(
      timeline(of: first + declines + tells).updates.map(\.outcome)
        == [.declined, .validationFailed])
    let again = "I (9070) esp_https_ota: Starting OTA...\n"
    #expect(
      timeline(of: first + declines + repeats + again + repeats).updates.map(\.outcome)
        == [.declined, .validationFailed])
  }

  @Test("words that may be about anything end an open update, and only that")
  func bareFailure() {
    let begin = "I (9010) esp_https_ota: Starting OTA...\n"
    let fails = "E (9050) web: Update failed\n"
    #expect(timeline(of: first + fails).updates.isEmpty)
    let failed = timeline(of: first + begin + fails).updates
    #expect(failed.map(\.failure?.isPresumed) == [true])
    #expect(failed.map(\.outcome) == [.unknown])
    // What comes of the update behind them shows that they were about something else.
    let progress = "I (9060) ota: Written image length 4096\n"
    let goesOn = timeline(of: first + begin + fails + progress).updates
    #expect(goesOn.map(\.outcome) == [.inProgress])
    #expect(goesOn.map(\.failure) == [nil])
    // With all data there, it is no transfer that failed.
    let received = "I (9040) esp_https_ota: Connection closed, all data received\n"
    #expect(
      timeline(of: first + begin + received + fails).updates.map(\.outcome)
        == [.validationFailed])
    #expect(timeline(of: first + received).updates.isEmpty)
  }

  @Test("a verification that fails is a failed update also where nothing else is printed of one")
  func silentVerification() {
    let refusal = "E (412740) esp_image: Checksum failed. Calculated 0x5b read 0x90\n"
    let app = "E (412741) gateway: update rejected\n"
    #expect(timeline(of: refusal + app).updates.map(\.outcome) == [.validationFailed])
    #expect(timeline(of: first + refusal + app).updates.map(\.outcome) == [.validationFailed])
    // Told by two layers, it is one.
    let told = "E (412742) esp_ota_ops: New image failed verification\n"
    #expect(timeline(of: refusal + told).updates.map(\.outcome) == [.validationFailed])
    // Early it is the bootloader's, and an empty slot is nobody's update.
    let early = "E (127) esp_image: Checksum failed. Calculated 0x5b read 0x90\n"
    #expect(timeline(of: early).updates.isEmpty)
    let empty = "E (412740) esp_image: image at 0x1f0000 has invalid magic byte\n"
    #expect(timeline(of: first + empty).updates.isEmpty)
  }

  @Test("a component's flag behind somebody who wanted no update tells of no failed one")
  func strangerTurnedAway() {
    let start = "[I][logger:112]: Log initialized\n[D][wifi:100]: up\n"
    let begins = "[D][esphome.ota:100]: Starting update from 192.168.1.5...\n"
    let stranger = "[W][esphome.ota:244]: Magic bytes do not match! 0x47 0x45 0x54 0x20 0x2F\n"
    let flag = "[E][component:164]: Component esphome.ota set Error flag: unspecified\n"
    func failures(_ log: String) -> [UpdateFailure.Stage] {
      timeline(of: start + log).updates.compactMap { $0.failure?.stage }
    }
    #expect(failures(begins + stranger + flag).isEmpty)
    // Below level DEBUG nothing tells that somebody came.
    #expect(timeline(of: start + stranger + flag).updates.isEmpty)
    // By itself, or behind an update of which nothing else is heard, it is all that tells of a failure.
    #expect(failures(flag) == [.unknown])
    #expect(failures(begins + flag) == [.unknown])
    #expect(failures(begins + stranger + flag + begins + flag) == [.unknown])
    let lost = "[W][esphome.ota:244]: Reading binary MD5 checksum failed\n"
    #expect(failures(begins + stranger + flag + begins + lost + flag) == [.download])
  }

  @Test("the new slot runs: success")
  func success() throws {
    let story = timeline(of: first + Block.update(to: "ota_1") + boot("SW", "ota_1"))
    let update = try #require(story.updates.first)
    #expect(update.outcome == .success)
    #expect(update.from == "ota_0")
    #expect(update.target == "ota_1")
    #expect(update.firstBootOfTarget == 1)
  }

  @Test("the old slot runs again after the new one: rolled back")
  func rolledBack() throws {
    let story = timeline(
      of: first + Block.update(to: "ota_1") + boot("SW", "ota_1") + Block.panic
        + boot("PANIC", "ota_0"))
    #expect(story.updates.first?.outcome == .rolledBack)
    #expect(story.updates.first?.revertedInBoot == 2)
    #expect(story.crashes.first?.slot == "ota_1")
  }

  @Test("the log of another chip behind it is no rollback")
  func otherChip() {
    let other = boot("POWERON", "ota_0").replacing(
      "ESP-ROM:esp32s3-20210327", with: "ESP-ROM:esp32c3-api1-20210207")
    let story = timeline(of: first + Block.update(to: "ota_1") + boot("SW", "ota_1") + other)
    #expect(story.updates.map(\.outcome) == [.success])
  }

  @Test("an image may give the node another address: that is no other node")
  func otherAddress() {
    let own = "I (610) wifi:mode : sta (7c:df:a1:30:41:52)\n"
    let given = "I (610) wifi:mode : sta (02:47:21:0b:9c:e1)\n"
    let story = timeline(
      of: first + own + Block.update(to: "ota_1") + boot("SW", "ota_1") + given
        + boot("PANIC", "ota_0") + own)
    #expect(story.updates.map(\.outcome) == [.rolledBack])
  }

  @Test("the log ends with crashes of the new image: nobody knows")
  func endsInCrashes() {
    for boots in 1...3 {
      let trial = boot("SW", "ota_1") + Block.panic
      let again = String(repeating: boot("PANIC", "ota_1") + Block.panic, count: boots - 1)
      let told = timeline(of: first + Block.update(to: "ota_1") + trial + again)
      #expect(told.updates.first?.outcome == .unknown)
    }
    let silent = timeline(
      of: Block.powerOn + Block.start + Block.update(to: "ota_1") + Block.software + Block.start
        + Block.panic)
    #expect(silent.updates.first?.outcome == .unknown)
  }

  @Test("the old slot runs on: not taken")
  func notTaken() {
    let story = timeline(of: first + Block.update(to: "ota_1") + boot("SW", "ota_0"))
    #expect(story.updates.first?.outcome == .notTaken)
  }

  @Test("an update back to the old slot is no rollback")
  func updatedBack() {
    let story = timeline(
      of: first + Block.update(to: "ota_1") + boot("SW", "ota_1") + Block.update(to: "ota_0")
        + boot("SW", "ota_0"))
    #expect(story.updates.map(\.outcome) == [.success, .success])
  }

  @Test("a log that ends inside an update leaves it in progress")
  func inProgress() {
    let story = timeline(
      of: first + "I (9000) ota_update: OTA update started, content_length=800000\n"
        + "I (9500) ota_update: OTA progress: 65536 / 800000 bytes (8%)\n")
    #expect(story.updates.first?.outcome == .inProgress)
    #expect(story.updates.first?.receivedBytes == 65_536)
  }

  @Test(
    "an update of which nothing comes in hours of work is given up, and no crash behind them is its handler's"
  )
  func givenUp() {
    let begun =
      first + "I (9000) ota_update: OTA update started, content_length=800000\n"
      + "I (9500) ota_update: OTA progress: 65536 / 800000 bytes (8%)\n"
    let soon = timeline(of: begun + "I (70000) pump: 12 l/min\n")
    #expect(soon.updates.map(\.outcome) == [.inProgress])
    let late = timeline(of: begun + "I (8200000) pump: 12 l/min\n")
    #expect(late.updates.map(\.outcome) == [.unknown])
    #expect(late.updates.first?.isGivenUp == true)
    let crash = "abort() was called at PC 0x42012345 on core 0\n\nRebooting...\n"
    let crashed = timeline(
      of: begun + "I (8200000) pump: 12 l/min\n" + crash + Block.software + Block.start)
    #expect(crashed.updates.first?.outcome == .unknown)
    #expect(crashed.crashes.first?.updatePhase == nil)
    // The crash is what there is to tell.
    #expect(crashed.updates.first?.isGivenUp == false)
    let told = timeline(of: begun + "I (8200000) pump: 12 l/min\n" + boot("PANIC", "ota_0"))
    #expect(told.updates.map(\.outcome) == [.unknown])
    #expect(told.updates.first?.isGivenUp == false)
  }

  @Test(
    "an image that is there and waits for its restart is not given up, nor is one that never came")
  func waits() {
    let begun = first + "I (9000) esp_https_ota: Writing to <ota_1> partition at offset 0x220000\n"
    let later = "I (8200000) pump: 12 l/min\n"
    let all = "I (9500) ota_update: OTA progress: 800000 / 800000 bytes (100%)\n"
    let verified =
      "I (9500) ota_update: OTA progress: 65536 / 800000 bytes (8%)\n"
      + "I (60312) esp_image: segment 0: paddr=00220020 vaddr=3c0b0020 size=2a1c0h (172480) map\n"
    for lines in ["", all, verified] {
      let updates = timeline(of: begun + lines + later).updates
      #expect(updates.map(\.outcome) == [.inProgress])
      #expect(updates.first?.isGivenUp == false)
    }
  }

  @Test("a transfer that is waited for no longer failed, and without an update there is none")
  func gaveUp() {
    let begun =
      first + "I (9000) ota_update: OTA update started, content_length=800000\n"
      + "I (9500) ota_update: OTA progress: 65536 / 800000 bytes (8%)\n"
    let words = "E (70000) ota: no data for 60 s, giving up\n"
    let updates = timeline(of: begun + words).updates
    #expect(updates.map(\.outcome) == [.downloadFailed])
    #expect(updates.first?.isGivenUp == true)
    #expect(timeline(of: first + words).updates.isEmpty)
    let told = "E (70010) fw: ESP_HTTPS_OTA upgrade failed 0x1503\n"
    let both = timeline(of: begun + words + told).updates
    #expect(both.map(\.outcome) == [.validationFailed])
    #expect(both.first?.isGivenUp == false)
  }

  @Test("a transfer that goes on was not given up, another one behind it is an update of its own")
  func goesOn() {
    let begun =
      first + "I (9000) ota_update: OTA update started, content_length=800000\n"
      + "I (9500) ota_update: OTA progress: 65536 / 800000 bytes (8%)\n"
    let words = "W (20000) ota: No data for 5 s\n"
    let more = "I (20900) ota_update: OTA progress: 131072 / 800000 bytes (16%)\n"
    let going = timeline(of: begun + words + more).updates
    #expect(going.map(\.outcome) == [.inProgress])
    #expect(going.first?.isGivenUp == false)
    #expect(going.first?.failure == nil)
    let end = "I (60000) ota_update: OTA update successful! Rebooting to partition 'ota_1'...\n"
    let taken = timeline(of: begun + words + more + end + boot("SW", "ota_1")).updates
    #expect(taken.map(\.outcome) == [.success])
    let again = "I (30000) ota_update: OTA update started, content_length=800000\n"
    let second = timeline(of: begun + words + again + more).updates
    #expect(second.map(\.outcome) == [.downloadFailed, .inProgress])
  }

  @Test(
    "settings and counts end no transfer",
    arguments: [
      "I (20000) ota: Timeout set to 30 s", "I (20000) ota: timeout = 5000 ms",
      "I (20000) OTA: Timeouts: 0", "W (20000) OTA: timed out 0 times so far",
      "I (20000) ota: Giving up the CPU to other tasks",
      "I (20000) stats: OTA failed: 0, OTA ok: 5",
    ])
  func settings(line: String) {
    let begun =
      first + "I (9000) ota_update: OTA update started, content_length=800000\n"
      + "I (9500) ota_update: OTA progress: 65536 / 800000 bytes (8%)\n"
    #expect(timeline(of: begun + line + "\n").updates.map(\.outcome) == [.inProgress])
  }

  @Test(
    "what is said of another device's firmware, counted, or left of an agent's words is no update",
    arguments: [
      "E (9000) lora: Firmware update failed: 0x7002", "I (9000) nrf52: Firmware update started",
      "E (9000) bms: Firmware update failed (ESP_ERR_TIMEOUT)",
      "I (9000) stats: OTA failed: 0, OTA ok: 5", "E (9000) stats: Firmware update failed: 0",
      "W (9000) ota: OTA failed: 0x105 no newer firmware on server",
      "I (9000) OTA: Signature verification failed: 0 times",
      "E (9000) ota: signature verification failed, using hash only",
      "I (9000) x: Received final block of the update",
      "I (9000) OTA: Received final block of the update.",
      "I (9000) ota: firmware is up to date",
    ])
  func noUpdate(line: String) {
    #expect(timeline(of: first + line + "\n").updates.isEmpty)
  }

  @Test("an error that is told as information is a statistic, and the same as an error is one")
  func levels() {
    let count = "I (9000) stats: OTA failed: ESP_ERR_TIMEOUT\n"
    let error = "E (9100) stats: OTA failed: ESP_ERR_TIMEOUT\n"
    #expect(timeline(of: first + count).updates.map(\.outcome) == [.unknown])
    let told = timeline(of: first + count + count + count + error).updates
    #expect(told.map(\.outcome) == [.downloadFailed])
    #expect(told.first?.failure?.isAtLarge == true)
  }

  @Test("that nothing newer is there declines what failed before")
  func upToDate() {
    let failed = "E (9000) ota: OTA failed: ESP_FAIL\n"
    let answer = "I (11000) ota: firmware is up to date\n"
    #expect(
      timeline(of: first + failed + answer + answer).updates.map(\.outcome)
        == [.unknown, .declined])
  }

  @Test("verification lines of the running app belong to the update, not to a boot")
  func verification() {
    let text =
      first + """
        I (9000) ota_update: OTA update started, content_length=800000
        I (60312) esp_image: segment 0: paddr=00220020 vaddr=3c0b0020 size=2a1c0h (172480) map
        I (60398) esp_image: segment 1: paddr=0024a1e8 vaddr=3fc9a400 size=04f10h ( 20240)
        E (60991) esp_image: Checksum failed. Calculated 0x5d read 0xa2
        E (60992) ota_update: esp_ota_end failed: ESP_ERR_OTA_VALIDATE_FAILED

        """
    let story = timeline(of: text)
    #expect(story.boots.count == 1)
    #expect(story.updates.first?.outcome == .validationFailed)
    #expect(story.updates.first?.verifiedSegments.count == 1)
  }

  @Test("without any other witness the boot after an update runs its target")
  func inferred() {
    let story = timeline(
      of: first + Block.update(to: "ota_1") + Block.software + Block.start + "I (900) main: up\n")
    #expect(story.boots.last?.slot == "ota_1")
    #expect(story.boots.last?.slotSource == .update)
  }

  @Test("a connection that fails behind the announcement of an update is a failed download")
  func connectionFailed() {
    let announced = "I (9000) kiln: Attempting to download update from https://kiln.example/a.bin\n"
    let failed = "E (9400) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x2700\n"
    let run = "I (9500) kiln: chamber 212 C\n"
    let gaveUp = "E (9510) kiln: Firmware upgrade failed\n"
    #expect(timeline(of: run + announced + run).updates.map(\.outcome) == [.inProgress])
    #expect(timeline(of: announced + failed + run).updates.map(\.outcome) == [.downloadFailed])
    #expect(timeline(of: announced + failed + gaveUp).updates.map(\.outcome) == [.downloadFailed])
    #expect(timeline(of: announced + run + gaveUp).updates.map(\.outcome) == [.unknown])
    // What failed before the update, and keeps failing, may be another connection.
    let kept = timeline(of: failed + run + announced + failed + run)
    #expect(kept.updates.map(\.outcome) == [.inProgress])
    let data = "I (9600) kiln: OTA progress: 4096 / 900000 bytes\n"
    #expect(timeline(of: announced + failed + data).updates.map(\.outcome) == [.inProgress])
    let broker = "I (9410) mqtt: MQTT_EVENT_DISCONNECTED\n"
    #expect(timeline(of: announced + failed + broker).updates.map(\.outcome) == [.inProgress])
  }

  @Test("an update whose task gives up behind a failed handshake is a failed download")
  func taskGaveUp() {
    let failed = "E (4683) ota-update: mbedtls_ssl_handshake returned -0x2700\n"
    let gaveUp = "E (4684) ota-update: Exiting task due to fatal error...\n"
    #expect(timeline(of: failed + gaveUp).updates.map(\.outcome) == [.downloadFailed])
    #expect(timeline(of: gaveUp).updates.map(\.outcome) == [.unknown])
  }

  @Test("an application that names the slot it was rolled back from had an update")
  func toldRollback() {
    let told = "[W][safe_mode:061]: OTA rollback detected! Rolled back from partition 'app1'\n"
    let updates = timeline(of: told).updates
    #expect(updates.map(\.outcome) == [.rolledBack])
    #expect(updates.map(\.target) == ["app1"])
    #expect(timeline(of: first + told).updates.isEmpty)
  }
}
