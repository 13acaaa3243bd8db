import LineReading

/// Steps that several crash decoders share.
extension TextCursor {
  /// `0x` and exactly eight hexadecimal digits, as the panic code prints every address; nil and no
  /// step if fewer stand here, which means that the line is cut or damaged.
  mutating func wholeAddress() -> UInt32? {
    guard byte == 0x30, text[position + 1] | 0x20 == UInt8(ascii: "x") else { return nil }
    guard let value = Self.word(in: text, at: position + 2) else { return nil }
    advance(by: 10)
    return value
  }

  /// Eight hexadecimal digits without `0x`.
  mutating func wholeWord() -> UInt32? {
    guard let value = Self.word(in: text, at: position) else { return nil }
    advance(by: 8)
    return value
  }

  private static func word(in text: ByteText, at start: Int) -> UInt32? {
    var value: UInt32 = 0
    for index in start..<start + 8 {
      guard let digit = hexDigit(text[index]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

extension ByteText {
  /// The first whole address `0x` + 8 digits in the text.
  var firstAddress: UInt32? {
    var cursor = TextCursor(self)
    while cursor.skip(through: "0x") {
      if let value = cursor.wholeWord() { return value }
    }
    return nil
  }

  /// The text as kept in events: trimmed, at most 300 bytes.
  var sentence: String { trimmed.slice(from: 0, to: 300).string }

  /// Whether the text begins with one of the openings.
  @inline(__always)
  func begins(withAnyOf openings: Openings) -> Bool {
    openings.mayBegin(with: self[0]) && openings.literals.contains { has($0) }
  }

  /// How many bytes of a C identifier stand at `start`.
  func identifierLength(at start: Int) -> Int {
    var index = start
    while index < count {
      switch self[index] {
      case 0x30...0x39 where index > start: index += 1
      case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): index += 1
      default: return index - start
      }
    }
    return index - start
  }
}

/// The words `Core  0` before `register dump:` and `was running in ISR context`.
enum CoreName {
  /// Where `Core  0 ` begins that ends at `position`.
  static func start(endingAt position: Int, in text: ByteText) -> Int? {
    var index = position
    while text[index - 1] == 0x20 { index -= 1 }
    let digits = index
    while (0x30...0x39).contains(text[index - 1]) { index -= 1 }
    guard index < digits else { return nil }
    while text[index - 1] == 0x20 { index -= 1 }
    return text.has("Core", at: index - 4) ? index - 4 : nil
  }

  /// The core in `Core  0`, `Core 0`; `Core  /` is the number -1 and means that it is unknown.
  ///
  /// The outer nil says that no core stands here.
  static func read(_ cursor: inout TextCursor) -> Int?? {
    guard cursor.skip("Core") || cursor.skip("core") else { return nil }
    cursor.skipBlanks()
    if cursor.skip("/") { return .some(nil) }
    guard let core = cursor.decimal() else { return nil }
    return .some((0...99).contains(core) ? core : nil)
  }
}
