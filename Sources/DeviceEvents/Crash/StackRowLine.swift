import LineReading

/// Reads the stack dump of RISC-V chips.
///
///     Stack memory:
///     3fc93a80: 0x00000030 0x00000021 0x3fc93ab0 0x4200690e 0x00000000 0x00000000 0x00000000 0x4038a2d8
///     0x408001a0: 0x00000030 0x00000021                                   (ESP-TEE)
///
/// ESP-IDF RISC-V `panic_arch.c` (v4.3+); ESP-TEE (v5.5+) leaves the colon away and writes `0x` at
/// the address. A row that was cut keeps its whole words.
enum StackRowLine {
  static func decode(_ text: ByteText) -> PanicLine? {
    if text.has("Stack memory") {
      let rest = text.slice(from: 12).trimmed
      return rest.isEmpty || rest.has(":") ? .stackMemory : nil
    }
    var cursor = TextCursor(text)
    guard let address = cursor.wholeAddress() ?? cursor.wholeWord(), cursor.skip(":") else {
      return nil
    }
    // `0x…:0x…` without a blank is an entry of a backtrace.
    guard cursor.byte == 0x20 || cursor.byte == 0x09 else { return nil }
    // The ESP8266 prints such rows of its memory, and its words have no `0x`.
    let mayLackPrefix = !(0x3ffe_8000...0x3fff_ffff).contains(address)
    var words: [UInt32] = []
    while words.count < 16 {
      cursor.skipBlanks()
      guard let word = cursor.wholeAddress() ?? (mayLackPrefix ? cursor.wholeWord() : nil) else {
        break
      }
      // Longer numbers are of something else.
      guard TextCursor.hexDigit(cursor.byte) == nil else { break }
      words.append(word)
    }
    return words.isEmpty ? nil : .stackRow(address: address, words: words)
  }
}
