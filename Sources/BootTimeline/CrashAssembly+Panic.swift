import DeviceEvents
import LineReading

// What each line of a panic tells of the crash.
extension CrashAssembly {
  mutating func take(
    _ line: PanicLine, _ reading: LineReadingState, _ record: inout BootRecord,
    update: Update.Phase?
  ) {
    expire(reading, &record)
    defer { adoptLabelledAbort(reading) }
    switch line {
    case .labelledAbort(let address, let core):
      if !isOpen { labelledAbort = (address, core, reading.line.reference) }
    case .announced: takeAnnouncement(reading, &record, update)
    case .header(let reason, let core): takeHeader(reason, core, reading, &record, update)
    case .abort(let address, let core):
      startUnlessContinued(reading, &record, update, kind: .abort)
      change(reading) { crash in
        // Rust's standard library ends so, when a check of its own has failed.
        if crash.kind == .other, crash.message?.contains(" panicked at ") == true {
          crash.kind = .abort
        }
        crash.message = crash.message ?? Self.message(in: reading.line.text)
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
        crash.message = crash.message ?? Self.message(in: reading.line.text)
        crash.pc = assertion.address ?? crash.pc
        crash.isFatal = crash.isFatal || assertion.isFatal
      }
    case .errorCheck(let error, let address):
      start(reading, &record, update, kind: .errorCheck)
      change(reading) { crash in
        crash.error = error
        crash.message = Self.message(in: reading.line.text)
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
        crash.message = Self.message(in: reading.line.text)
        crash.isFatal = true
      }
    case .stackSmashing:
      startUnlessContinued(reading, &record, update, kind: .stackSmashing)
      change(reading) { crash in
        crash.kind = .stackSmashing
        crash.message = crash.message ?? Self.message(in: reading.line.text)
        crash.isFatal = true
      }
    case .stackCheckFailed(let text):
      startUnlessContinued(reading, &record, update, kind: .stackOverflow)
      change(reading) { crash in
        crash.kind = .stackOverflow
        crash.message = text
        crash.reason = nil
        crash.isFatal = true
        crash.details.append(reading.line.reference)
      }
    case .heapCorruption(let damage):
      startUnlessContinued(reading, &record, update, kind: .heapCorruption)
      change(reading) { crash in
        if crash.heapDamage == nil { crash.heapDamage = damage }
        crash.kind = .heapCorruption
        crash.message = crash.message ?? Self.message(in: reading.line.text)
        crash.details.append(reading.line.reference)
      }
    case .allocationFailed:
      startUnlessContinued(reading, &record, update, kind: .abort)
      change(reading) { crash in
        crash.message = Self.message(in: reading.line.text)
        crash.isFatal = true
      }
    case .undefinedBehavior:
      startUnlessContinued(reading, &record, update, kind: .ubsan)
      change(reading) { crash in
        crash.kind = .ubsan
        crash.message = Self.message(in: reading.line.text)
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
        // Behind a logger's prefix the sentence begins inside of the line.
        if case .wrapperMessage(let text) = line, text.hasPrefix("panicked at '") {
          crash.message = crash.message ?? text
        }
        crash.message = crash.message ?? Self.message(in: reading.line.text)
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
    case .detail(let text, let address):
      change(reading) { crash in
        crash.details.append(reading.line.reference)
        // A message may end like a place itself.
        if let place = crash.message, place.utf8.count <= Self.longestPlace,
          place.endsWithPlaceOfPanic
        {
          crash.message = place + " " + text
        }
        // The processor's own register holds nothing of it.
        if crash.kind == .cacheError, let address, crash.faultAddress == nil,
          text.contains("accessing the address 0x") || text.contains("error address: 0x")
        {
          crash.faultAddress = address
          crash.faultLine = reading.line.reference
        }
      }
    case .registerDump(let core): takeRegisterDump(core, reading, &record, update)
    case .interruptContext:
      change(reading) { $0.details.append(reading.line.reference) }
    case .registers(let registers): take(registers, reading, &record, update)
    case .stackMemory: touch(reading)
    case .resolved(let call):
      if NamedCalls.showPanic(call), isFirstSign(reading, record) {
        start(reading, &record, update, kind: .other)
        change(reading) { crash in
          crash.isBeginningKnown = false
          crash.isFatal = true
        }
      }
      change(reading) { if $0.resolvedCalls.count < 128 { $0.resolvedCalls.append(call) } }
    case .stackRow(let address, let words):
      let row = Crash.StackRow(address: address, words: words)
      if !isOpen {
        takeHeadless(row, reading, &record, update)
      } else if coreRead != .failed {
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
      } else if endsLeadingDump(reading) {
        startFromDump(reading, &record, update)
      }
      guard isOpen else { return }
      change(reading) { crash in
        crash.isFatal = true
        // Of calls that a tool named, these words tell that they are the log's own.
        if !crash.isBeginningKnown, !crash.resolvedCalls.isEmpty {
          crash.details.append(reading.line.reference)
        }
      }
      if case .gdbStub = line { waitsForDebugger = true }
      hasEnded = true
    }
    // espflash names each call of a backtrace right below it.
    backtraceIsOpen = line.isBacktrace || backtraceIsOpen && line.isResolvedCall
  }
}

extension CrashAssembly {
  /// So many lines may stand between the line of `abort()` and what follows it.
  private static let linesBehindAbort = 6

  /// Begins a crash whose head is missing with the line of `abort()` that stood behind a label right before it.
  private mutating func adoptLabelledAbort(_ reading: LineReadingState) {
    guard isOpen, let head = labelledAbort, let open = crash,
      open.firstLine.number > head.line.number
    else { return }
    labelledAbort = nil
    guard !open.isBeginningKnown, open.kind == .other, open.message == nil,
      open.firstLine.number - head.line.number <= Self.linesBehindAbort
    else { return }
    change(reading) { crash in
      crash.firstLine = head.line
      crash.isBeginningKnown = true
      crash.isFatal = true
      crash.kind = .abort
      crash.pc = head.address
      crash.core = head.core ?? crash.core
      crash.message =
        head.line.text.firstRange(of: "abort() was called").map {
          String(head.line.text[$0.lowerBound...])
        }
    }
  }
}

extension CrashAssembly {
  /// The words of a line that tells of a crash, without a prompt or a cut line before them.
  fileprivate static func message(in text: ByteText) -> String {
    let text = text.trimmed
    let start = openings.lazy.compactMap { text.firstIndex(of: $0) }.min() ?? 0
    return text.slice(from: start).string
  }

  private static let openings: [StaticString] = [
    "assert failed: ", "assertion \"", "abort() was called", "***ERROR***", "CORRUPT HEAP:",
    "ESP_ERROR_CHECK failed",
  ]
}

extension PanicLine {
  fileprivate var isResolvedCall: Bool {
    if case .resolved = self { true } else { false }
  }

  fileprivate var isBacktrace: Bool {
    if case .backtrace = self { true } else { false }
  }
}
