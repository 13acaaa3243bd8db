import BootTimeline
import DeviceEvents
import Testing

@Suite("Updates that end in an application's own words")
struct UpdateSilenceTests {
  private let first = Block.powerOn + Block.start + Block.bootLine("POWERON", "ota_0")
  private let begin = "I (14000) app: Firmware update started\n"

  @Test("an image that is discarded ends the update that is open, and is nothing else")
  func discarded() {
    let words = "E (26000) app: signature verification failed, image discarded\n"
    let ended = timeline(of: first + begin + words).updates
    #expect(ended.map(\.outcome) == [.validationFailed])
    #expect(ended.map(\.failure?.isPresumed) == [true])
    #expect(timeline(of: first + words).updates.isEmpty)
    let skipped = "E (26000) app: signature verification failed, using hash only\n"
    #expect(timeline(of: first + begin + skipped).updates.map(\.outcome) == [.inProgress])
  }

  @Test("an error of ESP-IDF's alone is an update that failed, told at large")
  func named() {
    let updates = timeline(
      of: first + "E (26000) fota: finish: ESP_ERR_OTA_VALIDATE_FAILED\n"
    ).updates
    #expect(updates.map(\.outcome) == [.validationFailed])
    #expect(updates.map(\.failure?.isAtLarge) == [true])
  }

  @Test("firmware that was written, and the same slot again, is an update that did not take")
  func notTaken() {
    let written = "I (33100) fwup: firmware written successfully, restarting\n"
    let again = Block.software + Block.start + Block.bootLine("SW", "ota_0")
    #expect(timeline(of: first + written + again).updates.map(\.outcome) == [.notTaken])
    let other = "I (33100) fwup: firmware written successfully\n"
    #expect(timeline(of: first + other + again).updates.isEmpty)
  }

  @Test("the boot behind a file system's update is the one that it led to")
  func fileSystem() {
    let update = "Start updating filesystem\nProgress: 100%\nEnd\n"
    let again = Block.software + Block.start + Block.bootLine("SW", "ota_0")
    let updates = timeline(of: first + update + again).updates
    #expect(updates.map(\.outcome) == [.success])
    #expect(updates.map(\.nextBoot) == [1])
  }
}
