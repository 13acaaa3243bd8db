import LineReading

/// Damage that can be seen without knowing what the line was.
enum VisibleDamage {
  /// Whether a message of ESP-IDF's own start-up holds what ESP-IDF does not print.
  static func shows(in message: LogMessage) -> Bool {
    if message.message.holdsDamage || message.message.firstIndex(of: 0x1b) != nil { return true }
    return message.message.has("segment ") && message.tag.has("esp_image")
      && ImageSegment(message.message, time: nil) == nil
  }

  /// Whether a text that nobody knows is the ruin of a log line, of its colour, or of a row of a dump.
  static func shows(inUnknown text: ByteText) -> Bool {
    switch text[0] {
    case 0x1b: return text.count < 12
    case UInt8(ascii: "E"), UInt8(ascii: "W"), UInt8(ascii: "I"), UInt8(ascii: "D"):
      return hasMaimedHead(text)
    case UInt8(ascii: "3")...UInt8(ascii: "5"):
      return isRow(text) || RuinedRegisters.stand(in: text)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return RuinedRegisters.stand(in: text)
    default: return false
    }
  }

  /// `I (306 cpu_start: …`, `I(306) cpu_start: …`, `I 306) cpu_start:…`: the letter and the time of a log line, but not
  /// all of the two brackets and the two blanks around the time.
  private static func hasMaimedHead(_ text: ByteText) -> Bool {
    var cursor = TextCursor(text.slice(from: 1, to: 64))
    let blank = cursor.skip(" ")
    let opens = cursor.skip("(")
    guard cursor.decimal() != nil else { return false }
    let closes = cursor.skip(")")
    let marks = [blank, opens, closes, cursor.skip(" ")]
    return (opens || closes) && (2...3).contains(marks.count { $0 })
      && LogMessage.isTagByte(cursor.byte) && cursor.rest.contains(":") && LogMessage(text) == nil
  }

  /// `4ff24b:0: 0x00000000 0xa5a5a5a5 …`
  private static func isRow(_ text: ByteText) -> Bool {
    guard text.count > 40, (0..<8).count(where: { TextCursor.hexDigit(text[$0]) != nil }) >= 6
    else { return false }
    var words = 0
    var place = text.firstIndex(of: " 0x", from: 6)
    while let found = place, words < 3 {
      // A dump's words have eight digits, of which one may be damaged; an application's bytes have two.
      let digits = (found + 3..<found + 11).count { TextCursor.hexDigit(text[$0]) != nil }
      guard digits >= 7 else { return false }
      words += 1
      place = text.firstIndex(of: " 0x", from: found + 1)
    }
    return words == 3
  }
}
