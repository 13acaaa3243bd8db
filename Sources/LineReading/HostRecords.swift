/// Finds the device's line in records: an object of JSON or a row of CSV a line, one field of which holds what the
/// node printed.
///
/// Journald, Docker, Loki, loggers of applications, brokers of messages and spreadsheets write such files. Which field
/// it is shows by a value that only a device prints; a device's own JSON has none, and stays as it is.
struct HostRecords {
  /// The name of the field, once an object has shown it, and how many values of that name come before it: those
  /// of a list have one name.
  private var name: [UInt8] = []
  private var place = 0
  private var rows = SeparatedRows()

  /// Whether a field is known.
  var isLearned: Bool { !name.isEmpty || rows.isLearned }

  /// How far into a line its record may begin: behind a clock, a topic, a service.
  private static let longestLead = 160

  /// Whether a line of the device stood bare: then it prints records of its own, and nobody else does.
  var isRuledOut = false

  /// Puts the device's text of a line into `text`, and says whether there was one.
  mutating func take(from line: ByteText, into text: inout [UInt8]) -> Bool {
    guard isLearned || !isRuledOut else { return false }
    if let start = Self.startOfObject(in: line) {
      return takeField(of: line.slice(from: start), into: &text)
    }
    return rows.take(from: line, into: &text)
  }

  private static func startOfObject(in line: ByteText) -> Int? {
    let lead = line.slice(from: 0, to: longestLead)
    guard let start = lead.firstIndex(of: UInt8(ascii: "{")),
      line[RecordText.afterBlanks(line, start + 1)] == UInt8(ascii: "\"")
    else { return nil }
    // What the device itself prints may hold JSON.
    if isPublished(behind: lead.slice(from: 0, to: start)) { return nil }
    return (0..<start).contains { lead.hasLogLine(at: $0) } ? nil : start
  }

  /// Whether the words before an object are a device's own, which tell that it publishes the object, as Tasmota does:
  /// `12:00:01.123 MQT: tele/bridge/RESULT = {…`. No collector writes a topic and what was published there behind a tag.
  static func isPublished(behind words: ByteText) -> Bool {
    guard words.has(" = ", at: words.count - 3) else { return false }
    var search = 0
    while let colon = words.firstIndex(of: ": ", from: search) {
      search = colon + 1
      let isTag = colon >= 3 && (colon - 3..<colon).allSatisfy { words[$0] &- 0x41 < 26 }
      // Clocks and colours stand before it.
      if isTag, colon == 3 || words[colon - 4] == Byte.blank || words[colon - 4] == Byte.m {
        return true
      }
    }
    return false
  }

  private mutating func takeField(of object: ByteText, into text: inout [UInt8]) -> Bool {
    var named: ObjectFields.Value?
    var sure: (name: ByteText, place: Int, value: ObjectFields.Value)?
    var fields = ObjectFields(of: object)
    while let (name, place, value) = fields.next() {
      let isKnown =
        !self.name.isEmpty && place == self.place && name.buffer.elementsEqual(self.name)
      if isKnown, named == nil { named = value }
      guard sure == nil || isKnown else { continue }
      value.copy(to: &text)
      if text.withUnsafeBufferPointer({ DeviceText.begins(ByteText($0), at: 0) }) {
        sure = (name, place, value)
        if isKnown { break }
      }
    }
    if named == nil, let sure, !sure.name.isEmpty {
      (name, place) = (Array(sure.name.buffer), sure.place)
    }
    guard let found = sure?.value ?? named else { return false }
    found.copy(to: &text)
    return true
  }
}

/// The fields of an object of JSON whose values are text, those of objects within it included.
///
/// What is damaged is read as far as it goes; a text without an end reaches to the end of the line.
private struct ObjectFields {
  /// A value: a text, or a list of bytes, as journald writes what is not printable.
  enum Value {
    /// What stands between the quotation marks, with its escapes.
    case text(ByteText)
    /// What stands between the brackets.
    case bytes(ByteText)

    func copy(to bytes: inout [UInt8]) {
      bytes.removeAll(keepingCapacity: true)
      switch self {
      case .text(let text): RecordText.unescape(text, into: &bytes)
      case .bytes(let list): RecordText.numbers(in: list, into: &bytes)
      }
    }
  }

  private let object: ByteText
  private var position = 0
  private var name = ByteText(base: nil, count: 0)
  /// How many values the name had so far.
  private var place = 0

  init(of object: ByteText) { self.object = object }

  mutating func next() -> (name: ByteText, place: Int, value: Value)? {
    while position < object.count {
      switch object[position] {
      case UInt8(ascii: "\""):
        let end = RecordText.endOfText(in: object, from: position + 1)
        let text = object.slice(from: position + 1, to: end)
        position = RecordText.afterBlanks(object, end + 1)
        guard object[position] == UInt8(ascii: ":") else {
          place += 1
          return (name, place - 1, .text(text))
        }
        name = text
        place = 0
        position += 1
      case UInt8(ascii: "["):
        position = RecordText.afterBlanks(object, position + 1)
        guard object[position] &- 0x30 < 10 else { continue }
        let end = object.firstIndex(of: UInt8(ascii: "]"), from: position) ?? object.count
        let list = object.slice(from: position, to: end)
        position = end
        place += 1
        return (name, place - 1, .bytes(list))
      default:
        position += 1
      }
    }
    return nil
  }
}

/// How JSON writes text.
private enum RecordText {
  /// Where the quotation mark stands that ends the text, or the end of the line.
  static func endOfText(in line: ByteText, from start: Int) -> Int {
    var position = start
    while position < line.count, line[position] != UInt8(ascii: "\"") {
      position += line[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(position, line.count)
  }

  static func afterBlanks(_ line: ByteText, _ start: Int) -> Int {
    var position = start
    while line[position] == Byte.blank { position += 1 }
    return position
  }

  /// Adds the bytes of a text without its escapes.
  static func unescape(_ text: ByteText, into bytes: inout [UInt8]) {
    var position = 0
    while position < text.count {
      guard text[position] == UInt8(ascii: "\\"), position + 1 < text.count else {
        bytes.append(text[position])
        position += 1
        continue
      }
      let escape = text[position + 1]
      position += 2
      switch escape {
      case UInt8(ascii: "n"): bytes.append(0x0a)
      case UInt8(ascii: "r"): bytes.append(0x0d)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0c)
      case UInt8(ascii: "u"):
        let (scalar, length) = scalar(in: text, at: position)
        bytes.append(contentsOf: String(scalar).utf8)
        position += length
      default: bytes.append(escape)
      }
    }
  }

  /// The character behind `\u`, and how many bytes spell it; half a pair is U+FFFD.
  private static func scalar(in text: ByteText, at start: Int) -> (Unicode.Scalar, length: Int) {
    guard let first = unit(in: text, at: start) else { return ("\u{FFFD}", 0) }
    if let scalar = Unicode.Scalar(first) { return (scalar, 4) }
    guard first < 0xdc00, text.has("\\u", at: start + 4),
      let second = unit(in: text, at: start + 6), second & 0xfc00 == 0xdc00,
      let scalar = Unicode.Scalar(0x10000 + (first & 0x3ff) << 10 + (second & 0x3ff))
    else { return ("\u{FFFD}", 4) }
    return (scalar, 10)
  }

  private static func unit(in text: ByteText, at start: Int) -> UInt32? {
    guard start + 4 <= text.count, text[start] != UInt8(ascii: "+") else { return nil }
    return UInt32(text.slice(from: start, to: start + 4).string, radix: 16)
  }

  /// Adds what a list of numbers says, `27, 91, 48`, up to what is no byte.
  static func numbers(in list: ByteText, into bytes: inout [UInt8]) {
    var number = 0
    var digits = 0
    for position in 0...list.count {
      let byte = list[position]
      if byte &- 0x30 < 10 {
        number = number * 10 + Int(byte - 0x30)
        digits += 1
        if number > 255 { return }
      } else if digits > 0 {
        bytes.append(UInt8(number))
        (number, digits) = (0, 0)
      }
    }
  }
}
