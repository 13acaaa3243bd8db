import BootTimeline
import DeviceEvents
import Testing

@Suite("An update whose end no line announces")
struct UpdateSeenBySlotTests {
  private func start(
    _ reset: String, offset: String, version: String = "1.1"
  ) -> String {
    """
    ESP-ROM:esp32s3-20210327
    rst:\(reset),boot:0x8 (SPI_FAST_FLASH_BOOT)
    I (27) boot: ESP-IDF v5.2.1 2nd stage bootloader
    I (50) boot: Partition Table:
    I (53) boot: ## Label            Usage          Type ST Offset   Length
    I (74) boot:  2 ota_0            OTA app          00 10 00020000 001b0000
    I (81) boot:  3 ota_1            OTA app          00 11 001d0000 001b0000
    I (88) boot: End of partition table
    I (270) boot: Loaded app from partition at offset \(offset)
    I (300) app_init: Project name:     gate
    I (304) app_init: App version:      \(version)
    I (384) main_task: Calling app_main()
    I (900) app: hello

    """
  }

  private let update = """
    I (301020) esp_https_ota: Starting OTA...
    I (301020) esp_https_ota: Writing to <ota_1> partition at offset 0x1d0000

    """

  @Test("is finished where a reset by software starts the slot that it wrote")
  func finished() {
    let update = timeline(
      of: start("0x1 (POWERON)", offset: "0x20000") + update
        + start("0xc (RTC_SW_CPU_RST)", offset: "0x1d0000")
    ).updates[0]
    #expect(update.isFinished && update.successLine == nil && update.outcome == .success)
    #expect(update.lineOfStartInTarget?.text.contains("Loaded app") == true)
  }

  @Test("is finished, too, where the log begins with it: no node writes the slot that runs")
  func midRun() {
    let update = timeline(of: update + start("0xc (RTC_SW_CPU_RST)", offset: "0x1d0000")).updates[0]
    #expect(update.isFinished && update.from == nil && update.outcome == .success)
  }

  @Test(
    "is not where the slot from before starts, or another reset brought the start",
    arguments: [
      ("0xc (RTC_SW_CPU_RST)", "0x20000"), ("0x1 (POWERON)", "0x1d0000"),
      ("0x7 (TG0WDT_SYS_RST)", "0x1d0000"),
    ])
  func open(reset: String, offset: String) {
    let update = timeline(
      of: start("0x1 (POWERON)", offset: "0x20000") + update + start(reset, offset: offset)
    ).updates[0]
    #expect(!update.isFinished)
  }

  private let work = String(repeating: "I (400000) app: 12 l/min\n", count: 50)

  @Test("is not where the node worked on, an older release runs, or only a part of it came")
  func cancelled() {
    func isFinished(_ lines: String, version: String = "1.1") -> Bool {
      timeline(
        of: start("0x1 (POWERON)", offset: "0x20000") + update + lines
          + start("0xc (RTC_SW_CPU_RST)", offset: "0x1d0000", version: version)
      ).updates[0].isFinished
    }
    #expect(isFinished("I (302000) app: 12 l/min\n"))
    #expect(!isFinished(work))
    #expect(isFinished("", version: "1.10.0"))
    #expect(!isFinished("", version: "v1.0.9"))
    #expect(isFinished("", version: "3f2c1ab"))
    #expect(!isFinished("I (310000) ota_update: OTA progress: 65536 / 800000 bytes (8%)\n"))
    #expect(isFinished("I (310000) ota_update: OTA progress: 780000 / 800000 bytes (97%)\n"))
  }

  @Test("words that may be about anything end it where everything arrived, and only there")
  func endedPerhaps() {
    func told(_ lines: String) -> Update {
      timeline(
        of: start("0x1 (POWERON)", offset: "0x20000") + update + lines + "Update success\n"
          + Block.panic + start("0xc (RTC_SW_CPU_RST)", offset: "0x20000")
      ).updates[0]
    }
    let part = told("I (310000) ota_update: OTA progress: 65536 / 800000 bytes (8%)\n")
    #expect(part.successLine == nil && part.outcome == .handlerCrashed)
    #expect(told("").outcome == .handlerCrashed)
    let all = told("I (310000) ota_update: OTA progress: 800000 / 800000 bytes (100%)\n")
    #expect(all.successLine != nil && all.outcome == .notTaken)
  }
}
