import DeviceEvents
import LineReading

/// The reports beside a panic: the task watchdog's, and a core dump on the console.
extension CrashAssembly {
  // MARK: task watchdog

  mutating func take(
    _ line: TaskWatchdogLine, _ reading: LineReadingState, _ record: inout BootRecord,
    update: Update.Phase?
  ) {
    expire(reading, &record)
    switch line {
    case .triggered:
      // The second core starving at the same time continues the report.
      if crash?.kind == .taskWatchdog, reading.line.number - lastLine <= 4,
        crash?.isFatal == true
      {
        return touch(reading)
      }
      start(reading, &record, update, kind: .taskWatchdog)
      change(reading) { crash in
        crash.isFatal = false
        crash.message = Self.announcement(in: reading.line.text)
      }
    case .starved(let task, let cpu):
      // An entry without its tag may be another list's: it counts when the report goes on behind it.
      if !isOpen { headlessEntry = (task, cpu, reading.line.reference) }
      change(reading) { crash in
        guard crash.kind == .taskWatchdog else { return }
        crash.core = crash.core ?? cpu.flatMap { CrashReading.core(ofCPU: $0) }
        crash.watchedTask = crash.watchedTask ?? task
        crash.details.append(reading.line.reference)
      }
    case .runningTasks:
      guard isOpen, !hasEnded else {
        // Without its tag it is as likely an application's own list.
        guard reading.line.text.contains("task_wdt") else { return }
        startWithoutHead(reading, &record, update)
        return
      }
      touch(reading)
    case .running(let cpu, let task):
      if !isOpen, reading.line.text.contains("task_wdt"), !endsReport(in: record, reading) {
        startWithoutHead(reading, &record, update)
      }
      change(reading) { crash in
        guard crash.kind == .taskWatchdog else { return }
        if crash.task == nil || crash.core == cpu { crash.task = task }
        crash.details.append(reading.line.reference)
      }
    case .aborting:
      change(reading) { $0.isFatal = true }
    case .printsBacktrace(let cpu): change(reading) { $0.core = $0.core ?? cpu }
    }
  }

  /// The report's first sentence, without its prefix and the line that it cut.
  private static func announcement(in text: ByteText) -> String {
    let start = text.firstIndex(of: "Task watchdog got triggered.") ?? 0
    return text.slice(from: start).trimmed.string
  }

  /// Starts a report of which the first lines were lost or damaged.
  private mutating func startWithoutHead(
    _ reading: LineReadingState, _ record: inout BootRecord, _ update: Update.Phase?
  ) {
    start(reading, &record, update, kind: .taskWatchdog)
    change(reading) { $0.message = reading.line.text.trimmed.string }
    guard let entry = headlessEntry, reading.line.number - entry.line.number <= 4 else { return }
    headlessEntry = nil
    change(reading) { crash in
      crash.firstLine = entry.line
      crash.watchedTask = entry.task
      crash.core = entry.cpu.flatMap { CrashReading.core(ofCPU: $0) }
    }
  }

  /// Whether the line rather belongs to the report before, in which lines of the application stand.
  private func endsReport(in record: BootRecord, _ reading: LineReadingState) -> Bool {
    record.crashes.last.map {
      $0.kind == .taskWatchdog && reading.line.number - $0.lastLineNumber <= reach
    } ?? false
  }

  // MARK: stack dumps

  /// So many rows of a stack dump, one behind the other, are one.
  private static let rowsOfStack = 3

  /// Takes a row of a stack dump that no crash is open for. Before an application has printed anything, rows of eight
  /// words whose addresses go on are what a log holds of a RISC-V chip's panic that began before it.
  mutating func takeHeadless(
    _ row: Crash.StackRow, _ reading: LineReadingState, _ record: inout BootRecord,
    _ update: Update.Phase?
  ) {
    guard lastLine == 0, row.words.count == 8, reading.applicationLines == 0,
      reading.plainLines < EventDecoder.plainLinesThatShowLife
    else {
      headlessStack = nil
      return
    }
    var stack: (rows: [Crash.StackRow], line: LineReference) =
      headlessStack ?? (rows: [], line: reading.line.reference)
    if let last = stack.rows.last, last.address &+ 32 != row.address {
      stack = (rows: [], line: reading.line.reference)
    }
    stack.rows.append(row)
    headlessStack = stack
    guard stack.rows.count == Self.rowsOfStack else { return }
    headlessStack = nil
    start(reading, &record, update, kind: .other)
    change(reading) { crash in
      crash.firstLine = stack.line
      crash.isBeginningKnown = false
      crash.isFatal = true
      crash.stack = stack.rows
    }
  }

  // MARK: core dumps

  /// So many rows of a core dump at the very beginning of a log are one.
  private static let rowsOfDump = 8

  /// Whether the log began with rows of a core dump, and this is what stands behind them. Rows alone are as likely an
  /// application's own, of a picture for one: only the panic handler's last words behind them tell, and an application
  /// that speaks in between shows that it was no panic.
  func endsLeadingDump(_ reading: LineReadingState) -> Bool {
    leadingRows >= Self.rowsOfDump && !isOpen && reading.line.number - leadingRows <= 3
      && reading.applicationLines == 0
  }

  /// Starts the crash of which the log holds nothing but its core dump, or the end of that.
  mutating func startFromDump(
    _ reading: LineReadingState, _ record: inout BootRecord, _ update: Update.Phase?
  ) {
    start(reading, &record, update, kind: .other)
    let first = leadingRows > 0 ? record.boot.firstLine : reading.line.reference
    leadingRows = 0
    change(reading) { crash in
      crash.firstLine = first
      crash.isBeginningKnown = false
      crash.isFatal = true
      crash.coreDump = .cut
    }
  }

  mutating func take(
    _ line: CoreDumpLine, _ reading: LineReadingState, _ record: inout BootRecord
  ) {
    switch line {
    case .data where !isOpen:
      leadingRows += 1
      return
    // Nothing but a panic prints these marks.
    case .begins where !isOpen, .ends where !isOpen:
      startFromDump(reading, &record, nil)
      change(reading) { $0.message = "a core dump is printed" }
    case .begins, .data, .ends, .checksum, .progress: break
    }
    guard isOpen else { return }
    switch line {
    case .begins:
      coreDumpIsOpen = true
      change(reading) { crash in
        crash.coreDump = .cut
        crash.coreDumpLines = reading.line.number...reading.line.number
      }
    case .data: change(reading) { $0.extendCoreDump(to: reading.line.number) }
    case .ends:
      if coreDumpIsOpen {
        change(reading) { crash in
          crash.coreDump = .complete
          crash.extendCoreDump(to: reading.line.number)
        }
      }
      coreDumpIsOpen = false
    case .checksum, .progress: touch(reading)
    }
  }
}

extension Crash {
  fileprivate mutating func extendCoreDump(to line: Int) {
    guard let first = coreDumpLines?.lowerBound, first <= line else { return }
    coreDumpLines = first...line
  }
}
