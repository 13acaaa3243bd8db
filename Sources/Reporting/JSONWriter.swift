/// Writes JSON with its keys in the order in which they are written.
///
/// A writer of our own, because the order of keys is part of a readable contract, a fleet's logs
/// give hundreds of thousands of objects, and Foundation's encoder offers neither.
package struct JSONWriter: ~Copyable {
  /// How the text is laid out.
  package enum Layout: Sendable {
    /// All in one line.
    case line
    /// Indented, for reading.
    case indented
  }

  private let bytes: ByteSink
  private let layout: Layout
  private let privacy: Privacy
  private var depth = 0
  private var isFirst = true

  /// A writer with nothing written as yet; `room` bytes are written without looking for more memory.
  package init(layout: Layout, privacy: Privacy = .own, room: Int = 16 << 10) {
    bytes = ByteSink(capacity: room)
    self.layout = layout
    self.privacy = privacy
  }

  /// What was written.
  package var text: String { bytes.text }

  /// Ends what was written with a line feed, and hands it to `body` as UTF-8.
  mutating func withLine<Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    bytes.append(0x0a)
    try body(bytes.bytes)
  }

  /// How many bytes were written.
  var position: Int { bytes.count }

  /// Writes once more what was written before, where as many objects were open: some members behind others, or the
  /// beginning of one.
  mutating func repeatText(_ text: Range<Int>) {
    bytes.append(copyOf: text)
    isFirst = false
  }

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

  /// The beginning of a member; its value has to follow. The name is one of the contract's, which are
  /// written as they are.
  package mutating func key(_ name: StaticString) {
    separate()
    let length = name.utf8CodeUnitCount
    bytes.write(upTo: length + 4) { place in
      place[0] = UInt8(ascii: "\"")
      (place + 1).update(from: name.utf8Start, count: length)
      place[length + 1] = UInt8(ascii: "\"")
      place[length + 2] = UInt8(ascii: ":")
      guard layout == .indented else { return length + 3 }
      place[length + 3] = 0x20
      return length + 4
    }
  }

  /// The beginning of a member whose name comes from elsewhere.
  package mutating func key(named name: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    escape(name)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    if layout == .indented { bytes.append(0x20) }
  }

  /// Text that a device may have had a part in: secrets are masked.
  package mutating func string(_ text: String) { string(unmasked: masked(text)) }

  /// A text as its readers may see it; for names of members that a device had a part in.
  func masked(_ text: String) -> String {
    privacy.shown(text.isShortWord ? text : Redaction.masked(text))
  }

  /// An address or a name that holds no secret, as its readers may see it.
  func shown(_ place: String) -> String { privacy.shown(place) }

  /// Text of rules and options, names of files.
  package mutating func string(unmasked text: String) {
    bytes.append(UInt8(ascii: "\""))
    escape(text)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ text: String) {
    var copy = text
    let isPlain = copy.withUTF8 { text in
      // Nearly all texts are printable ASCII and stand as they are.
      guard Self.standsForItself(text) else { return false }
      bytes.append(text)
      return true
    }
    guard !isPlain else { return }
    var before: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      // `##[name]` is a command to some CI services, wherever it stands.
      if scalar == "#", before == "#" { append(escape: 0x23) } else { append(scalar) }
      before = scalar
    }
  }

  package mutating func number(_ number: Int) {
    // Lines, boots and offsets: much of all that is written are numbers, few of them large.
    guard 0..<1_000_000_000 ~= number else {
      bytes.append(String(number))
      return
    }
    bytes.write(upTo: 9) { place in
      var rest = UInt32(truncatingIfNeeded: number)
      var length = 1
      var limit: UInt32 = 10
      while length < 9, rest >= limit {
        length += 1
        limit *= 10
      }
      for digit in stride(from: length - 1, through: 0, by: -1) {
        place[digit] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      return length
    }
  }

  /// An address in memory as `Hexadecimal.address` has it.
  package mutating func address(_ address: UInt32) {
    // Eight digits at once: a report on crashes is made of addresses.
    var digits = UInt64(address)
    digits = (digits << 16 | digits) & 0x0000_ffff_0000_ffff
    digits = (digits << 8 | digits) & 0x00ff_00ff_00ff_00ff
    digits = (digits << 4 | digits) & 0x0f0f_0f0f_0f0f_0f0f
    // Those above 9 are letters: 39 further on in ASCII.
    let letters = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    let text = digits &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
    bytes.write(upTo: 12) { place in
      place[0] = UInt8(ascii: "\"")
      place[1] = UInt8(ascii: "0")
      place[2] = UInt8(ascii: "x")
      UnsafeMutableRawPointer(place + 3).storeBytes(of: text.bigEndian, as: UInt64.self)
      place[11] = UInt8(ascii: "\"")
      return 12
    }
  }

  /// An offset or size in flash as `Hexadecimal.offset` has it.
  mutating func flashOffset(_ offset: Int) {
    guard offset >= 0 else { return string(unmasked: Hexadecimal.offset(offset)) }
    bytes.write(upTo: 20) { place in
      place[0] = UInt8(ascii: "\"")
      place[1] = UInt8(ascii: "0")
      place[2] = UInt8(ascii: "x")
      let digits = max((Int.bitWidth - offset.leadingZeroBitCount + 3) / 4, 1)
      for index in 0..<digits {
        let digit = UInt8(truncatingIfNeeded: offset >> (4 * (digits - 1 - index)) & 15)
        place[3 + index] = digit < 10 ? 0x30 + digit : 0x57 + digit
      }
      place[3 + digits] = UInt8(ascii: "\"")
      return 4 + digits
    }
  }

  /// A share of 1 with up to four decimals.
  package mutating func share(_ share: Double) {
    let bounded = share.isNaN ? 0 : min(max(share, 0), 1)
    let parts = Int((bounded * 10_000).rounded())
    bytes.append(UInt8(ascii: "0") + (parts >= 10_000 ? 1 : 0))
    var rest = parts % 10_000
    guard rest > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var unit = 1_000
    while rest > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / unit))
      rest %= unit
      unit /= 10
    }
  }

  package mutating func truth(_ truth: Bool) { bytes.append(truth ? "true" : "false") }

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

  /// Whether all bytes are printable ASCII that needs no escape; eight are looked at in one go.
  private static func standsForItself(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = UnsafeRawBufferPointer(text)
    var position = 0
    while bytes.count - position >= 8 {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      // A byte that is 0 in `rest` is one of those looked for: quote or number sign, backslash, delete.
      let quotes = holdsZero((word | each(0x01)) ^ each(0x23))
      let others = holdsZero(word ^ each(0x5c)) | holdsZero(word ^ each(0x7f))
      let controls = (word &- each(0x20)) & ~word & each(0x80)
      if quotes | others | controls | word & each(0x80) != 0 { return false }
      position += 8
    }
    while position < bytes.count {
      if !standsForItself(bytes[position]) { return false }
      position += 1
    }
    return true
  }

  private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

  /// Not 0 if some byte of the word is 0.
  private static func holdsZero(_ word: UInt64) -> UInt64 {
    (word &- each(0x01)) & ~word & each(0x80)
  }

  private static func standsForItself(_ byte: UInt8) -> Bool {
    byte &- 0x20 < 0x5f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
      && byte != UInt8(ascii: "#")
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes.append("\\\"")
    case "\\": bytes.append("\\\\")
    case "\n": bytes.append("\\n")
    case "\r": bytes.append("\\r")
    case "\t": bytes.append("\\t")
    default:
      if HostileText.mustNotBeShown(scalar) {
        for unit in UTF16.encode(scalar) ?? .init() { append(escape: unit) }
      } else if scalar.isASCII {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        for byte in UTF8.encode(scalar) ?? .init() { bytes.append(byte) }
      }
    }
  }

  private mutating func append(escape unit: UInt16) {
    let digits = String(unit, radix: 16)
    bytes.append("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
  }
}

extension String {
  /// Whether it is one word of letters and digits, shorter than any key that shows by its form: names of registers and
  /// slots, which are most of the texts of a crash loop. What makes such a word a secret stands before it, and a sign
  /// between them.
  fileprivate var isShortWord: Bool {
    guard utf8.count < 16 else { return false }
    for byte in utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"): continue
      default: return false
      }
    }
    return true
  }
}
