import BootTimeline
import LineReading

/// The timeline of a log that a test writes down.
func timeline(of text: String) -> Timeline {
  var reader = LineReader()
  var builder = TimelineBuilder()
  var text = text
  text.withUTF8 { bytes in
    reader.feed(bytes) { builder.feed($0) }
    reader.finish { builder.feed($0) }
  }
  return builder.timeline(capture: Capture())
}

/// Blocks of an ESP32-S3 with two slots, to tell stories with.
enum Block {
  static func rom(_ code: String, _ name: String) -> String {
    """
    ESP-ROM:esp32s3-20210327
    Build:Mar 27 2021
    rst:0x\(code) (\(name)),boot:0x8 (SPI_FAST_FLASH_BOOT)
    SPIWP:0xee
    mode:DIO, clock div:1
    load:0x3fce2820,len:0x1590
    entry 0x403c8920

    """
  }

  static let powerOn = rom("1", "POWERON")
  static let software = rom("c", "RTC_SW_CPU_RST")

  static func bootloader(slotAt offset: Int) -> String {
    """
    I (26) boot: ESP-IDF v5.4.2 2nd stage bootloader
    I (49) boot: Partition Table:
    I (52) boot: ## Label            Usage          Type ST Offset   Length
    I (58) boot:  0 otadata          OTA data         01 00 0000f000 00002000
    I (64) boot:  1 ota_0            OTA app          00 10 00020000 00200000
    I (70) boot:  2 ota_1            OTA app          00 11 00220000 00200000
    I (76) boot: End of partition table
    I (94) esp_image: segment 0: paddr=\(hex(offset + 0x20)) vaddr=3c0b0020 size=2a1c0h (172480) map
    I (131) esp_image: segment 1: paddr=\(hex(offset + 0x2a1e8)) vaddr=3fc9a400 size=04f10h ( 20240) load
    I (300) boot: Loaded app from partition at offset 0x\(String(offset, radix: 16))

    """
  }

  static let start = """
    I (312) cpu_start: Multicore app
    I (322) app_init: Application information:
    I (325) app_init: Project name:     node
    I (404) main_task: Calling app_main()

    """

  static func bootLine(_ reason: String, _ slot: String) -> String {
    "I (405) main: boot: reset_reason=\(reason) running_partition=\(slot)\n"
  }

  static let panic = """
    Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.

    Core  0 register dump:
    PC      : 0x42001234  PS      : 0x00060033  A0      : 0x82005678  A1      : 0x3fc9a2f0
    EXCVADDR: 0x00000004  LBEG    : 0x400570e8  LEND    : 0x400570f3  LCOUNT  : 0x00000000

    Backtrace: 0x42001231:0x3fc9a2f0 0x42005675:0x3fc9a310

    ELF file SHA256: 0a1b2c3d4

    Rebooting...

    """

  static func update(to slot: String) -> String {
    """
    I (9000) ota_update: OTA update started, content_length=800000
    I (20000) ota_update: OTA update successful! Rebooting to partition '\(slot)'...

    """
  }

  private static func hex(_ value: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
