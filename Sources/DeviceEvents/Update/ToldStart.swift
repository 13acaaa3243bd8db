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
  static var markers: [StaticString] { labels + verbs }

  /// What stands before a reason that is named like `reset reason: `, but is a word for other things as well.
  private static let labels: [StaticString] = [
    "last reset", "Last reset", "Last Reset", "previous reset", "Previous reset",
    "reboot reason", "Reboot reason", "Reboot Reason", "reboot_reason",
    "restart reason", "Restart reason", "Restart Reason", "boot reason", "Boot reason",
    "Boot Reason", "boot_reason", "Letzter Neustart", "Neustartgrund",
  ]

  /// What stands before `after a panic`, `due to brownout`.
  private static let verbs: [StaticString] = [
    "restarted after ", "Restarted after ", "restarted due to ", "Restarted due to ",
    "rebooted after ", "Rebooted after ", "rebooted due to ", "Rebooted due to ",
    "recovered from ", "Recovered from ", "recovering from ", "Recovering from ",
    "restarting after ", "Restarting after ", "reset was caused by ", "boot was caused by ",
  ]

  /// A reason that prose tells.
  struct Told {
    var reason: PrintedReason
    /// Where it ends.
    var end: Int
    /// Whether a name like `last reset: ` stands before it: such a start may be one that the ROM knows nothing of.
    var isLabelled: Bool
  }

  /// The reason that is told at `position`.
  static func read(at position: Int, in text: ByteText) -> Told? {
    if let verb = verbs.first(where: { text.has($0, at: position) }) {
      guard speaksOfItself(before: position, in: text) else { return nil }
      let start = position + verb.utf8CodeUnitCount
      var cursor = TextCursor(text, at: start)
      guard let (reason, end) = Self.reason(&cursor) else { return nil }
      // A card, too, recovers from a brownout.
      if verb.utf8Start[2] == UInt8(ascii: "c"), reason != .reason(.panic) {
        guard text.slice(from: start, to: end).hasWordOfStart else { return nil }
      }
      return Told(reason: reason, end: end, isLabelled: false)
    }
    guard let label = labels.first(where: { text.has($0, at: position) }),
      speaksOfItself(before: position, in: text)
    else { return nil }
    var cursor = TextCursor(text, at: position + label.utf8CodeUnitCount)
    guard skipSeparator(&cursor), let (reason, end) = Self.reason(&cursor) else { return nil }
    return Told(reason: reason, end: end, isLabelled: true)
  }

  /// A name or words, no number: what a number counts here is the application's own affair.
  private static func reason(_ cursor: inout TextCursor) -> (PrintedReason, end: Int)? {
    while let filler = fillers.first(where: { cursor.text.has($0, at: cursor.position) }) {
      cursor.advance(by: filler.utf8CodeUnitCount)
    }
    guard !(0x30...0x39).contains(cursor.byte) else { return nil }
    // `Software watchdog` of somebody's own, `a panic button`: the words end with the reason.
    guard let found = ResetReasonWording.read(&cursor, numbersAre: .reasons) else { return nil }
    for word: StaticString in [" reset", " reboot", " restart", " timeout", " event"] {
      if cursor.skip(word) { break }
    }
    let end = cursor.position
    while cursor.byte == 0x20 { cursor.advance() }
    switch cursor.byte {
    case 0, 0x0d, 0x1b, UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "!"),
      UInt8(ascii: ")"), UInt8(ascii: "("), UInt8(ascii: "]"), UInt8(ascii: "|"),
      UInt8(ascii: "'"), UInt8(ascii: "\""):
      return (found, end)
    default: return nil
    }
  }

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
  private static func speaksOfItself(before position: Int, in text: ByteText) -> Bool {
    position <= 40 && OwnWords.areAll(before: position, in: text, of: own)
  }

  /// In any case.
  private static let own: [StaticString] = [
    "device", "system", "board", "node", "chip", "firmware", "application", "app", "esp", "esp32",
    "we", "the", "this", "was", "were", "has", "been", "is", "boot", "warning", "note", "info",
    "last", "previous", "startup", "mcu", "cpu",
  ]
}

extension ByteText {
  fileprivate var hasWordOfStart: Bool {
    contains(" reset") || contains(" reboot") || contains(" restart")
  }
}
