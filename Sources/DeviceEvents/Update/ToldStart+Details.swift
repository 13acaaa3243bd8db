// W (425) crashlog: previous run died: task=net_rx pc=0x4200a1c2 cause=LoadProhibited
// E (421) diag: Crash detected in previous boot: StoreProhibited at 0x420a1234
// W (426) crash: core dump of previous run: task 'net_rx', PC 0x4200a1c2, cause 28
// E (421) guard: 5 crashes in a row, starting in safe mode
//
// Crashes of the run before that are told by what only a chip's crash has, a code address or the name of an exception,
// and crash loops that an application counted.

import LineReading

extension ToldStart {
  /// What is told of the run that is named at `position`: that it died, or that its core dump is there, and details.
  static func readDetails(
    behind end: Int, ofRunAt position: Int, in text: ByteText
  ) -> Told? {
    var cursor = TextCursor(text, at: end)
    let dies = deaths.contains { cursor.skip($0) }
    let hasDump = dumps.contains { text.slice(from: 0, to: position).isExactly($0) }
    guard dies && speaksOfItself(before: position, in: text) || hasDump,
      isDetailed(cursor.position, in: text)
    else { return nil }
    return Told(reason: .reason(.panic), end: cursor.position, isLabelled: false)
  }

  private static let deaths: [StaticString] = [" died", " crashed", " panicked", " aborted"]

  private static let dumps: [StaticString] = [
    "core dump of ", "Core dump of ", "coredump of ", "Coredump of ", "core dump of the ",
    "Core dump of the ", "core dump from ", "Core dump from ",
  ]

  /// Whether a colon and details of a crash of this chip's stand there.
  static func isDetailed(_ position: Int, in text: ByteText) -> Bool {
    guard text.has(": ", at: position) else { return false }
    let details = text.slice(from: position, to: position + longestDetails)
    return !details.hasAnotherDevice && detailsOfChip.contains { details.contains($0) }
  }

  /// In bytes.
  private static let longestDetails = 128

  private static let detailsOfChip: [StaticString] = [
    "Prohibited", "access fault", "IllegalInstruction", "Illegal instruction", "pc=0x4", "PC=0x4",
    "pc 0x4", "PC 0x4",
  ]

  /// `wdt reset (task) in `: a field's words, and that it was then.
  static func reasonInWords(before position: Int, in text: ByteText) -> PrintedReason? {
    guard position <= 64 else { return nil }
    let before = text.slice(from: 0, to: position)
    let links: [StaticString] = [" in ", " on ", " during ", " in the ", " on the "]
    guard
      let link = links.first(where: { before.has($0, at: before.count - $0.utf8CodeUnitCount) })
    else { return nil }
    let words = text.slice(from: 0, to: position - link.utf8CodeUnitCount)
    guard case .reason(let reason) = ResetReasonWords(at: 0, in: words).reading,
      PrintedReason.reason(reason).tellsFailure
    else { return nil }
    return .reason(reason)
  }

  /// What is counted where an application sees that it crashes again and again.
  static let crashesInARow: StaticString = "crashes in a row, "

  /// A crash loop, counted right before the words and answered right behind them.
  static func readCrashesInARow(at position: Int, in text: ByteText) -> Told? {
    guard text.has(crashesInARow, at: position), (2...4).contains(position) else { return nil }
    var count = TextCursor(text)
    guard let crashes = count.decimal(), crashes > 0, count.skip(" "), count.position == position
    else { return nil }
    let end = position + crashesInARow.utf8CodeUnitCount
    guard answers.contains(where: { text.has($0, at: end) }) else { return nil }
    return Told(reason: .reason(.panic), end: end, isLabelled: false)
  }

  private static let answers: [StaticString] = [
    "starting in safe mode", "entering safe mode", "booting in safe mode", "booting into safe mode",
  ]
}
