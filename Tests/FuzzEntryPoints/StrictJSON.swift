/// JSON to the letter (RFC 8259), read without the product's own reader: two that share a mistake would agree.
///
/// Members keep their order, and a name that comes twice is an error: parsers differ about which value counts.
struct StrictJSON {
  /// A value; a number keeps its spelling.
  indirect enum Value: Hashable, Sendable {
    case null
    case truth(Bool)
    case number(String)
    case text(String)
    case list([Value])
    case object([Member])
  }

  /// A name and its value.
  struct Member: Hashable, Sendable {
    let name: String
    let value: Value
  }

  /// Why a text is no JSON, and at which byte.
  struct Refusal: Error, CustomStringConvertible {
    let reason: String
    let offset: Int
    var description: String { "\(reason) at byte \(offset)" }
  }

  private let bytes: [UInt8]
  private var position = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The value that a text is.
  static func value(of text: String) throws(Refusal) -> Value {
    var reader = StrictJSON(text)
    let value = try reader.value()
    reader.skipSpace()
    guard reader.position == reader.bytes.count else {
      throw reader.refusal("something behind the value")
    }
    return value
  }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func refusal(_ reason: String) -> Refusal { Refusal(reason: reason, offset: position) }

  private mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard byte == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(Refusal) -> Value {
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"): return .object(try members())
    case UInt8(ascii: "["): return .list(try values())
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .truth(true))
    case UInt8(ascii: "f"): return try word("false", .truth(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func members() throws(Refusal) -> [Member] {
    position += 1
    var members: [Member] = []
    var names: Set<String> = []
    if take("}") { return [] }
    repeat {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else { throw refusal("no name") }
      let name = try text()
      guard names.insert(name).inserted else { throw refusal("the name \(name) comes twice") }
      guard take(":") else { throw refusal("no colon") }
      members.append(Member(name: name, value: try value()))
    } while take(",")
    guard take("}") else { throw refusal("an object without an end") }
    return members
  }

  private mutating func values() throws(Refusal) -> [Value] {
    position += 1
    var values: [Value] = []
    if take("]") { return [] }
    repeat { values.append(try value()) } while take(",")
    guard take("]") else { throw refusal("a list without an end") }
    return values
  }

  private mutating func word(_ word: String, _ value: Value) throws(Refusal) -> Value {
    guard bytes[position...].starts(with: word.utf8) else { throw refusal("no value") }
    position += word.utf8.count
    return value
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte, (0x30...0x39).contains(byte) { position += 1 }
    return position - start
  }

  private mutating func number() throws(Refusal) -> String {
    let start = position
    if byte == UInt8(ascii: "-") { position += 1 }
    let leadsWithZero = byte == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, !leadsWithZero || whole == 1 else { throw refusal("no value") }
    if byte == UInt8(ascii: ".") {
      position += 1
      guard digits() > 0 else { throw refusal("no digit behind the point") }
    }
    if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      position += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
      guard digits() > 0 else { throw refusal("no digit in the exponent") }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func text() throws(Refusal) -> String {
    position += 1
    var units: [UInt16] = []
    var run = position
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        units += String(decoding: bytes[run..<position], as: UTF8.self).utf16
        position += 1
        return String(decoding: units, as: UTF16.self)
      case UInt8(ascii: "\\"):
        units += String(decoding: bytes[run..<position], as: UTF8.self).utf16
        position += 1
        units.append(try escaped())
        run = position
      case 0..<0x20: throw refusal("a raw control character")
      default: position += 1
      }
    }
    throw refusal("a text without an end")
  }

  private mutating func escaped() throws(Refusal) -> UInt16 {
    guard let byte else { throw refusal("a text without an end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(byte)
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0c
    case UInt8(ascii: "n"): return 0x0a
    case UInt8(ascii: "r"): return 0x0d
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"):
      guard bytes.count - position >= 4 else { throw refusal("an escape without an end") }
      let digits = bytes[position..<position + 4]
      let isNumber = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
      guard isNumber, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
        throw refusal("an escape that is no number")
      }
      position += 4
      return unit
    default: throw refusal("an unknown escape")
    }
  }
}
