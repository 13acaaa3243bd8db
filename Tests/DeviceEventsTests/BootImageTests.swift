import Testing

@testable import DeviceEvents

@Suite("Images, in the bootloader and in the application")
struct BootImageTests {
  private func events(_ message: String, tag: String = "esp_image") -> [DeviceEvent] {
    messageEvents(ImageDecoder.self, tag, message).events
  }

  @Test(
    "segments in both historical forms",
    arguments: [
      (
        "4.3+", "segment 0: paddr=00020020 vaddr=3c0b0020 size=2a1c0h (172480) map",
        ImageSegment(
          index: 0, flashAddress: 0x20020, address: 0x3c0b_0020, size: 0x2a1c0, use: .map, time: 100
        )
      ),
      (
        "4.3+", "segment 1: paddr=0004a1e8 vaddr=3fc9a400 size=04f10h ( 20240) load",
        ImageSegment(
          index: 1, flashAddress: 0x4a1e8, address: 0x3fc9_a400, size: 0x4f10, use: .load, time: 100
        )
      ),
      (
        "run time", "segment 1: paddr=0024a1e8 vaddr=3fc9a400 size=04f10h ( 20240) ",
        ImageSegment(
          index: 1, flashAddress: 0x24a1e8, address: 0x3fc9_a400, size: 0x4f10, use: .unnamed,
          time: 100)
      ),
      (
        "≤4.2", "segment 0: paddr=0x00010020 vaddr=0x3f400020 size=0x0a1c0 ( 41408) map",
        ImageSegment(
          index: 0, flashAddress: 0x10020, address: 0x3f40_0020, size: 0xa1c0, use: .map, time: 100)
      ),
    ])
  func segments(version: String, message: String, segment: ImageSegment) {
    #expect(events(message) == [.segment(segment)], "\(version)")
  }

  @Test(
    "complaints",
    arguments: [
      (
        "≤4.3.0", "esp_image", "image at 0x220000 has invalid magic byte", .imageMagicInvalid,
        [0x220000]
      ),
      (
        "4.3.1+", "esp_image", "image at 0x220000 has invalid magic byte (nothing flashed here?)",
        .imageMagicInvalid, [0x220000]
      ),
      (
        "≤4.2", "esp_image", "image at 0x10000 has invalid SPI mode 255",
        .imageFlashSettingsInvalid, [0x10000, 255]
      ),
      (
        "all", "esp_image", "image at 0x10000 segment count 255 exceeds max 16",
        .imageSegmentCountInvalid, [0x10000, 255, 16]
      ),
      (
        "all", "esp_image", "partition size 0x2000000 invalid, larger than 16MB", .imageTooLarge,
        [0x2000000]
      ),
      (
        "4.1+", "esp_image", "Segment 2 0x40080000-0x40098000 invalid: overlaps loader IRAM",
        .imageSegmentOverlaps, [2, 0x4008_0000, 0x4009_8000]
      ),
      (
        "4.1+", "esp_image", "Segment 2 0x10080000-0x10098000 invalid: bad load address range",
        .imageSegmentInvalid, [2, 0x1008_0000, 0x1009_8000]
      ),
      (
        "4.0", "esp_image",
        "Segment 1 end address 0x3fff8000 too high (bootloader stack 0x3fffc000 limit 0x3fff7000)",
        .imageSegmentOverlaps, [1, 0x3fff_8000]
      ),
      (
        "4.0", "esp_image",
        "Segment 3 (0x40078000-0x40079000) overlaps bootloader IRAM (0x40078000-0x4007a000)",
        .imageSegmentOverlaps, [3, 0x4007_8000, 0x4007_9000]
      ),
      (
        "all", "esp_image", "Segment 0 load address 0x3c0b0020, doesn't match data 0x00020024",
        .imageSegmentMisaligned, [0, 0x3c0b_0020, 0x20024]
      ),
      ("all", "esp_image", "unaligned segment length 0x21", .imageSegmentInvalid, [0x21]),
      (
        "all", "esp_image", "invalid segment length 0xffffffff", .imageSegmentInvalid, [0xffff_ffff]
      ),
      (
        "all", "esp_image", "bootloader_flash_read failed at 0x00020000", .imageReadFailed,
        [0x20000]
      ),
      (
        "all", "esp_image", "Image length 2100000 doesn't fit in partition length 2097152",
        .imageTooLarge, [2_100_000, 2_097_152]
      ),
      (
        "all", "esp_image", "Checksum failed. Calculated 0x5d read 0xa2", .imageChecksumFailed,
        [0x5d, 0xa2]
      ),
      ("all", "esp_image", "Image hash failed - image is corrupt", .imageHashFailed, []),
      ("all", "esp_image", "image corrupted on flash", .imageHashFailed, []),
      ("all", "esp_image", "image valid, signature bad", .imageSignatureFailed, []),
      ("5.4+", "esp_image", "Failed to fetch app description header!", .imageDescriptorMissing, []),
      (
        "5.4+", "esp_image", "MMU page size mismatch, configured: 0x10000, found: 0x8000",
        .imagePageSizeMismatch, [0x10000, 0x8000]
      ),
      ("5.5+", "esp_image", "No free MMU pages are available", .flashMapFailed, []),
      ("all", "boot_comm", "mismatch chip ID, expected 9, found 0", .imageChipMismatch, [9, 0]),
      (
        "≤4.4.4", "boot_comm", "can't run on lower chip revision, expected 3, found 1",
        .imageChipRevisionMismatch, [3, 1]
      ),
      (
        "5.0.1+", "boot_comm", "Image requires chip rev >= v3.0, but chip is v1.0",
        .imageChipRevisionMismatch, [3, 0, 1, 0]
      ),
      (
        "5.5+", "boot_comm", "chip revision check failed. Required <= v0.99, found v1.0.",
        .imageChipRevisionMismatch, [0, 99, 1, 0]
      ),
      (
        "5.1", "boot_comm", "efuse blk rev = v0.0 < min rev v1.0", .imageEfuseRevisionMismatch,
        [0, 0, 1, 0]
      ),
      (
        "5.4+", "boot_comm", "Image requires efuse blk rev >= v1.0, but chip is v0.0",
        .imageEfuseRevisionMismatch, []
      ),
      (
        "all", "flash_parts", "partition 0 invalid magic number 0xffff", .partitionMagicInvalid,
        [0, 0xffff]
      ),
      (
        "all", "flash_parts",
        "partition 4 invalid - offset 0x420000 size 0x3e0000 exceeds flash chip size 0x400000",
        .partitionExceedsFlash, [4, 0x420000, 0x3e0000, 0x400000]
      ),
      (
        "cut", "flash_parts",
        "partition 3 invalid - offset 0x110000 size 0x300000 exceeds flash chip si",
        .partitionExceedsFlash, [3, 0x110000, 0x300000]
      ),
      ("all", "flash_parts", "Incorrect MD5 checksum", .partitionTableChecksumWrong, []),
      (
        "all", "flash_parts", "partition table has no terminating entry, not valid",
        .partitionTableInvalid, []
      ),
      (
        "all", "flash_encrypt", "flash encryption is enabled (3 plaintext flashes left)",
        .flashEncryptionEnabled, [3]
      ),
      (
        "all", "flash_encrypt",
        "flash encryption is not enabled, and SECURE_FLASH_REQUIRE_ALREADY_ENABLED is set, refusing to boot.",
        .flashEncryptionFailed, []
      ),
      (
        "all", "flash_encrypt", "Encrypting partition 2 at offset 0x10000 (length 0x100000)...",
        .flashEncryptionWorks, [2, 0x10000, 0x100000]
      ),
      ("all", "secure_boot_v2", "Secure Boot V2 verification failed.", .secureBootFailed, []),
      (
        "5.4+", "secure_boot_v2",
        "RSA signing scheme selected but signature block generated for ECDSA scheme",
        .imageSignatureFailed, []
      ),
      ("all", "efuse", "BURN BLOCK3 - ERROR (written bits != read bits)", .efuseProblem, [3]),
      ("all", "efuse", "BLOCK2 got a coding error", .efuseProblem, [2]),
      (
        "all", "efuse",
        "Anti-rollback is not set. secure_version of app is lower that eFuse field(4).",
        .secureVersionTooLow, [4]
      ),
    ] as [(String, String, String, NoticeKind, [Int])])
  func complaints(
    version: String, tag: String, message: String, kind: NoticeKind, numbers: [Int]
  ) {
    guard case .notice(let notice) = events(message, tag: tag).first else {
      Issue.record("no notice: \(message)")
      return
    }
    #expect(notice.kind == kind && notice.numbers == numbers, "\(version)")
  }

  @Test(
    "known and harmless",
    arguments: [
      ("boot_comm", "chip revision: 3, min. application chip revision: 0"),
      ("efuse", "BURN BLOCK3 - OK (write block == read block)"),
      ("esp_image", "Verifying image signature..."),
    ])
  func harmless(tag: String, message: String) {
    let line = messageEvents(ImageDecoder.self, tag, message)
    #expect(line.events.isEmpty && line.isTaken)
  }

  @Test("segments that are cut within their numbers are no segments")
  func cutSegments() {
    #expect(events("segment 0: paddr=00020020 vaddr=3c0b0020 size=2a1c").isEmpty)
    #expect(events("segment 0: paddr=00020020 vaddr=3c0b").isEmpty)
    let glued = messageEvents(
      ImageDecoder.self, "esp_image",
      "Checksum failed. Calculated 0x5d readets Jun  8 2016 00:22:57")
    #expect(glued.events == [.notice(Notice(.imageChecksumFailed))] && !glued.isTaken)
  }
}
