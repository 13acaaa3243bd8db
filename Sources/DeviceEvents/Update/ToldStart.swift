// W (500) main: restarted after a panic
// I (500) app: last reset: TASK_WDT
// I (500) app: Reboot reason: abnormal (panic)
// Device was rebooted due to watchdog
//
// How applications tell in prose why they started: the words are their own, so that only what is said in the first
// seconds, of nobody but the node, counts.

import LineReading

/// Reads what an application says in prose about its own start.
enum ToldStart {
  /// Where such words may begin.
  static var markers: [StaticString] {
    labels + shortLabels + verbs + runsBefore + fieldsOfNames + [crashesInARow]
  }

  /// What stands before a reason that is named like `reset reason: `, but is a word for other things as well.
  static let labels: [StaticString] = [
    "last reset", "Last reset", "Last Reset", "previous reset", "Previous reset",
    "reboot reason", "Reboot reason", "Reboot Reason", "reboot_reason",
    "restart reason", "Restart reason", "Restart Reason", "boot reason", "Boot reason",
    "Boot Reason", "boot_reason", "Letzter Neustart", "Neustartgrund",
    "unexpected reset", "Unexpected reset", "unexpected restart", "Unexpected restart",
    "unexpected reboot", "Unexpected reboot", "rst cause", "last_reset", "previous_reset",
    "Reason of reset", "reason of reset", "Reason for reset", "reason for reset",
    "restart cause", "Restart cause", "reboot cause", "Reboot cause", "boot cause", "Boot cause",
    "restart_reason", "BootReason", "bootReason", "RebootReason", "rebootReason",
  ]

  /// The ROM's short word, which is an answer of TCP's and a pin as well: only a name or a word for a reason counts.
  private static let shortLabels: [StaticString] = ["rst\":\"", "rst="]

  /// What stands before `after a panic`, `due to brownout`.
  private static let verbs: [StaticString] = [
    "restarted after ", "Restarted after ", "restarted due to", "Restarted due to",
    "rebooted after ", "Rebooted after ", "rebooted due to", "Rebooted due to",
    "Woke after ", "woke after ", "Woke up after ", "woke up after ",
    "recovered from ", "Recovered from ", "recovering from ", "Recovering from ",
    "restarting after ", "Restarting after ", "reset was caused by ", "boot was caused by ",
    "boot after ", "Boot after ", "reset due to ", "restarted by ", "Restarted by ", "rebooted by ",
    "Rebooted by ",
  ]

  /// A reason that prose tells.
  struct Told {
    var reason: PrintedReason
    /// Where it ends.
    var end: Int
    /// Whether a name like `last reset: ` stands before it: such a start may be one that the ROM knows nothing of.
    var isLabelled: Bool
    /// Whether its words are prose; a name of ESP-IDF's behind a label is none.
    var isProse = true
  }

  /// The reason that is told at `position`.
  static func read(at position: Int, in text: ByteText) -> Told? {
    if let verb = verbs.first(where: { text.has($0, at: position) }) {
      guard speaksOfItself(before: position, in: text) else { return nil }
      let start = position + verb.utf8CodeUnitCount
      var cursor = TextCursor(text, at: start)
      _ = cursor.skip(":")
      cursor.skipBlanks()
      guard let (reason, end) = Self.reason(&cursor) else { return nil }
      // A card, too, recovers from a brownout, and a job from a crash.
      if verb.utf8Start[2] == UInt8(ascii: "c") {
        let told = text.slice(from: start, to: end)
        guard
          told.hasWordOfStart
            || told.namesChipsFault
              && (reason == .reason(.panic)
                || runsBefore.contains(where: { text.slice(from: end).contains($0) }))
            || chipsRunsBefore.contains(where: { text.slice(from: end).contains($0) })
        else { return nil }
      }
      // A timer wakes it as well.
      if verb.utf8Start[1] == UInt8(ascii: "o"), !tellsFailure(reason) { return nil }
      return Told(reason: reason, end: end, isLabelled: false)
    }
    if let name = runsBefore.first(where: { text.has($0, at: position) }) {
      return readRunBefore(name, at: position, in: text)
    }
    if let label = shortLabels.first(where: { text.has($0, at: position) }) {
      return readShort(behind: label, at: position, in: text)
    }
    if let told = readCrashesInARow(at: position, in: text)
      ?? readFieldOfRecord(at: position, in: text)
    {
      return told
    }
    guard let label = labels.first(where: { text.has($0, at: position) }),
      speaksOfItself(before: position, in: text)
    else { return nil }
    var cursor = TextCursor(text, at: position + label.utf8CodeUnitCount)
    let isBlankBehind = cursor.byte == 0x20
    let isSeparated = skipSeparator(&cursor)
    let isQuoted = cursor.byte == UInt8(ascii: "\"") || cursor.byte == UInt8(ascii: "'")
    let first = cursor.position + (isQuoted ? 1 : 0)
    let isName = isCapital(text[first]) && isCapital(text[first + 1])
    if isQuoted, (0x30...0x39).contains(text[first]) { return nil }
    // `boot reason INT_WDT`; behind other labels a name is what was reset.
    guard isSeparated || isBlankBehind && isName && !isQuoted && endsWithReason(label) else {
      return nil
    }
    let told = Self.reason(&cursor, wording: isName ? .name : .prose, in: .field)
    guard let (reason, end) = told else { return nil }
    return Told(reason: reason, end: end, isLabelled: true, isProse: !isName)
  }

  /// Whether a name ends with the word for a reason.
  static func endsWithReason(_ label: StaticString) -> Bool {
    let words = label.description.lowercased()
    return words.hasSuffix("reason") || words.hasSuffix("cause")
  }

  /// `boot rst=TDog heap=212332`, `{"evt":"boot","rst":"TASK_WDT"}`: one name for a fault.
  private static func readShort(
    behind label: StaticString, at position: Int, in text: ByteText
  ) -> Told? {
    let isRecord = label.utf8CodeUnitCount > "rst=".utf8.count
    guard !Letters.isWord(text[position - 1]),
      isRecord
        ? text[position - 1] == UInt8(ascii: "\"") : speaksOfItself(before: position, in: text)
    else { return nil }
    let start = position + label.utf8CodeUnitCount
    var end = start
    while Letters.isWord(text[end]) || text[end] == UInt8(ascii: "-") { end += 1 }
    guard end > start, !isRecord || text[end] == UInt8(ascii: "\"") else { return nil }
    let value = text.slice(from: start, to: end)
    var cursor = TextCursor(value)
    guard !(0x30...0x39).contains(value[0]),
      let reason = ResetReasonWording.readField(&cursor, numbersAre: .reasons), cursor.isAtEnd,
      tellsFailure(reason)
    else { return nil }
    return Told(reason: reason, end: end, isLabelled: true)
  }

  /// How a reason is worded.
  enum Wording {
    /// As ESP-IDF names it, `TASK_WDT`.
    case name
    case prose
  }

  /// Where a reason stands.
  enum Place {
    /// Behind a name for it.
    case field
    case sentence
  }

  /// A name or words; a number only where its name stands behind it, `4 (Panic)`: what a number counts here is the
  /// application's own affair.
  static func reason(
    _ cursor: inout TextCursor, wording: Wording = .prose, in place: Place = .sentence
  ) -> (PrintedReason, end: Int)? {
    while let filler = fillers.first(where: { cursor.text.has($0, at: cursor.position) }) {
      cursor.advance(by: filler.utf8CodeUnitCount)
    }
    let isNumber = (0x30...0x39).contains(cursor.byte)
    guard !isNumber || place == .field else { return nil }
    // `Software watchdog` of somebody's own, `a panic button`: the words end with the reason.
    let found =
      place == .field
      ? ResetReasonWording.readField(&cursor, numbersAre: .reasons)
      : ResetReasonWording.read(&cursor, numbersAre: .reasons)
    guard let found else { return nil }
    if isNumber {
      guard case .reason = found else { return nil }
    }
    for word: StaticString in [" reset", " reboot", " restart", " timeout", " event"] {
      if cursor.skip(word) { break }
    }
    guard endsStatement(cursor.position, in: cursor.text, behind: wording) else { return nil }
    return (found, cursor.position)
  }

  /// Whether what is told ends at `position`, or goes on with when and where it was: no question, no count.
  static func endsStatement(
    _ position: Int, in text: ByteText, behind wording: Wording = .prose
  ) -> Bool {
    var cursor = TextCursor(text, at: position)
    let hasBlank = cursor.byte == 0x20
    while cursor.byte == 0x20 { cursor.advance() }
    let behind = text.slice(from: cursor.position + 1).trimmed
    switch cursor.byte {
    case 0, 0x0d, 0x1b, UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: ")"),
      UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: "'"), UInt8(ascii: "\""):
      return true
    case UInt8(ascii: "."): return !Letters.isWord(text[cursor.position + 1])
    case UInt8(ascii: "("): return isDetailOfCrash(behind)
    case UInt8(ascii: ","):
      // What is counted behind a name may be anything; behind prose, the statement only goes on.
      return behind.isEmpty || wording == .name && !counts.contains { behind.contains($0) }
    default:
      return hasBlank && circumstances.contains { text.has($0, at: cursor.position) }
        && !text.slice(from: cursor.position).contains("?")
        && !text.slice(from: cursor.position).hasAnotherDevice
    }
  }

  /// `LoadProhibited at 0x400d1a2c)`, `task watchdog)`, and not `no)`, `0 times)`, `modem)`.
  private static func isDetailOfCrash(_ text: ByteText) -> Bool {
    let end = text.firstIndex(of: UInt8(ascii: ")")) ?? text.count
    let detail = text.slice(from: 0, to: end)
    guard !detail.has("no"), !detail.has("No"), !detail.isExactly("0"), !detail.hasAnotherDevice
    else { return false }
    var cursor = TextCursor(detail)
    if ResetReasonWording.read(&cursor, numbersAre: .reasons) != nil, cursor.isAtEnd { return true }
    return detailsOfCrash.contains { detail.contains($0) }
  }

  private static let detailsOfCrash: [StaticString] = [
    " at 0x", "pc 0x", "PC 0x", "pc=0x", "PC=0x", "Prohibited", "access fault",
    "IllegalInstruction", "ESP_RST_",
  ]

  /// What tells of the words before that they may never have come true.
  private static let counts: [StaticString] = [
    "count", "times", "no ", "none", "never", "not ",
  ]

  private static let circumstances: [StaticString] = [
    "after ", "in last ", "in previous ", "in the ", "in task ", "on last ", "on previous ",
    "on the ", "during ", "at 0x", "at pc", "at PC", "exc=",
  ]

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }

  private static let fillers: [StaticString] = [
    "abnormal ", "Abnormal ", "unexpected ", "an ", "a ", "the ", "(", "due to ", "caused by ",
    "by ", "previous ", "last ", "fatal ",
  ]

  private static func skipSeparator(_ cursor: inout TextCursor) -> Bool {
    if cursor.byte == UInt8(ascii: "\"") { cursor.advance() }
    cursor.skipBlanks()
    let found = cursor.skip(":") || cursor.skip("=") || cursor.skip("is ") || cursor.skip("was ")
    cursor.skipBlanks()
    return found
  }

  /// Whether nothing stands before the words but what a node calls itself.
  static func speaksOfItself(before position: Int, in text: ByteText) -> Bool {
    position <= 40 && OwnWords.areAll(before: position, in: text, of: own)
  }

  /// Whether a word is what a node calls itself, or leads to that.
  static func isOwnWord(_ word: ByteText) -> Bool { OwnWords.isOne(word, of: own) }

  /// In any case.
  private static let own: [StaticString] = [
    "device", "system", "board", "node", "chip", "firmware", "application", "app", "esp", "esp32",
    "we", "the", "this", "was", "were", "has", "been", "is", "boot", "warning", "note", "info",
    "last", "previous", "startup", "warn", "mcu", "cpu", "our", "a", "an",
  ]
}

extension ByteText {
  fileprivate var hasWordOfStart: Bool {
    contains(" reset") || contains(" reboot") || contains(" restart")
  }

  /// Whether it names what happens to a chip and to nothing else that runs: a job crashes, too.
  var namesChipsFault: Bool {
    let words: [StaticString] = [
      "panic", "Panic", "PANIC", "watchdog", "Watchdog", "WATCHDOG", "WDT", "wdt",
    ]
    return words.contains { contains($0) }
  }

  /// Whether it names a device beside this one.
  var hasAnotherDevice: Bool {
    let words: [StaticString] = [
      "slave", "modem", "peer", "child", "remote", "processor", "sensor", "gateway", "radio",
    ]
    return words.contains { contains($0) }
  }
}
