/// Finds the codes that colour a terminal, in all the forms in which captures keep them.
///
/// ESP-IDF prints `ESC[0;32m` before and `ESC[0m` behind a message. Viewers show the escape byte
/// as `␛`, `<ESC>` or `<27>`; forums and copy-and-paste lose it (`[0;32m`, `e[0;32m`).
enum TerminalCodes {
  /// What the capture made of the escape byte: kept (or shown as one character), spelled as
  /// `<ESC>` or `<27>`, or lost.
  enum Form { case whole, escapeSpelled, escapeLost }

  /// The length of the code at `index`, or nil if there is none.
  ///
  /// A code that was cut (`ESC[0;3` and then a boot banner) is as long as what is left of it.
  static func length(at index: Int, in text: ByteText) -> Int? {
    switch text[index] {
    case Byte.escape: return sequenceLength(at: index, introducer: 1, in: text)
    case 0xe2 where text.has("\u{241B}", at: index):
      return sequenceLength(at: index, introducer: 3, in: text)
    case UInt8(ascii: "<") where text.has("<ESC>", at: index):
      return sequenceLength(at: index, introducer: 5, in: text)
    case UInt8(ascii: "<") where text.has("<27>[", at: index):
      return sequenceLength(at: index, introducer: 4, in: text)
    default: return nil
    }
  }

  /// The length of a colour code without its escape byte at `index`: `[0;32m`, `[0m`, `e[0;32m`, and `.[0;32m` of
  /// terminals that show a point for what they cannot show.
  static func lengthWithoutEscape(at index: Int, in text: ByteText) -> Int? {
    let isReplaced = text[index] == UInt8(ascii: "e") || text[index] == UInt8(ascii: ".")
    let start = isReplaced ? index + 1 : index
    guard text[start] == Byte.bracket else { return nil }
    var position = start + 1
    while isParameter(text[position]), position - start < 12 { position += 1 }
    guard text[position] == Byte.m, position > start + 1 else { return nil }
    return position + 1 - index
  }

  /// The length of what is left of a colour at `index`, directly before a line of the log macros; nil if something
  /// else stands there.
  ///
  /// The capture lost bytes of it, `0;31m`, `[0;31`, or a viewer spelled the escape byte, `^[[0;31m`, `\\x1b[0;31m`.
  static func lengthOfRuin(at index: Int, in text: ByteText) -> Int? {
    var position = index
    for spelling in spellings where text.has(spelling, at: index) {
      position = index + spelling.utf8CodeUnitCount
      break
    }
    if text[position] == UInt8(ascii: "?"), text[position + 1] == Byte.bracket { position += 1 }
    let start = position
    if text[position] == Byte.bracket { position += 1 }
    var hasSemicolon = false
    while isParameter(text[position]), position - start < 8 {
      if text[position] == UInt8(ascii: ";") { hasSemicolon = true }
      position += 1
    }
    // A lone number may be anything that a capture put there.
    guard text[position] == Byte.m || text[start] == Byte.bracket || hasSemicolon else {
      return nil
    }
    if text[position] == Byte.m { position += 1 }
    return text.hasLogLine(at: position) ? position - index : nil
  }

  /// How viewers and programming languages write the escape byte.
  private static let spellings: [StaticString] = [
    "^[", "\\x1b", "\\x1B", "\\033", "\\e", "\\u001b",
  ]

  /// The length of the colour code that ends the text, or nil if there is none.
  static func length(atEndOf text: ByteText, lostForms: Form) -> Int? {
    guard text[text.count - 1] == Byte.m else { return nil }
    var start = text.count - 2
    while start > 0, isParameter(text[start]), text.count - start < 12 { start -= 1 }
    guard text[start] == Byte.bracket else { return nil }
    if text[start - 1] == Byte.escape { return text.count - start + 1 }
    if text.has("\u{241B}", at: start - 3) { return text.count - start + 3 }
    if text.has("<ESC>", at: start - 5) { return text.count - start + 5 }
    if text.has("<27>", at: start - 4) { return text.count - start + 4 }
    if case .escapeLost = lostForms {
      for spelling in spellings where text.has(spelling, at: start - spelling.utf8CodeUnitCount) {
        return text.count - start + spelling.utf8CodeUnitCount
      }
    }
    switch lostForms {
    case .escapeLost where text[start - 1] == UInt8(ascii: "e"): return text.count - start + 1
    case .escapeLost: return text.count - start
    // Only the reset is taken without its escape byte: `array[12m` may be meant.
    case .whole, .escapeSpelled: return text.has("[0m", at: start) ? 3 : nil
    }
  }

  /// Whether a code stands anywhere in the text.
  static func stand(in text: ByteText) -> Bool {
    text.firstIndex(of: Byte.escape) != nil || text.contains("\u{241B}")
  }

  /// Whether a blank stands in the text that web pages put for one, U+00A0 or U+200B.
  static func hasWideBlank(_ text: ByteText) -> Bool {
    text.contains("\u{A0}") || text.contains("\u{200B}")
  }

  /// Appends the text without its codes to `result`, and with a plain blank for those of web pages.
  static func copy(_ text: ByteText, to result: inout [UInt8], lostForms: Form) {
    var position = 0
    while position < text.count {
      var length = length(at: position, in: text)
      if length == nil, lostForms == .escapeLost {
        length = lengthWithoutEscape(at: position, in: text)
      }
      if let length {
        position += length
      } else if text[position] == 0xc2, text[position + 1] == 0xa0 {
        result.append(Byte.blank)
        position += 2
      } else if text[position] == 0xe2, text.has("\u{200B}", at: position) {
        position += 3
      } else {
        result.append(text[position])
        position += 1
      }
    }
  }

  private static func sequenceLength(
    at index: Int, introducer: Int, in text: ByteText
  ) -> Int {
    var position = index + introducer
    guard text[position] == Byte.bracket else { return introducer }
    position += 1
    let parameters = position
    while text[position] >= 0x30, text[position] <= 0x3f, position - index < 24 { position += 1 }
    let count = position - parameters
    switch text[position] {
    case Byte.m: position += 1
    // Erasing, moving and asking, as consoles on the device do. With more parameters the letter is
    // rather the first one of a text that cut a colour short.
    case UInt8(ascii: "A")...UInt8(ascii: "D"), UInt8(ascii: "H"), UInt8(ascii: "J"),
      UInt8(ascii: "K"), UInt8(ascii: "n"):
      if count <= 1 { position += 1 }
    case UInt8(ascii: "h"), UInt8(ascii: "l"):
      if text[parameters] == UInt8(ascii: "?") { position += 1 }
    default: break
    }
    return position - index
  }

  private static func isParameter(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || byte == UInt8(ascii: ";")
  }
}
