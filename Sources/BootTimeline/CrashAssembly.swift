import DeviceEvents
import LineReading

/// Puts the lines of a panic, abort, failed check or watchdog report together.
///
/// `formats/panic.md` 0.3 to 0.5 and 8.4: explicit text beats the trap that follows it, the first
/// panic beats those nested in it, and a second register dump is another core, not another crash.
struct CrashAssembly {
  /// How many lines after its last line a crash still takes in what could belong to it.
  private let reach = 45
  /// How many lines of the app may come between before a report counts as survived.
  static let appLinesThatShowLife = 4

  /// The open crash; it is large, so it is changed in place and not looked at for being there.
  private(set) var crash: Crash?
  private(set) var isOpen = false
  var lastLine = 0
  private var applicationLines = 0
  private var hasHeader = false
  /// Whether it began behind the prefix of a log line, where an application may only quote one.
  private var beganInLogLine = false
  private var hasEnded = false
  /// Which core's state is being read: nil for the one that failed.
  private var otherCore: Int?
  var readsOtherCore = false
  private var backtraceIsOpen = false
  var coreDumpIsOpen = false
  /// A hash of the panic handler's that no crash was open for: its head is not in the log.
  private var orphan: (sha: String, line: LineReference)?

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

  // MARK: panic lines

  mutating func take(
    _ line: PanicLine, _ reading: LineReadingState, _ record: inout BootRecord,
    update: Update.Phase?
  ) {
    expire(reading, &record)
    switch line {
    case .header(let reason, let core): takeHeader(reason, core, reading, &record, update)
    case .abort(let address, let core):
      startUnlessContinued(reading, &record, update, kind: .abort)
      change(reading) { crash in
        crash.message = crash.message ?? reading.line.text.trimmed.string
        crash.pc = crash.assertion?.address ?? address
        crash.core = core ?? crash.core
        crash.isFatal = true
      }
    case .assertion(let assertion):
      // FreeRTOS prints its failed asserts also where it then goes on: an abort line decides.
      startUnlessContinued(reading, &record, update, kind: .assert)
      change(reading) { crash in
        crash.assertion = assertion
        if crash.kind == .abort || crash.kind == .other { crash.kind = .assert }
        crash.message = crash.message ?? reading.line.text.trimmed.string
        crash.pc = assertion.address ?? crash.pc
        crash.isFatal = crash.isFatal || assertion.isFatal
      }
    case .errorCheck(let error, let address):
      start(reading, &record, update, kind: .errorCheck)
      change(reading) { crash in
        crash.error = error
        crash.message = reading.line.text.trimmed.string
        crash.pc = address
        crash.isFatal = true
      }
    case .errorCheckWithoutAbort: break
    case .errorCheckDetail:
      change(reading) { $0.details.append(reading.line.reference) }
    case .stackOverflow(let task):
      start(reading, &record, update, kind: .stackOverflow)
      change(reading) { crash in
        crash.task = task
        crash.message = reading.line.text.trimmed.string
        crash.isFatal = true
      }
    case .stackSmashing:
      startUnlessContinued(reading, &record, update, kind: .stackSmashing)
      change(reading) { crash in
        crash.kind = .stackSmashing
        crash.message = crash.message ?? reading.line.text.trimmed.string
        crash.isFatal = true
      }
    case .heapCorruption(let damage):
      startUnlessContinued(reading, &record, update, kind: .heapCorruption)
      change(reading) { crash in
        if crash.heapDamage == nil { crash.heapDamage = damage }
        crash.kind = .heapCorruption
        crash.message = crash.message ?? reading.line.text.trimmed.string
        crash.details.append(reading.line.reference)
      }
    case .allocationFailed:
      startUnlessContinued(reading, &record, update, kind: .abort)
      change(reading) { crash in
        crash.message = reading.line.text.trimmed.string
        crash.isFatal = true
      }
    case .undefinedBehavior:
      startUnlessContinued(reading, &record, update, kind: .ubsan)
      change(reading) { crash in
        crash.kind = .ubsan
        crash.message = reading.line.text.trimmed.string
        crash.isFatal = true
      }
    case .cppTermination, .wrapperMessage, .taskReturned:
      startUnlessContinued(reading, &record, update, kind: .other)
      change(reading) { crash in
        crash.isFatal = true
        if case .cppTermination = line { crash.kind = .cppException }
        if case .taskReturned(let task) = line {
          crash.kind = .abort
          crash.task = task
        }
        crash.message = crash.message ?? reading.line.text.trimmed.string
        crash.details.append(reading.line.reference)
      }
    case .debugReason(_, let canaryTask):
      startUnlessContinued(reading, &record, update, kind: .exception)
      change(reading) { crash in
        crash.details.append(reading.line.reference)
        if let canaryTask {
          crash.kind = .stackCanary
          crash.task = canaryTask
        }
      }
    case .stackGuard(let task, let address):
      startUnlessContinued(reading, &record, update, kind: .stackProtection)
      change(reading) { crash in
        crash.kind = .stackProtection
        crash.task = task
        crash.details.append(reading.line.reference)
        if crash.pc == nil { crash.pc = address }
      }
    case .stackPointer:
      change(reading) { $0.details.append(reading.line.reference) }
    case .stackBounds(let low, let high):
      change(reading) { crash in
        if low <= high { crash.stackBounds = low...high }
        crash.details.append(reading.line.reference)
      }
    case .memoryDump(let address, let words):
      change(reading) { crash in
        crash.memoryDump = Crash.MemoryDump(address: address, words: words)
        crash.details.append(reading.line.reference)
      }
    case .detail:
      change(reading) { $0.details.append(reading.line.reference) }
    case .registerDump(let core): takeRegisterDump(core, reading, &record, update)
    case .interruptContext:
      change(reading) { $0.details.append(reading.line.reference) }
    case .registers(let registers): take(registers, reading, &record, update)
    case .stackMemory: touch(reading)
    case .resolved(let call):
      change(reading) { if $0.resolvedCalls.count < 128 { $0.resolvedCalls.append(call) } }
    case .stackRow(let address, let words):
      let row = Crash.StackRow(address: address, words: words)
      if readsOtherCore {
        changeOtherCore(reading) { if $0.stack.count < 64 { $0.stack.append(row) } }
      } else {
        change(reading) { if $0.stack.count < 64 { $0.stack.append(row) } }
      }
    case .backtrace(let backtrace): take(backtrace, reading, &record, update)
    case .elfSHA256(let sha):
      if !isOpen { orphan = (sha, reading.line.reference) }
      change(reading) { crash in
        crash.elfSHA256 = crash.elfSHA256 ?? sha
        crash.isFatal = true
      }
    case .nested:
      change(reading) { crash in
        crash.isNested = true
        crash.isFatal = true
      }
    case .crashedTask(let name):
      startUnlessContinued(reading, &record, update, kind: .other)
      change(reading) { crash in
        crash.isFatal = true
        crash.task = crash.task ?? name
        crash.details.append(reading.line.reference)
      }
    case .gdbStub, .rebooting, .halted:
      if !isOpen, let orphan, reading.line.number - orphan.line.number <= 8 {
        startFromEnd(orphan, reading, &record, update)
      }
      guard isOpen else { return }
      change(reading) { $0.isFatal = true }
      hasEnded = true
    }
    backtraceIsOpen = line.isBacktrace
  }

  private mutating func takeHeader(
    _ reason: String, _ core: Int?, _ reading: LineReadingState, _ record: inout BootRecord,
    _ update: Update.Phase?
  ) {
    if var open = crash, !hasEnded, hasHeader || !open.registers.isEmpty {
      let isWhole = open.backtrace != nil || !open.stack.isEmpty
      if !isWhole || open.elfSHA256 == nil && reading.line.number - lastLine <= 3 {
        // The handler itself failed, or both cores panic: the first panic is the real one.
        open.isNested = true
        open.lastLineNumber = reading.line.number
        crash = open
        touch(reading)
        return
      }
    }
    let attaches =
      isOpen && !hasEnded && !hasHeader && crash?.registers.isEmpty == true
      && crash?.kind != .taskWatchdog
    if !attaches { start(reading, &record, update, kind: CrashReading.kind(ofReason: reason)) }
    hasHeader = true
    change(reading) { crash in
      crash.isFatal = true
      crash.core = core ?? crash.core
      crash.reason = reason
      // What the software said stands; the trap is only how it entered the panic handler.
      if attaches, crash.message != nil, crash.kind != .other { return }
      crash.kind = CrashReading.kind(ofReason: reason)
    }
  }

  private mutating func takeRegisterDump(
    _ core: Int?, _ reading: LineReadingState, _ record: inout BootRecord, _ update: Update.Phase?
  ) {
    if let open = crash, !open.registers.isEmpty, !hasEnded, core != nil, core != open.core {
      readsOtherCore = true
      otherCore = core
      change(reading) { $0.otherCores.append(Crash.CoreState(core: core)) }
      return
    }
    startUnlessContinued(reading, &record, update, kind: .other)
    readsOtherCore = false
    change(reading) { $0.core = $0.core ?? core }
  }

  private mutating func take(
    _ registers: [Register], _ reading: LineReadingState, _ record: inout BootRecord,
    _ update: Update.Phase?
  ) {
    if !isOpen || hasEnded {
      guard registers.contains(where: { $0.name == "PC" || $0.name == "MEPC" }) else { return }
      start(reading, &record, update, kind: .other)
      change(reading) { $0.isFatal = true }
    }
    if readsOtherCore {
      changeOtherCore(reading) { $0.registers += registers }
      return
    }
    let hasEnded = hasEnded
    change(reading) { crash in
      let startsAgain = registers.contains { $0.name == "PC" || $0.name == "MEPC" }
      if startsAgain, crash.register("PC") ?? crash.register("MEPC") != nil { return }
      crash.registers += registers.filter { crash.register($0.name) == nil }
      if startsAgain { crash.registerLine = reading.line.reference }
      if registers.contains(where: { $0.name == "EXCVADDR" || $0.name == "MTVAL" }) {
        crash.faultLine = reading.line.reference
      }
      // Saved by a context switch, not by an exception: the report of a watchdog that only prints.
      let isReport = crash.register("MCAUSE") == 0xdead_c0de
      if crash.kind != .taskWatchdog || hasEnded { crash.isFatal = crash.isFatal || !isReport }
    }
  }

  private mutating func take(
    _ backtrace: Backtrace, _ reading: LineReadingState, _ record: inout BootRecord,
    _ update: Update.Phase?
  ) {
    if !isOpen || hasEnded {
      // The rest of a line that was broken in the middle, or a panic whose head is not in the log.
      guard !backtrace.frames.isEmpty, !backtrace.isContinuation else { return }
      start(reading, &record, update, kind: .other)
    }
    if readsOtherCore {
      changeOtherCore(reading) { state in
        if state.backtrace == nil { state.backtrace = backtrace }
      }
      return
    }
    let continues = backtrace.isContinuation && backtraceIsOpen
    change(reading) { crash in
      if crash.backtrace == nil {
        crash.backtrace = backtrace
        crash.backtraceLine = reading.line.reference
      } else if continues, var whole = crash.backtrace, whole.ending == .plain {
        whole.frames += backtrace.frames
        whole.ending = backtrace.ending
        crash.backtrace = whole
      } else if crash.kind == .taskWatchdog || !crash.otherCores.isEmpty {
        var state = Crash.CoreState(core: nil)
        state.backtrace = backtrace
        if crash.otherCores.count < 4 { crash.otherCores.append(state) }
      }
    }
  }

  // MARK: beginning and end

  mutating func start(
    _ reading: LineReadingState, _ record: inout BootRecord, _ update: Update.Phase?,
    kind: CrashKind
  ) {
    close(into: &record)
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
    beganInLogLine = Self.hasLogPrefix(reading.line.text)
    hasEnded = false
    readsOtherCore = false
    coreDumpIsOpen = false
    touch(reading)
  }

  /// Starts a crash of which the log holds the end alone: the hash of the image, then the reboot.
  private mutating func startFromEnd(
    _ end: (sha: String, line: LineReference), _ reading: LineReadingState,
    _ record: inout BootRecord, _ update: Update.Phase?
  ) {
    orphan = nil
    start(reading, &record, update, kind: .other)
    change(reading) { crash in
      crash.firstLine = end.line
      crash.message = end.line.text
      crash.elfSHA256 = end.sha
    }
  }

  /// Whether a crash still belongs to an update that is over: in the lines between its success and
  /// the reboot that follows, not in whatever the app does after an update of its data.
  private func isLate(after update: Update, _ reading: LineReadingState) -> Bool {
    update.content == .app && reading.line.number - update.lastLine.number <= reach
  }

  /// Starts a crash unless the line continues the open one.
  private mutating func startUnlessContinued(
    _ reading: LineReadingState, _ record: inout BootRecord, _ update: Update.Phase?,
    kind: CrashKind
  ) {
    guard isOpen, !hasEnded else { return start(reading, &record, update, kind: kind) }
    touch(reading)
  }

  mutating func touch(_ reading: LineReadingState) {
    guard isOpen else { return }
    lastLine = reading.line.number
    applicationLines = reading.applicationLines
    crash?.lastLineNumber = reading.line.number
  }

  mutating func change(_ reading: LineReadingState, _ body: (inout Crash) -> Void) {
    guard isOpen else { return }
    crash?.change(body)
    touch(reading)
  }

  private mutating func changeOtherCore(
    _ reading: LineReadingState, _ body: (inout Crash.CoreState) -> Void
  ) {
    change(reading) { crash in
      guard let last = crash.otherCores.indices.last else { return }
      body(&crash.otherCores[last])
    }
  }

  /// Closes a crash that what follows shows to be over: the app prints again, or it is far away.
  mutating func expire(_ reading: LineReadingState, _ record: inout BootRecord) {
    guard isOpen else { return }
    let isFar = reading.line.number - lastLine > reach && !coreDumpIsOpen
    let isSurvived = reading.applicationLines - applicationLines > Self.appLinesThatShowLife
    if isSurvived, isQuotation { return drop() }
    if isFar || isSurvived { close(into: &record) }
  }

  /// At the end of the log: drops what was only quoted, as lines after it show; `total` are the
  /// application's lines in the whole log.
  mutating func dropQuotation(applicationLines total: Int) {
    if isOpen, isQuotation, total - applicationLines >= 2 { drop() }
  }

  /// Whether all there is of it is a sentence inside a log line: an application that goes on after
  /// that was only passing on what it had received or stored.
  private var isQuotation: Bool {
    guard beganInLogLine, let crash else { return false }
    return crash.registers.isEmpty && crash.backtrace == nil && crash.stack.isEmpty
      && crash.elfSHA256 == nil && crash.lastLineNumber == crash.firstLine.number
  }

  private mutating func drop() {
    crash = nil
    isOpen = false
  }

  /// `I (310) ` and its like.
  private static func hasLogPrefix(_ text: ByteText) -> Bool {
    text.count > 4 && "EWIDV".utf8.contains(text[0]) && text[1] == 0x20
      && text[2] == UInt8(ascii: "(")
  }

  mutating func close(into record: inout BootRecord) {
    guard isOpen, var closing = crash else { return }
    crash = nil
    isOpen = false
    CrashReading.finish(&closing)
    record.add(closing)
  }
}

extension Crash {
  fileprivate mutating func change(_ body: (inout Crash) -> Void) {
    body(&self)
    if details.count > 24 { details.removeLast() }
  }
}

extension PanicLine {
  fileprivate var isBacktrace: Bool {
    if case .backtrace = self { true } else { false }
  }
}
