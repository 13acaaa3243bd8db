import BootTimeline
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
