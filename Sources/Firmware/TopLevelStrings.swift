/// The members of a JSON object whose values are strings; all others are skipped.
///
/// All that is wanted of ESP-IDF's project description. A general reader would be the larger part
/// of the two.
struct TopLevelStrings {
  private let text: [UInt8]
  private var next = 0

  /// Deeper nesting is nothing that a build writes.
  private static let deepest = 64

  /// The members by name; nil where the text is no JSON object.
  static func read(_ text: [UInt8]) -> [String: String]? {
    var reader = TopLevelStrings(text: text)
    guard let members = reader.object() else { return nil }
    reader.skipBlanks()
    return reader.next == text.count ? members : nil
  }

  private init(text: [UInt8]) { self.text = text }

  private mutating func object() -> [String: String]? {
    var members: [String: String] = [:]
    guard take("{") else { return nil }
    if take("}") { return members }
    repeat {
      skipBlanks()
      guard let name = string(), take(":") else { return nil }
      skipBlanks()
      if peek == UInt8(ascii: "\"") {
        guard let value = string() else { return nil }
        members[name] = value
      } else if !skipValue(depth: 0) {
        return nil
      }
    } while take(",")
    return take("}") ? members : nil
  }

  private var peek: UInt8? { next < text.count ? text[next] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { next += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard peek == UInt8(ascii: character) else { return false }
    next += 1
    return true
  }

  private mutating func skipValue(depth: Int) -> Bool {
    guard depth < Self.deepest else { return false }
    skipBlanks()
    switch peek {
    case UInt8(ascii: "\""): return string() != nil
    case UInt8(ascii: "["):
      next += 1
      if take("]") { return true }
      repeat {
        guard skipValue(depth: depth + 1) else { return false }
      } while take(",")
      return take("]")
    case UInt8(ascii: "{"):
      next += 1
      if take("}") { return true }
      repeat {
        skipBlanks()
        guard string() != nil, take(":"), skipValue(depth: depth + 1) else { return false }
      } while take(",")
      return take("}")
    default:
      // Numbers, true, false, null: told apart by nobody here.
      let start = next
      while let byte = peek, isWordByte(byte) { next += 1 }
      return next > start
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private mutating func string() -> String? {
    guard peek == UInt8(ascii: "\"") else { return nil }
    next += 1
    var units: [UInt8] = []
    while let byte = peek {
      next += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        units += Array(String(scalar).utf8)
      default: units.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = peek else { return nil }
    next += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "u"):
      guard let first = hexadecimal() else { return nil }
      guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
      guard peek == UInt8(ascii: "\\"), next + 1 < text.count,
        text[next + 1] == UInt8(ascii: "u")
      else { return "\u{FFFD}" }
      next += 2
      guard let second = hexadecimal() else { return nil }
      guard (0xDC00..<0xE000).contains(second) else { return "\u{FFFD}" }
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    default: return Unicode.Scalar(byte)
    }
  }

  private mutating func hexadecimal() -> UInt32? {
    guard next + 4 <= text.count else { return nil }
    let digits = String(decoding: text[next..<(next + 4)], as: UTF8.self)
    next += 4
    return UInt32(digits, radix: 16)
  }
}
