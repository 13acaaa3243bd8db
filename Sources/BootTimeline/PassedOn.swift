import DeviceEvents
import LineReading

// What reads like a reset of this node, and the same run outlives: another device's lines, behind its name, an arrow or
// a bracket, that the application prints. A prompt or a label stands before this node's own as well: what follows
// tells.
extension BootAssembly {
  /// Whether other words stand before what the line is read for.
  static func standsBehindWords(_ text: ByteText) -> Bool {
    !CrashAssembly.hasLogPrefix(text.trimmed) && !opensAsStart(text)
  }

  /// Whether a brownout stands in a message under a tag that is not the detector's.
  static func standsInMessage(_ text: ByteText) -> Bool {
    let text = text.trimmed
    guard CrashAssembly.hasLogPrefix(text), let end = text.firstIndex(of: ") ") else {
      return false
    }
    return !text.has("BOD: ", at: end + 2)
  }

  /// Whether a line opens as what a chip prints around a reset. A log head is no such opening: behind it, a gateway passes
  /// on what another chip printed.
  static func opensAsStart(_ text: ByteText) -> Bool {
    let text = text.trimmed
    return ownOpenings.contains { text.has($0) }
  }

  /// How the lines open that a chip prints around a reset.
  private static let ownOpenings: [StaticString] = [
    "rst:", "ets ", "ESP-ROM:", "Build:", "load:", "ho ", "tail ", "chksum", "csum", "entry ",
    "SPIWP:", "mode:", "configsip:", "clk_drv:", "Saved PC:", "waiting for download", "Brownout",
    "E BOD: ", "W BOD: ", "I BOD: ",
  ]

  /// Whether the words before a brownout may name another device. A value's key and unreadable bytes are what is left
  /// of a line that the sag cut.
  static func isBehindSpeaker(_ text: ByteText) -> Bool {
    guard standsBehindWords(text) || standsInMessage(text),
      let start = text.firstIndex(of: "Brownout")
    else { return false }
    return text.slice(from: 0, to: start).buffer.allSatisfy {
      $0 >= 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "=")
    }
  }

  /// So many lines of the application behind a brownout, over so many milliseconds, show that it did not stop the node.
  private static let linesThatShowLife = 2
  private static let timeThatShowsLife = 2_000

  /// So many milliseconds behind an application's first line, another start would have printed that line before.
  private static let startsAreOverAfter = 3_000

  /// By so many milliseconds the clock goes back from line to line where two cores print.
  private static let coresDiffer = 50

  /// Notes where the clock goes on, before the last one is forgotten: behind a brownout, one that falls is another
  /// start's.
  mutating func noteFall(to clock: Int?) {
    guard signs.applicationLinesAtPassedBrownout != nil, let clock, let last = lastClock else {
      return
    }
    if last - clock > Self.coresDiffer { signs.startsBehindBrownout = true }
  }

  /// Notes that a start shows: behind a brownout it is the one that followed.
  mutating func noteStartBehindBrownout() {
    if signs.applicationLinesAtPassedBrownout != nil { signs.startsBehindBrownout = true }
  }

  /// Whether the run went on behind a brownout that was told behind other words.
  private func outlivesBrownout(applicationLines total: Int) -> Bool {
    guard let before = signs.applicationLinesAtPassedBrownout,
      total - before >= Self.linesThatShowLife, !signs.clockFellBack, !signs.startsBehindBrownout,
      let clock = signs.clockAtPassedBrownout, let last = lastClock,
      last - clock >= Self.timeThatShowsLife, let first = signs.clockAtApplication
    else { return false }
    return clock - first >= Self.startsAreOverAfter
  }

  /// So many times as long as the application took to its first line another start would not take.
  fileprivate static let startsTakeNoLonger = 3

  /// Takes back, at the end of a boot, what the same run outlived.
  mutating func takeBackWhatWasOutlived(in record: inout BootRecord, applicationLines total: Int) {
    // Where a tool puts words before each line, these say nothing.
    guard signs.applicationStandsBare else { return }
    if outlivesBrownout(applicationLines: total) {
      signs.brownout = nil
      for index in record.notices.indices
      where record.notices[index].notice.kind == .brownoutDetected {
        record.notices[index].notice.kind = .brownoutOutlived
      }
    }
    // The clock of a chip that was reset begins anew.
    if let line = record.boot.romResetLine, !signs.hasBareStart,
      let before = signs.clockOfBefore, let shown = signs.clockThatShowsRestart,
      before >= shown, before > 1_000, let first = signs.clockAtApplication, first >= before
    {
      record.boot.romReset = nil
      record.boot.romResetLine = nil
      record.boot.romBanner = nil
      record.add(Notice(.wordsOfAnother, detail: "a reset"), stage: .application, at: line)
      signs.isTakenBack = true
    }
  }
}

extension BootAssembly {
  /// No capture loses so many milliseconds of an application that prints, and nothing before and after them.
  private static let clockThatRestartsShow = 5_000

  /// From which time on the clock shows a restart behind a boot by beginning anew.
  func clockThatShowsRestart(behind boot: Boot) -> Int? {
    // The run before goes on.
    if signs.isTakenBack { return signs.clockThatShowsRestart }
    // Of a log that begins within a run, nobody knows how long the start took.
    return signs.clockAtApplication.map {
      boot.beganInLog ? $0 * Self.startsTakeNoLonger : Self.startsAreOverAfter
    }
  }

  /// Whether the clock, which tells this time, could not come back to it behind a restart without a sign of one.
  func clockWouldShowRestart(at clock: Int) -> Bool {
    if clock >= Self.clockThatRestartsShow { return true }
    guard beganInLog, let first = signs.clockAtApplication else { return false }
    return clock > 1_000 && clock >= first * Self.startsTakeNoLonger
  }
}

extension Boot {
  /// The time of the line that showed the application running.
  var clockAtApplication: Int? {
    guard let text = reachedAppLine?.text else { return nil }
    return Array(text.utf8).withUnsafeBufferPointer { LineTime(ByteText($0))?.value }
  }
}

extension BootRecord {
  /// Whether a brownout or a reset stands behind other words: whose it is depends on the boot before, and on lines that
  /// tell nothing else.
  var mayTellOfAnother: Bool {
    if let line = boot.romResetLine, !boot.hasBootloaderLines, !boot.romFinished,
      !Self.opensAsStart(line)
    {
      return true
    }
    return notices.contains { placed in
      switch placed.notice.kind {
      case .brownoutOutlived, .wordsOfAnother: true
      case .brownoutDetected: Self.standsBehindWords(placed.line)
      default: false
      }
    }
  }

  private static func opensAsStart(_ line: LineReference) -> Bool {
    Array(line.text.utf8).withUnsafeBufferPointer { BootAssembly.opensAsStart(ByteText($0)) }
  }

  private static func standsBehindWords(_ line: LineReference) -> Bool {
    Array(line.text.utf8).withUnsafeBufferPointer {
      BootAssembly.standsBehindWords(ByteText($0)) || BootAssembly.standsInMessage(ByteText($0))
    }
  }
}
