import DeviceEvents
import LineReading

// The state of a core: its header, registers and backtrace, of the core that failed or of another one.
extension CrashAssembly {
  mutating func takeHeader(
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
      // A header that is cut before its parenthesis gives none.
      if !reason.isEmpty { crash.reason = reason }
      // What the software said stands; the trap is only how it entered the panic handler.
      if attaches, crash.message != nil, crash.kind != .other { return }
      crash.kind = CrashReading.kind(ofReason: reason)
    }
  }

  mutating func takeRegisterDump(
    _ core: Int?, _ reading: LineReadingState, _ record: inout BootRecord, _ update: Update.Phase?
  ) {
    if let open = crash, !open.registers.isEmpty, !hasEnded, core != nil, core != open.core {
      coreRead = open.otherCores.count < Self.mostOtherCores ? .other : .surplus
      guard coreRead == .other else { return touch(reading) }
      change(reading) { $0.otherCores.append(Crash.CoreState(core: core)) }
      return
    }
    let continues = isOpen && !hasEnded
    startUnlessContinued(reading, &record, update, kind: .other)
    coreRead = .failed
    change(reading) { crash in
      crash.core = crash.core ?? core
      if !continues { crash.isBeginningKnown = false }
    }
  }

  /// Whether a row without the program counter, far from any crash, is what a log holds of a dump
  /// whose beginning was not captured: no application prints these registers.
  private func isRestOfDump(_ registers: [Register], _ reading: LineReadingState) -> Bool {
    !isOpen && (lastLine == 0 || reading.line.number - lastLine > reach)
      && registers.contains { $0.name == "MCAUSE" || $0.name == "EXCCAUSE" || $0.isFaultAddress }
  }

  /// Whether nothing was seen yet, neither of a crash nor of a start or an application.
  func isFirstSign(_ reading: LineReadingState, _ record: BootRecord) -> Bool {
    lastLine == 0 && reading.applicationLines == 0 && record.boot.stage == .rom
      && record.boot.romReset == nil && record.boot.romBanner == nil
  }

  mutating func take(
    _ registers: [Register], _ reading: LineReadingState, _ record: inout BootRecord,
    _ update: Update.Phase?
  ) {
    if !isOpen || hasEnded {
      guard registers.contains(where: \.isProgramCounter) || isRestOfDump(registers, reading)
      else { return }
      start(reading, &record, update, kind: .other)
      change(reading) { crash in
        crash.isFatal = !registers.contains(where: \.isOfContextSwitch)
        crash.isBeginningKnown = false
      }
    }
    if coreRead != .failed {
      changeOtherCore(reading) { $0.registers.add(registers) }
      return
    }
    let hasEnded = hasEnded
    change(reading) { crash in
      let startsAgain = registers.contains { $0.isProgramCounter }
      if startsAgain, crash.register("PC") ?? crash.register("MEPC") != nil { return }
      crash.registers.add(registers)
      if startsAgain { crash.registerLine = reading.line.reference }
      if crash.faultAddress == nil, registers.contains(where: { $0.isFaultAddress }) {
        crash.faultLine = reading.line.reference
      }
      guard !crash.isFatal, crash.kind != .taskWatchdog || hasEnded else { return }
      // Saved by a context switch, not by an exception: the report of a watchdog that only prints.
      crash.isFatal = crash.register("MCAUSE") != 0xdead_c0de
    }
  }

  mutating func take(
    _ backtrace: Backtrace, _ reading: LineReadingState, _ record: inout BootRecord,
    _ update: Update.Phase?
  ) {
    if !isOpen || hasEnded {
      // The rest of a line that was broken in the middle, or a panic whose head is not in the log.
      guard !backtrace.frames.isEmpty, !backtrace.isContinuation else { return }
      start(reading, &record, update, kind: .other)
      change(reading) { $0.isBeginningKnown = false }
    }
    if coreRead != .failed {
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
      } else if continues, var whole = crash.backtrace, whole.ending == .plain,
        whole.frames.count < Self.mostCalls, !whole.repeats(backtrace)
      {
        whole.frames += backtrace.frames
        whole.ending = backtrace.ending
        crash.backtrace = whole
      } else if crash.kind == .taskWatchdog || !crash.otherCores.isEmpty {
        var state = Crash.CoreState(core: nil)
        state.backtrace = backtrace
        if crash.otherCores.count < Self.mostOtherCores { crash.otherCores.append(state) }
      }
    }
  }
}

extension Backtrace {
  /// Whether another one begins with a call that this one has, on the same stack: a tool has written it again.
  fileprivate func repeats(_ other: Backtrace) -> Bool {
    guard let first = other.frames.first, first.sp != nil else { return false }
    return frames.contains(first)
  }
}
