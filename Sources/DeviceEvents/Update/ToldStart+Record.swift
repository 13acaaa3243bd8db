// I (421) app: fw=1.4.2 last_reset=TASK_WDT boots=3
// I (421) app: fw=1.4.2 slot=ota_0 rr=6 rr_name=TASK_WDT
//
// A reason as one field of a record with which a program greets: a fault's name alone, among fields that are of nobody
// but a program. Records with a number, an address or any other field may be another node's.

import LineReading

extension ToldStart {
  /// How such a field begins where its name is the reason's alone.
  static let fieldsOfNames: [StaticString] = ["rr_name=", "reset_name="]

  /// How such a field begins; those of `labels` are markers already.
  private static let fieldsOfRecord: [StaticString] =
    [
      "last_reset=", "previous_reset=", "boot_reason=", "reboot_reason=", "restart_reason=",
    ] + fieldsOfNames

  /// The reason that such a field at `position` names.
  static func readFieldOfRecord(at position: Int, in text: ByteText) -> Told? {
    guard !Letters.isWord(text[position - 1]),
      let field = fieldsOfRecord.first(where: { text.has($0, at: position) })
    else { return nil }
    let start = position + field.utf8CodeUnitCount
    var end = start
    while end < start + longestName, Letters.isWord(text[end]) { end += 1 }
    guard ends(end, in: text), let reason = fault(text.slice(from: start, to: end)),
      areOfProgram(fieldsBefore: position, in: text), areOfProgram(fieldsBehind: end, in: text)
    else { return nil }
    return Told(reason: .reason(reason), end: end, isLabelled: true, isProse: false)
  }

  /// In bytes: `ESP_RST_CPU_LOCKUP` and room for more.
  private static let longestName = 24

  /// The fault that one of ESP-IDF's names says.
  private static func fault(_ name: ByteText) -> ResetReason? {
    let prefix: StaticString = "ESP_RST_"
    let bare = name.has(prefix) ? name.slice(from: prefix.utf8CodeUnitCount) : name
    guard let reason = ResetReason(rawValue: bare.string),
      PrintedReason.reason(reason).tellsFailure
    else { return nil }
    return reason
  }

  private static func areOfProgram(fieldsBefore position: Int, in text: ByteText) -> Bool {
    position <= longestRecord && areOfProgram(text.slice(from: 0, to: position))
  }

  private static func areOfProgram(fieldsBehind position: Int, in text: ByteText) -> Bool {
    areOfProgram(text.slice(from: position, to: position + longestRecord))
  }

  /// In bytes, on either side.
  private static let longestRecord = 96

  /// Whether each field has a name of those that a program gives of itself, and whatever is none is its own word.
  private static func areOfProgram(_ record: ByteText) -> Bool {
    var cursor = TextCursor(record)
    while !cursor.isAtEnd {
      guard Letters.isWord(cursor.byte) else {
        guard separates(cursor.byte) else { return false }
        cursor.advance()
        continue
      }
      let name = OwnWords.word(at: &cursor)
      guard cursor.byte == UInt8(ascii: "=") else {
        guard isOwnWord(name) else { return false }
        continue
      }
      guard OwnWords.isOne(name, of: namesOfFields) else { return false }
      while !cursor.isAtEnd, !separates(cursor.byte) { cursor.advance() }
    }
    return true
  }

  private static func separates(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x0d, 0x20, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ":"):
      true
    default: false
    }
  }

  private static func ends(_ position: Int, in text: ByteText) -> Bool {
    position >= text.count || separates(text[position])
  }

  /// What a program tells of itself, in small letters.
  private static let namesOfFields: [StaticString] = [
    "fw", "ver", "version", "app", "boot", "boots", "boot_count", "bootcount", "slot", "part",
    "partition", "rr", "rst", "reset", "heap", "free", "free_heap", "min_heap", "up", "uptime",
    "build", "git", "sha", "sdk", "idf", "model", "chip", "rev", "cores", "psram", "flash", "wake",
  ]
}
