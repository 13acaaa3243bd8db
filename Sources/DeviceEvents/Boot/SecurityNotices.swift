/// Secure boot, flash encryption and eFuses, ESP-IDF 3.3 to 6.1.
///
/// `components/bootloader_support/src/flash_encrypt.c`, `flash_encryption/flash_encrypt.c`,
/// `secure_boot_v1/`, `secure_boot_v2/`, `components/efuse/src/`.
enum SecurityNotices {
  static let table = NoticeTable([
    NoticeRow("secure boot is not enabled, and", .secureBootFailed),
    NoticeRow("Secure Boot V2 verification failed", .secureBootFailed),
    NoticeRow("Secure boot V2 is not enabled yet and eFuse digest keys are not set", nil),
    NoticeRow("image has invalid signature version field 0x%x", .imageSignatureFailed),
    NoticeRow(
      "%s signing scheme selected but signature block generated for %*", .imageSignatureFailed),
    NoticeRow("flash encryption is not enabled, and", .flashEncryptionFailed),
    NoticeRow("Flash encryption mode is %s", .flashEncryptionEnabled),
    NoticeRow(
      "flash encryption is enabled (%d plaintext flashes left)", .flashEncryptionEnabled),
    NoticeRow("Generating new flash encryption key", .flashEncryptionWorks),
    NoticeRow("Using pre-loaded flash encryption key in efuse", .flashEncryptionWorks),
    NoticeRow(
      "Encrypting partition %d at offset 0x%x (length 0x%x)", .flashEncryptionWorks),
    NoticeRow("bootloader encrypted successfully", .flashEncryptionWorks),
    NoticeRow("partition table encrypted and loaded successfully", .flashEncryptionWorks),
    NoticeRow("Flash encryption completed", .flashEncryptionWorks),
    // Up to 4.4.
    NoticeRow("Done encrypting", .flashEncryptionWorks),
    NoticeRow("Setting CRYPT_CNT for permanent encryption", .flashEncryptionWorks),
    NoticeRow("BURN BLOCK%d - ERROR", .efuseProblem),
    NoticeRow("BURN BLOCK%d", nil),
    NoticeRow("BLOCK%d got a coding error", .efuseProblem),
    // "lower that" is ESP-IDF's spelling.
    NoticeRow(
      "Anti-rollback is not set. secure_version of app is lower that eFuse field(%d)",
      .secureVersionTooLow),
    NoticeRow("Anti-rollback is set. eFuse field is updated(%d)", nil),
  ])
}
