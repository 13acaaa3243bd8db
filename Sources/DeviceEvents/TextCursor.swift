import LineReading

/// Reads a text from left to right; every step says whether it could.
struct TextCursor {
  let text: ByteText
  private(set) var position: Int

  init(_ text: ByteText, at position: Int = 0) {
    self.text = text
    self.position = position
  }

  var rest: ByteText { text.slice(from: position) }
  var isAtEnd: Bool { position >= text.count }
  var byte: UInt8 { text[position] }

  mutating func advance(by count: Int = 1) { position = min(position + count, text.count) }

  /// Steps over `literal` if it stands here.
  mutating func skip(_ literal: StaticString) -> Bool {
    guard text.has(literal, at: position) else { return false }
    position += literal.utf8CodeUnitCount
    return true
  }

  /// Steps behind the next `literal`, wherever it stands.
  mutating func skip(through literal: StaticString) -> Bool {
    guard let found = text.firstIndex(of: literal, from: position) else { return false }
    position = found + literal.utf8CodeUnitCount
    return true
  }

  /// Steps over blanks and tabs.
  mutating func skipBlanks() {
    while text[position] == 0x20 || text[position] == 0x09 { position += 1 }
  }

  /// A decimal number, with a sign; at most 18 digits.
  mutating func decimal() -> Int? {
    let start = position
    let isNegative = text[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var value = 0
    var digits = 0
    while digits < 18, case let byte = text[position], byte >= 0x30, byte <= 0x39 {
      value = value * 10 + Int(byte - 0x30)
      digits += 1
      position += 1
    }
    guard digits > 0 else {
      position = start
      return nil
    }
    return isNegative ? -value : value
  }

  /// A hexadecimal number of any case without `0x`; at most `limit` digits, 15 at the most.
  mutating func hexadecimal(limit: Int = 15) -> Int? {
    var value = 0
    var digits = 0
    while digits < min(limit, 15), let digit = Self.hexDigit(text[position]) {
      value = value << 4 | digit
      digits += 1
      position += 1
    }
    return digits > 0 ? value : nil
  }

  /// An address: an optional `0x` and 1 to 8 hexadecimal digits.
  mutating func address() -> UInt32? {
    let start = position
    if text[position] == 0x30, text[position + 1] | 0x20 == UInt8(ascii: "x") { position += 2 }
    guard let value = hexadecimal(limit: 8) else {
      position = start
      return nil
    }
    return UInt32(truncatingIfNeeded: value)
  }

  /// Everything up to `byte`, which is not stepped over; everything if it does not stand there.
  mutating func take(until byte: UInt8) -> ByteText {
    let end = text.firstIndex(of: byte, from: position) ?? text.count
    defer { position = end }
    return text.slice(from: position, to: end)
  }

  static func hexDigit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x41 + 10
    case 0x61...0x66: Int(byte) - 0x61 + 10
    default: nil
    }
  }
}
