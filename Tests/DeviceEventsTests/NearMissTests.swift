import LineReading
import Testing

@testable import DeviceEvents

@Suite("A word with one wrong byte")
struct NearMissTests {
  private func with<Result>(_ text: String, _ body: (ByteText) -> Result) -> Result {
    Array(text.utf8).withUnsafeBufferPointer { body(ByteText($0)) }
  }

  @Test(
    "is no other slot",
    arguments: [
      ("Ota_0", "ota_0"), ("ota/1", "ota_1"), ("facuory", "factory"), ("ota_0", "ota_0"),
      ("app_0", "app_0"), ("ota_a", "ota_a"), ("main", "main"),
    ])
  func slots(_ printed: String, _ meant: String) {
    #expect(with(printed) { SlotName.meant(by: $0) } == meant)
  }

  @Test("is no slot at all where its digit is hit")
  func digit() {
    #expect(with("ota_p") { SlotName.meant(by: $0) } == nil)
    #expect(with("ota_!") { SlotName.meant(by: $0, subtype: 0x11) } == "ota_1")
  }

  @Test(
    "in a row of the partition table leaves the slot what it is",
    arguments: [
      " 2 factory   !      factory app      00 00 00010000 00100000",
      " 2 facuory          factory app      00 00 00010000 00100000",
      "0 2 factory          factory app      00 00 00010000 00100000",
    ])
  func rows(_ row: String) {
    #expect(with(row) { PartitionRow($0)?.label } == "factory")
  }

  @Test(
    "is the reset reason that it was",
    arguments: [
      ("PANI\u{16}", ResetReason.panic), ("BROWNOUU", .brownout), ("TASK_WDU", .taskWatchdog),
    ])
  func reasons(_ word: String, _ reason: ResetReason) {
    #expect(with(word) { ResetReason(nearly: $0) } == reason)
  }

  @Test("of a short name is nothing", arguments: ["SV", "EXU", "PENIK", "SDIP"])
  func shortReasons(_ word: String) { #expect(with(word) { ResetReason(nearly: $0) } == nil) }

  @Test(
    "does not make an application of the bootloader",
    arguments: ["bnot", "bogt.esp32c3", "esp_imcge", "cpu_Start"])
  func tags(_ tag: String) { #expect(with(tag) { StartupTags.isNearlyOne($0) }) }

  @Test(
    "is not seen in tags of applications", arguments: ["main", "sensor", "boot", "wifi", "root1"])
  func applications(_ tag: String) { #expect(!with(tag) { StartupTags.isNearlyOne($0) }) }
}
