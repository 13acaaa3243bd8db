import LineReading
import Testing

@testable import DeviceEvents

@Suite("The mask ROM")
struct BootROMTests {
  private func events(_ text: String) -> [DeviceEvent]? { plainEvents(ROMDecoder.self, text) }

  @Test(
    "the banner names the chip",
    arguments: [
      ("ets Jun  8 2016 00:22:57", Chip?.some(.esp32)), ("ets Jul 29 2019 12:21:46", .esp32),
      ("ets Jun 8 2016 00:22:57", .esp32), ("ets Ju", .esp32), ("ets Jul 29 20", .esp32),
      ("ESP-ROM:esp32s2-rc4-20191025", .esp32s2), ("ESP-ROM:esp32s3-20210327", .esp32s3),
      ("ESP-ROM:esp32c3-api1-20210207", .esp32c3), ("ESP-ROM:esp32c3-20200918", .esp32c3),
      ("ESP-ROM:esp8684-api1-20211015", .esp32c2), ("ESP-ROM:esp8684-api2-20220127", .esp32c2),
      ("ESP-ROM:esp32c6-20220919", .esp32c6), ("ESP-ROM:esp32h2-20221101", .esp32h2),
      ("ESP-ROM:esp32c5-eco2-20250121", .esp32c5), ("ESP-ROM:esp32c61-20230101", .esp32c61),
      ("ESP-ROM:esp32p4-eco5-20250430", .esp32p4), ("ESP-ROM:esp32s31-20251218", .esp32s31),
      ("ESP-ROM:esp32h21-20250101", .esp32h21), ("ESP-ROM:esp32h4-20250101", .esp32h4),
      ("ESP-ROM:esp32", nil), ("ESP-ROM:", nil), ("ESP-ROM:esp32x9-20300101", nil),
    ])
  func banner(text: String, chip: Chip?) {
    #expect(events(text) == [.rom(.banner(text: text, chip: chip))])
  }

  @Test("a complaint is read behind the reset line of which a page has eaten the line feed")
  func joinedComplaint() {
    let reset = "rst:0x10 (RTCWDT_RTC_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)"
    func notices(_ text: String) -> [Notice] {
      (events(text) ?? []).compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
    }
    #expect(
      notices(reset + " invalid header: 0xffffffff invalid header: 0xffffffff")
        == [Notice(.romInvalidHeader, numbers: [0xffff_ffff])])
    #expect(
      notices(reset + " flash read err, 1000 ets_main.c 371").map(\.kind)
        == [.romFlashReadError, .romFatalExit])
    #expect(
      notices(reset + " mode:DIO, clock div:1 load:0x3fff0018,len:4 load:0xffffffff,len:-1")
        == [Notice(.romLoaderRejected, numbers: [0xffff_ffff])])
    #expect(notices(reset + " load:0x3fff0018,len:4 ho 0 tail 12 room 4 entry 0x400806b4").isEmpty)
    #expect(notices(reset + " ets Jul 29 2019 12:21:46 invalid header: 0xffffffff").isEmpty)
    #expect(notices(reset + String(repeating: " .", count: 400) + " csum err:0x1!=0x2").isEmpty)
  }

  @Test("the segments are read behind the reset line of which a page has eaten the line feed")
  func joinedSegments() {
    let reset = "rst:0x10 (RTCWDT_RTC_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)"
    let found = events(
      reset + " mode:DIO, clock div:2 load:0x3fff0030,len:7112 rst:0x10 load:0x1,len:2")
    let segments = (found ?? []).compactMap { event -> [Int]? in
      guard case .rom(.load(let address, let length)) = event else { return nil }
      return [Int(address), length]
    }
    #expect(segments == [[0x3fff_0030, 7_112]])
  }

  @Test("a bootloader that is to be read over four lines is told", arguments: ["QIO", "QOUT"])
  func quadMode(mode: String) {
    #expect(
      events("mode:\(mode), clock div:1") == [.rom(.settings), .notice(Notice(.romReadsQuad))])
    #expect(events("mode:DIO, clock div:1") == [.rom(.settings)])
  }

  @Test("a banner that was pasted without its first letter is one")
  func bannerWithoutFirstLetter() {
    #expect(
      events("SP-ROM:esp32c3-api1-20210207")
        == [.rom(.banner(text: "ESP-ROM:esp32c3-api1-20210207", chip: .esp32c3))])
    #expect(events("SP-ROM: none") == nil)
  }

  @Test("a banner ends where the next line is glued to it")
  func gluedBanner() {
    #expect(
      events("ESP-ROM:esp32s3-20210327Build:Mar 27 2021")
        == [.rom(.banner(text: "ESP-ROM:esp32s3-20210327", chip: .esp32s3))])
    #expect(
      events("ets Jul 29 2019 12:21:46rst:0x1 (POWERON_RESET)")
        == [.rom(.banner(text: "ets Jul 29 2019 12:21:46", chip: .esp32))])
  }

  @Test(
    "other chips and cores are told apart",
    arguments: [
      (" ets Jan  8 2013,rst cause:4, boot mode:(3,7)", ForeignSystem.esp8266),
      ("wdt reset", .esp8266), ("load 0x4010f000, len 3460, room 16 ", .esp8266),
      ("ESP-ROM-LP:esp32p4-20230811", .lpCore),
      ("rst:0x14 (SW_RST), wakeup:0x0", .lpCore), ("entry:0x50108080", .lpCore),
    ])
  func foreign(text: String, system: ForeignSystem) {
    #expect(events(text) == [.foreign(system)])
  }

  @Test(
    "the reset line keeps number, name and boot mode",
    arguments: [
      (
        "rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)",
        ROMReset(code: 1, name: "POWERON", bootModeCode: 8, bootMode: "SPI_FAST_FLASH_BOOT")
      ),
      (
        "rst:0x10 (RTCWDT_RTC_RESET), boot:0x13 (SPI_FAST_FLASH_BOOT)  ",
        ROMReset(
          code: 16, name: "RTCWDT_RTC_RESET", bootModeCode: 0x13, bootMode: "SPI_FAST_FLASH_BOOT")
      ),
      (
        "rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))",
        ROMReset(
          code: 1, name: "POWERON_RESET", bootModeCode: 3,
          bootMode: "DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2)")
      ),
      (
        "rst:0xC (SW_CPU),boot:0x3F (SPI_FAST_FLASH_BOOT)ESP-ROM:esp32c6-20220919",
        ROMReset(code: 12, name: "SW_CPU", bootModeCode: 0x3f, bootMode: "SPI_FAST_FLASH_BOOT")
      ),
      (
        "rst:0x15 (USB_UART_CHIP_RESET),boot:0x2b (DOWNLOAD(USB/UAR",
        ROMReset(
          code: 0x15, name: "USB_UART_CHIP_RESET", bootModeCode: 0x2b, bootMode: "DOWNLOAD(USB/UAR"
        )
      ),
      ("rst:0x3 (SW_RESET),bo", ROMReset(code: 3, name: "SW_RESET")),
      ("rst:0x3 (SW_RESET)", ROMReset(code: 3, name: "SW_RESET")),
      ("rst:0x3 (SW_RE", ROMReset(code: 3, name: "SW_RE")),
      (
        "rst:0x5 (DSLEEP),boot:0x18 (",
        ROMReset(
          code: 5, name: "DSLEEP", bootModeCode: 0x18, bootMode: "")
      ),
    ])
  func reset(text: String, reset: ROMReset) {
    #expect(events(text) == [.rom(.reset(reset))])
  }

  @Test(
    "a reset code cut behind its digits is trusted where none can be missing, and prose is no reset"
  )
  func noReset() {
    #expect(events("rst:0x1") == [.rom(.settings)])
    #expect(events("rst:0xf") == [.rom(.reset(ROMReset(code: 0xf, name: "")))])
    #expect(events("rst:0x3 (SW_RESET) was the last one") == nil)
    #expect(events("rst:0x") == nil)
  }

  @Test("download modes are known by their name")
  func downloadMode() {
    for mode in [
      "DOWNLOAD_BOOT(UART0/UART1/SDIO_FEI_FEO_V2)", "DOWNLOAD(USB/UART0)",
      "DOWNLOAD(USB/UART0/SDIO_FEI_FEO)", "DOWNLOAD(USB/UART0/SPI)", "SPI_DOWNLOAD_BOOT",
    ] {
      guard case .rom(.reset(let reset)) = events("rst:0x1 (POWERON),boot:0x4 (\(mode))")?.first
      else {
        Issue.record("\(mode) was not read")
        continue
      }
      #expect(reset.isDownloadMode && reset.bootMode == mode)
    }
  }

  @Test(
    "lines between reset and jump",
    arguments: [
      ("Build:Mar 27 2021", [ROMLine.build("Mar 27 2021")]),
      ("Build:Feb  7 2021", [.build("Feb  7 2021")]),
      ("Saved PC:0x40376c10", [.savedPC(address: 0x4037_6c10, core: nil)]),
      ("Core0 Saved PC:0x4ff0a2b4", [.savedPC(address: 0x4ff0_a2b4, core: 0)]),
      ("Core1 Saved PC:0x4FF0A2B4", [.savedPC(address: 0x4ff0_a2b4, core: 1)]),
      ("load:0x3fce2820,len:0x1590", [.load(address: 0x3fce_2820, length: 0x1590)]),
      (
        "load:0x3fff0030,len:1184", [.chip(.esp32), .load(address: 0x3fff_0030, length: 1184)]
      ),
      ("load:0x3fce2820,le", [.settings]), ("load:0x3fce", [.settings]),
      ("entry 0x403c8920", [.entry(0x403c_8920)]),
      ("configsip: 0, SPIWP:0xee", [.chip(.esp32)]),
      (
        "clk_drv:0x00,q_drv:0x00,d_drv:0x00,cs0_drv:0x00,hd_drv:0x00,wp_drv:0x00",
        [.chip(.esp32)]
      ),
      ("ho 0 tail 12 room 4", [.settings]), ("SPIWP:0xee", [.settings]),
      ("mode:DIO, clock div:1", [.settings]), ("SPI mode:DIO, clock div:1", [.settings]),
      ("Octal Flash Mode Enabled", [.settings]), ("use legacy efuse key", [.settings]),
      ("For OPI Flash, Use Default Flash Boot Mode", [.settings]),
      ("Valid secure boot key blocks: 0 [1]", [.settings]),
      ("Calculated: 0123456789abcdef0123456789abcdef", [.settings]),
      ("waiting for download", [.waitsForDownload]), ("wait usb download", [.waitsForDownload]),
      ("wait uart download", [.waitsForDownload]), ("wait spi download ", [.waitsForDownload]),
    ])
  func lines(text: String, lines: [ROMLine]) {
    #expect(events(text) == lines.map(DeviceEvent.rom))
  }

  @Test(
    "failures",
    arguments: [
      ("invalid header: 0xffffffff", Notice(.romInvalidHeader, numbers: [0xffff_ffff])),
      ("invalid header: 0x020150aa", Notice(.romInvalidHeader, numbers: [0x0201_50aa])),
      ("invalid header: 0xffff", Notice(.romInvalidHeader)),
      ("invalid header: 0ESP-ROM:esp32s3-20210327", Notice(.romInvalidHeader)),
      (
        "assertion \"result == ETS_OK\" failed: file \"ets_main.c\", line 512, function: ets_flash_boot",
        Notice(.romAssert, numbers: [512])
      ),
      ("flash read err, 1000", Notice(.romFlashReadError, numbers: [1000])),
      ("ets_main.c 371 ", Notice(.romFatalExit, numbers: [371])),
      ("ets_loader.c 67 ", Notice(.romLoaderRejected, numbers: [67])),
      ("csum err:0x5c!=0xa1", Notice(.romChecksumError, numbers: [0x5c, 0xa1])),
      ("csum err:0x5", Notice(.romChecksumError)),
      (
        "Checksum failure. Calculated 0x5c stored 0xa1",
        Notice(.romChecksumError, numbers: [0x5c, 0xa1])
      ),
      ("SHA-256 comparison failed:", Notice(.romHashMismatch)),
      ("Attempting to boot anyway...", Notice(.romBootsAnyway)),
      (
        "Expected: " + String(repeating: "f", count: 64),
        Notice(.romExpectedHash, numbers: [1], detail: String(repeating: "f", count: 64))
      ),
      (
        "Expected: " + String(repeating: "0f", count: 32),
        Notice(.romExpectedHash, numbers: [0], detail: String(repeating: "0f", count: 32))
      ),
      (
        "Sig block 0 invalid: Image digest does not match",
        Notice(.romSecureBootFailed, numbers: [0], detail: "Image digest does not match")
      ),
      ("secure boot verification failed", Notice(.romSecureBootFailed)),
      (
        "No signature block magic byte found at signature sector (found 0xff not 0xe7). Image not V2 signed?",
        Notice(.romSignatureMissing)
      ),
      ("Falling back to built-in command interpreter.", Notice(.romBasicInterpreter)),
      ("2 mmu set 00010000, pos 00010000", Notice(.romMapsImage, numbers: [2, 0x10000, 0x10000])),
      ("user code done", Notice(.romUserCodeDone)),
    ])
  func failure(text: String, notice: Notice) {
    #expect(events(text) == [.notice(notice)])
  }

  @Test(
    "an application's own text is left alone",
    arguments: [
      "ets", "entry point", "waiting for download to finish in the background", "mode: station",
      "load average 0.3", "Build: release", "secure connection", "open tickets Jul 12 2024",
      "ets June", "Expected: 12", "Calculated: 12", "0 1 2 3", "", " ", "Core temperature 40",
      "Sig", "rst", "secure boot verification succeeded",
    ])
  func ownText(text: String) {
    #expect(events(text) == nil)
  }
}
