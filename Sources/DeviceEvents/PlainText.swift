import LineReading

/// Tells what a person can read from rows of numbers and from noise.
enum PlainText {
  /// Whether the text holds words: 3 letters at least, 4 of 5 bytes printable, more than the
  /// addresses and words of a dump, and blanks or the like between what is long.
  static func isReadable(_ text: ByteText) -> Bool {
    var letters = 0
    var printable = 0
    var separators = 0
    for index in 0..<text.count {
      let byte = text[index]
      if (byte | 0x20) &- 0x61 < 26 { letters += 1 }
      // Bytes of UTF-8 count as readable.
      if (0x20...0x7e).contains(byte) || byte == 0x09 || byte >= 0xc2 || (0x80...0xbf) ~= byte {
        printable += 1
      }
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ","),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"):
        separators += 1
      default: break
      }
    }
    guard letters >= 3, printable * 5 >= text.count * 4 else { return false }
    // Noise has none; a word of a person's is rarely longer.
    guard text.count < 16 || separators * 24 >= text.count else { return false }
    return holdsWord(text)
  }

  /// Whether 3 letters stand together that are no hexadecimal digits alone.
  private static func holdsWord(_ text: ByteText) -> Bool {
    var start = 0
    while start < text.count {
      guard isWordByte(text[start]) else {
        start += 1
        continue
      }
      var end = start
      var letters = 0
      var isNumber = true
      while isWordByte(text[end]) {
        if (text[end] | 0x20) &- 0x61 < 26 { letters += 1 }
        let isPrefix = end == start + 1 && text[end] | 0x20 == UInt8(ascii: "x")
        if TextCursor.hexDigit(text[end]) == nil, !isPrefix { isNumber = false }
        end += 1
      }
      if letters >= 3, !isNumber { return true }
      start = end
    }
    return false
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }
}
