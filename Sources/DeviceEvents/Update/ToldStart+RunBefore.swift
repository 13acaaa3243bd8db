// W (430) main: last run ended with a panic (LoadProhibited at 0x400d1a2c)
// E (430) diag: Previous boot crashed!
// W (512) app: Crash detected on previous boot
// W (425) crashlog: previous run died: task=net_rx pc=0x4200a1c2 cause=LoadProhibited
//
// How applications tell in prose how the run before this start ended. The words are their own: what counts is who (the
// boot, run or session before), and then or before it what (a crash, a watchdog, a brownout), with nothing else between.

import LineReading

extension ToldStart {
  /// Who such prose speaks of.
  static let runsBefore: [StaticString] = chipsRunsBefore + jobsBefore

  /// What only a chip has.
  static let chipsRunsBefore: [StaticString] = [
    "last boot", "Last boot", "previous boot", "Previous boot",
    "last restart", "Last restart", "previous restart", "Previous restart",
    "last reboot", "Last reboot", "previous reboot", "Previous reboot",
  ]

  /// What machines and alarm systems have as well: of these, only a sentence that names a chip's fault counts.
  private static let jobsBefore: [StaticString] = [
    "last run", "Last run", "previous run", "Previous run",
    "last session", "Last session", "previous session", "Previous session",
  ]

  /// What is told of the run that is named at `position`.
  static func readRunBefore(
    _ name: StaticString, at position: Int, in text: ByteText
  ) -> Told? {
    let behind = position + name.utf8CodeUnitCount
    let mayBeJob = !chipsRunsBefore.contains { text.has($0, at: position) }
    if let told = readDetails(behind: behind, ofRunAt: position, in: text) { return told }
    if speaksOfItself(before: position, in: text) {
      guard let told = end(of: TextCursor(text, at: behind)) else { return nil }
      let words = text.slice(from: behind, to: told.end).trimmed
      guard !mayBeJob || words.has("ended ") && words.namesChipsFault else { return nil }
      return told
    }
    guard
      let reason = reasonStated(before: position, in: text)
        ?? reasonInWords(before: position, in: text),
      endsStatement(behind, in: text) || isDetailed(behind, in: text),
      !mayBeJob || text.slice(from: 0, to: position).namesChipsFault
    else { return nil }
    return Told(reason: reason, end: behind, isLabelled: false)
  }

  /// ` ended with a panic`, ` crashed!`, `: TASK_WDT`.
  private static func end(of start: TextCursor) -> Told? {
    var cursor = start
    cursor.skipBlanks()
    for predicate: StaticString in ["crashed", "panicked", "panic'ed", "paniced"] {
      guard cursor.skip(predicate) else { continue }
      guard endsStatement(cursor.position, in: cursor.text) else { return nil }
      return Told(reason: .reason(.panic), end: cursor.position, isLabelled: false)
    }
    for word: StaticString in ["reason", "cause", "result"] where cursor.skip(word) {
      cursor.skipBlanks()
    }
    guard let link = links.first(where: { cursor.text.has($0, at: cursor.position) }) else {
      return nil
    }
    cursor.advance(by: link.utf8CodeUnitCount)
    cursor.skipBlanks()
    // `last reboot: task-watchdog` names a field as much as `last reset:` does.
    let isField = link.utf8CodeUnitCount == 1
    guard let (reason, end) = reason(&cursor, in: isField ? .field : .sentence),
      tellsFailure(reason)
    else { return nil }
    return Told(reason: reason, end: end, isLabelled: false)
  }

  /// `Crash detected on the`, `Recovered from panic in`: a reason, and that it was then.
  private static func reasonStated(before position: Int, in text: ByteText) -> PrintedReason? {
    guard position <= 64 else { return nil }
    var cursor = TextCursor(text)
    while cursor.position < position {
      var trial = cursor
      if let reason = ResetReasonWording.read(&trial, numbersAre: .reasons) {
        guard tellsFailure(reason), trial.position <= position else { return nil }
        for word: StaticString in [" reset", " reboot", " restart", " timeout"] {
          if trial.skip(word) { break }
        }
        for word: StaticString in [" detected", " occurred", " happened", " found", " seen"] {
          if trial.skip(word) { break }
        }
        for word: StaticString in [" in ", " on ", " during ", " at ", " from "] {
          if trial.skip(word) { break }
        }
        _ = trial.skip("the ")
        return trial.position == position ? reason : nil
      }
      // Nothing before the reason but what a node calls itself: no `no`, no `without`, no other device.
      while !Letters.isWord(cursor.byte), cursor.position < position {
        guard cursor.byte == 0x20 || cursor.byte == UInt8(ascii: ":") else { return nil }
        cursor.advance()
      }
      guard isOwnWord(OwnWords.word(at: &cursor)) else { return nil }
      cursor.skipBlanks()
    }
    return nil
  }

  /// Whether a reason is one that nobody asks for.
  static func tellsFailure(_ reason: PrintedReason) -> Bool { reason.tellsFailure }

  /// What may stand between the run and how it ended, longer ones first.
  private static let links: [StaticString] = [
    "ended unexpectedly with ", "ended unexpectedly: ", "ended with ", "ended in ", "ended by ",
    "ended due to ", "ended because of ", "ended: ", "terminated by ", "died of ", "died with ",
    "was caused by ", "was due to ", "was ended by ", "was ", "is ", "due to ", "caused by ",
    "because of ", "after ", "by ", ":", "=",
  ]
}
