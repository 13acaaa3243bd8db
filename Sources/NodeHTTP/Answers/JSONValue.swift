/// A JSON text as values; what a node answers fits one.
package enum JSONValue: Hashable {
  case null
  case truth(Bool)
  /// As written.
  case number(String)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// Reads a whole text; nil where it is no JSON. Deep nesting is refused, a hostile answer must not use up the stack.
  package init?(_ bytes: [UInt8]) {
    var reader = JSONReading(bytes: bytes)
    guard let value = reader.value(depth: 0), reader.isAtEnd() else { return nil }
    self = value
  }

  /// A member of an object.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  /// The text, or a number as written.
  package var asText: String? {
    switch self {
    case .text(let text), .number(let text): text
    case .null, .truth, .list, .object: nil
    }
  }

  /// A whole number, also one written as text.
  package var asInteger: Int? {
    switch self {
    case .text(let text), .number(let text): Int(text)
    case .null, .truth, .list, .object: nil
    }
  }
}

/// A pass over the bytes of a JSON text.
private struct JSONReading {
  let bytes: [UInt8]
  var position = 0
  private static let deepest = 16

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  mutating func isAtEnd() -> Bool {
    skipSpace()
    // Some firmware sends the end of its C string along.
    while byte == 0 { position += 1 }
    return position == bytes.count
  }

  mutating func value(depth: Int) -> JSONValue? {
    guard depth < Self.deepest else { return nil }
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return list(depth: depth)
    case UInt8(ascii: "\""): return text().map(JSONValue.text)
    case UInt8(ascii: "t"): return word("true", .truth(true))
    case UInt8(ascii: "f"): return word("false", .truth(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard byte == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func object(depth: Int) -> JSONValue? {
    position += 1
    var members: [String: JSONValue] = [:]
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard byte == UInt8(ascii: "\""), let name = text(), take(":"),
        let value = value(depth: depth + 1)
      else { return nil }
      members[name] = value
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func list(depth: Int) -> JSONValue? {
    position += 1
    var values: [JSONValue] = []
    if take("]") { return .list(values) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
    } while take(",")
    return take("]") ? .list(values) : nil
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) -> JSONValue? {
    let length = word.utf8CodeUnitCount
    guard bytes.count - position >= length,
      word.withUTF8Buffer({ bytes[position..<position + length].elementsEqual($0) })
    else { return nil }
    position += length
    return value
  }

  private mutating func number() -> JSONValue? {
    let start = position
    while let byte, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return Double(text) == nil ? nil : .number(text)
  }

  private mutating func text() -> String? {
    position += 1
    var units: [UInt8] = []
    while let byte {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escaped() else { return nil }
        units += Array(String(scalar).utf8)
      case 0..<0x20: return nil
      default: units.append(byte)
      }
    }
    return nil
  }

  private mutating func escaped() -> Unicode.Scalar? {
    guard let byte else { return nil }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let first = fourDigits() else { return nil }
      guard 0xD800..<0xDC00 ~= first else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
      return completed(first)
    default: return nil
    }
  }

  /// The character whose first half was read. Where the second one does not follow, what follows is not touched.
  private mutating func completed(_ first: UInt32) -> Unicode.Scalar {
    let start = position
    if bytes[position...].starts(with: "\\u".utf8) {
      position += 2
      if let second = fourDigits(), 0xDC00..<0xE000 ~= second {
        return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
      }
    }
    position = start
    return "\u{FFFD}"
  }

  private mutating func fourDigits() -> UInt32? {
    guard bytes.count - position >= 4 else { return nil }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else {
      return nil
    }
    position += 4
    return UInt32(digits, radix: 16)
  }
}
