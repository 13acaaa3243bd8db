import LineReading

/// Knows a row of a register dump that lost bytes on its way.
///
///     A2    : x3ff0058 3     : x3f4183a0 4      0x00000014 5     : x3ffff0
///
/// Nothing of it can be read: which bytes are missing does not show. It tells that a crash may stand in the log, and
/// that its other lines are no better.
enum RuinedRegisters {
  private enum Word {
    case name, colon, value, valueWithoutZero
  }

  /// A row of four cells, with some blanks more.
  private static let longest = 160

  /// Whether the text holds nothing but names, colons and numbers, one of which lost the 0 before its x.
  static func stand(in text: ByteText) -> Bool {
    var names = 0
    var colons = 0
    var values = 0
    var ruins = 0
    var position = 0
    let end = min(text.count, longest)
    while position < end {
      if isBlank(text[position]) {
        position += 1
        continue
      }
      let start = position
      while position < end, !isBlank(text[position]) { position += 1 }
      switch word(text.slice(from: start, to: position)) {
      case .name: names += 1
      case .colon: colons += 1
      case .value: values += 1
      case .valueWithoutZero:
        values += 1
        ruins += 1
      case nil: return false
      }
    }
    return ruins >= 1 && values >= 3 && names >= 2 && colons >= 1
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func word(_ text: ByteText) -> Word? {
    if text.has("0x") { return isNumber(text.slice(from: 2), atLeast: 3) ? .value : nil }
    if text.has("x") { return isNumber(text.slice(from: 1), atLeast: 3) ? .valueWithoutZero : nil }
    if text.has(":") { return text.count == 1 ? .colon : nil }
    if isNumber(text, atLeast: 5) { return .value }
    guard text.count <= 8 else { return nil }
    let isName = (0..<text.count).allSatisfy {
      (0x30...0x39).contains(text[$0]) || (0x41...0x5A).contains(text[$0])
    }
    return isName ? .name : nil
  }

  private static func isNumber(_ text: ByteText, atLeast least: Int) -> Bool {
    (least...8).contains(text.count)
      && (0..<text.count).allSatisfy { TextCursor.hexDigit(text[$0]) != nil }
  }
}
