// I (290) main: Reset: PANIC
// I (290) main: reset=WDT
// W (290) app: rst:6 TASK_WDT
//
// `reset` as a label is a command, a count or a pin as well: only one of ESP-IDF's or the ROM's names that nothing else
// is called by, alone behind it, in a program's first words under a tag under which it speaks of itself, is a reason.

import LineReading

/// Decodes a reset reason behind nothing but `reset`.
enum NamedReset: MessageDecoder {
  static var tags: [StaticString] { BootLine.ownTags }

  static func openings(under tag: StaticString) -> [StaticString]? { labels }

  /// How such a message begins.
  private static let labels: [StaticString] = [
    "Reset: ", "reset: ", "Reset=", "reset=", labelOfNumber,
  ]

  /// Behind the ROM's word stand the number and its name.
  private static let labelOfNumber: StaticString = "rst:"

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    guard let line = bootLine(of: message) else { return false }
    body(.bootLine(line))
    return true
  }

  /// Whether a message is one of these.
  static func reads(_ message: LogMessage) -> Bool { bootLine(of: message) != nil }

  /// The reason that is all a message says.
  private static func bootLine(of message: LogMessage) -> BootLine? {
    guard let time = message.time, time < BootLine.ownWordsEnd else { return nil }
    let text = message.message.trimmed
    guard let label = labels.first(where: { text.has($0) }) else { return nil }
    let name = text.slice(from: label.utf8CodeUnitCount).trimmed
    guard (3...longestName).contains(name.count), var line = reason(called: name, behind: label)
    else { return nil }
    // The ROM, where it is heard, knows better.
    line.isUnderOwnTag = false
    line.isProse = true
    return line
  }

  /// In bytes: `RTCWDT_BROWN_OUT_RESET` and room for more.
  private static let longestName = 24

  private static func reason(called name: ByteText, behind label: StaticString) -> BootLine? {
    if label.utf8CodeUnitCount == labelOfNumber.utf8CodeUnitCount { return reason(numbered: name) }
    // In small letters only this is nothing else.
    if name.isExactly("brownout") { return BootLine(reason: .brownout, partition: nil) }
    if case .romCode(let code) = ResetReasonWording.nameAlone(name) {
      return BootLine(reason: nil, partition: nil, romCode: code)
    }
    guard let reason = ResetReason(rawValue: name.string) else { return nil }
    switch reason {
    case .powerOn, .panic, .interruptWatchdog, .taskWatchdog, .deepSleep, .brownout, .powerGlitch,
      .cpuLockup:
      return BootLine(reason: reason, partition: nil)
    case .watchdog:
      // Behind a colon it may be the watchdog that is fed.
      let isField = label.utf8Start[label.utf8CodeUnitCount - 1] == UInt8(ascii: "=")
      return isField ? BootLine(reason: reason, partition: nil) : nil
    // Interfaces and switches are called so as well.
    case .unknown, .external, .software, .sdio, .usb, .jtag, .efuse: return nil
    }
  }

  /// `6 TASK_WDT`: a number of ESP-IDF's and the fault that it stands for.
  private static func reason(numbered text: ByteText) -> BootLine? {
    var cursor = TextCursor(text)
    guard let number = cursor.decimal(), (1...99).contains(number), cursor.skip(" "),
      let reason = ResetReason(rawValue: cursor.rest.string), reason == ResetReason(number: number),
      PrintedReason.reason(reason).tellsFailure
    else { return nil }
    return BootLine(reason: reason, partition: nil)
  }
}
