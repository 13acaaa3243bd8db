// I (421) app: boiler reset reason: 4
// I (421) app: fan controller reset cause: watchdog
//
// The noun right before `reset reason` says whose it is. What a node calls itself is its own, a machine beside it is
// none; of any other word nobody knows, and the ROM, where it is heard, knows better.

import LineReading

extension BootLineScan {
  /// Finds out by the word right before a field for the reset reason whose it is.
  static func judgeOwner(of line: inout Found, in text: ByteText) {
    guard line.content.partition == nil, line.content.partitionOffset == nil,
      isProseKey(at: line.start, in: text), let owner = noun(before: line.start, in: text)
    else { return }
    guard !ToldStart.isOwnWord(owner), !OwnWords.isOne(owner, of: wordsOfStart),
      !owner.has("esp"), !owner.has("ESP")
    else { return }
    line.isOfAnother = isMachines(before: line.start, in: text)
    line.content.isUnderOwnTag = false
    line.content.isUnderProgramsTag = false
    line.content.isProse = true
  }

  /// Whether the name of a machine stands right before `position`.
  static func isMachines(before position: Int, in text: ByteText) -> Bool {
    noun(before: position, in: text).map { OwnWords.isOne($0, of: machines) } ?? false
  }

  /// Whether a key stands there that is made of words: one with an underscore is a field of a record.
  private static func isProseKey(at position: Int, in text: ByteText) -> Bool {
    text[position + "reset".utf8.count] == 0x20 && text[position] | 0x20 == UInt8(ascii: "r")
  }

  /// The word before `position` with nothing but a blank between them; nil for a number, and for the value of a field.
  private static func noun(before position: Int, in text: ByteText) -> ByteText? {
    guard text[position - 1] == 0x20 else { return nil }
    let end = position - 1
    var start = end
    while start > 0, Letters.isWord(text[start - 1]) || text[start - 1] == UInt8(ascii: "-") {
      start -= 1
    }
    let isValue = start > 0 && text[start - 1] == UInt8(ascii: "=")
    guard start < end, !isValue, !(0x30...0x39).contains(text[start]) else { return nil }
    return text.slice(from: start, to: end)
  }

  /// What else stands before a node's own reset reason, in small letters.
  private static let wordsOfStart: [StaticString] = [
    "rst", "hardware", "hw", "software", "sw", "soc", "core", "core0", "cpu0", "rom", "rtc",
    "current", "raw", "got", "get", "my", "its", "own", "module", "print", "idf", "hard", "soft",
    "reboot", "restart", "wakeup", "wake", "main", "self", "local", "latest", "recent", "first",
    "with", "and", "by", "detected", "full", "decoded",
  ]

  /// What a node has beside it and is not, in small letters.
  private static let machines: [StaticString] = [
    "boiler", "controller", "charger", "inverter", "meter", "pump", "motor", "bms", "heater",
    "thermostat", "valve", "drive", "servo", "router", "printer", "plc", "burner", "dimmer",
  ]
}
