import DeviceEvents
import LineReading

/// What each kind of line changes in the boot it belongs to.
extension BootAssembly {
  mutating func apply(
    _ line: ROMLine, _ reading: LineReadingState, to record: inout BootRecord
  ) {
    if !record.boot.beganInLog, record.boot.stage == .rom, line.isBeginning {
      // What stood before it in the log was nothing that a boot could be made of.
      record.boot.beganInLog = true
      record.boot.firstLine = reading.line.reference
      bootFirstLine = reading.line.number
      plainLinesAtStart = reading.plainLines
    }
    if !signs.hasBareStart { signs.hasBareStart = Self.opensAsStart(reading.line.text) }
    noteStartBehindBrownout()
    switch line {
    case .banner(let text, _):
      signs.banner = true
      record.boot.romBanner = text
    case .build, .settings, .chip: break
    case .reset(let reset):
      signs.reset = true
      record.boot.romReset = reset
      record.boot.romResetLine = reading.line.reference
      if reset.isDownloadMode { record.boot.waitsForDownload = true }
    case .savedPC(let address, _):
      if record.boot.savedPC == nil { record.boot.savedPC = address }
    case .load(let address, let length):
      record.boot.addBootloaderSegment(at: address, length: length)
    case .entry: record.boot.romFinished = true
    case .waitsForDownload:
      record.boot.waitsForDownload = true
      record.boot.waitLine = reading.line.reference
    }
  }

  mutating func apply(
    _ line: BootloaderLine, _ reading: LineReadingState, to record: inout BootRecord
  ) {
    record.boot.hasBootloaderLines = true
    if !signs.hasBareStart { signs.hasBareStart = !Self.standsBehindWords(reading.line.text) }
    noteStartBehindBrownout()
    reach(.bootloader, reading, &record)
    switch line {
    case .banner(let idf):
      signs.bootloaderBanner = true
      record.boot.bootloaderIDF = idf
      record.boot.bootloaderLine = reading.line.reference
    case .compileTime(let time): record.boot.bootloaderCompiled = time
    case .chipRevision(let revision): device.chipRevision = device.chipRevision ?? revision
    case .partitionTableBegins: record.boot.partitions = []
    case .partition(let row): record.boot.add(row)
    case .partitionTableEnds, .finished, .other, .chip: break
    case .loadedApp(let offset):
      record.boot.loadedOffset = offset
      record.boot.slotLine = record.boot.slotLine ?? reading.line.reference
    case .slotChosenByDefault(let slot): record.boot.slotDefault = slot
    }
  }

  mutating func apply(
    _ line: ApplicationLine, _ reading: LineReadingState, to record: inout BootRecord
  ) {
    switch line {
    case .starting:
      noteStartBehindBrownout()
      reach(.startup, reading, &record)
    case .informationBegins:
      noteStartBehindBrownout()
      signs.applicationInformation = true
      reach(.startup, reading, &record)
    case .project(let name):
      record.boot.app.project = name
      reach(.startup, reading, &record)
    case .version(let version):
      record.boot.app.version = version
      reach(.startup, reading, &record)
    case .compileTime(let time): record.boot.app.compiled = time
    case .elfSHA256(let sha): record.boot.app.elfSHA256 = sha
    case .idf(let version):
      record.boot.app.idf = version
      record.boot.app.idfLine = reading.line.reference
    case .chipRevision(let revision): device.chipRevision = device.chipRevision ?? revision
    case .mainStarts:
      noteStartBehindBrownout()
      reach(.application, reading, &record)
    case .running: reach(.application, reading, &record)
    case .mainReturned: reach(.application, reading, &record)
    case .mac(let address): device.mac = device.mac ?? address
    case .describesItself(let version, let compiled):
      record.boot.app.version = record.boot.app.version ?? version
      record.boot.app.compiled = record.boot.app.compiled ?? compiled
      reach(.application, reading, &record)
    case .starts(let mark):
      noteStartBehindBrownout()
      let node = Self.node(in: reading.line.reference.text) ?? signs.startMark?.node
      signs.startMark = (mark, node, reading.line.number)
      record.boot.tellsItsStart = true
      reach(.application, reading, &record)
    case .runsFor(let seconds):
      // It began with this line, for nothing else tells of its start.
      if record.boot.index > 0, record.boot.firstLine.number == reading.line.number {
        record.boot.tellsItsStart = true
      }
      signs.uptime = (seconds, Self.speakerOfUptime(in: reading.line.reference.text))
      reach(.application, reading, &record)
    case .startsBeforeSafeMode(let count):
      signs.startsBeforeSafeMode = count
      record.boot.tellsItsStart = true
      reach(.application, reading, &record)
    case .chip: break
    case .partitionTableBegins:
      if !record.boot.hasBootloaderLines { record.boot.partitions = [] }
    case .partition(let row):
      // The bootloader's own table is the better one.
      if !record.boot.hasBootloaderLines { record.boot.add(row) }
    }
  }

  mutating func apply(
    _ told: BootLine, _ reading: LineReadingState, to record: inout BootRecord
  ) {
    var line = told.namingWatchdog(of: record.boot).repeatingCode(of: record.boot)
      .readingCode(of: record.boot)
    let clock = reading.clock == signs.clockOfBefore ? nil : reading.clock
    guard line.isOwn(at: clock) else { return }
    noteStartBehindBrownout()
    signs.toldLine = reading.line.number
    reach(.application, reading, &record)
    if line.looksLikePowerOn(of: record.boot), (clock ?? 0) < BootLine.ownWordsEnd {
      // Or the application has kept it: it is believed as prose is.
      line.isProse = line.isProse || line.mayBeKept || !line.isUnderOwnTag
    } else if line.isContradicted(by: record.boot) {
      // What a driver tells, or anybody once the start is over, is about a sensor, a modem, or another node.
      guard line.isUnderOwnTag, (clock ?? 0) < BootLine.ownWordsEnd else { return }
      if line.mayBeKept, let reason = line.reason {
        let kept = Notice(.earlierResetTold, detail: reason.rawValue)
        return record.add(kept, stage: record.boot.stage, line: reading.line)
      }
    }
    record.boot.hasBootLine = true
    if signs.bootLine == nil || line.partition != nil && line.reason != nil {
      signs.bootLine = line
      signs.bootLineClock = reading.clock
    }
    if let reason = line.reason, record.boot.resetReason == nil {
      record.boot.resetReason = reason
      record.boot.resetReasonSource = .app
      record.boot.resetReasonLine = reading.line.reference
      record.boot.resetReasonNumber = line.reasonNumber
      record.boot.isReasonProse = line.isProse || isToldByReasonAlone(line, reading, record)
    }
    if let code = line.romCode, record.boot.toldResetCode == nil {
      record.boot.toldResetCode = code
      record.boot.toldResetCodeLine = reading.line.reference
    }
    if let partition = line.partition, partition != "?", record.boot.slotSource != .app {
      record.boot.slot = partition
      record.boot.slotSource = .app
      record.boot.slotLine = reading.line.reference
    }
    if let offset = line.partitionOffset, record.boot.loadedOffset == nil {
      record.boot.loadedOffset = offset
      record.boot.slotLine = record.boot.slotLine ?? reading.line.reference
    }
  }

  mutating func apply(
    _ line: PowerLine, _ reading: LineReadingState, to record: inout BootRecord
  ) {
    let kind: NoticeKind
    switch line {
    case .brownout:
      if Self.isBehindSpeaker(reading.line.text) {
        if signs.brownout == nil || signs.applicationLinesAtPassedBrownout != nil {
          signs.applicationLinesAtPassedBrownout = reading.applicationLines
          signs.clockAtPassedBrownout = reading.clock
        }
      } else {
        signs.applicationLinesAtPassedBrownout = nil
      }
      signs.brownout = signs.brownout ?? reading.line.reference
      kind = .brownoutDetected
    case .entersDeepSleep:
      record.boot.sleeps = true
      record.boot.sleepLine = reading.line.reference
      signs.announcedSleep = reading.line.reference
      kind = .entersDeepSleep
    case .wokeFromDeepSleep:
      record.boot.sleeps = true
      record.boot.sleepLine = reading.line.reference
      kind = .wokeFromDeepSleep
    case .restarts:
      // ESP-IDF's native example announces its success by nothing else.
      if update.open?.phase == .verifying, update.open?.failure == nil {
        update.take(.succeeded(target: nil), reading, &record)
      }
      signs.announcedRestart = reading.line.reference
      kind = .restartRequested
    }
    if !crash.isOpen { reach(.application, reading, &record) }
    record.add(Notice(kind), stage: record.boot.stage, line: reading.line)
  }
}

extension BootLine {
  /// The same; where prose says that it was a watchdog and not which, and the ROM tells of a reset by software, it was
  /// that of the tasks, whose panic ends like that.
  fileprivate func namingWatchdog(of boot: Boot) -> BootLine {
    guard isProse, reason == .watchdog, let reset = boot.romReset,
      ResetCauses.meaning(code: reset.code, chip: boot.chip, name: reset.name).cause == .software
    else { return self }
    var line = self
    line.reason = .taskWatchdog
    return line
  }

  /// The line with a number that is the ROM's code: it is the one behind `rst:`, where ESP-IDF's reason of that number
  /// cannot come. So do programs print what `rtc_get_reset_reason()` gives.
  fileprivate func repeatingCode(of boot: Boot) -> BootLine {
    guard let number = reasonNumber, let reason, let reset = boot.romReset, reset.code == number
    else { return self }
    let meaning = ResetCauses.meaning(code: reset.code, chip: boot.chip, name: reset.name)
    guard meaning.cause != .unknown, meaning.reason != reason else { return self }
    // A software reset carries what led to it, and its own number fits either way.
    guard meaning.cause != .software else { return self }
    var line = self
    line.reason = nil
    line.reasonNumber = nil
    line.romCode = number
    return line
  }

  /// The line with the ROM's code where a bare number may be that or ESP-IDF's: by software a chip is reset every day, by
  /// JTAG hardly ever.
  fileprivate func readingCode(of boot: Boot) -> BootLine {
    guard reasonNumber == Self.codeOfSoftware, reason == .jtag, boot.romReset == nil else {
      return self
    }
    var line = self
    line.reason = nil
    line.reasonNumber = nil
    line.romCode = Self.codeOfSoftware
    return line
  }

  /// `SW_CPU_RESET`, and in `esp_reset_reason_t` `ESP_RST_JTAG`.
  private static let codeOfSoftware = 12

  /// Whether `esp_reset_reason()` cannot give this reason after what the ROM told, a power-on mostly. What a program tells
  /// early of itself as its reset reason is believed all the same, for the ROM's line may be that of a start before; what
  /// it calls its last reset it has kept.
  fileprivate func isContradicted(by boot: Boot) -> Bool {
    guard let reason, partition == nil, let reset = boot.romReset else { return false }
    let meaning = ResetCauses.meaning(code: reset.code, chip: boot.chip, name: reset.name)
    guard meaning.cause != .unknown, reason != .unknown, reason != .external else { return false }
    return !meaning.possibleReasons.contains(reason)
  }

  /// Whether it is a brownout that a program tells of, where the ROM has one code for that and for a power-on, as from the
  /// ESP32-S2 on.
  fileprivate func looksLikePowerOn(of boot: Boot) -> Bool {
    guard reason == .brownout, isUnderOwnTag || isUnderProgramsTag, partition == nil,
      let reset = boot.romReset
    else { return false }
    let meaning = ResetCauses.meaning(code: reset.code, chip: boot.chip, name: reset.name)
    return meaning.cause == .powerOn && !meaning.isUnambiguous
  }
}
