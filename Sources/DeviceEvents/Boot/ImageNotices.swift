/// What `esp_image`, `boot_comm`, `flash_parts` and `bootloader_flash` complain about, ESP-IDF 3.3
/// to 6.1.
enum ImageNotices {
  static let table = NoticeTable(image + revisions + partitions)

  private static let image: [NoticeRow] = [
    // From 4.3.1 on with `(nothing flashed here?)`.
    NoticeRow("image at 0x%x has invalid magic byte", .imageMagicInvalid),
    // ≤4.2
    NoticeRow("image at 0x%x has invalid SPI %s %d", .imageFlashSettingsInvalid),
    NoticeRow("image at 0x%x segment count %d exceeds max %d", .imageSegmentCountInvalid),
    NoticeRow("partition size 0x%x invalid, larger than 16MB", .imageTooLarge),
    // 3.3, 4.1 to 6.1, and the two wordings of 4.0
    NoticeRow("Segment %d 0x%x-0x%x invalid: overlaps %s", .imageSegmentOverlaps),
    NoticeRow("Segment %d 0x%x-0x%x invalid: %s", .imageSegmentInvalid),
    NoticeRow("Segment %d end address 0x%x too high", .imageSegmentOverlaps),
    NoticeRow("Segment %d (0x%x-0x%x) overlaps %s", .imageSegmentOverlaps),
    NoticeRow(
      "Segment %d load address 0x%x, doesn't match data 0x%x", .imageSegmentMisaligned),
    NoticeRow("unaligned segment length 0x%x", .imageSegmentInvalid),
    NoticeRow("invalid segment length 0x%x", .imageSegmentInvalid),
    NoticeRow("image offset has wrapped", .imageSegmentInvalid),
    NoticeRow("bootloader_flash_read failed at 0x%x", .imageReadFailed),
    NoticeRow("No free MMU pages are available", .flashMapFailed),
    NoticeRow("bootloader_mmap(0x%x, 0x%x) failed", .flashMapFailed),
    NoticeRow("bootloader_mmap", .flashMapFailed),
    NoticeRow("Image length %d doesn't fit in partition length %d", .imageTooLarge),
    NoticeRow("Checksum failed. Calculated 0x%x read 0x%x", .imageChecksumFailed),
    NoticeRow("Checksum failed", .imageChecksumFailed),
    NoticeRow("image corrupted on flash", .imageHashFailed),
    NoticeRow("Image hash failed - image is corrupt", .imageHashFailed),
    NoticeRow("image valid, signature bad", .imageSignatureFailed),
    NoticeRow("Secure boot signature verification failed", .imageSignatureFailed),
    NoticeRow("Failed to fetch app description header", .imageDescriptorMissing),
    NoticeRow("MMU page size mismatch, configured: 0x%x, found: 0x%x", .imagePageSizeMismatch),
    NoticeRow("Image contains multiple %s segments", .imageSegmentsRepeated),
    NoticeRow("Verifying image signature", nil),
    NoticeRow("Calculating simple hash", nil),
    NoticeRow("Bootloader offset", nil),
  ]

  private static let revisions: [NoticeRow] = [
    NoticeRow("mismatch chip ID, expected %d, found %d", .imageChipMismatch),
    // 3.3 to 4.3.4 and 4.4.4; 4.3.5, 4.4.5, 5.0.1 to 5.4; 5.5 to 6.1
    NoticeRow(
      "can't run on lower chip revision, expected %d, found %d", .imageChipRevisionMismatch),
    // The hardware abstraction layers of MCUboot and Zephyr, from ESP-IDF 4.4 on.
    NoticeRow(
      "This chip is revision %d but the application is configured for minimum revision %d",
      .imageChipRevisionMismatch),
    NoticeRow(
      "Image requires chip rev >= v%d.%d, but chip is v%d.%d", .imageChipRevisionMismatch),
    NoticeRow(
      "Image requires chip rev <= v%d.%d, but chip is v%d.%d", .imageChipRevisionMismatch),
    NoticeRow(
      "chip revision check failed. Required >= v%d.%d, found v%d.%d", .imageChipRevisionMismatch),
    NoticeRow(
      "chip revision check failed. Required <= v%d.%d, found v%d.%d", .imageChipRevisionMismatch),
    NoticeRow("chip revision check failed", .imageChipRevisionMismatch),
    // 5.1 and early 5.2, 5.3; then 5.2.3, 5.3.2, 5.4 to 6.1
    NoticeRow(
      "efuse blk rev = v%d.%d < min rev v%d.%d", .imageEfuseRevisionMismatch),
    NoticeRow(
      "efuse blk rev = v%d.%d > max rev v%d.%d", .imageEfuseRevisionMismatch),
    NoticeRow("Image requires efuse blk rev %s", .imageEfuseRevisionMismatch),
    // Up to 4.4.4, in the bootloader and in a running application alike.
    NoticeRow("chip revision: %d, min. %s chip revision: %d", nil),
    NoticeRow("Both OTA copies are valid", nil),
    NoticeRow("Only otadata[%d] is valid", nil),
  ]

  private static let partitions: [NoticeRow] = [
    NoticeRow("partition %d invalid magic number 0x%x", .partitionMagicInvalid),
    NoticeRow(
      "partition %d invalid - offset 0x%x size 0x%x exceeds flash chip size 0x%x",
      .partitionExceedsFlash),
    // The capture ends within the line.
    NoticeRow(
      "partition %d invalid - offset 0x%x size 0x%x exceeds flash chip", .partitionExceedsFlash),
    NoticeRow("Incorrect MD5 checksum", .partitionTableChecksumWrong),
    NoticeRow("Only one MD5 checksum is allowed", .partitionTableChecksumWrong),
    NoticeRow("partition table has no terminating entry", .partitionTableInvalid),
  ]
}
