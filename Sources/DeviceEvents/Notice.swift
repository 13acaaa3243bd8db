import LineReading

/// A line with a meaning that needs no structure of its own.
public struct Notice: Hashable, Sendable {
  /// What the line means.
  public var kind: NoticeKind
  /// The numbers in the line, in the order of its template.
  public var numbers: [Int]
  /// The first text in the line that a template captures.
  public var detail: String?

  /// Puts a notice together.
  public init(_ kind: NoticeKind, numbers: [Int] = [], detail: String? = nil) {
    self.kind = kind
    self.numbers = numbers
    self.detail = detail
  }
}

/// What a line means; the raw values are the names that rules use.
public enum NoticeKind: String, CaseIterable, Hashable, Sendable {
  // ROM
  case romInvalidHeader = "rom_invalid_header"  // numbers: the word
  case romFlashReadError = "rom_flash_read_error"  // numbers: the code
  case romChecksumError = "rom_checksum_error"
  case romHashMismatch = "rom_hash_mismatch"
  case romBootsAnyway = "rom_boots_anyway"
  case romExpectedHash = "rom_expected_hash"  // detail: the hash; numbers: 1 if all f, else 0
  case romChipMismatch = "rom_chip_mismatch"  // numbers: expected, found
  case romFatalExit = "rom_fatal_exit"
  case romLoaderRejected = "rom_loader_rejected"
  case romSecureBootFailed = "rom_secure_boot_failed"
  case romSignatureMissing = "rom_signature_missing"
  case romBasicInterpreter = "rom_basic_interpreter"
  case romAssert = "rom_assert"
  case romMapsImage = "rom_maps_image"
  case romUserCodeDone = "rom_user_code_done"
  case romReadsQuad = "rom_reads_quad"
  // bootloader
  case watchdogResetSeen = "watchdog_reset_seen"  // numbers: core, where named
  case watchdogResetPC = "watchdog_reset_pc"  // numbers: PC
  case bootloaderHeaderUnreadable = "bootloader_header_unreadable"
  case xmcStartupFailed = "xmc_startup_failed"
  case cpuFrequencyTooHigh = "cpu_frequency_too_high"
  case bootloaderAssert = "bootloader_assert"
  case flashQuadModeFailed = "flash_quad_mode_failed"
  case partitionMagicInvalid = "partition_magic_invalid"  // numbers: index, magic
  case partitionExceedsFlash = "partition_exceeds_flash"
  case partitionTableChecksumWrong = "partition_table_checksum_wrong"
  case partitionTableInvalid = "partition_table_invalid"
  case otadataInvalid = "otadata_invalid"
  case otadataTooSmall = "otadata_too_small"
  case otadataWriteFailed = "otadata_write_failed"
  case otadataInitialised = "otadata_initialised"
  case slotNotBootable = "slot_not_bootable"  // numbers: slot (-1 factory, -2 test)
  case noBootablePartition = "no_bootable_partition"
  case factoryReset = "factory_reset"
  case fastBootFailed = "fast_boot_failed"
  case antiRollbackRejected = "anti_rollback_rejected"
  case teeLoadFailed = "tee_load_failed"
  case flashMapFailed = "flash_map_failed"
  case efuseVirtual = "efuse_virtual"
  case otadataEmpty = "otadata_empty"
  case otadataSequence = "otadata_sequence"  // numbers: copy, sequence
  case otadataSlotSelected = "otadata_slot_selected"  // numbers: sequence, slot
  case otadataMarkedPending = "otadata_marked_pending"  // numbers: copy
  case otadataMarkedAborted = "otadata_marked_aborted"  // numbers: copy
  case bootloaderTriesSlot = "bootloader_tries_slot"  // numbers: slot, offset, size
  case antiRollbackEnabled = "anti_rollback_enabled"
  case secureVersionOfChip = "secure_version_of_chip"  // numbers: version
  case testImageMissing = "test_image_missing"
  case testImageBoots = "test_image_boots"
  case factoryResetIncomplete = "factory_reset_incomplete"
  // images, in the bootloader or in the running app
  case imageMagicInvalid = "image_magic_invalid"  // numbers: offset
  case uploadMagicInvalid = "upload_magic_invalid"  // numbers: the first byte of what was sent
  case imageSegmentCountInvalid = "image_segment_count_invalid"
  case imageChipMismatch = "image_chip_mismatch"  // numbers: expected, found
  case imageChipRevisionMismatch = "image_chip_revision_mismatch"
  case imageEfuseRevisionMismatch = "image_efuse_revision_mismatch"
  case imageSegmentOverlaps = "image_segment_overlaps"
  case imageSegmentInvalid = "image_segment_invalid"
  case imageTooLarge = "image_too_large"
  case imageChecksumFailed = "image_checksum_failed"
  case imageHashFailed = "image_hash_failed"
  case imageSignatureFailed = "image_signature_failed"
  case imageDescriptorMissing = "image_descriptor_missing"
  case imagePageSizeMismatch = "image_page_size_mismatch"
  case imageReadFailed = "image_read_failed"
  case imageFlashSettingsInvalid = "image_flash_settings_invalid"  // numbers: offset, value
  case imageSegmentMisaligned = "image_segment_misaligned"  // numbers: segment, address, data
  case imageSegmentsRepeated = "image_segments_repeated"
  // security
  case secureBootFailed = "secure_boot_failed"
  case flashEncryptionFailed = "flash_encryption_failed"
  case flashEncryptionWorks = "flash_encryption_works"
  case flashEncryptionEnabled = "flash_encryption_enabled"
  case efuseProblem = "efuse_problem"
  // start-up of the app
  case flashSmallerThanHeader = "flash_smaller_than_header"
  case flashLargerThanHeader = "flash_larger_than_header"
  case flashNotDetected = "flash_not_detected"
  case flashWriteFailed = "flash_write_failed"
  case octalFlashNotConfigured = "octal_flash_not_configured"
  case singleCoreChip = "single_core_chip"
  case driverConflict = "driver_conflict"
  case appHeaderInvalid = "app_header_invalid"
  case memoryProtectionLocked = "memory_protection_locked"
  case psramFailed = "psram_failed"
  case psramMemoryTestFailed = "psram_memory_test_failed"
  case psramNotRequired = "psram_not_required"
  case psramAccessFailed = "psram_access_failed"
  case initFunctionFailed = "init_function_failed"  // numbers: code
  case internalPoolNotReserved = "internal_pool_not_reserved"  // numbers: code
  case secureVersionTooLow = "secure_version_too_low"
  case crystalMissing = "crystal_missing"
  case rtcNotInitialisedByBootloader = "rtc_not_initialised_by_bootloader"
  case coreDumpFoundInFlash = "core_dump_found_in_flash"
  case coreDumpPartitionMissing = "core_dump_partition_missing"
  case coreDumpInvalid = "core_dump_invalid"
  case coreDumpKept = "core_dump_kept"  // an older dump is not overwritten
  case crystal32kStopped = "crystal_32k_stopped"
  case genericFlashDriver = "generic_flash_driver"
  // running
  case rollbackImpossible = "rollback_impossible"
  case confirmationFailed = "confirmation_failed"
  case otadataUnreadable = "otadata_unreadable"
  case noSlotSelected = "no_slot_selected"
  case httpError = "http_error"  // detail: status and body
  case httpHandlerFailed = "http_handler_failed"
  case httpSocketError = "http_socket_error"  // numbers: errno
  case httpServerFailed = "http_server_failed"
  case tlsFailed = "tls_failed"
  case dnsFailed = "dns_failed"
  case connectionFailed = "connection_failed"
  case updateRefusedByServer = "update_refused_by_server"  // numbers: HTTP status
  case otaAuthDisabled = "ota_auth_disabled"
  case otaKeyMissing = "ota_key_missing"
  case otaServerStarted = "ota_server_started"
  case otaServerFailed = "ota_server_failed"
  case wifiDisconnected = "wifi_disconnected"  // numbers: reason
  case wifiGaveUp = "wifi_gave_up"
  case wifiConnected = "wifi_connected"
  case ethernetConnected = "ethernet_connected"
  case ethernetLost = "ethernet_lost"
  case mqttConnected = "mqtt_connected"
  case mqttDisconnected = "mqtt_disconnected"
  case wifiJoinFailed = "wifi_join_failed"  // numbers: reason, where known
  case addressTold = "address_told"
  case coprocessorSilent = "coprocessor_silent"
  // frameworks above ESP-IDF, and tools beside them
  case safeModeEntered = "safe_mode_entered"
  case safeModeActive = "safe_mode_active"  // whoever asked for it
  case safeModeAskedFor = "safe_mode_asked_for"
  case quickRestartsCounted = "quick_restarts_counted"  // numbers: how many, where told
  case earlierCrashReported = "earlier_crash_reported"  // detail: what crashed, where named
  case earlierCrashReason = "earlier_crash_reason"  // detail: the reason
  case earlierResetTold = "earlier_reset_told"  // detail: the reason, which the ROM rules out
  case resetReasonUnread = "reset_reason_unread"  // detail: the value
  case restartsForNetwork = "restarts_for_network"  // detail: what did not come
  case pythonTraceback = "python_traceback"
  case scriptFrame = "script_frame"  // detail: the file; numbers: the line
  case pythonError = "python_error"  // detail: the exception's name
  case scriptInterrupted = "script_interrupted"
  case scriptEnded = "script_ended"
  case otherChipNamed = "other_chip_named"  // detail: the chip
  case flashedByTool = "flashed_by_tool"
  case flashErased = "flash_erased"
  case nvsFailed = "nvs_failed"
  case allocationFailed = "allocation_failed"
  case phyCalibration = "phy_calibration"
  case phyDataInvalid = "phy_data_invalid"
  case phyCalibrationForeign = "phy_calibration_foreign"
  case partitionProblem = "partition_problem"
  case spinlockTimeout = "spinlock_timeout"
  case batteryLow = "battery_low"
  case binaryLog = "binary_log"
  // what events of other kinds leave behind, so that rules can ask for them
  case brownoutDetected = "brownout_detected"
  case brownoutOutlived = "brownout_outlived"  // behind other words, and the same run goes on
  case entersDeepSleep = "enters_deep_sleep"
  case wokeFromDeepSleep = "woke_from_deep_sleep"
  case restartRequested = "restart_requested"
  case restartMentioned = "restart_mentioned"  // a line ends with these words, whoever restarts
  case appConfirmed = "app_confirmed"
  case rollbackRequested = "rollback_requested"
  case selfTestFailed = "self_test_failed"
  case selfTestPassed = "self_test_passed"
  case configuredSlotNotRunning = "configured_slot_not_running"
  case earlierRollbackSeen = "earlier_rollback_seen"
  case crashRetold = "crash_retold"  // in records at the end of the log, behind which nothing runs
  case rollbackTold = "rollback_told"  // in prose of the application's own
  case updateTroubleTold = "update_trouble_told"  // it may be anything's
  case mcubootReverts = "mcuboot_reverts"  // MCUboot swaps the image of before back
  case wordsOfAnother = "words_of_another"  // it may be another device's; detail: what it is
  case offersFailedVersion = "offers_failed_version"
  case errorCheckWithoutAbort = "error_check_without_abort"
  case emulator
}
