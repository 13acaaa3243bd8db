/// Turns the answer of Grafana Loki to a query of a log into lines.
///
///     {"status":"success","data":{"resultType":"streams","result":[{"stream":{…},
///       "values":[["1714023041000000000","I (310) main_task: Calling app_main()"],…]}]}}
///
/// All of it is one line, mostly with the newest entry first. What comes out are the entries in the order of their
/// times, one a line. Streams are those of several nodes as a rule, whose lines would tell one false story together:
/// an answer with more than one stays as it is, and so does all that holds anything else than one answer. Loki's HTTP
/// API, `/loki/api/v1/query_range`.
struct LokiAnswer {
  /// Whether bytes begin such an answer; nil while too few are known.
  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool? {
    var matched = 0
    // An answer that was made easy to read has blanks and line feeds in between.
    for byte in bytes.prefix(1_024) where !isBlank(byte) {
      guard byte == beginning.utf8Start[matched] else { return false }
      matched += 1
      if matched == beginning.utf8CodeUnitCount { return true }
    }
    return matched == 0 || bytes.count >= 1_024 ? false : nil
  }

  private static let beginning: StaticString =
    "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\""

  /// More than Loki gives in one answer by far; what is longer is read as it stands.
  private static let longest = 64 << 20

  private var bytes: [UInt8] = []

  /// Takes more of the answer; false if it is too long to be held.
  mutating func take(_ more: UnsafeRawBufferPointer) -> Bool {
    bytes.append(contentsOf: more)
    return bytes.count <= Self.longest
  }

  /// What was taken, as it was.
  var asItIs: [UInt8] { bytes }

  /// The lines, each with a line feed; the answer as it is where they would not tell all of it, or too much at once.
  func lines() -> [UInt8] {
    guard let entries = bytes.withUnsafeBufferPointer({ Self.read($0) }), !entries.isEmpty
    else { return asItIs }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    // Loki keeps nanoseconds; of equal times the order of the answer stands.
    let ordered = entries.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    for (_, entry) in ordered {
      Self.unescape(bytes[entry.text], into: &text)
      while let last = text.last, last == 0x0a || last == 0x0d { text.removeLast() }
      text.append(0x0a)
    }
    return text
  }

  private struct Entry {
    let time: UInt64
    /// Where its text stands, without the quotation marks.
    let text: Range<Int>
  }

  /// An entry is a list whose first member is a time in digits, and whose second is a text; nil for what is not one
  /// answer with one stream that has any. An answer that was cut holds what was read of it.
  private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> [Entry]? {
    var entries: [Entry] = []
    var streamHasEntries = false
    var otherStreamHasEntries = false
    var depth = 0
    var opensList = false
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == UInt8(ascii: "\"") else {
        guard isBlank(byte) || isSignOrWord(byte) else { return nil }
        if byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "}") { depth -= 1 }
        if !isBlank(byte) { opensList = byte == UInt8(ascii: "[") }
        position += 1
        if depth == 0, byte == UInt8(ascii: "}") {
          return isEmpty(bytes, from: position) ? entries : nil
        }
        continue
      }
      guard let text = quoted(bytes, at: position) else { return nil }
      let isFirst = opensList
      opensList = false
      position = text.upperBound + 1
      if begins(bytes[text], bytes, behind: position) {
        otherStreamHasEntries = otherStreamHasEntries || streamHasEntries
        streamHasEntries = false
      }
      guard isFirst, let time = number(bytes[text]) else { continue }
      let next = past(bytes, from: position)
      // Cut between its time and its text.
      guard next < bytes.count else { return entries }
      guard (16...19).contains(text.count), let line = quoted(bytes, at: next),
        !otherStreamHasEntries
      else { return nil }
      entries.append(Entry(time: time, text: line))
      streamHasEntries = true
      position = line.upperBound + 1
    }
    return entries
  }

  /// Whether a text is the name of a stream's labels, one of which may bear the same name.
  private static func begins(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, _ bytes: UnsafeBufferPointer<UInt8>,
    behind position: Int
  ) -> Bool {
    guard text.elementsEqual("stream".utf8) else { return false }
    var next = position
    while next < bytes.count, isBlank(bytes[next]) || bytes[next] == UInt8(ascii: ":") { next += 1 }
    return next < bytes.count && bytes[next] == UInt8(ascii: "{")
  }

  /// Where the text inside quotation marks stands, which may be cut at the end; nil if there is none, or lines go on
  /// in it, which no text of JSON does.
  private static func quoted(_ bytes: UnsafeBufferPointer<UInt8>, at quote: Int) -> Range<Int>? {
    guard quote < bytes.count, bytes[quote] == UInt8(ascii: "\"") else { return nil }
    var position = quote + 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == 0x0a {
        return isEmpty(bytes, from: position) ? quote + 1..<position : nil
      }
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    return quote + 1..<min(position, bytes.count)
  }

  /// Behind the comma and the blanks between two members.
  private static func past(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var next = start
    while next < bytes.count, isBlank(bytes[next]) || bytes[next] == UInt8(ascii: ",") { next += 1 }
    return next
  }

  private static func isEmpty(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    bytes[start...].allSatisfy { isBlank($0) }
  }

  /// A sign, a number, or a letter of `true`, `false` and `null`: all that JSON has outside its texts.
  private static func isSignOrWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "+"),
      UInt8(ascii: "-"), 0x30...0x39, UInt8(ascii: "E"), UInt8(ascii: "t"), UInt8(ascii: "r"),
      UInt8(ascii: "u"), UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "a"),
      UInt8(ascii: "l"), UInt8(ascii: "s"), UInt8(ascii: "n"):
      true
    default: false
    }
  }

  /// A time in digits; Loki writes nanoseconds since 1970.
  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
    guard (1...19).contains(digits.count) else { return nil }
    var value: UInt64 = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + UInt64(digit - 0x30)
    }
    return value
  }

  private static func unescape(_ text: ArraySlice<UInt8>, into lines: inout [UInt8]) {
    var rest = text
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
        lines.append(byte)
        continue
      }
      switch escape {
      case UInt8(ascii: "n"): lines.append(0x0a)
      case UInt8(ascii: "r"): lines.append(0x0d)
      case UInt8(ascii: "t"): lines.append(0x09)
      case UInt8(ascii: "b"): lines.append(0x08)
      case UInt8(ascii: "f"): lines.append(0x0c)
      case UInt8(ascii: "u"): lines.append(contentsOf: String(character(&rest)).utf8)
      default: lines.append(escape)
      }
    }
  }

  /// The character behind `\u`; half a pair, or what is no number, is U+FFFD.
  private static func character(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
    guard let first = unit(&rest) else { return "\u{FFFD}" }
    if let scalar = Unicode.Scalar(first) { return scalar }
    var behind = rest
    guard first < 0xdc00, behind.popFirst() == UInt8(ascii: "\\"),
      behind.popFirst() == UInt8(ascii: "u"), let second = unit(&behind), second & 0xfc00 == 0xdc00
    else { return "\u{FFFD}" }
    rest = behind
    return Unicode.Scalar(0x10000 + (first & 0x3ff) << 10 + (second & 0x3ff)) ?? "\u{FFFD}"
  }

  private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
    guard rest.count >= 4, rest.first != UInt8(ascii: "+"),
      let value = UInt32(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16)
    else { return nil }
    rest = rest.dropFirst(4)
    return value
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }
}
