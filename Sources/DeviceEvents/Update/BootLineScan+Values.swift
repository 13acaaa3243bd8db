// esp_reset_reason() -> 9
// 'Reset Reason': Sending state 'task watchdog'
// reset_cause BrownOutReset
//
// What stands between the name of a field and its value.

import LineReading

extension BootLineScan {
  /// Whether a value may stand here without `:` or `=` before it: a number, a name in capitals, or one that is a word
  /// made of words and ends the line; other words are prose about reset reasons.
  static func isPlainValue(_ cursor: TextCursor) -> Bool {
    let isBracketed = cursor.byte == UInt8(ascii: "(")
    let first = isBracketed ? cursor.position + 1 : cursor.position
    let isCapital = { (byte: UInt8) in (0x41...0x5a).contains(byte) }
    if (0x30...0x39).contains(cursor.text[first]) { return true }
    guard isCapital(cursor.text[first]) else { return false }
    // `(PANIC, TASK_WDT, BROWNOUT)` is a list of what there is.
    if isCapital(cursor.text[first + 1]) {
      return !isBracketed || !isList(from: first, in: cursor.text)
    }
    let rest = cursor.text.slice(from: first, to: first + longestName + 1).trimmed
    return rest.count <= longestName && rest.firstIndex(of: 0x20) == nil && rest.isMadeOfWords
  }

  /// Whether a bracket holds several words with a comma, a bar or a slash between them.
  private static func isList(from start: Int, in text: ByteText) -> Bool {
    let near = text.slice(from: start, to: start + 2 * longestName)
    let inside = near.slice(from: 0, to: near.firstIndex(of: UInt8(ascii: ")")) ?? near.count)
    return inside.contains(", ") || inside.contains("|")
  }

  /// In bytes: no name for a reason is longer.
  private static let longestName = 32

  /// Steps over `: `, ` = `, ` -> `, ` is `; says whether one stood there.
  @discardableResult
  static func skipSeparator(_ cursor: inout TextCursor) -> Bool {
    // ESPHome's text sensors, in their two spellings.
    if cursor.skip("': Sending state ") || cursor.skip("' >> ") { return true }
    if cursor.byte == UInt8(ascii: "\"") { cursor.advance() }
    // `reset_reason - of the last boot` is how a console describes its command.
    let isName = cursor.position >= 7 && cursor.text[cursor.position - 7] == UInt8(ascii: "_")
    // The call itself, `esp_reset_reason() = 4`.
    let isCall = cursor.skip("()")
    cursor.skipBlanks()
    // An arrow stands behind a route and in a table, too: `GET /reset_reason -> 4`.
    let found =
      isCall && (cursor.skip("->") || cursor.skip("=>"))
      || cursor.skip(":") || cursor.skip("=") || cursor.skip("is ") || cursor.skip("was ")
      || !isName && cursor.skip("- ")
    cursor.skipBlanks()
    return found
  }
}

extension ByteText {
  /// Whether a capital stands inside it behind a small letter.
  fileprivate var isMadeOfWords: Bool {
    (0..<max(count - 1, 0)).contains { index in
      (0x61...0x7a).contains(self[index]) && (0x41...0x5a).contains(self[index + 1])
    }
  }
}
