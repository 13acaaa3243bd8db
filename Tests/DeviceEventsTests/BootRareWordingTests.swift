import LineReading
import Testing

@testable import DeviceEvents

@Suite("Rarer wordings of the boot side")
struct BootRareWordingTests {
  private func notice(
    _ decoder: any MessageDecoder.Type, _ tag: String, _ message: String
  ) -> Notice? {
    guard case .notice(let notice) = messageEvents(decoder, tag, message).events.last else {
      return nil
    }
    return notice
  }

  @Test(
    "the bootloader's",
    arguments: [
      ("eFuse virtual mode is enabled. If Secure boot or Flash encryption", .efuseVirtual, []),
      ("Enabled a check secure version of app for anti rollback", .antiRollbackEnabled, []),
      ("Secure version (from eFuse) = 3", .secureVersionOfChip, [3]),
      ("OTA sequence numbers both empty (all-0xFF) or partition table", .otadataEmpty, []),
      ("otadata[0..1] in initial state", .otadataEmpty, []),
      ("nothing to load", .noBootablePartition, []),
      ("Test firmware is not found in partition table", .testImageMissing, []),
      ("Detect a boot condition of the test firmware", .testImageBoots, []),
      ("Data partitions to erase: nvs", .factoryReset, []),
      ("Failed to find valid TEE app", .teeLoadFailed, []),
      (
        "secure boot is not enabled, and SECURE_BOOT_REQUIRE_ALREADY_ENABLED", .secureBootFailed, []
      ),
      (
        "Initialization of Flash Encryption key failed (261)", .flashEncryptionFailed, [261]
      ),
      ("Enabling of Flash encryption failed (261)", .flashEncryptionFailed, [261]),
    ] as [(String, NoticeKind, [Int])])
  func bootloader(message: String, kind: NoticeKind, numbers: [Int]) {
    let found = notice(BootloaderDecoder.self, "boot", message)
    #expect(found?.kind == kind && found?.numbers == numbers)
  }

  @Test(
    "of images and security",
    arguments: [
      ("esp_image", "image offset has wrapped", .imageSegmentInvalid, []),
      ("esp_image", "Secure boot signature verification failed", .imageSignatureFailed, []),
      (
        "boot_comm", "Image requires chip rev <= v0.99, but chip is v1.0",
        .imageChipRevisionMismatch, [0, 99, 1, 0]
      ),
      (
        "boot_comm", "chip revision check failed. Required >= v0.3, found v0.1.",
        .imageChipRevisionMismatch, [0, 3, 0, 1]
      ),
      (
        "boot_comm", "efuse blk rev = v2.0 > max rev v1.99", .imageEfuseRevisionMismatch,
        [2, 0, 1, 99]
      ),
      ("flash_parts", "Only one MD5 checksum is allowed", .partitionTableChecksumWrong, []),
      (
        "secure_boot", "secure boot is not enabled, and SECURE_BOOT_REQUIRE_ALREADY_ENABLED",
        .secureBootFailed, []
      ),
      (
        "secure_boot_v2",
        "image has invalid signature version field 0xffffffff (image without a signature?)",
        .imageSignatureFailed, [0xffff_ffff]
      ),
      (
        "flash_encrypt", "Flash encryption mode is DEVELOPMENT (not secure)",
        .flashEncryptionEnabled, []
      ),
      ("flash_encrypt", "Generating new flash encryption key...", .flashEncryptionWorks, []),
      (
        "flash_encrypt", "Using pre-loaded flash encryption key in efuse", .flashEncryptionWorks, []
      ),
      ("flash_encrypt", "bootloader encrypted successfully", .flashEncryptionWorks, []),
      (
        "flash_encrypt", "partition table encrypted and loaded successfully",
        .flashEncryptionWorks, []
      ),
      ("flash_encrypt", "Flash encryption completed", .flashEncryptionWorks, []),
      ("flash_encrypt", "Done encrypting", .flashEncryptionWorks, []),
      (
        "flash_encrypt", "Setting CRYPT_CNT for permanent encryption", .flashEncryptionWorks, []
      ),
    ] as [(String, String, NoticeKind, [Int])])
  func images(tag: String, message: String, kind: NoticeKind, numbers: [Int]) {
    let found = notice(ImageDecoder.self, tag, message)
    #expect(found?.kind == kind && found?.numbers == numbers)
  }

  @Test(
    "of the application",
    arguments: [
      ("cpu_start", "External RAM could not be added to heap!", .psramFailed, []),
      ("esp_psram", "External RAM could not be added to heap!", .psramFailed, []),
      ("esp_psram", "Failed to init external RAM; continuing without it.", .psramNotRequired, []),
      ("esp_psram", "External RAM failed memory test!", .psramMemoryTestFailed, []),
      ("efuse_init", "Failed in secure eFuse init", .efuseProblem, []),
      ("efuse_init", "Failed to set ROM log scheme", .efuseProblem, []),
      ("psram", "PSRAM chip not found or not supported", .psramFailed, []),
      ("spiram", "SPI RAM enabled but initialization failed. Bailing out.", .psramFailed, []),
      (
        "spiram", "Expected 4096KiB chip but found 8192KiB chip. Bailing out..", .psramFailed,
        [4096, 8192]
      ),
      ("quad_psram", "VDDSDIO is not 1.8V", .psramFailed, []),
      ("esp_psram", "MSPI PSRAM error", .psramFailed, []),
      ("esp_psram", "psram pms reject", .psramFailed, []),
      ("esp_psram", "psram read address invalid or misaligned", .psramFailed, []),
    ] as [(String, String, NoticeKind, [Int])])
  func application(tag: String, message: String, kind: NoticeKind, numbers: [Int]) {
    let found = notice(ApplicationDecoder.self, tag, message)
    #expect(found?.kind == kind && found?.numbers == numbers)
  }

  @Test(
    "signs that the start-up runs",
    arguments: [
      ("esp_core_dump_flash", "Found partition 'coredump' @ 310000 65536 bytes"),
      ("esp_psram", "Speed: 80MHz"), ("esp_psram", "SPI SRAM memory test OK"),
      ("esp_psram", "PSRAM initialized, cache is in normal (1-core) mode."),
      ("esp_psram", "Adding pool of 8192K of PSRAM memory to heap allocator"),
      ("esp_psram", "Reserving pool of 32K of internal memory for DMA/internal allocations"),
      ("spiram", "SPI RAM mode: flash 80m sram 80m"), ("spiram", "Found 4MB SPI RAM device"),
      ("octal_psram", "vendor id    : 0x0d (AP)"), ("coexist", "coex firmware version: 0a1b2c3"),
      ("coexist", "coexist rom version 0a1b2c3"),
    ])
  func startSigns(tag: String, message: String) {
    #expect(
      messageEvents(ApplicationDecoder.self, tag, message).events == [.application(.starting)])
  }

  @Test("what is known to be harmless gives no notice")
  func harmless() {
    let messages: [(any MessageDecoder.Type, String, String)] = [
      (BootloaderDecoder.self, "boot.esp32c3", "WDT reset info: PRO CPU not support!"),
      (ImageDecoder.self, "esp_image", "Calculating simple hash to check for corruption..."),
      (ImageDecoder.self, "esp_image", "Bootloader offsets for PRIMARY: 0x2000, Secondary: 0x0"),
      (ImageDecoder.self, "boot_comm", "Both OTA copies are valid"),
      (ImageDecoder.self, "boot_comm", "Only otadata[0] is valid"),
      (ImageDecoder.self, "efuse", "Anti-rollback is set. eFuse field is updated(4)."),
      (
        ImageDecoder.self, "secure_boot_v2",
        "Secure boot V2 is not enabled yet and eFuse digest keys are not set"
      ),
      (
        ApplicationDecoder.self, "spi_flash",
        "Octal flash chip is using but dio mode is selected, will automatically switch"
      ),
    ]
    for (decoder, tag, message) in messages {
      #expect(messageEvents(decoder, tag, message).isTaken, "\(message)")
      #expect(notice(decoder, tag, message) == nil, "\(message)")
    }
  }

  @Test(
    "every usage that a bootloader prints leaves the label whole",
    arguments: [
      "factory app", "test app", "OTA app", "TEE app", "Unknown app", "OTA data", "TEE OTA data",
      "RF data", "WiFi data", "NVS keys", "efuse", "Unknown data", "unknown",
      "primary bootloader", "ota bootloader", "recovery bootloader", "primary partition_table",
      "ota partition_table",
    ])
  func usages(usage: String) {
    for text in [
      "0 my_part \(usage) 01 02 00009000 00006000",
      " 0 my_part          \(usage)   01 02 00009000 00006000",
    ] {
      let row = lend(text) { PartitionRow($0) }
      #expect(row?.label == "my_part")
    }
  }

  @Test("every flash mode of the ROM is known", arguments: ["DOUT", "QOUT", "FAST_RD", "SLOW_RD"])
  func flashModes(mode: String) {
    let events = plainEvents(ROMDecoder.self, "mode:\(mode), clock div:2")
    #expect(events?.first == .rom(.settings))
  }

  @Test("the ROM's text is found behind other text by its markers")
  func markers() {
    let lines = [
      "I (42) app: haESP-ROM:esp32c6-20220919", "xxxESP-ROM-LP:esp32p4-20230811",
      "E (1) tag: ets Jul 29 2019 12:21:46", "\u{fffd}rst:0x7 (TG0WDT_SYS_RST),boot:0x8 (X)",
      "??invalid header: 0xffffffff", "..flash read err, 1000", "-csum err:0x5c!=0xa1",
      "..Core0 Saved PC:0x40376c10", "> SHA-256 comparison failed:",
      " ets Jan  8 2013,rst cause:4, boot mode:(3,7)",
    ]
    for line in lines {
      let isFound = lend(line) { text in
        ROMDecoder.markers.contains { marker in
          guard let start = text.firstIndex(of: marker) else { return false }
          return ROMDecoder.decode(text.slice(from: start)) { _ in }
        }
      }
      #expect(isFound, "\(line)")
    }
    for marker in ROMDecoder.markers { #expect(marker.utf8CodeUnitCount >= 4) }
  }

  @Test("a core named before the marker is kept")
  func savedPCBehindText() {
    let found = lend("..Core1 Saved PC:0x40376c10") { text in
      var events: [DeviceEvent] = []
      _ = ROMDecoder.decode(at: 8, in: text) { events.append($0) }
      return events
    }
    #expect(found == [.rom(.savedPC(address: 0x4037_6c10, core: 1))])
  }
}
