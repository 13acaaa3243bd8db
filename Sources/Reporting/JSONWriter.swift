/// Writes JSON with its keys in the order in which they are written.
///
/// A writer of our own, because the order of keys is part of a readable contract, a fleet's logs
/// give hundreds of thousands of objects, and Foundation's encoder offers neither.
package struct JSONWriter {
  /// How the text is laid out.
  package enum Layout: Sendable {
    /// All in one line.
    case line
    /// Indented, for reading.
    case indented
  }

  private var bytes: [UInt8] = []
  private let layout: Layout
  private var depth = 0
  private var isFirst = true

  package init(layout: Layout) {
    self.layout = layout
    bytes.reserveCapacity(4_096)
  }

  /// What was written.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// An object; `members` writes what is in it.
  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    enclose(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  /// An array with one element for each of `elements`.
  package mutating func array<Elements: Sequence>(
    _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    enclose(UInt8(ascii: "["), UInt8(ascii: "]")) { json in
      for element in elements {
        json.separate()
        write(&json, element)
      }
    }
  }

  /// The beginning of a member; its value has to follow.
  package mutating func key(_ name: String) {
    separate()
    string(unmasked: name)
    bytes.append(UInt8(ascii: ":"))
    if layout == .indented { bytes.append(0x20) }
  }

  /// Text that a device may have had a part in: secrets are masked.
  package mutating func string(_ text: String) { string(unmasked: Redaction.masked(text)) }

  /// Text of rules and options, names of files.
  package mutating func string(unmasked text: String) {
    bytes.append(UInt8(ascii: "\""))
    var copy = text
    let isPlain = copy.withUTF8 { text in
      // Nearly all texts are printable ASCII and stand as they are.
      guard text.allSatisfy(Self.standsForItself) else { return false }
      bytes.append(contentsOf: text)
      return true
    }
    if !isPlain { for scalar in text.unicodeScalars { append(scalar) } }
    bytes.append(UInt8(ascii: "\""))
  }

  package mutating func number(_ number: Int) { bytes += String(number).utf8 }

  /// A share of 1 with up to four decimals.
  package mutating func share(_ share: Double) {
    let bounded = share.isNaN ? 0 : min(max(share, 0), 1)
    let parts = Int((bounded * 10_000).rounded())
    var digits = String(10_000 + parts % 10_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    bytes += (String(parts / 10_000) + (digits.isEmpty ? "" : "." + digits)).utf8
  }

  package mutating func truth(_ truth: Bool) { bytes += (truth ? "true" : "false").utf8 }

  private mutating func enclose(
    _ open: UInt8, _ close: UInt8, _ contents: (inout JSONWriter) -> Void
  ) {
    bytes.append(open)
    depth += 1
    isFirst = true
    contents(&self)
    depth -= 1
    if !isFirst { breakLine() }
    isFirst = false
    bytes.append(close)
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    if !isFirst, layout == .line { bytes.append(0x20) }
    isFirst = false
    breakLine()
  }

  private mutating func breakLine() {
    guard layout == .indented else { return }
    bytes.append(0x0a)
    for _ in 0..<depth * 2 { bytes.append(0x20) }
  }

  private static func standsForItself(_ byte: UInt8) -> Bool {
    byte &- 0x20 < 0x5f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes += "\\\"".utf8
    case "\\": bytes += "\\\\".utf8
    case "\n": bytes += "\\n".utf8
    case "\r": bytes += "\\r".utf8
    case "\t": bytes += "\\t".utf8
    default:
      if HostileText.mustNotBeShown(scalar) {
        for unit in UTF16.encode(scalar) ?? .init() { append(escape: unit) }
      } else if scalar.isASCII {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes += UTF8.encode(scalar) ?? .init()
      }
    }
  }

  private mutating func append(escape unit: UInt16) {
    let digits = String(unit, radix: 16)
    bytes += ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8
  }
}

// Members whose value may be absent are left out then.
extension JSONWriter {
  package mutating func member(_ name: String, _ text: String?) {
    guard let text else { return }
    key(name)
    string(text)
  }

  package mutating func member(_ name: String, unmasked text: String?) {
    guard let text else { return }
    key(name)
    string(unmasked: text)
  }

  package mutating func member(_ name: String, _ value: Int?) {
    guard let value else { return }
    key(name)
    number(value)
  }

  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    truth(value)
  }

  package mutating func member(_ name: String, share value: Double) {
    key(name)
    share(value)
  }

  package mutating func member(_ name: String, address: UInt32?) {
    guard let address else { return }
    key(name)
    string(unmasked: Hexadecimal.address(address))
  }

  package mutating func member(_ name: String, flashOffset: Int?) {
    guard let flashOffset else { return }
    key(name)
    string(unmasked: Hexadecimal.offset(flashOffset))
  }

  package mutating func member(_ name: String, _ members: (inout JSONWriter) -> Void) {
    key(name)
    object(members)
  }

  package mutating func member<Elements: Sequence>(
    _ name: String, each elements: Elements,
    _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    key(name)
    array(elements, write)
  }

  /// Texts of rules; left out when there are none.
  package mutating func member(_ name: String, unmasked texts: [String]) {
    guard !texts.isEmpty else { return }
    member(name, each: texts) { $0.string(unmasked: $1) }
  }
}
