import DeviceEvents
import LineReading

/// Puts the lines of a panic, abort, failed check or watchdog report together.
///
/// `formats/panic.md` 0.3 to 0.5 and 8.4: explicit text beats the trap that follows it, the first
/// panic beats those nested in it, and a second register dump is another core, not another crash.
struct CrashAssembly {
  /// How many lines after its last line a crash still takes in what could belong to it.
  let reach = 45
  /// How many lines of the app may come between before a report counts as survived.
  static let appLinesThatShowLife = 4
  /// In bytes, of the words before a panic's message: a longer text is the message.
  static let longestPlace = 256
  /// No capture loses this many milliseconds of an application that prints, and nothing before and after them.
  private static let clockThatRestartsShow = 5_000

  /// Two cores are the most that a chip has, and the task watchdog tells of a task on each; further states come from
  /// damage, or from somebody who wants the memory to fill.
  static let mostOtherCores = 4
  /// So many calls one line of a backtrace has at most, and so many all lines of a broken one may have together.
  static let mostCalls = 1_000

  /// Whose state the lines tell.
  enum CoreRead {
    /// That of the core that failed.
    case failed
    /// That of another one, the last of `otherCores`.
    case other
    /// That of one more than there can be.
    case surplus
  }

  /// The open crash; it is large, so it is changed in place and not looked at for being there.
  var crash: Crash?
  var isOpen = false
  var lastLine = 0
  var applicationLines = 0
  var hasHeader = false
  /// Whether the open crash began with the announcement of a panic.
  var isAnnounced = false
  /// Whether each of its lines stands behind the prefix of a log line, where an application may only quote them.
  var isWithinLogLines = false
  /// Whether the task watchdog's own code printed it, which does so behind a prefix.
  var isWatchdogsOwn = false
  /// Whether a debugger was waited for, which can let the program go on.
  var waitsForDebugger = false
  /// The log's clock at its last line, milliseconds since boot.
  var clock: Int?
  var hasEnded = false
  var coreRead = CoreRead.failed
  var backtraceIsOpen = false
  var coreDumpIsOpen = false
  /// A hash of the panic handler's that no crash was open for: its head is not in the log.
  var orphan: (sha: String, line: LineReference)?
  /// The line of `abort()` behind a label, which begins a crash if the rest of one follows.
  var labelledAbort: (address: UInt32?, core: Int?, line: LineReference)?
  /// An entry of a task watchdog's report that no report was open for.
  var headlessEntry: (task: String, cpu: String?, line: LineReference)?
  /// Rows of a stack dump that no crash was open for, and the line of the first.
  var headlessStack: (rows: [Crash.StackRow], line: LineReference)?
  /// How many rows of a core dump the log begins with.
  var leadingRows = 0

  /// Whether the open crash ended with a reboot, and stands bare: what a log line passes on is nobody's end here.
  var hasRebooted: Bool { isOpen && hasEnded && !waitsForDebugger && !isWithinLogLines }

  /// Whether the hash of a crash without a head stands at or behind a line.
  func hasOrphan(since number: Int) -> Bool {
    orphan.map { $0.line.number >= number } ?? false
  }

  /// How many lines the application printed since the open crash's last line; nil if none is open, or
  /// if those lines show that it is over, whatever comes.
  func age(applicationLines total: Int) -> Int? {
    guard isOpen, total - applicationLines <= Self.appLinesThatShowLife else { return nil }
    return total - applicationLines
  }

  mutating func start(
    _ reading: LineReadingState, _ record: inout BootRecord, _ update: Update.Phase?,
    kind: CrashKind
  ) {
    if isOnlyAnnounced {
      isAnnounced = false
      crash?.kind = kind
      return touch(reading)
    }
    close(into: &record, applicationLines: reading.applicationLines)
    var crash = Crash(
      firstLine: reading.line.reference, boot: record.boot.index, slot: record.boot.slot)
    crash.kind = kind
    crash.isFatal = false
    crash.stage = record.boot.stage
    crash.afterFirstAppLine = record.boot.stage == .application
    crash.segments = record.boot.segments
    if let update {
      crash.update = record.updates.count
      crash.updatePhase = update
    } else if let last = record.updates.indices.last, isLate(after: record.updates[last], reading) {
      crash.update = last
      crash.updatePhase = record.updates[last].phase
    }
    self.crash = crash
    isOpen = true
    hasHeader = false
    isAnnounced = false
    isWithinLogLines = true
    isWatchdogsOwn = kind == .taskWatchdog && reading.line.text.contains("task_wdt")
    waitsForDebugger = false
    hasEnded = false
    coreRead = .failed
    coreDumpIsOpen = false
    touch(reading)
  }

  /// Starts a crash of which the log holds the end alone: the hash of the image, then the reboot.
  mutating func startFromEnd(
    _ end: (sha: String, line: LineReference), _ reading: LineReadingState,
    _ record: inout BootRecord, _ update: Update.Phase?
  ) {
    orphan = nil
    start(reading, &record, update, kind: .other)
    change(reading) { crash in
      crash.firstLine = end.line
      crash.isBeginningKnown = false
      crash.elfSHA256 = end.sha
    }
  }

  /// Whether a crash still belongs to an update that is over: in the lines between its success and
  /// the reboot that follows, not in whatever the app does after an update of its data.
  func isLate(after update: Update, _ reading: LineReadingState) -> Bool {
    update.content == .app && reading.line.number - update.lastLine.number <= reach
  }

  /// Starts a crash unless the line continues the open one.
  mutating func startUnlessContinued(
    _ reading: LineReadingState, _ record: inout BootRecord, _ update: Update.Phase?,
    kind: CrashKind
  ) {
    guard isOpen, !hasEnded, !isOnlyAnnounced else {
      return start(reading, &record, update, kind: kind)
    }
    touch(reading)
  }

  /// Whether nothing is known of the open crash but that it comes.
  private var isOnlyAnnounced: Bool {
    guard isOpen, isAnnounced, !hasEnded, !hasHeader, let crash else { return false }
    return crash.kind == .other && crash.message == nil && crash.registers.isEmpty
      && crash.backtrace == nil
  }

  /// Takes the announcement of a panic: all of it follows, but for what was said before the handler ran.
  mutating func takeAnnouncement(
    _ reading: LineReadingState, _ record: inout BootRecord, _ update: Update.Phase?
  ) {
    let onlyWarns = crash?.kind == .taskWatchdog && crash?.isFatal == false
    let continues = isOpen && !hasEnded && !onlyWarns
    if continues {
      touch(reading)
    } else {
      start(reading, &record, update, kind: .other)
      isAnnounced = true
    }
    change(reading) { $0.isFatal = true }
  }

  mutating func touch(_ reading: LineReadingState) {
    guard isOpen else { return }
    lastLine = reading.line.number
    applicationLines = reading.applicationLines
    clock = reading.clock
    if isWithinLogLines { isWithinLogLines = Self.hasLogPrefix(reading.line.text) }
    crash?.lastLineNumber = reading.line.number
  }

  mutating func change(_ reading: LineReadingState, _ body: (inout Crash) -> Void) {
    guard isOpen else { return }
    crash?.change(body)
    touch(reading)
  }

  mutating func changeOtherCore(
    _ reading: LineReadingState, _ body: (inout Crash.CoreState) -> Void
  ) {
    let coreRead = coreRead
    change(reading) { crash in
      guard coreRead == .other, let last = crash.otherCores.indices.last else { return }
      body(&crash.otherCores[last])
    }
  }

  /// Closes a crash that what follows shows to be over: the app prints again, or it is far away.
  mutating func expire(_ reading: LineReadingState, _ record: inout BootRecord) {
    guard isOpen else { return }
    let isFar = reading.line.number - lastLine > reach && !coreDumpIsOpen
    let isSurvived = reading.applicationLines - applicationLines > Self.appLinesThatShowLife
    if isFar || isSurvived { close(into: &record, applicationLines: reading.applicationLines) }
  }

  /// Closes the crash at the end of the log, where fewer lines must do to show that the application runs.
  mutating func finish(into record: inout BootRecord, applicationLines total: Int) {
    close(into: &record, applicationLines: total, showingLife: 2)
  }

  /// Whether an application that goes on after it was only passing on what it had received or stored.
  private var isQuotation: Bool { isWithinLogLines && !isWatchdogsOwn }

  /// `I (310) ` and its like.
  static func hasLogPrefix(_ text: ByteText) -> Bool {
    text.count > 4 && "EWIDV".utf8.contains(text[0]) && text[1] == 0x20
      && text[2] == UInt8(ascii: "(")
  }

  /// Closes the crash; `total` are the application's lines in the whole log, of which `enough` behind it show that the
  /// application goes on.
  mutating func close(
    into record: inout BootRecord, applicationLines total: Int,
    showingLife enough: Int = appLinesThatShowLife + 1
  ) {
    guard isOpen, var closing = crash else { return }
    crash = nil
    isOpen = false
    if total - applicationLines >= enough {
      guard !isQuotation else { return }
      if closing.isFatal, !waitsForDebugger, isFragment(closing), wouldShowRestart(record.boot) {
        closing.isFatal = false
        closing.ranOn = true
      }
    }
    CrashReading.finish(&closing)
    record.add(closing)
  }

  /// Whether the text could have been typed or passed on: a whole panic that stands bare is believed, since the lines
  /// of the restart behind it may be missing, or the lines that go on be another node's.
  private func isFragment(_ crash: Crash) -> Bool {
    crash.registers.isEmpty && crash.backtrace == nil && crash.stack.isEmpty
      && crash.elfSHA256 == nil && !hasEnded
  }

  /// Whether a restart behind the crash would be seen: the ROM prints on this console, or the clock would have to
  /// come back to where it was.
  private func wouldShowRestart(_ boot: Boot) -> Bool {
    boot.romReset != nil || boot.romBanner != nil || (clock ?? 0) >= Self.clockThatRestartsShow
  }
}

extension Crash {
  fileprivate mutating func change(_ body: (inout Crash) -> Void) {
    body(&self)
    if details.count > 24 { details.removeLast() }
  }
}
