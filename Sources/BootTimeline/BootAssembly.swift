import DeviceEvents
import LineReading

/// Puts events into boots: when a boot begins, how far it comes, how it ends.
///
/// The rules for beginnings are those of `formats/boot.md` section 10: strong (the ROM speaks),
/// medium (the bootloader's banner) and weak (the app starts again, or the clock falls back).
struct BootAssembly {
  /// Whether other boots follow one.
  private enum BootPosition { case inside, last }

  /// What taking an event did.
  enum Effect { case none, bootBegan }

  /// So many lines of text that no log macro printed, behind a bootloader that started an app, show
  /// that the app runs: sketches, AT firmwares and shells print nothing else.
  private static let plainLinesThatShowLife = EventDecoder.plainLinesThatShowLife

  private(set) var history: History
  private(set) var bootCount = 0
  private var open: BootRecord?
  var crash = CrashAssembly()
  var update = UpdateAssembly()
  var signs = BootSigns()
  var device = Device()
  private var foreign: [ForeignSystem: LineReference] = [:]
  private var peers = PeerSystems()
  private(set) var lastLineNumber = 0
  private(set) var lastClock: Int?
  private(set) var applicationLinesAtStart = 0
  var plainLinesAtStart = 0
  var bootFirstLine = 1
  /// From which time on the clock of the boot that ended last shows a restart by beginning anew.
  private var restartShowsAt: Int?

  init(limits: HistoryLimits) { history = History(limits: limits) }

  mutating func noteLine(number: Int, clock: Int?) {
    lastLineNumber = number
    noteFall(to: clock)
    lastClock = clock
  }

  /// Notes lines that nothing happened in.
  mutating func noteLines(_ count: Int, clock: Int?) {
    lastLineNumber += count
    noteFall(to: clock)
    lastClock = clock
  }

  mutating func take(_ event: DeviceEvent, _ reading: LineReadingState) -> Effect {
    let begins = beginsBoot(event, reading, in: open)
    if let beganInLog = begins { begin(reading, beganInLog: beganInLog) }
    if open == nil { begin(reading, beganInLog: false) }
    guard var record = open else { return .none }
    // Whoever changes it is the only one who has it.
    open = nil
    signs.chip.add(event)
    apply(event, reading, to: &record)
    open = record
    return begins == nil ? .none : .bootBegan
  }

  /// How far the boot being built has come; nil if there is none.
  var stage: BootStage? { open?.boot.stage }

  /// Whether the log shows how the boot being built began.
  var beganInLog: Bool { open?.boot.beganInLog ?? false }

  /// Whether the boot being built has a notice that says the same.
  func hasNotice(_ notice: Notice) -> Bool {
    open?.notices.contains { $0.notice == notice } ?? false
  }

  /// Whether the next banner or reset line of a ROM begins another boot, and what stands before that
  /// line decides nothing in it.
  func endsSurely(before number: Int) -> Bool {
    guard open?.boot.endsAtNextBeginning ?? false else { return false }
    return !crash.hasOrphan(since: number - 64)
  }

  /// Ends the boot being built; the lines that follow are not read as yet.
  mutating func endBoot(applicationLines: Int, plainLines: Int) {
    close(applicationLines: applicationLines, plainLines: plainLines, .inside)
  }

  /// The record of the boot that ended last, where others can be made of it.
  var moldable: BootRecord? {
    guard !history.isFull, !update.isOpen, crash.headlessEntry == nil, crash.headlessStack == nil
    else { return nil }
    return history.newest
  }

  /// Keeps a boot of which the record was made from that of another one; `crashEnd` is the last line of its last crash.
  mutating func keep(_ record: BootRecord, crashEnd: Int?) {
    history.append(record)
    bootCount += 1
    signs.clockAtApplication = record.boot.clockAtApplication
    signs.isTakenBack = false
    restartShowsAt = clockThatShowsRestart(behind: record.boot)
    if let crashEnd { crash.lastLine = crashEnd }
  }

  /// Counts a boot of which only this is left.
  mutating func pass(_ boot: CourseTree.Ending) {
    history.append(boot)
    bootCount += 1
    restartShowsAt = nil
  }

  private mutating func begin(_ reading: LineReadingState, beganInLog: Bool) {
    close(applicationLines: reading.applicationLines, plainLines: reading.plainLines, .inside)
    open = BootRecord(
      boot: Boot(index: bootCount, firstLine: reading.line.reference, beganInLog: beganInLog))
    bootCount += 1
    signs = BootSigns()
    if bootCount > 1 {
      signs.clockOfBefore = reading.clock
      signs.clockThatShowsRestart = restartShowsAt
    }
    applicationLinesAtStart = reading.applicationLines
    plainLinesAtStart = reading.plainLines
    bootFirstLine = reading.line.number
  }

  private mutating func close(applicationLines: Int, plainLines: Int, _ position: BootPosition) {
    guard var closing = open else { return }
    open = nil
    closing.boot.lineCount = max(lastLineNumber - bootFirstLine + 1, 1)
    closing.boot.applicationLines = applicationLines - applicationLinesAtStart
    closing.boot.clockAtEnd = lastClock ?? signs.uptime.map { $0.seconds * 1_000 }
    closing.boot.chip = signs.chip.chip
    closing.boot.lostNetwork = signs.network.lost
    device.chip = device.chip ?? closing.boot.chip
    switch position {
    case .inside: crash.close(into: &closing, applicationLines: applicationLines)
    case .last:
      crash.finish(into: &closing, applicationLines: applicationLines)
      // Nothing that runs on behind it: it was told of nobody else.
      if let retelling = signs.retelling, retelling.count > 1, !signs.relaysRecords,
        retelling.applicationLines == applicationLines
      {
        closing.add(Notice(.crashRetold), stage: closing.boot.stage, at: retelling.line)
      }
    }
    update.close(into: &closing)
    takeBackWhatWasOutlived(in: &closing, applicationLines: applicationLines)
    restartShowsAt = clockThatShowsRestart(behind: closing.boot)
    if bootCount == 1, let before = signs.plainLinesAtCrash {
      closing.hasProseAroundCrash = before > 0 && plainLines > before
    }
    // What is printed before a crash shows life as well; what a dump leaves behind it does not. NuttX's loader prints
    // plain lines.
    let beforeCrash = foreign[.nuttx] == nil ? signs.plainLinesAtCrash : nil
    let end =
      closing.crashes.contains(where: \.isFatal) ? beforeCrash ?? plainLinesAtStart : plainLines
    if end - plainLinesAtStart >= BootAssembly.plainLinesThatShowLife, closing.startedApp {
      closing.boot.stage = .application
    }
    if let line = signs.brownout {
      closing.boot.ending = .brownout
      closing.boot.endingLine = line
    } else if let last = closing.crashes.last(where: \.isFatal) {
      closing.boot.ending = last.kind.isWatchdog ? .watchdog : .panic
      closing.boot.endingLine = last.firstLine
    } else if let line = signs.announcedSleep {
      closing.boot.ending = .deepSleep
      closing.boot.endingLine = line
    } else if let line = signs.announcedRestart {
      closing.boot.ending = .restart
      closing.boot.endingLine = line
    } else if let line = signs.panicsLastWords, position == .inside {
      closing.boot.ending = .panic
      closing.boot.endingLine = line
    }
    history.append(closing)
  }

  mutating func finish(applicationLines: Int, plainLines: Int) {
    close(applicationLines: applicationLines, plainLines: plainLines, .last)
  }

  /// The timeline of what was read, which takes the boots with it.
  mutating func takeTimeline(capture: Capture) -> Timeline {
    let records = history.takeRecords()
    device.chip = device.chip ?? ChipOfCrashes.chip(in: records)
    var completion = TimelineCompletion(
      consume records, chip: device.chip,
      numbering: foreign[.micropython] == nil ? .espIDF : .microPython)
    completion.run()
    var timeline = Timeline()
    timeline.boots.reserveCapacity(completion.records.count)
    // From the last on, so that each goes before the next one comes.
    completion.records.reverse()
    while let record = completion.records.popLast() {
      timeline.boots.append(record.boot)
      timeline.updates += record.updates
      timeline.crashes += record.crashes
      timeline.notices += record.notices
      timeline.watched += record.watched
    }
    timeline.device = device
    timeline.foreign = foreign
    timeline.capture = capture
    timeline.elided = history.elided
    return timeline
  }

  // MARK: events within a boot

  private mutating func apply(
    _ event: DeviceEvent, _ reading: LineReadingState, to record: inout BootRecord
  ) {
    switch event {
    case .rom(let line): apply(line, reading, to: &record)
    case .bootloader(let line): apply(line, reading, to: &record)
    case .segment(let segment):
      if verifiesInApp(segment, record.boot) {
        reach(.application, reading, &record)
        update.take(segment, reading, &record)
      } else {
        reach(.bootloader, reading, &record)
        record.boot.add(segment)
      }
    case .application(let line): apply(line, reading, to: &record)
    case .bootLine(let line): apply(line, reading, to: &record)
    case .update(let line):
      update.take(line, reading, &record)
      if let notice = line.leavesNotice {
        record.add(notice, stage: .application, line: reading.line)
      }
      if case .succeeded = line { signs.announcedRestart = reading.line.reference }
      if case .confirmed = line { record.boot.confirmedLine = reading.line.reference }
      if !line.mayBeAboutAnything { reach(.application, reading, &record) }
    case .panic(let line):
      if signs.retells(line, reading.line.number), !crash.isOpen { return }
      if case .errorCheckWithoutAbort(let error) = line {
        record.add(
          Notice(
            .errorCheckWithoutAbort, numbers: error.number.map { [$0] } ?? [],
            detail: error.name), stage: record.boot.stage, line: reading.line)
        return
      }
      if line.isHead, signs.plainLinesAtCrash == nil {
        signs.plainLinesAtCrash = reading.plainLines
      }
      if beginsWithLastWords(line, reading, record) {
        signs.panicsLastWords = reading.line.reference
      }
      crash.take(line, reading, &record, update: update.phase(at: reading.clock))
    case .taskWatchdog(let line):
      crash.take(line, reading, &record, update: update.phase(at: reading.clock))
    case .power(let line): apply(line, reading, to: &record)
    case .coreDump(let line): crash.take(line, reading, &record)
    case .notice(let notice):
      if notice.kind == .crashRetold { return noteRetelling(reading) }
      if notice.kind == .otherChipNamed, peers.speak(in: reading.line.number) { return }
      if notice.kind == .mcubootReverts {
        guard record.boot.mayRunMCUboot else { return }
        noteForeign(.mcuboot, reading)
      }
      if rejectsInApp(notice.kind, record.boot, clock: reading.clock) {
        reach(.application, reading, &record)
      }
      let stage = stage(of: notice.kind, record.boot, clock: reading.clock)
      if stage == .bootloader, notice.kind.isFromBootloader { record.placeEarlyNotices(in: stage) }
      record.add(notice, stage: stage, line: reading.line)
      if notice.kind == .earlierCrashReported { signs.earlierCrash = reading.line.number }
      update.take(notice, reading, &record)
      signs.network.take(notice, reading)
    case .watched(let pattern): record.addWatched(pattern: pattern, line: reading.line)
    case .clockWentBack: break
    case .foreign(let system):
      if peers.take(system, reading), system == .esp8266 { return }
      noteForeign(system, reading)
    }
  }

  private mutating func noteForeign(_ system: ForeignSystem, _ reading: LineReadingState) {
    if foreign[system] == nil { foreign[system] = reading.line.reference }
  }

  /// Whether the log begins with the last words of a panic. Applications say them too, but behind other words.
  private func beginsWithLastWords(
    _ line: PanicLine, _ reading: LineReadingState, _ record: BootRecord
  ) -> Bool {
    guard case .rebooting = line, reading.line.text.trimmed.string == "Rebooting..." else {
      return false
    }
    return bootCount == 1 && !record.boot.beganInLog && record.boot.stage == .rom && !crash.isOpen
      && record.crashes.isEmpty && record.notices.isEmpty && reading.applicationLines == 0
      && reading.plainLines == 0
  }

  /// Notes text of a panic in a record: whether it is told of another node shows by what follows.
  private mutating func noteRetelling(_ reading: LineReadingState) {
    if RecordFields.nameNode(in: reading.line.text) { signs.relaysRecords = true }
    if let before = signs.retelling, before.applicationLines == reading.applicationLines {
      signs.retelling?.count += 1
    } else {
      signs.retelling = (reading.line.reference, 1, reading.applicationLines)
    }
  }

  /// Whether a segment line comes from a verification by the running app: `formats/boot.md` 5.2.
  private func verifiesInApp(_ segment: ImageSegment, _ boot: Boot) -> Bool {
    guard segment.use != .load else { return false }
    if boot.stage >= .startup { return true }
    return boot.stage == .rom && !boot.beganInLog && (segment.time ?? 0) > 3_000
  }

  /// Whether a log that begins in the middle of a run shows the running app refusing an image: this
  /// late no bootloader checks one, but for the first start with flash encryption, which has its
  /// own lines before.
  private func rejectsInApp(_ kind: NoticeKind, _ boot: Boot, clock: Int?) -> Bool {
    boot.stage == .rom && !boot.beganInLog && kind.rejectsImage != nil && (clock ?? 0) > 10_000
  }

  /// The stage in which a notice was printed: what only the bootloader prints is its own, also
  /// where the rest of its lines are silent.
  private func stage(of kind: NoticeKind, _ boot: Boot, clock: Int?) -> BootStage {
    if kind.isFromROM { return .rom }
    guard boot.stage <= .bootloader else { return boot.stage }
    if kind.isFromBootloader || boot.romFinished { return .bootloader }
    // Bootloader and app verify images with the same words: early on it is the bootloader.
    return clock.map { $0 < 3_000 } ?? false ? .bootloader : boot.stage
  }

  mutating func reach(
    _ stage: BootStage, _ reading: LineReadingState, _ record: inout BootRecord
  ) {
    guard stage > record.boot.stage else { return }
    record.boot.stage = stage
    if stage == .application {
      record.boot.reachedAppLine = reading.line.reference
      signs.clockAtApplication = reading.clock
      signs.applicationStandsBare = CrashAssembly.hasLogPrefix(reading.line.text)
    }
  }

}
