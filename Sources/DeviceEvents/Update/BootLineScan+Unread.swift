// I (322) main: Reset reason: Gremlin 77
// I (322) app: boot reason: 42
// I (701) telemetry: {"reboot_reason":4,"fw":"1.2.0"}
//
// A field for the reset reason with a value that says nothing here: a word of the application's own, or a number of its
// own counting. It is no fault, but whoever reads it should not be told that all is well.

import LineReading

extension BootLineScan {
  /// The value of the first field for a reset reason that is neither a reason nor a word for a wanted restart.
  static func unreadReason(in text: ByteText) -> String? {
    var position = 0
    while position < min(text.count, longestField) {
      if let value = unreadReason(behindKeyAt: position, in: text) { return value }
      position += 1
    }
    return nil
  }

  /// The same of the field whose name begins at `position`.
  static func unreadReason(behindKeyAt position: Int, in text: ByteText) -> String? {
    guard isKeyStart(at: position, in: text), let key = nameOfField(at: position, in: text),
      OtherNodes.subject(before: position, in: text) == .thisNode,
      !isMachines(before: position, in: text)
    else { return nil }
    var cursor = TextCursor(text, at: position + key.utf8CodeUnitCount)
    guard core(before: position, in: text) == .unnamed, skipCore(&cursor) == .unnamed,
      skipSeparator(&cursor)
    else { return nil }
    // `reset reason is printed below` is a sentence.
    guard isSign(text.slice(from: 0, to: cursor.position).trimmed) else { return nil }
    while cursor.byte == 0x20 || cursor.byte == UInt8(ascii: "\"")
      || cursor.byte == UInt8(ascii: "'")
    {
      cursor.advance()
    }
    let value = valueOfField(cursor)
    guard (1...longestValue).contains(value.count), Letters.isWord(value[0]), !isMeasure(value)
    else { return nil }
    var trial = TextCursor(value)
    guard ResetReasonWording.readField(&trial, numbersAre: .reasons).map(isBareNumber) ?? true,
      ResetReasonWords(at: 0, in: value).reading == .unknown
    else { return nil }
    return value.string
  }

  private static func nameOfField(at position: Int, in text: ByteText) -> StaticString? {
    namesOfFields.first { text.has($0, at: position) }
  }

  /// `ESP_RST_` is a name itself, and `last reset` one of other things, too.
  private static let namesOfFields: [StaticString] =
    reasonKeys.filter { $0.utf8CodeUnitCount > "ESP_RST_".utf8.count }
    + ToldStart.labels.filter(ToldStart.endsWithReason)

  /// What stands there up to the next field or the end of the statement.
  private static func valueOfField(_ start: TextCursor) -> ByteText {
    var cursor = start
    while !cursor.isAtEnd {
      switch cursor.byte {
      case 0x0d, 0x1b, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "\""),
        UInt8(ascii: "'"), UInt8(ascii: "}"):
        return start.text.slice(from: start.position, to: cursor.position).trimmed
      default: cursor.advance()
      }
    }
    return start.rest.trimmed
  }

  /// Whether a text ends with a sign between a name and its value.
  private static func isSign(_ text: ByteText) -> Bool {
    switch text[text.count - 1] {
    case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "-"): true
    // Behind ESPHome's `Sending state`.
    default: text[text.count - 1] == UInt8(ascii: "e") && text.has("state", at: text.count - 5)
    }
  }

  /// `3.3V`, `42%`, `12 MHz`: a number and more.
  private static func isMeasure(_ value: ByteText) -> Bool {
    guard (0x30...0x39).contains(value[0]) else { return false }
    return (0..<value.count).contains { !Letters.isWord(value[$0]) }
  }

  private static func isBareNumber(_ reason: PrintedReason) -> Bool {
    switch reason {
    case .number, .romCode: true
    case .reason: false
    }
  }

  /// Farther inside a line no field is looked for, in bytes.
  private static let longestField = 256
  /// A longer one is a sentence, in bytes.
  private static let longestValue = 32
}
