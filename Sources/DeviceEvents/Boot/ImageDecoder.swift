import LineReading

/// Decodes what is said about images, in the bootloader and in an application that verifies an
/// update: the same source is built into both, so these lines alone do not tell who runs.
///
///     I (94) esp_image: segment 0: paddr=00020020 vaddr=3c0b0020 size=2a1c0h (172480) map     4.3 to 6.1
///     I (94) esp_image: segment 0: paddr=0x00010020 vaddr=0x3f400020 size=0x0a1c0 ( 41408) map up to 4.2
///     E (102) esp_image: image at 0x220000 has invalid magic byte (nothing flashed here?)
///     E (60) boot_comm: mismatch chip ID, expected 9, found 0
///     E (57) flash_parts: partition 0 invalid magic number 0xffff
///     I (80) flash_encrypt: flash encryption is enabled (3 plaintext flashes left)
///
/// ESP-IDF `components/bootloader_support/src/esp_image_format.c`, `flash_partitions.c`,
/// `bootloader_common_loader.c`, `flash_encrypt.c`, `secure_boot*`, `components/efuse`.
enum ImageDecoder: MessageDecoder {
  static let tags: [StaticString] = [
    "esp_image", "boot_comm", "flash_parts", "bootloader_flash", "flash_encrypt", "efuse",
    "secure_boot", "secure_boot_v1", "secure_boot_v2", "secure_boot_v2_rsa",
    "secure_boot_v2_ecdsa",
  ]

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    guard message.style == .espIDF else { return false }
    let glued = ROMDecoder.gluedStart(in: message.message)
    let text = message.message.slice(from: 0, to: glued ?? Int.max)
    if let segment = ImageSegment(text, time: message.time) {
      body(.segment(segment))
      return glued == nil
    }
    if ImageNotices.table.decode(text, body) || SecurityNotices.table.decode(text, body) {
      return glued == nil
    }
    if case .notice(let notice) = ImageNotices.table.answer(forDamaged: text) {
      body(.notice(notice))
      return glued == nil
    }
    return false
  }
}

extension ImageSegment {
  /// A segment's line; nil if it has another shape or is cut within its numbers.
  init?(_ text: ByteText, time: Int?) {
    var cursor = TextCursor(text)
    guard cursor.skip("segment "), let index = cursor.decimal(), index >= 0,
      cursor.skip(": paddr="), let flashAddress = cursor.address(),
      cursor.skip(" vaddr="), let address = cursor.address(),
      cursor.skip(" size="), let size = cursor.address(), !cursor.isAtEnd
    else { return nil }
    _ = cursor.skip("h")
    cursor.skipBlanks()
    let rest = cursor.skip(through: ")") ? cursor.rest.trimmed : cursor.rest.slice(from: 0, to: 0)
    let use: Use = rest.has("map") ? .map : rest.has("load") ? .load : .unnamed
    self.init(
      index: index, flashAddress: Int(flashAddress), address: address, size: Int(size), use: use,
      time: time)
  }
}
