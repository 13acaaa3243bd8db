import LineReading

/// Reads the line of `abort()`.
///
///     abort() was called at PC 0x400d1a2c on core 0
///     abort() was called at PC 0x4201f923 on core 0
///     abort() was called at PC 0x403ce1a4
///
/// ESP-IDF `panic.c` up to v4.1, `newlib/abort.c` up to v5.5, `esp_libc` since; no core in the
/// bootloader and in ESP-TEE. The address is not padded since v4.2. Prose that only mentions the
/// sentence has no number behind it.
enum AbortLine {
  static func decode(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    guard cursor.skip("abort() was called at PC") else { return nil }
    guard cursor.skip(" 0x") else {
      return " 0x".starts(with: cursor.rest.string) ? .abort(address: nil, core: nil) : nil
    }
    let start = cursor.position
    let value = cursor.hexadecimal(limit: 8)
    let isWhole = cursor.position - start == 8 || cursor.rest.has(" on core ")
    guard value != nil || cursor.isAtEnd else { return nil }
    let address = isWhole ? value.map { UInt32(truncatingIfNeeded: $0) } : nil
    guard cursor.skip(" on core ") else { return .abort(address: address, core: nil) }
    cursor.skipBlanks()
    // One digit: what follows may be glued to it.
    let core = (0x30...0x39).contains(cursor.byte) ? Int(cursor.byte) - 0x30 : nil
    return .abort(address: address, core: core)
  }
}
