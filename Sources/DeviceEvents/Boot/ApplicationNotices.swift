import LineReading

/// What ESP-IDF's start-up complains about, 3.3 to 6.1.
enum ApplicationNotices {
  /// Messages under tags of the start-up itself: `cpu_start`, `efuse_init`, `main_task`.
  ///
  /// ESP-IDF `components/esp_system/port/cpu_start.c`, `startup.c`, `startup_funcs.c`.
  static let start = NoticeTable([
    NoticeRow(
      "Octal Flash option selected, but EFUSE not configured", .octalFlashNotConfigured),
    // ≤4.3, then 4.4+
    NoticeRow("Running on single core chip, but", .singleCoreChip),
    NoticeRow("Running on single core variant of a chip, but", .singleCoreChip),
    NoticeRow("Invalid flash size in app image header", .appHeaderInvalid),
    NoticeRow("Invalid app image header", .appHeaderInvalid),
    NoticeRow("Memprot feature locked", .memoryProtectionLocked),
    NoticeRow("Failed to set Memprot feature (0x%x: %s)", .memoryProtectionLocked),
    NoticeRow("Failed to init external RAM; continuing without it", .psramNotRequired),
    NoticeRow("Failed to init external RAM", .psramFailed),
    NoticeRow("External RAM failed memory test", .psramMemoryTestFailed),
    NoticeRow("External RAM could not be added to heap", .psramFailed),
    NoticeRow("init function %s has failed (0x%x)", .initFunctionFailed),
    NoticeRow("Incorrect secure version of app", .secureVersionTooLow),
    NoticeRow("Failed in secure eFuse init", .efuseProblem),
    NoticeRow("Failed to set ROM log scheme", .efuseProblem),
    // Tag `cpu_start` up to 4.4.
    NoticeRow("Could not reserve internal/DMA pool (error 0x%x)", .internalPoolNotReserved),
    // Tag `cpu_start` in 3.3 and 4.0.
    NoticeRow("Found core dump %d bytes in flash @ 0x%x", .coreDumpFoundInFlash),
  ])

  /// Messages under tags that are used later on as well.
  ///
  /// ESP-IDF `components/spi_flash/esp_flash_api.c`, `components/esp_psram`, up to 4.4
  /// `components/esp32*/spiram*.c`, `components/espcoredump/src/core_dump_flash.c`.
  static let shared = NoticeTable(flash + psram + rest)

  private static let flash: [NoticeRow] = [
    NoticeRow(
      "Detected size(%dk) smaller than the size in the binary image header(%dk)",
      .flashSmallerThanHeader),
    NoticeRow("Detected size(%dk) smaller", .flashSmallerThanHeader),
    // Retyped.
    NoticeRow(
      "detected size(%dk) smaller than the size in the binary image header(%dk)",
      .flashSmallerThanHeader),
    NoticeRow(
      "Detected size(%dk) larger than the size in the binary image header(%dk)",
      .flashLargerThanHeader),
    NoticeRow("Detected size(%dk) larger", .flashLargerThanHeader),
    NoticeRow("failed to get chip size", .flashNotDetected),
    NoticeRow("esp_flash_get_size failed, flash error code: %d", .flashNotDetected),
    NoticeRow("no response", .flashNotDetected),
    NoticeRow("Detected %s flash chip but using generic driver", .genericFlashDriver),
    // ≤4.4; 5.1 to 6.0; 6.1
    NoticeRow(
      "Bad write at offset 0x%x expected 0x%x readback 0x%x", .flashWriteFailed),
    NoticeRow(
      "Bad write at %d offset: 0x%x, expected: 0x%x, readback: 0x%x", .flashWriteFailed),
    NoticeRow("Bad write at", .flashWriteFailed),
    NoticeRow("Octal flash chip is using but", nil),
  ]

  private static let psram: [NoticeRow] = [
    NoticeRow("PSRAM ID read error: 0x%x, fallback", nil),
    NoticeRow("PSRAM ID read error: 0x%x", .psramFailed),
    NoticeRow("PSRAM chip is not connected", .psramFailed),
    NoticeRow("PSRAM chip not found", .psramFailed),
    NoticeRow("PSRAM enabled but initialization failed", .psramFailed),
    NoticeRow("SPI RAM enabled but initialization failed", .psramFailed),
    NoticeRow("SPI SRAM memory test fail. %d/%d writes failed", .psramMemoryTestFailed),
    NoticeRow("SPI SRAM memory test fail", .psramMemoryTestFailed),
    NoticeRow("Expected %dKiB chip but found %dKiB chip", .psramFailed),
    NoticeRow("VDDSDIO is not %s", .psramFailed),
    NoticeRow("Failed to init external RAM; continuing without it", .psramNotRequired),
    NoticeRow("Failed to init external RAM", .psramFailed),
    NoticeRow("External RAM failed memory test", .psramMemoryTestFailed),
    NoticeRow("External RAM could not be added to heap", .psramFailed),
    // 6.1
    NoticeRow("MSPI PSRAM error", .psramFailed),
    NoticeRow("psram pms reject", .psramFailed),
    NoticeRow("psram read address invalid", .psramFailed),
  ]

  private static let rest: [NoticeRow] = [
    NoticeRow("32 kHz XTAL not found", .crystalMissing),
    NoticeRow("RTC domain not initialised by bootloader", .rtcNotInitialisedByBootloader),
    NoticeRow("Found core dump %d bytes in flash @ 0x%x", .coreDumpFoundInFlash),
    NoticeRow("No core dump partition found", .coreDumpPartitionMissing),
    NoticeRow("Incorrect size of core dump image: %d", .coreDumpInvalid),
    NoticeRow("Core dump data check failed", .coreDumpInvalid),
    NoticeRow("Core dump already exists in flash, will not overwrite", .coreDumpKept),
  ]

  /// Whether only the start-up prints the message under those tags.
  static func isStartSign(_ text: ByteText) -> Bool {
    startSigns.contains { text.has($0) } || foundPSRAM.contains { $0.match(text) != nil }
  }

  // From 5.0 on, and before.
  private static let foundPSRAM = [
    MessageTemplate("Found %dMB PSRAM device"), MessageTemplate("Found %dMBit SPI RAM device"),
    MessageTemplate("Found %dMB SPI RAM device"),
  ]

  private static let startSigns: [StaticString] = [
    "detected chip: ", "flash io: ", "Found partition '", "Speed: ", "PSRAM initialized",
    "SPI SRAM memory test OK", "SPI RAM mode:", "Adding pool of ", "Reserving pool of ",
    "Configure to isolate all GPIO pins", "Enable automatic switching of GPIO",
    "Init core dump to ", "coex firmware version:", "coexist rom version", "vendor id",
  ]
}
