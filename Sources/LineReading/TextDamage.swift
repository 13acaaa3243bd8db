/// Counts bytes that are no text.
///
/// A wrong baud rate, a lost byte or a reset in the middle of a character leaves bytes that are no
/// valid UTF-8, or control characters. Tabs, line ends, backspaces and escape are sent to
/// terminals on purpose and do not count. U+FFFD does: it stands for bytes that a capture tool
/// could not read.
enum TextDamage {
  /// How many bytes of `text` are no text.
  static func damagedBytes(in text: ByteText) -> Int {
    var damaged = 0
    var position = 0
    while let found = text.firstOddByte(from: position) {
      let byte = text[found]
      position = found + 1
      if byte < 0x80 {
        if byte != Byte.escape, byte != 0x08 { damaged += 1 }
        // Erased flash, and archives made to waste time, are nothing but zeros.
        while byte == 0, position < text.count, text[position] == 0 {
          damaged += 1
          position += 1
        }
      } else if let length = characterLength(at: found, in: text) {
        if isReplacement(at: found, in: text) { damaged += length }
        position = found + length
      } else {
        damaged += 1
      }
    }
    return damaged
  }

  /// Whether bytes that are no UTF-8 may be text of another encoding.
  ///
  /// Latin-1 and the EUC encodings have no bytes from 0x80 to 0x9f, which are as common in noise as others; GBK has
  /// them, and counts where the line's head is whole.
  static func isOtherEncoding(_ text: ByteText) -> Bool {
    let start = TerminalCodes.length(at: 0, in: text) ?? 0
    let lowest: UInt8 = text.hasLogLine(at: start) ? 0x80 : 0xa0
    var position = 0
    while let found = text.firstOddByte(from: position) {
      let byte = text[found]
      position = found + 1
      if byte == Byte.escape || byte == 0x08 { continue }
      guard byte >= lowest, byte < 0xff, !isReplacement(at: found, in: text) else { return false }
    }
    return true
  }

  /// Whether U+FFFD stands at `index`.
  static func isReplacement(at index: Int, in text: ByteText) -> Bool {
    text[index] == 0xef && text[index + 1] == 0xbf && text[index + 2] == 0xbd
  }

  /// The length of the well-formed character of several bytes at `index` (Unicode, table 3-7).
  private static func characterLength(at index: Int, in text: ByteText) -> Int? {
    let second = text[index + 1]
    func continues(_ offset: Int) -> Bool { text[index + offset] & 0xc0 == 0x80 }
    switch text[index] {
    case 0xc2...0xdf: return continues(1) ? 2 : nil
    case 0xe0: return second >= 0xa0 && second <= 0xbf && continues(2) ? 3 : nil
    case 0xed: return second >= 0x80 && second <= 0x9f && continues(2) ? 3 : nil
    case 0xe1...0xef: return continues(1) && continues(2) ? 3 : nil
    case 0xf0: return second >= 0x90 && second <= 0xbf && continues(2) && continues(3) ? 4 : nil
    case 0xf1...0xf3: return continues(1) && continues(2) && continues(3) ? 4 : nil
    case 0xf4: return second >= 0x80 && second <= 0x8f && continues(2) && continues(3) ? 4 : nil
    default: return nil
    }
  }
}

extension ByteText {
  /// Whether there are bytes that are no text.
  public var holdsDamage: Bool { TextDamage.damagedBytes(in: self) > 0 }
}
