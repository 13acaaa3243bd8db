import LineReading

/// Reads the task watchdog's report.
///
///     E (10318) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:
///     E (10318) task_wdt:  - IDLE0 (CPU 0)
///     E (10318) task_wdt: Tasks currently running:
///     E (10318) task_wdt: CPU 0: spinner
///     E (10318) task_wdt: Aborting.
///     E (10318) task_wdt: Print CPU 0 (current core) backtrace
///
/// ESP-IDF `task_wdt.c`: raw text without the log prefix in v3.0 and v3.1; `tasks/users` since v5.0;
/// `CPU 0/1` for tasks without a core, `0x3` in the SMP kernel (v5.0, v5.1), nothing for users; the
/// `Print` lines since v3.3.6, `registers` instead of `backtrace` on RISC-V without an unwinder. Pasted logs have the first
/// entries in the line of the first words.
enum TaskWatchdogDecoder: MessageDecoder, PlainDecoder {
  static let tags: [StaticString] = ["task_wdt"]
  static let markers: [StaticString] = ["Task watchdog got triggered."]

  static let plainInterest = PlainInterest.texts(FirstBytes(anyOf: "TAPC-"))
  static let plainOpenings: [StaticString]? = [
    "Task watchdog got", "Tasks currently", "Aborting.", "Print CPU ", "CPU ",
  ]

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    let text = message.message
    let line = common(text) ?? damagedOpening(text) ?? starved(text) ?? starvedWithoutDash(text)
    guard let line else { return false }
    report(line, text, body)
    return true
  }

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    // A raw list entry is told from an application's list by its core.
    let entry = starved(text).flatMap { line -> TaskWatchdogLine? in
      guard case .starved(_, .some) = line else { return nil }
      return line
    }
    guard let line = common(text) ?? entry else { return false }
    report(line, text, body)
    return true
  }

  /// Hands on a line, and behind the report's first words the entries that a web page joined to them.
  private static func report(_ line: TaskWatchdogLine, _ text: ByteText, _ body: EventSink) {
    body(.taskWatchdog(line))
    guard case .triggered = line else { return }
    var cursor = TextCursor(text)
    guard cursor.skip(through: " in time:") else { return }
    for _ in 0..<longestJoinedList {
      cursor.skipBlanks()
      guard let end = cursor.rest.firstIndex(of: UInt8(ascii: ")")),
        let entry = starved(cursor.rest.slice(from: 0, to: end + 1)),
        case .starved(_, .some) = entry
      else { return }
      body(.taskWatchdog(entry))
      cursor.advance(by: end + 1)
    }
  }

  private static let longestJoinedList = 8

  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    // Behind blanks alone it was read with the line.
    let isRead = position > 0 && text.slice(from: 0, to: position).trimmed.isEmpty
    return !isRead && decode(text.slice(from: position), body)
  }

  /// The report's first words, in which a byte is wrong.
  private static func damagedOpening(_ text: ByteText) -> TaskWatchdogLine? {
    let opening: StaticString = "Task watchdog got triggered."
    return text.length(ofNearly: opening.buffer, at: 0) == nil ? nil : .triggered
  }

  /// The longest name that is read, in bytes; 15 by default, more by option.
  private static let nameLimit = 32

  private static func common(_ text: ByteText) -> TaskWatchdogLine? {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    if cursor.skip("Task watchdog got triggered.") { return .triggered }
    if cursor.skip("Tasks currently running:") { return .runningTasks }
    if cursor.skip("Aborting.") { return cursor.rest.trimmed.isEmpty ? .aborting : nil }
    if cursor.skip("Print CPU ") {
      guard let cpu = cursor.decimal(), (0...9).contains(cpu) else { return nil }
      return .printsBacktrace(cpu: cpu)
    }
    guard cursor.skip("CPU "), let cpu = cursor.decimal(), (0...9).contains(cpu),
      cursor.skip(":")
    else { return nil }
    let name = cursor.rest.trimmed
    guard !name.isEmpty, name.count <= nameLimit else { return nil }
    return readable(name).map { .running(cpu: cpu, task: $0) }
  }

  /// The name of a task; one of an idle task's with a damaged byte is mended, any other is not worth having.
  private static func readable(_ name: ByteText) -> String? {
    if name.buffer.allSatisfy({ (0x20...0x7e).contains($0) }) { return name.string }
    let idle: [StaticString] = ["IDLE", "IDLE0", "IDLE1"]
    return idle.first { known in
      known.utf8CodeUnitCount == name.count
        && (0..<name.count).filter { name[$0] != known.utf8Start[$0] }.count == 1
    }?.description
  }

  private static func starved(_ text: ByteText) -> TaskWatchdogLine? {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    // Web pages put a dash for the hyphen.
    guard cursor.skip("- ") || cursor.skip("\u{2013} ") || cursor.skip("\u{2014} ") else {
      return nil
    }
    return entry(cursor.rest.trimmed)
  }

  /// An entry whose dash was lost: with its core it is one surely, else it is a single word.
  private static func starvedWithoutDash(_ text: ByteText) -> TaskWatchdogLine? {
    let text = text.trimmed
    guard lastParenthesis(text) == nil else { return entry(text) }
    guard text.count <= 16, !text.has("Abort") else { return nil }
    for index in 0..<text.count where !LogMessage.isTagByte(text[index]) { return nil }
    return entry(text)
  }

  private static func entry(_ entry: ByteText) -> TaskWatchdogLine? {
    guard !entry.isEmpty, entry.count <= nameLimit + 12 else { return nil }
    guard let open = lastParenthesis(entry) else {
      return readable(entry).map { .starved(task: $0, cpu: nil) }
    }
    var core = TextCursor(entry, at: open + 1)
    let cpu = core.take(until: UInt8(ascii: ")")).string
    return readable(entry.slice(from: 0, to: open).trimmed).map { .starved(task: $0, cpu: cpu) }
  }

  /// Where ` (CPU 0)` or ` (0x3)` begins; names may hold parentheses of their own.
  private static func lastParenthesis(_ text: ByteText) -> Int? {
    var index = text.count - 1
    while index > 0 {
      if text.has(" (CPU ", at: index - 1) || text.has(" (0x", at: index - 1) { return index }
      index -= 1
    }
    return nil
  }
}
