// E (301) spi_flash: Detected size(4096k) smaller than the size in the binary image header(8192k). Probe failed.
// E (402) quad_psram: PSRAM ID read error: 0x00000000, PSRAM chip not found or not supported
// W (611) phy_init: failed to load RF calibration data (0x1102), falling back to full calibration
//
// Wordings of ESP-IDF 3.3 to 6.1: esp_system/port/cpu_start.c and startup_funcs.c, spi_flash,
// esp_psram (spiram and psram before 5.0), esp_phy/src/phy_init.c, esp_hw_support, espcoredump,
// efuse, nvs_flash, app_update.

extension NoticeSentences {
  /// Flash.
  static let flash: [Sentence] =
    [
      Sentence(
        "Detected size(", then: "%dk) smaller than the size in the binary image header(%dk)",
        means: notice(.flashSmallerThanHeader)),
      Sentence(
        "Detected size(", then: "%dk) larger than the size in the binary image header(%dk)",
        means: notice(.flashLargerThanHeader)),
      // 5.5+
      Sentence(
        "Detected ", then: "%s flash chip but using generic driver", .taggedMessage,
        means: notice(.genericFlashDriver)),
      // 5.1 wrote `swich`.
      Sentence(
        "Octal flash chip is using but ", then: "%s mode is selected",
        means: notice(.octalFlashNotConfigured)),
      Sentence(
        "esp_flash_get_size failed, flash error code: ", then: "%d",
        means: notice(.flashNotDetected)),
      Sentence(
        "Bad write at ", then: "%d offset: 0x%x, expected: 0x%x, readback: 0x%x",
        means: notice(.flashWriteFailed)),
      Sentence(
        "Bad write at offset: ", then: "0x%x", means: notice(.flashWriteFailed)),
      Sentence(
        "Bad write at offset 0x", then: "%x expected 0x%x readback 0x%x",
        means: notice(.flashWriteFailed)),
      Sentence(
        "Write at offset 0x", then: "%x requests 0x%x but will write 0x%x -> 0x%x",
        means: notice(.flashWriteFailed)),
      Sentence(
        "Octal Flash option selected, but EFUSE not configured",
        means: notice(.octalFlashNotConfigured)),
    ]
    + phrases(
      [
        "failed to get chip size", "no response", "flash acquire lock failed",
        "No response from device when trying to retrieve Unique ID",
      ], .taggedMessage, notice(.flashNotDetected))

  /// Start-up of the application.
  static let startup: [Sentence] =
    [
      Sentence("init function ", then: "%* has failed (0x%x)", means: notice(.initFunctionFailed)),
      Sentence("Failed to set Memprot feature (", means: notice(.memoryProtectionLocked)),
      Sentence(
        "Memprot feature locked after the system reset", means: notice(.memoryProtectionLocked)),
      Sentence("Could not reserve internal/DMA pool", means: notice(.allocationFailed)),
      // 150 kHz, on the S2 90, in 6.1 136
      Sentence("32 kHz XTAL not found", means: notice(.crystalMissing)),
      Sentence(
        "RTC domain not initialised by bootloader", means: notice(.rtcNotInitialisedByBootloader)),
      Sentence("XTAL32K watchdog timer got triggered", means: notice(.crystal32kStopped)),
      Sentence(
        "Incorrect secure version of app", .taggedMessage, means: notice(.secureVersionTooLow)),
      Sentence("Failed in secure eFuse init", .taggedMessage, means: notice(.efuseProblem)),
      Sentence("Failed to set ROM log scheme", .taggedMessage, means: notice(.efuseProblem)),
      Sentence("Timeout on mux! last non-recursive lock", means: notice(.spinlockTimeout)),
      Sentence("Timeout on mux! last recursive lock", means: notice(.spinlockTimeout)),
      Sentence("ERROR: vPortCPUReleaseMutex: mux ", means: notice(.spinlockTimeout)),
      Sentence("RTC battery voltage low", means: notice(.batteryLow)),
      Sentence("Running in qemu", .lineStart, means: notice(.emulator)),
    ]
    + phrases(
      [
        "Running on single core chip, but application is built with dual core support",
        "Running on single core variant of a chip, but app is built with multi-core support",
      ], .anywhere, notice(.singleCoreChip))
    + phrases(
      // The legacy drivers look for the new ones, and I2S for both; from 5.0 on.
      [
        "CONFLICT! driver_ng is not allowed to be used with",
        "CONFLICT! The new i2s driver can't work along with",
      ], .anywhere, notice(.driverConflict))
    + phrases(
      ["Invalid flash size in app image header", "Invalid app image header"], .anywhere,
      notice(.appHeaderInvalid))

  /// External RAM.
  static let psram: [Sentence] =
    [
      Sentence(
        "Failed to init external RAM; continuing without it", .anywhere,
        means: notice(.psramNotRequired)),
      Sentence("External RAM failed memory test", means: notice(.psramMemoryTestFailed)),
      Sentence(
        "SPI SRAM memory test fail", then: ". %d/%d writes failed, first @ %x",
        means: notice(.psramMemoryTestFailed)),
      Sentence("SPI SRAM memory test fail", means: notice(.psramMemoryTestFailed)),
      Sentence(
        "PSRAM ID read error: 0x", then: "%x, fallback to use default driver pattern",
        means: notice(.psramNotRequired)),
      Sentence(
        "PSRAM ID read error: 0x", then: "%x, PSRAM chip not found%*",
        means: notice(.psramFailed)),
      Sentence("PSRAM ID read error: 0x", then: "%x", means: notice(.psramFailed)),
      Sentence(
        "Expected ", then: "%dKiB chip but found %dKiB chip. Bailing out", .taggedMessage,
        means: notice(.psramFailed)),
      // 3.3 to 5.5, of the packages whose flash shares pins with external RAM
      Sentence(
        "This chip is ESP32-", then: "%s", .taggedMessage,
        means: { match in
          guard let name = match.texts.first, let chip = Chip(hardware: "ESP32-" + name) else {
            return []
          }
          return [.application(.chip(chip))]
        }),
      // 6.1
      Sentence("MSPI PSRAM error", means: notice(.psramAccessFailed)),
      Sentence("psram pms reject", means: notice(.psramAccessFailed)),
      Sentence(
        "psram read address invalid or misaligned", means: notice(.psramAccessFailed)),
    ]
    + phrases(
      [
        "Failed to init external RAM", "External RAM could not be added to heap",
        "PSRAM chip is not connected", "PSRAM enabled but initialization failed",
        "VDDSDIO is not 1.8V", "VDDSDIO is not 3.3V",
      ], .anywhere, notice(.psramFailed))

  /// Radio calibration.
  static let radio: [Sentence] = [
    Sentence(
      "failed to load RF calibration data (0x", then: "%x)", means: notice(.phyCalibration)),
    Sentence(
      "saving new calibration data because of checksum failure", means: notice(.phyCalibration)),
    Sentence("Saving new calibration data due to checksum failure", means: notice(.phyCalibration)),
    Sentence(
      "esp_phy_load_cal_data_from_nvs: NVS has not been initialized", means: notice(.nvsFailed)),
    Sentence(
      "NVS has not been initialized. Call nvs_flash_init", means: notice(.nvsFailed)),
    Sentence(
      "calibration data MAC check failed: ", means: notice(.phyCalibrationForeign)),
    Sentence("store calibration data failed(0x", then: "%x", means: notice(.nvsFailed)),
    Sentence("PHY data partition not found", means: notice(.phyDataInvalid)),
    Sentence("failed to validate PHY data partition", means: notice(.phyDataInvalid)),
  ]

  /// Core dumps of earlier crashes, partitions, NVS and OTA data.
  static let storage: [Sentence] =
    [
      Sentence(
        "Found core dump ", then: "%d bytes in flash @ 0x%x",
        means: notice(.coreDumpFoundInFlash)),
      Sentence(
        "Core dump already exists in flash", means: notice(.coreDumpFoundInFlash)),
      Sentence("No core dump partition found", means: notice(.coreDumpPartitionMissing)),
      Sentence(
        "Incorrect size of core dump image: ", then: "%d", means: notice(.coreDumpInvalid)),
      Sentence("Core dump data check failed", means: notice(.coreDumpInvalid)),
      Sentence(
        "Failed to initialize NVS partition: [0x", then: "%x] (%s)", means: notice(.nvsFailed)),
      Sentence(
        "Failed to read NVS security cfg: [0x", then: "%x] (%s)", means: notice(.nvsFailed)),
      Sentence(
        "CONFIG_NVS_ENCRYPTION is enabled, but no partition with subtype nvs_keys found",
        means: notice(.nvsFailed)),
      Sentence("load_partitions returned 0x", then: "%x", means: notice(.partitionProblem)),
      Sentence(
        "Erasing destination partition range failed (err=0x", then: "%x",
        means: notice(.partitionProblem)),
      Sentence(
        "Writing to destination partition failed", means: notice(.partitionProblem)),
      Sentence(
        "Source partition is on external flash", means: notice(.partitionProblem)),
      Sentence("mmap otadata filed. Err=0x", then: "%x", means: notice(.otadataUnreadable)),
      Sentence("not found otadata", .taggedMessage, means: notice(.otadataUnreadable)),
      Sentence(
        "ota data invalid, no current app. Assuming factory", means: notice(.noSlotSelected)),
      Sentence(
        "Rollback is not possible, do not have any suitable apps in slots",
        means: notice(.rollbackImpossible)),
      Sentence("Failed to cancel rollback", means: notice(.confirmationFailed)),
    ]
    + phrases(
      [
        "No MD5 found in partition table", "Partition table MD5 mismatch",
        "invalid partition table, no app partitions",
      ], .anywhere, notice(.partitionProblem))
}
