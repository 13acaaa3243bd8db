import Testing

@testable import DeviceEvents

@Suite("Reset causes")
struct BootResetCauseTests {
  /// Every code of every chip and what `esp_reset_reason()` of ESP-IDF release/v6.1 makes of it,
  /// written down from `reset_reason.c` chip by chip; `SW*` is decided by the saved hint.
  static let reasons: [(Chip, String)] = [
    (
      .esp32,
      """
      1:POWERON 3:SW* 4:UNKNOWN 5:DEEPSLEEP 6:SDIO 7:TASK_WDT 8:INT_WDT 9:WDT a:UNKNOWN
      b:WDT c:SW* d:WDT e:UNKNOWN f:BROWNOUT 10:WDT
      """
    ),
    (
      .esp32s2,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 7:TASK_WDT 8:INT_WDT 9:WDT a:UNKNOWN b:WDT c:SW* d:WDT
      f:BROWNOUT 10:WDT 11:WDT 12:WDT 13:UNKNOWN 14:UNKNOWN
      """
    ),
    (
      .esp32s3,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 7:TASK_WDT 8:INT_WDT 9:WDT a:UNKNOWN b:WDT c:SW* d:WDT
      f:BROWNOUT 10:WDT 11:WDT 12:WDT 13:UNKNOWN 14:UNKNOWN 15:USB 16:USB 17:UNKNOWN
      """
    ),
    (
      .esp32c2,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 7:INT_WDT 9:WDT a:UNKNOWN b:WDT c:SW* d:WDT f:BROWNOUT
      10:WDT 12:WDT 13:UNKNOWN 14:UNKNOWN 18:UNKNOWN
      """
    ),
    (
      .esp32c3,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 7:TASK_WDT 8:INT_WDT 9:WDT a:UNKNOWN b:WDT c:SW* d:WDT
      f:BROWNOUT 10:WDT 11:WDT 12:WDT 13:UNKNOWN 14:POWERON 15:USB 16:USB 17:UNKNOWN
      """
    ),
    (
      .esp32c5,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 7:TASK_WDT 8:INT_WDT 9:WDT b:WDT c:SW* d:WDT f:BROWNOUT
      10:WDT 11:WDT 12:WDT 14:EFUSE 15:USB 16:USB 18:JTAG 19:PWR_GLITCH 1a:CPU_LOCKUP
      """
    ),
    (
      .esp32c6,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 6:SDIO 7:TASK_WDT 8:INT_WDT 9:WDT b:WDT c:SW* d:WDT
      f:BROWNOUT 10:WDT 11:WDT 12:WDT 14:EFUSE 15:USB 16:USB 18:JTAG
      """
    ),
    (
      .esp32c61,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 7:TASK_WDT 8:INT_WDT 9:WDT b:WDT c:SW* d:WDT f:BROWNOUT
      10:WDT 11:WDT 12:WDT 14:EFUSE 15:USB 16:USB 18:JTAG 19:BROWNOUT 1a:CPU_LOCKUP
      """
    ),
    (
      .esp32h2,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 7:TASK_WDT 8:INT_WDT 9:WDT b:WDT c:SW* d:WDT f:BROWNOUT
      10:WDT 11:WDT 12:WDT 14:EFUSE 15:USB 16:USB 17:PWR_GLITCH 18:JTAG
      """
    ),
    (
      .esp32h21,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 7:TASK_WDT 8:INT_WDT 9:WDT b:WDT c:SW* d:WDT f:BROWNOUT
      10:WDT 11:WDT 12:UNKNOWN 14:EFUSE 15:USB 16:USB 17:PWR_GLITCH 18:JTAG
      """
    ),
    (
      .esp32h4,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 7:TASK_WDT 8:INT_WDT 9:WDT b:WDT c:SW* d:WDT f:BROWNOUT
      10:WDT 11:WDT 12:WDT 13:PWR_GLITCH 14:EFUSE 15:USB 16:USB 18:UNKNOWN 19:UNKNOWN
      1a:CPU_LOCKUP
      """
    ),
    (
      .esp32p4,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 7:WDT 9:WDT b:WDT c:SW* d:WDT f:BROWNOUT 10:WDT 12:WDT
      13:PWR_GLITCH 14:EFUSE 16:USB 17:USB 18:JTAG 1a:CPU_LOCKUP 1b:UNKNOWN
      """
    ),
    (
      .esp32s31,
      """
      1:POWERON 3:SW* 5:DEEPSLEEP 6:DEEPSLEEP 7:TASK_WDT 8:INT_WDT 9:WDT b:WDT c:SW* d:WDT
      f:BROWNOUT 10:WDT 12:WDT 13:PWR_GLITCH 14:EFUSE 16:USB 17:USB 18:JTAG 1a:CPU_LOCKUP
      """
    ),
  ]

  @Test("a code means on each chip what its reset driver makes of it", arguments: reasons)
  func mapsLikeTheDriver(chip: Chip, table: String) throws {
    var listed: Set<Int> = []
    for entry in table.split(whereSeparator: { $0 == " " || $0.isNewline }) {
      let parts = entry.split(separator: ":")
      let code = try #require(Int(parts[0], radix: 16))
      listed.insert(code)
      let meaning = ResetCauses.meaning(code: code, chip: chip)
      if parts[1] == "SW*" {
        #expect(meaning.reason == nil && meaning.cause == .software && !meaning.isUnambiguous)
        #expect(meaning.possibleReasons.contains(.panic))
      } else {
        #expect(meaning.reason?.rawValue == String(parts[1]), "0x\(parts[0])")
        #expect(meaning.possibleReasons.first == meaning.reason)
      }
    }
    for code in 0...0x40 where !listed.contains(code) {
      #expect(ResetCauses.meaning(code: code, chip: chip).cause == .unknown, "0x\(code)")
      #expect(ResetCauses.meaning(code: code, chip: chip).reason == nil)
    }
  }

  @Test(
    "codes that chips disagree about are told by chip",
    arguments: [
      (0x17, Chip.esp32s3, ResetCause.powerGlitch), (0x17, .esp32h2, .powerGlitch),
      (0x17, .esp32p4, .usb), (0x17, .esp32s31, .usb), (0x13, .esp32s2, .clockGlitch),
      (0x13, .esp32c2, .clockGlitch), (0x13, .esp32p4, .powerGlitch),
      (0x13, .esp32h4, .powerGlitch), (0x19, .esp32c5, .powerGlitch),
      (0x19, .esp32c61, .brownout), (0x15, .esp32s3, .usb), (0x16, .esp32s31, .usb),
      (0x6, .esp32, .sdio), (0x6, .esp32s31, .deepSleep), (0x7, .esp32, .timerGroupWatchdog),
      (0x9, .esp32c3, .rtcWatchdog), (0x12, .esp32s3, .superWatchdog), (0xf, .esp32, .brownout),
      (0x5, .esp32c6, .deepSleep), (0x18, .esp32c6, .jtag), (0x14, .esp32c6, .efuse),
      (0x1a, .esp32p4, .cpuLockup), (0x1b, .esp32p4, .powerGlitch), (0xe, .esp32, .external),
    ])
  func causes(code: Int, chip: Chip, cause: ResetCause) {
    #expect(ResetCauses.meaning(code: code, chip: chip).cause == cause)
  }

  @Test("a lockup that the ROM names is one where the chip's codes are not known to hold it")
  func namedLockup() {
    for chip in Chip.allCases {
      let meaning = ResetCauses.meaning(code: 0x1a, chip: chip, name: "CPU_LOCKUP")
      #expect(meaning.cause == .cpuLockup)
      #expect(meaning.reason == .cpuLockup)
    }
    #expect(
      ResetCauses.meaning(code: 0x1a, chip: .esp32c6, name: "POWERON").cause == .unknown)
    #expect(ResetCauses.meaning(code: 1, chip: .esp32c6, name: "CPU_LOCKUP").cause == .powerOn)
  }

  @Test("a power-on proves nothing on chips that share its code with a brownout")
  func sharedPowerOn() {
    for chip in Chip.allCases {
      let meaning = ResetCauses.meaning(code: 1, chip: chip)
      let own: Set<Chip> = [.esp32, .esp32c2, .esp32p4, .esp32s31]
      #expect(meaning.isUnambiguous == own.contains(chip))
    }
    #expect(!ResetCauses.meaning(code: 1, chip: nil, name: "POWERON").isUnambiguous)
    #expect(ResetCauses.meaning(code: 1, chip: nil, name: "POWERON_RESET").isUnambiguous)
  }

  @Test("what older versions or early chips report is possible, and not proven otherwise")
  func olderMappings() {
    let usb = ResetCauses.meaning(code: 0x15, chip: .esp32s3)
    #expect(usb.reason == .usb && usb.possibleReasons == [.usb, .unknown] && !usb.isUnambiguous)
    let woken = ResetCauses.meaning(code: 0x14, chip: .esp32p4)
    #expect(woken.possibleReasons == [.efuse, .deepSleep])
    #expect(!ResetCauses.meaning(code: 0x14, chip: .esp32c3).isUnambiguous)
    #expect(ResetCauses.meaning(code: 0xf, chip: .esp32s3).isUnambiguous)
  }

  @Test(
    "without a chip the printed name decides, and else what all chips share",
    arguments: [
      (0x17, "CHIP_USB_UART_RESET", ResetCause.usb, ResetReason?.some(.usb)),
      (0x17, "POWER_GLITCH_RESET", .powerGlitch, nil), (0x17, "", .unknown, nil),
      (0x7, "TG0WDT_SYS_RESET", .timerGroupWatchdog, .taskWatchdog),
      (0x7, "TG0WDT_SYS_RST", .timerGroupWatchdog, nil),
      (0x7, "HP_SYS_HP_WDT_RESET", .timerGroupWatchdog, .watchdog),
      (0xf, "LP_BOD_SYS", .brownout, .brownout), (0xf, "?", .brownout, .brownout),
      (0x19, "", .unknown, nil), (0x13, "GLITCH_RTC_RESET", .unknown, nil),
      (0xc, "SW_CPU", .software, nil), (0x10, "LP_WDT_SYS", .rtcWatchdog, .watchdog),
      (0x6, "SDIO_HPSYS", .sdio, .sdio), (0x6, "PMU_CPU_PWR_DOWN_RESET", .deepSleep, .deepSleep),
      (0x99, "POWERON", .unknown, nil), (-1, "", .unknown, nil),
    ])
  func withoutChip(code: Int, name: String, cause: ResetCause, reason: ResetReason?) {
    let meaning = ResetCauses.meaning(code: code, chip: nil, name: name)
    #expect(meaning.cause == cause)
    #expect(meaning.reason == reason)
  }
}
