import BootTimeline
import DeviceEvents
import Testing

@Suite("What a gateway passes on of other chips")
struct RelayedTextTests {
  private let boot = Block.powerOn + Block.start + "I (1000) gateway: 2 nodes\n"
  private let later = "I (9000) gateway: 2 nodes\nI (19000) gateway: 2 nodes\n"

  @Test(
    "begins no boot and ends none",
    arguments: [
      "[node7] rst:0xf (BROWNOUT_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)",
      "node7: rst:0x8 (TG1WDT_SYS_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)",
      "node7 said \"rst:0x8 (TG1WDT_SYS_RST),boot:0x8\"", "[node7] Brownout detector was triggered",
      "Brownout detector was triggered", "node7: Brownout detector was triggered",
    ])
  func relayed(text: String) {
    let story = timeline(of: boot + "I (5000) gateway: \(text)\n" + later)
    #expect(story.boots.map(\.ending) == [.endOfLog])
    #expect(!story.notices.map(\.notice.kind).contains(.brownoutDetected))
  }

  @Test("is told from what cuts a line of its own")
  func cut() {
    let reset = "rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\n"
    for text in ["2 no" + reset, "2 ets Jul 29 2019 12:21:46 " + reset] {
      let story = timeline(of: boot + "I (5000) gateway: \(text)" + Block.start)
      #expect(story.boots.count == 2, "\(text)")
    }
    for text in [
      "E BOD: Brownout detector was triggered\n", "E (5100) BOD: Brownout detector was triggered\n",
      "Brownout detector was triggered\n",
      "I (5000) gateway: 2 no\u{fffd}Brownout detector was triggered\n",
    ] {
      #expect(timeline(of: boot + text).boots.map(\.ending) == [.brownout], "\(text)")
    }
  }
}
