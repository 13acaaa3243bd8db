/// What the bootloader complains about under `boot`, `boot.<chip>`, `boot_tee`, `qio_mode` and
/// `bootloader_mmap`.
///
/// ESP-IDF `components/bootloader_support/src/bootloader_utility.c`, `bootloader_init.c`,
/// `<chip>/bootloader_<chip>.c`, `bootloader_flash/src/flash_qio_mode.c`, 3.3 to 6.1; MCUboot 1.8 to 2.1.
enum BootloaderNotices {
  static let plainTable = NoticeTable([NoticeRow("Assert failed in %s", .bootloaderAssert)])

  static let table = NoticeTable(hardware + partitions + slots + security)

  private static let hardware: [NoticeRow] = [
    // ≤5.3 with a full stop; the P4 names no core.
    NoticeRow("PRO CPU has been reset by WDT", .watchdogResetSeen, numbers: [0]),
    NoticeRow("APP CPU has been reset by WDT", .watchdogResetSeen, numbers: [1]),
    NoticeRow("CPU has been reset by WDT", .watchdogResetSeen),
    // ESP32 from 5.4 on: `WDT rst info`.
    NoticeRow("WDT reset info: %s CPU PC=0x%x", .watchdogResetPC),
    NoticeRow("WDT rst info: %s CPU PC=0x%x", .watchdogResetPC),
    NoticeRow("WDT reset info: %s CPU not support", nil),
    // ≤4.1, then 4.2+
    NoticeRow("failed to load bootloader header", .bootloaderHeaderUnreadable),
    NoticeRow("failed to load bootloader image header", .bootloaderHeaderUnreadable),
    NoticeRow("failed when running XMC startup flow", .xmcStartupFailed),
    NoticeRow("XMC startup flow failed", .xmcStartupFailed),
    NoticeRow("Chip CPU frequency rated for %dMHz, configured for %dMHz", .cpuFrequencyTooHigh),
    NoticeRow("Chip CPU freq rated for %dMHz, configured for %dMHz", .cpuFrequencyTooHigh),
    NoticeRow("Assert failed in %s", .bootloaderAssert),
    NoticeRow("Failed to set QIE bit", .flashQuadModeFailed),
    NoticeRow("eFuse virtual mode is enabled", .efuseVirtual),
  ]

  private static let partitions: [NoticeRow] = [
    NoticeRow("Failed to verify partition table", .partitionTableInvalid),
    NoticeRow("load partition table error", .partitionTableInvalid),
    NoticeRow("bootloader_mmap(0x%x, 0x%x) failed", .flashMapFailed),
    NoticeRow("bootloader_mmap", .flashMapFailed),
    NoticeRow("Image contains multiple %s segments", .imageSegmentsRepeated),
  ]

  private static let slots: [NoticeRow] = [
    // Up to 2.1 the bootloader gave up here; since then it "will try all partitions".
    NoticeRow("ota data partition invalid and no factory, can't boot", .noBootablePartition),
    NoticeRow("ota data partition invalid", .otadataInvalid),
    NoticeRow("ota_info partition size %d is too small", .otadataTooSmall),
    NoticeRow("Error in write_otadata operation. err = 0x%x", .otadataWriteFailed),
    NoticeRow("Set actual ota_seq=%d in otadata[0]", .otadataInitialised),
    NoticeRow("Enabled a check secure version of app", .antiRollbackEnabled),
    NoticeRow("Secure version (from eFuse) = %d", .secureVersionOfChip),
    // From here to the mark lines: debug level only.
    NoticeRow("otadata[%d]: sequence values 0x%x", .otadataSequence),
    NoticeRow("otadata[%d] is selected as new and marked PENDING_VERIFY", .otadataMarkedPending),
    NoticeRow("otadata[%d] is marking as ABORTED", .otadataMarkedAborted),
    NoticeRow("Mapping seq %d -> OTA slot %d", .otadataSlotSelected),
    NoticeRow("Trying partition index %d offs 0x%x size 0x%x", .bootloaderTriesSlot),
    NoticeRow("OTA slot %d has an app with secure_version", .antiRollbackRejected),
    NoticeRow("OTA sequence numbers both empty", .otadataEmpty),
    NoticeRow("otadata[0..1] in initial state", .otadataEmpty),
    NoticeRow("Factory app partition is not bootable", .slotNotBootable, numbers: [-1]),
    NoticeRow("Factory test app partition is not bootable", .slotNotBootable, numbers: [-2]),
    NoticeRow("OTA app partition slot %d is not bootable", .slotNotBootable),
    NoticeRow("No bootable app partitions in the partition table", .noBootablePartition),
    // MCUboot's port to these chips, `boot/espressif/main.c` and `boot/bootutil/src/loader.c`.
    NoticeRow("Unable to find bootable image", .noBootablePartition),
    NoticeRow("Image in the primary slot is not valid", .slotNotBootable, numbers: [0]),
    // Before 3.0.
    NoticeRow("nothing to load", .noBootablePartition),
    NoticeRow("Failed to verify app image @ 0x%x", .noBootablePartition),
    NoticeRow("No bootable test partition in the partition table", .testImageMissing),
    NoticeRow("Test firmware is not found in partition table", .testImageMissing),
    NoticeRow("Falling back to test app", .testImageBoots),
    NoticeRow("Detect a boot condition of the test firmware", .testImageBoots),
    NoticeRow("Detect a condition of the factory reset", .factoryReset),
    NoticeRow("Data partitions to erase: %s", .factoryReset),
    NoticeRow("Not all partitions were erased", .factoryResetIncomplete),
    NoticeRow("Fast booting is not successful", .fastBootFailed),
    NoticeRow("Failed to find valid TEE app", .teeLoadFailed),
    NoticeRow("Failed to load TEE app", .teeLoadFailed),
  ]

  private static let security: [NoticeRow] = [
    NoticeRow("FAILED TO ENABLE SECURE BOOT (%d)", .secureBootFailed),
    NoticeRow("Secure Boot v2 failed (%d)", .secureBootFailed),
    NoticeRow("secure boot is not enabled, and", .secureBootFailed),
    NoticeRow("Flash encryption check failed (%d)", .flashEncryptionFailed),
    NoticeRow("Initialization of Flash Encryption key failed (%d)", .flashEncryptionFailed),
    NoticeRow("Encryption flash contents failed (%d)", .flashEncryptionFailed),
    NoticeRow("Enabling of Flash encryption failed (%d)", .flashEncryptionFailed),
    NoticeRow("Resetting with flash encryption enabled", .flashEncryptionWorks),
    NoticeRow("Error programming eFuses (err=0x%x)", .efuseProblem),
  ]
}
