import DeviceEvents
import LineReading

// When a boot begins: see `formats/boot.md` section 10.
extension BootAssembly {
  /// Whether the event begins a boot, and then whether the log shows how that boot began.
  mutating func beginsBoot(
    _ event: DeviceEvent, _ reading: LineReadingState, in open: BootRecord?
  ) -> Bool? {
    guard let open else {
      return showsBeginning(event, reading) ? true : nil
    }
    let stage = open.boot.stage
    switch event {
    case .rom(.banner):
      return signs.banner || signs.reset || stage > .rom || signs.bootloaderBanner
        ? true : (hasContent(open, reading) ? true : nil)
    case .rom(.reset):
      if signs.reset || stage > .rom { return true }
      return signs.banner ? nil : (hasContent(open, reading) ? true : nil)
    case .rom(.load), .rom(.savedPC):
      // The banner and the reset line were lost.
      return stage >= .startup ? false : nil
    case .bootloader(.banner):
      if signs.bootloaderBanner || stage >= .startup { return true }
      let followsPanic = crash.isOpen || signs.panicsLastWords != nil
      return followsPanic && !signs.reset && !signs.banner ? true : nil
    case .bootloader(.partitionTableBegins), .bootloader(.compileTime), .bootloader(.loadedApp):
      return stage >= .startup ? false : nil
    case .segment(let segment) where segment.use == .load:
      return stage >= .startup && signs.clockFellBack ? false : nil
    case .application(.informationBegins):
      if signs.applicationInformation { return false }
      return stage == .application && signs.clockFellBack ? false : nil
    case .application(.describesItself):
      // It may come again at any time; behind a restart that was announced it is the next start's.
      return signs.announcedRestart != nil ? false : nil
    case .application(.starts(let mark)): return startsAgain(mark, reading, open) ? false : nil
    case .application(.runsFor(let seconds)): return hasRunLess(seconds, reading) ? false : nil
    case .application(.startsBeforeSafeMode(let count)): return isCountedOn(to: count) ? false : nil
    case .application(.starting):
      return stage == .application && signs.clockFellBack ? false : nil
    case .application(.mainStarts):
      return stage == .application && signs.clockFellBack ? false : nil
    case .bootLine(let line):
      if tellsAnotherStart(line, reading, open) || tellsStartAgain(line, reading, open) {
        return false
      }
      guard let earlier = signs.bootLine, line.reason != nil, earlier.reason != nil,
        line.partition != nil, earlier.partition != nil
      else { return nil }
      guard let clock = reading.clock, let earlierClock = signs.bootLineClock else { return false }
      return clock <= earlierClock || signs.clockFellBack ? false : nil
    case .clockWentBack(let from, let to):
      // Between bootloader, start-up and scheduler the clock steps back a little by itself.
      guard stage == .application, from - to > 1_000 else { return nil }
      signs.clockFellBack = true
      // Far from a start-up's numbers it is a clock that was set, or two captures in one file.
      return to < 20_000 ? false : nil
    case .panic(let line):
      return line.isHead && followsReboot(reading) ? false : nil
    case .rom, .bootloader, .segment, .application, .update, .taskWatchdog, .power,
      .coreDump, .notice, .watched, .foreign:
      return nil
    }
  }

  /// Whether a log that starts with this event shows how its first boot began.
  private func showsBeginning(_ event: DeviceEvent, _ reading: LineReadingState) -> Bool {
    switch event {
    case .rom(.banner), .rom(.reset), .rom(.load), .rom(.savedPC), .rom(.settings), .rom(.build),
      .rom(.entry):
      true
    case .bootloader(.banner), .bootloader(.compileTime):
      true
    case .bootloader, .application(.starting), .application(.informationBegins):
      (reading.clock ?? 0) < 2_000
    case .rom, .segment, .application, .bootLine, .update, .panic, .taskWatchdog, .power,
      .coreDump, .notice, .watched, .clockWentBack, .foreign:
      false
    }
  }

  /// Whether the boot being built holds more than what precedes a ROM's first line.
  private func hasContent(_ open: BootRecord, _ reading: LineReadingState) -> Bool {
    crash.isOpen || !open.crashes.isEmpty || update.isOpen
      || open.notices.contains { !$0.notice.kind.isFromTool }
      || !open.updates.isEmpty || open.boot.stage > .rom || signs.bootLine != nil
      || signs.panicsLastWords != nil || signs.announcedRestart != nil
      || signs.announcedSleep != nil || signs.brownout != nil
      || reading.applicationLines > applicationLinesAtStart
  }
}
