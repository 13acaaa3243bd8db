import DeviceEvents
import LineReading

/// What only the whole log tells: slots by offset, why a boot ended, which update led where.
///
/// Small passes in an order that matters: endings need fatal crashes, reset reasons need endings,
/// updates need slots, and slots that the updates imply come last.
struct TimelineCompletion {
  var records: [BootRecord]
  /// The device's chip, for boots that do not tell theirs.
  let chip: Chip?
  /// Whose numbers stand for a reset reason.
  let numbering: ReasonNumbering

  /// What a reset reason's bare number counts.
  enum ReasonNumbering {
    /// `esp_reset_reason_t`.
    case espIDF
    /// MicroPython's `machine.reset_cause()`, which has five.
    case microPython
  }

  init(_ records: consuming [BootRecord], chip: Chip?, numbering: ReasonNumbering = .espIDF) {
    self.records = records
    self.chip = chip
    self.numbering = numbering
  }

  mutating func run() {
    resolveSlots()
    mendSlotLabels()
    dropDumpsThatAreNone()
    confirmCrashes()
    nameCrashesWithoutBeginning()
    readReasonNumbers()
    nameEndings()
    nameResetReasons()
    inferSlotsFromImages()
    var updates = UpdateOutcomes(records)
    // Whoever changes them is the only one who has them: else all would be copied.
    records = []
    updates.run()
    records = updates.records
    placeCrashes()
  }

  /// Rows that only look like a core dump's, and what somebody's words before the log quote of a panic, prove nothing
  /// where no crash can have led to the reset behind them; calls that a tool named prove nothing where any start is.
  private mutating func dropDumpsThatAreNone() {
    guard records.count > 1, let first = records[0].crashes.first,
      let reset = records[1].boot.romReset
    else { return }
    let isQuotable = records[0].boot.isNoLog && records[0].crashes.count == 1
    if isQuotable, first.isCallsAlone, records[1].boot.resetReason != .panic {
      return dropFirstCrash()
    }
    guard
      first.isRowsAlone
        || isQuotable && first.isHeaderAlone && (records[0].hasProseAroundCrash || first.isInProse)
    else { return }
    switch meaning(of: reset, in: records[1].boot).cause {
    case .powerOn, .deepSleep, .usb, .jtag, .external: dropFirstCrash()
    case .software, .timerGroupWatchdog, .rtcWatchdog, .superWatchdog, .brownout, .sdio, .efuse,
      .powerGlitch, .clockGlitch, .cpuLockup, .unknown:
      break
    }
  }

  private mutating func dropFirstCrash() {
    records[0].crashes.removeFirst()
    guard !records[0].crashes.contains(where: \.isFatal),
      [.panic, .watchdog].contains(records[0].boot.ending)
    else { return }
    records[0].boot.ending = .endOfLog
    records[0].boot.endingLine = nil
  }

  /// A report that the node survived is no crash; one that the next boot confirms is.
  private mutating func confirmCrashes() {
    for index in records.indices {
      guard let last = records[index].crashes.indices.last, index + 1 < records.count,
        !records[index].crashes[last].isFatal
      else { continue }
      let crash = records[index].crashes[last]
      let next = records[index + 1].boot
      let isLastWord = crash.lastLineNumber + 6 >= records[index].lastLineNumber
      let isSoftware = next.romReset.map { [0x3, 0xc].contains($0.code) } ?? false
      let reasonSaysSo =
        next.resetReason == .panic || next.resetReason == .taskWatchdog
        || next.resetReason == .interruptWatchdog
      if crash.ranOn, !isLastWord { continue }
      if reasonSaysSo || isLastWord && isSoftware && crash.kind != .taskWatchdog {
        records[index].crashes[last].isFatal = true
        records[index].boot.ending = crash.kind.isWatchdog ? .watchdog : .panic
        records[index].boot.endingLine = crash.firstLine
      }
    }
    // A trace without a head, with nothing behind it, is the tail of a crash.
    for index in records.indices {
      guard let last = records[index].crashes.indices.last else { continue }
      let crash = records[index].crashes[last]
      if !crash.isFatal, crash.kind == .other || crash.kind == .heapCorruption,
        crash.backtrace != nil,
        records[index].boot.ending == .endOfLog, index + 1 == records.count,
        crash.lastLineNumber + 6 >= records[index].lastLineNumber
      {
        records[index].crashes[last].isFatal = true
        records[index].boot.ending = .panic
        records[index].boot.endingLine = crash.firstLine
      }
    }
  }

  /// What a crash was of which the log holds the end alone: the next boot may tell.
  private mutating func nameCrashesWithoutBeginning() {
    for index in records.indices.dropLast() {
      guard let last = records[index].crashes.indices.last,
        !records[index].crashes[last].isBeginningKnown,
        [.other, .exception].contains(records[index].crashes[last].kind)
      else { continue }
      switch records[index + 1].boot.resetReason {
      case .interruptWatchdog: records[index].crashes[last].kind = .interruptWatchdog
      case .taskWatchdog: records[index].crashes[last].kind = .taskWatchdog
      default: continue
      }
      if records[index].boot.ending == .panic { records[index].boot.ending = .watchdog }
    }
  }

  private mutating func nameEndings() {
    for index in records.indices where records[index].boot.ending == .endOfLog {
      guard index + 1 < records.count else { continue }
      let next = records[index + 1].boot
      records[index].boot.endingLine = next.romResetLine ?? next.resetReasonLine
      records[index].boot.ending = ending(before: next)
    }
    // Sleep that was announced but ended by another reset was no sleep.
    for index in records.indices.dropLast() where records[index].boot.ending == .deepSleep {
      guard let reset = records[index + 1].boot.romReset else { continue }
      let meaning = meaning(of: reset, in: records[index + 1].boot)
      if meaning.cause != .deepSleep { records[index].boot.ending = .unknown }
    }
  }

  private func ending(before next: Boot) -> BootEnding {
    if next.resetReasonSource == .app, let reason = next.resetReason {
      switch reason {
      case .panic, .cpuLockup: return .panic
      case .interruptWatchdog, .taskWatchdog, .watchdog: return .watchdog
      case .brownout: return .brownout
      case .software: return .restart
      case .powerOn: return .power
      case .deepSleep: return .deepSleep
      case .external, .unknown, .sdio, .usb, .jtag, .efuse, .powerGlitch: break
      }
    }
    guard let reset = next.romReset else { return .unknown }
    switch meaning(of: reset, in: next).cause {
    case .powerOn, .powerGlitch: return .power
    case .timerGroupWatchdog, .rtcWatchdog, .superWatchdog: return .watchdog
    case .brownout: return .brownout
    case .deepSleep: return .deepSleep
    case .cpuLockup: return .panic
    case .software, .usb, .jtag, .sdio, .efuse, .clockGlitch, .external, .unknown: return .unknown
    }
  }

  /// Numbers that an interpreter printed are its own.
  private mutating func readReasonNumbers() {
    guard numbering == .microPython else { return }
    for index in records.indices {
      guard let number = records[index].boot.resetReasonNumber else { continue }
      // The last, a reset by software, stands for a panic as well.
      let reasons: [Int: ResetReason] = [1: .powerOn, 2: .external, 3: .watchdog, 4: .deepSleep]
      records[index].boot.resetReason = reasons[number]
      if reasons[number] == nil {
        records[index].boot.resetReasonSource = nil
        records[index].boot.resetReasonLine = nil
      }
    }
  }

  /// Why each boot began: the app's own line, else what the boot before printed at its end, else
  /// the ROM's code where it is unambiguous.
  private mutating func nameResetReasons() {
    for index in records.indices where records[index].boot.resetReason == nil {
      let meaning = records[index].boot.romReset.map {
        self.meaning(of: $0, in: records[index].boot)
      }
      if index > 0, meaning == nil || meaning?.cause == .software,
        let told = textualReason(records[index - 1])
      {
        let line = records[index - 1].boot.endingLine
        records[index].boot.note(told, from: .text, line)
      } else if let meaning, let reason = meaning.reason, meaning.cause != .software {
        records[index].boot.note(reason, from: .rom, records[index].boot.romResetLine)
      } else if meaning == nil, let reason = toldReason(records[index].boot) {
        records[index].boot.note(reason, from: .app, records[index].boot.toldResetCodeLine)
      }
    }
  }

  /// What the ROM's code means that the application printed; the wordings of it come from the ESP32.
  private func toldReason(_ boot: Boot) -> ResetReason? {
    guard let code = boot.toldResetCode else { return nil }
    let meaning = ResetCauses.meaning(code: code, chip: boot.chip ?? chip ?? .esp32)
    return meaning.reason == .unknown ? nil : meaning.reason
  }

  /// What a reset code means on a boot's chip, or on all that could print it so.
  private func meaning(of reset: ROMReset, in boot: Boot) -> ResetMeaning {
    ResetCauses.meaning(code: reset.code, chip: boot.chip ?? chip, name: reset.name)
  }

  private func textualReason(_ previous: BootRecord) -> ResetReason? {
    switch previous.boot.ending {
    case .panic, .watchdog:
      guard let crash = previous.crashes.last(where: \.isFatal) else {
        return previous.boot.ending == .panic ? .panic : nil
      }
      switch crash.kind {
      case .interruptWatchdog: return .interruptWatchdog
      case .taskWatchdog: return .taskWatchdog
      case .exception, .abort, .assert, .errorCheck, .stackOverflow, .stackCanary,
        .stackSmashing, .stackProtection, .heapCorruption, .cacheError, .doubleException,
        .brownout, .cppException, .ubsan, .other:
        return .panic
      }
    case .brownout: return .brownout
    case .restart: return .software
    case .deepSleep: return .deepSleep
    case .power, .endOfLog, .unknown: return nil
    }
  }

  // MARK: crashes

  /// The slot and the image's segments of each crash, and its update's place in the whole list.
  private mutating func placeCrashes() {
    var updatesBefore = 0
    // The segments of the image in a slot, from the verification that put it there or from a boot.
    var segments: [String: [ImageSegment]] = [:]
    for index in records.indices {
      let slot = records[index].boot.slot
      for position in records[index].crashes.indices {
        records[index].crashes[position].slot = slot
        if records[index].crashes[position].segments.isEmpty, let slot {
          records[index].crashes[position].segments = segments[slot] ?? []
        }
        if let local = records[index].crashes[position].update {
          let isThere = records[index].updates.indices.contains(local)
          records[index].crashes[position].update = isThere ? updatesBefore + local : nil
        }
      }
      if let slot, !records[index].boot.segments.isEmpty {
        segments[slot] = records[index].boot.segments
      }
      for position in records[index].updates.indices {
        guard let target = records[index].updates[position].target,
          records[index].updates[position].isFinished
        else { continue }
        segments[target] = records[index].updates[position].verifiedSegments.last ?? []
      }
      updatesBefore += records[index].updates.count
    }
  }
}

extension Crash {
  /// Whether nothing of it is in the log but rows as those of a core dump.
  fileprivate var isRowsAlone: Bool {
    kind == .other && !isBeginningKnown && coreDump == .cut && message == nil
  }

  /// Whether nothing of it is in the log but the line with which it begins.
  fileprivate var isHeaderAlone: Bool {
    kind == .exception && pc == nil && registers.isEmpty && backtrace == nil && stack.isEmpty
      && elfSHA256 == nil && coreDump == .none
  }

  /// Whether its line is a sentence that names it: `Last month it crashed with a Guru Meditation Error: …`.
  fileprivate var isInProse: Bool {
    let words = firstLine.text.split(separator: " ")
    return words.firstIndex { $0.hasSuffix("Guru") }.map { $0 > 2 } ?? false
  }

  /// Whether nothing of it is in the log but calls that a tool named.
  fileprivate var isCallsAlone: Bool {
    !isBeginningKnown && !resolvedCalls.isEmpty && pc == nil && registers.isEmpty
      && backtrace == nil && stack.isEmpty && elfSHA256 == nil && coreDump == .none
      && message == nil && details.isEmpty
  }
}

extension Boot {
  /// Whether no line in it is a device's: text that stands before the first start.
  fileprivate var isNoLog: Bool {
    !beganInLog && stage == .rom && applicationLines == 0 && clockAtEnd == nil
  }
}

extension BootRecord {
  var lastLineNumber: Int { boot.firstLine.number + max(boot.lineCount, 1) - 1 }
}

extension Boot {
  /// Notes why the chip started, and who told it on which line.
  fileprivate mutating func note(
    _ reason: ResetReason, from source: ResetReasonSource, _ line: LineReference?
  ) {
    resetReason = reason
    resetReasonSource = source
    resetReasonLine = line
  }

  /// Whether both describe themselves, and differently: in the slot that no update wrote, somebody
  /// flashed another image by cable, or the log is that of another device.
  func describesAnotherImage(than other: Boot) -> Bool {
    if let sha = app.elfSHA256, let otherSHA = other.app.elfSHA256 {
      return !sha.hasPrefix(otherSHA) && !otherSHA.hasPrefix(sha)
    }
    if let project = app.project, let otherProject = other.app.project, project != otherProject {
      return true
    }
    guard let version = app.version, let compiled = app.compiled,
      let otherVersion = other.app.version, let otherCompiled = other.app.compiled
    else { return false }
    return (version, compiled) != (otherVersion, otherCompiled)
  }

  /// What identifies the image that ran: its ELF's SHA-256, else version and build time together.
  var imageIdentity: String? {
    if let sha = app.elfSHA256, sha.contains(where: { $0 != "0" }) { return sha }
    guard let version = app.version, let compiled = app.compiled else { return nil }
    return version + "|" + compiled
  }
}
