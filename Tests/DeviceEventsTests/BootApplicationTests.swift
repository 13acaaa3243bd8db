import Testing

@testable import DeviceEvents

@Suite("The start-up of an application")
struct BootApplicationTests {
  private func events(_ tag: String, _ message: String) -> [DeviceEvent] {
    messageEvents(ApplicationDecoder.self, tag, message).events
  }

  @Test(
    "its lines",
    arguments: [
      ("5.3+", "app_init", "Application information:", .informationBegins),
      ("≤5.2", "cpu_start", "Application information:", .informationBegins),
      ("≤5.2", "cpu_start", "Project name:     hello_world", .project("hello_world")),
      (
        "5.3+", "app_init", "App version:      v0.4-3-g66e2fa083-dir",
        .version("v0.4-3-g66e2fa083-dir")
      ),
      (
        "5.3+", "app_init", "Compile time:     May 18 2026 10:11:40",
        .compileTime("May 18 2026 10:11:40")
      ),
      (
        "≤5.1", "cpu_start", "ELF file SHA256:  0a1b2c3d4e5f6071...", .elfSHA256("0a1b2c3d4e5f6071")
      ),
      ("5.2+", "app_init", "ELF file SHA256:  0a1b2c3d4...", .elfSHA256("0a1b2c3d4")),
      ("5.3+", "app_init", "ESP-IDF:          v5.4.2", .idf("v5.4.2")),
      ("git failed", "app_init", "ESP-IDF:          -128-NOTFOUND", .idf("-128-NOTFOUND")),
      ("5.3+", "efuse_init", "Chip rev:         v0.2", .chipRevision("v0.2")),
      ("5.0.1+", "cpu_start", "Chip rev:         v3.1", .chipRevision("v3.1")),
      ("5.3+", "efuse_init", "Min chip rev:     v0.0", .starting),
      ("5.3+", "efuse_init", "Max chip rev:     v0.99 (constraint ignored)", .starting),
      ("5.0.3+", "cpu_start", "Multicore app", .starting),
      ("≤5.1", "cpu_start", "Pro cpu up.", .starting),
      ("3.3+", "cpu_start", "Pro cpu start user code", .starting),
      ("5.0+", "cpu_start", "cpu freq: 160000000 Hz", .starting),
      ("all", "heap_init", "At 3FC9A400 len 00045310 (276 KiB): RAM", .starting),
      ("≤4.4", "cpu_start", "Starting scheduler on PRO CPU.", .mainStarts),
      ("5.0, 5.1", "app_start", "Starting scheduler on CPU0", .mainStarts),
      ("5.0.4+", "main_task", "Started on CPU0", .starting),
      ("5.0.4+", "main_task", "Calling app_main()", .mainStarts),
      ("5.0.4+", "main_task", "Returned from app_main()", .mainReturned),
      ("4.0+", "spi_flash", "detected chip: generic", .starting),
      ("4.0+", "spi_flash", "flash io: dio", .starting),
      ("4.x", "sleep", "Configure to isolate all GPIO pins in sleep state", .starting),
      ("5.x", "sleep_gpio", "Enable automatic switching of GPIO sleep configuration", .starting),
      ("5.0+", "esp_psram", "Found 8MB PSRAM device", .starting),
      ("≤4.4", "spiram", "Found 64MBit SPI RAM device", .starting),
      ("all", "esp_core_dump_flash", "Init core dump to flash", .starting),
      ("all", "esp_core_dump_uart", "Init core dump to UART", .starting),
      ("5.3+", "hex_psram", "density      : 0x07 (256 Mbit)", .starting),
      ("5.5+", "MSPI DQS", "tuning success, best phase id is 2", .starting),
      ("4.0", "cpu_start", "Chip Revision: 1", .chipRevision("1")),
      ("all", "wifi", "mode : sta (f4:12:fa:00:11:22)", .mac("f4:12:fa:00:11:22")),
      (
        "all", "wifi", "mode : sta (f4:12:fa:00:11:22) + softAP (f4:12:fa:00:11:23)",
        .mac("f4:12:fa:00:11:22")
      ),
    ] as [(String, String, String, ApplicationLine)])
  func lines(version: String, tag: String, message: String, line: ApplicationLine) {
    #expect(events(tag, message) == [.application(line)], "\(version)")
  }

  @Test(
    "its complaints",
    arguments: [
      (
        "4.0+", "spi_flash",
        "Detected size(4096k) smaller than the size in the binary image header(8192k). Probe failed.",
        .flashSmallerThanHeader, [4096, 8192]
      ),
      (
        "4.0+", "spi_flash",
        "Detected size(16384k) larger than the size in the binary image header(8192k). Using the size",
        .flashLargerThanHeader, [16384, 8192]
      ),
      (
        "cut", "spi_flash", "Detected size(4096k) smaller than the si", .flashSmallerThanHeader,
        [4096]
      ),
      ("4.0+", "spi_flash", "failed to get chip size", .flashNotDetected, []),
      (
        "5.1+", "spi_flash", "esp_flash_get_size failed, flash error code: 24578",
        .flashNotDetected, [24578]
      ),
      ("all", "memspi", "no response", .flashNotDetected, []),
      (
        "5.5+", "spi_flash", "Detected boya flash chip but using generic driver. For optimal",
        .genericFlashDriver, []
      ),
      (
        "≤4.4", "spi_flash", "Bad write at offset 0x1000 expected 0x000000ff readback 0x000000fe",
        .flashWriteFailed, [0x1000, 0xff, 0xfe]
      ),
      (
        "5.1+", "spi_flash",
        "Bad write at 3 offset: 0x1000, expected: 0x000000ff, readback: 0x000000fe",
        .flashWriteFailed, [3, 0x1000, 0xff, 0xfe]
      ),
      (
        "4.4+", "cpu_start", "Octal Flash option selected, but EFUSE not configured!",
        .octalFlashNotConfigured, []
      ),
      (
        "≤4.3", "cpu_start",
        "Running on single core chip, but application is built with dual core support.",
        .singleCoreChip, []
      ),
      (
        "4.4+", "cpu_start",
        "Running on single core variant of a chip, but app is built with multi-core support.",
        .singleCoreChip, []
      ),
      ("4.0+", "cpu_start", "Invalid flash size in app image header.", .appHeaderInvalid, []),
      ("5.1+", "cpu_start", "Invalid app image header", .appHeaderInvalid, []),
      (
        "4.4+", "cpu_start",
        "Failed to set Memprot feature (0x00000103: ESP_ERR_INVALID_STATE), rebooting.",
        .memoryProtectionLocked, [0x103]
      ),
      (
        "4.4+", "cpu_start", "Memprot feature locked after the system reset! Potentially",
        .memoryProtectionLocked, []
      ),
      ("≤5.2", "cpu_start", "Failed to init external RAM!", .psramFailed, []),
      (
        "≤5.4", "cpu_start", "Failed to init external RAM; continuing without it.",
        .psramNotRequired, []
      ),
      ("≤5.2", "cpu_start", "External RAM failed memory test!", .psramMemoryTestFailed, []),
      (
        "5.0+", "cpu_start", "init function 0x42001234 has failed (0x105), aborting",
        .initFunctionFailed, [0x105]
      ),
      ("5.3+", "efuse_init", "Incorrect secure version of app", .secureVersionTooLow, []),
      (
        "≤4.4", "cpu_start", "Could not reserve internal/DMA pool (error 0x101)",
        .internalPoolNotReserved, [0x101]
      ),
      (
        "5.0+", "main_task", "Could not reserve internal/DMA pool (error 0x101)",
        .internalPoolNotReserved, [0x101]
      ),
      (
        "5.0+", "quad_psram",
        "PSRAM ID read error: 0xffffffff, PSRAM chip not found or not supported", .psramFailed,
        [0xffff_ffff]
      ),
      (
        "5.1+", "octal_psram", "PSRAM chip is not connected, or wrong PSRAM line mode",
        .psramFailed, []
      ),
      (
        "5.0+", "esp_psram", "PSRAM enabled but initialization failed. Bailing out.", .psramFailed,
        []
      ),
      (
        "all", "esp_psram", "SPI SRAM memory test fail. 3/1024 writes failed, first @ 3C001000",
        .psramMemoryTestFailed, [3, 1024]
      ),
      (
        "all", "clk", "32 kHz XTAL not found, switching to internal 150 kHz oscillator",
        .crystalMissing, []
      ),
      (
        "ESP32", "clk", "RTC domain not initialised by bootloader", .rtcNotInitialisedByBootloader,
        []
      ),
      (
        "4.1+", "esp_core_dump_flash", "Found core dump 11236 bytes in flash @ 0x310000",
        .coreDumpFoundInFlash, [11236, 0x310000]
      ),
      (
        "3.3", "cpu_start", "Found core dump 11236 bytes in flash @ 0x310000",
        .coreDumpFoundInFlash, [11236, 0x310000]
      ),
      (
        "all", "esp_core_dump_flash", "No core dump partition found!", .coreDumpPartitionMissing, []
      ),
      ("all", "esp_core_dump_flash", "Incorrect size of core dump image: 7", .coreDumpInvalid, [7]),
      ("all", "esp_core_dump_flash", "Core dump data check failed:", .coreDumpInvalid, []),
      (
        "all", "esp_core_dump_flash",
        "Core dump already exists in flash, will not overwrite it with a new core dump",
        .coreDumpKept, []
      ),
    ] as [(String, String, String, NoticeKind, [Int])])
  func complaints(
    version: String, tag: String, message: String, kind: NoticeKind, numbers: [Int]
  ) {
    guard case .notice(let notice) = events(tag, message).last else {
      Issue.record("no notice: \(message)")
      return
    }
    #expect(notice.kind == kind && notice.numbers == numbers, "\(version)")
  }

  @Test(
    "what belongs to others under shared tags is left to them",
    arguments: [
      ("spi_flash", "flash acquire lock failed"), ("wifi", "state: run -> init (0x8a0)"),
      ("wifi", "mode : softAP (f4:12:fa:00:11:23)"), ("wifi", "mode : sta (f4:12:fa:00"),
      ("esp_core_dump_flash", "Save core dump to flash..."), ("sleep", "good night"),
    ])
  func notOurs(tag: String, message: String) {
    let line = messageEvents(ApplicationDecoder.self, tag, message)
    #expect(line.events.isEmpty && !line.isTaken)
  }

  @Test("a digest that is cut short is not kept")
  func shortDigest() {
    #expect(events("app_init", "ELF file SHA256:  0a1b") == [.application(.starting)])
  }

  @Test("PSRAM that falls back to a default driver is no failure")
  func psramFallback() {
    let line = messageEvents(
      ApplicationDecoder.self, "quad_psram",
      "PSRAM ID read error: 0x00000000, fallback to use default driver pattern")
    #expect(line.events.isEmpty && line.isTaken)
  }
}
