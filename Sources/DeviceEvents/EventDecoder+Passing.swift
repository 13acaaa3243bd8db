// child: Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.
// home/attic/log: rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)
// node2| ets Jul 29 2019 12:21:46
// child: I (31) boot: ESP-IDF v5.1.2 2nd stage bootloader
//
// Gateways print with printf what the chip behind them prints. So does a node that crashes behind a prompt of its own,
// and so does a tool that puts a label before what has no log head: what follows tells.

import LineReading

/// Words outside any message behind which a line reads like a reset or a crash.
package struct PassedOnWords: Hashable, Sendable {
  /// What the line reads like.
  package enum Subject: String, Sendable {
    case reset, crash
    /// A line of a clock that is far from this node's: of a start, or ahead of it.
    case logLine
  }

  /// What it reads like.
  package let subject: Subject
  /// How many bytes the words have.
  package let length: Int
}

extension EventDecoder {
  /// The words behind which the line reads like a reset or a crash, where an application runs whose own log heads
  /// stand bare and have a time.
  package mutating func passedOnWords(in line: LogLine) -> PassedOnWords? {
    guard mayPassOn(line) else { return nil }
    collectSightings(in: line.text, from: 0)
    guard
      let found = wordsBeforeBeginning(in: line.text) ?? wordsBeforeOtherClock(in: line.text),
      !isRelayed(behind: line.text.slice(from: 0, to: found.length))
    else { return nil }
    return found
  }

  /// Whether another device's lines are known to stand behind these words.
  private func isRelayed(behind words: ByteText) -> Bool {
    guard var known = relay, known.label == RelayedLine.Label(words),
      let lead = RelayedLine.lead(words), lead != .name
    else { return false }
    known.goOn(afterOwnLines: espLines)
    return known.isBesideOwnLines
  }

  /// Whether the line holds anything that is read, behind other words.
  package mutating func readsBehindWords(_ line: LogLine) -> Bool {
    guard mayPassOn(line) else { return false }
    collectSightings(in: line.text, from: 0)
    return (sightings.first?.position ?? 0) > 0
  }

  private func mayPassOn(_ line: LogLine) -> Bool {
    isRunningKnown && deviceClock.time != nil && labelledHeads < Self.collectorsHeads
      && line.origin == .device && !coreDump.isOpen && !coreDump.isAtLogStart
      && LogMessage(line.text) == nil
  }

  /// The same for a line of which the markers were collected, whatever runs.
  func wordsBeforeBeginning(in text: ByteText) -> PassedOnWords? {
    guard let first = sightings.first, case .beginning = first.marker,
      Self.isLabel(before: first.position, in: text)
    else { return nil }
    let marker = text.slice(from: first.position)
    // Records are told apart by their strings.
    guard !marker.has("= CORE DUMP"), text.trimmed[0] != UInt8(ascii: "{"),
      !CrashRetelling.isSentence(about: text.slice(from: 0, to: first.position))
    else { return nil }
    if marker.has("ets J") {
      guard marker.has("ets Jun ") || marker.has("ets Jul ") else { return nil }
    }
    let isReset = QuotedLine.isReset(opening: marker)
    return PassedOnWords(subject: isReset ? .reset : .crash, length: first.position)
  }

  /// The words before a log head that would be another start of this node, or a leap of its clock.
  private func wordsBeforeOtherClock(in text: ByteText) -> PassedOnWords? {
    guard let first = sightings.first, case .logLine = first.marker, let now = deviceClock.time,
      Self.isLabel(before: first.position, in: text),
      let time = timeOfBareHead(text.slice(from: first.position)),
      time < RelayedLine.firstMoments || time > now + PassedOnWords.leap,
      // A sag has its own signs of a run that goes on.
      !text.contains("Brownout")
    else { return nil }
    return PassedOnWords(subject: .logLine, length: first.position)
  }

  /// Whether a label may stand before a place of a line: a line is cut within a word, a label is not.
  private static func isLabel(before position: Int, in text: ByteText) -> Bool {
    guard position > 0, position <= PassedOnWords.longest else { return false }
    let words = text.slice(from: 0, to: position)
    return !words.trimmed.isEmpty && !CrashRetelling.cutsALine(words[words.count - 1])
      && words.buffer.allSatisfy { $0 >= 0x20 && $0 < 0x7f || $0 == 0x09 }
  }

  /// Whether the line is bare text of a reset or a crash: the rest of one whose first line was cut stands so.
  package mutating func standsBareInCrash(_ text: ByteText) -> Bool {
    if RegisterRow.read(text) != nil || text.begins(withAnyOf: PassedOnWords.rows) { return true }
    collectSightings(in: text, from: 0)
    guard let first = sightings.first, case .beginning = first.marker else { return false }
    return first.position == 0
  }

  /// Whether the line is a bare row of a crash, its head aside.
  package func isBareRow(_ text: ByteText) -> Bool {
    RegisterRow.read(text) != nil || text.begins(withAnyOf: PassedOnWords.rowsOfCrash)
  }

  /// Whether the line is the bare first one of a crash.
  package mutating func beginsBareCrash(_ text: ByteText) -> Bool {
    collectSightings(in: text, from: 0)
    guard let first = sightings.first, case .beginning = first.marker, first.position == 0 else {
      return false
    }
    return !standsBareInStart(text) && !text.has("= CORE DUMP")
  }

  /// Whether the line is a bare one of those that write or look for a core dump.
  package func isOfCoreDump(_ text: ByteText) -> Bool {
    LogMessage(text)?.tag.has("esp_core_dump") ?? false
  }

  /// Whether the line is bare text of the ROM, which follows a reset whose first line was cut.
  package func standsBareInStart(_ text: ByteText) -> Bool {
    text.begins(withAnyOf: PassedOnWords.rowsOfROM)
  }

  /// The time of a bare log head; nil if the line has none.
  package func timeOfBareHead(_ text: ByteText) -> Int? {
    guard let message = LogMessage(text), message.hasPlausibleTag else { return nil }
    return message.time
  }
}

extension PassedOnWords {
  /// The longest words, in bytes.
  static let longest = 64
  /// A time that is so many milliseconds later than the line before it may be another node's.
  static let leap = 10_000

  /// What the ROM's lines open with.
  static let rowsOfROM: Openings = [
    "rst:0x", "ESP-ROM:", "ets Jun ", "ets Jul ", "Build:", "load:0x", "entry 0x", "SPIWP:",
    "configsip:", "clk_drv:", "mode:", "Saved PC:",
  ]

  /// What the rows of a crash open with, its head aside.
  static let rowsOfCrash: Openings = [
    "Core  ", "Backtrace:", "Stack memory:", "ELF file SHA256", "Rebooting...",
  ]

  /// What the rows of a crash and of a start open with, their heads aside.
  static let rows: Openings = [
    "Core  ", "Backtrace:", "Stack memory:", "ELF file SHA256", "Rebooting...", "Build:",
    "load:0x", "entry 0x", "SPIWP:", "configsip:", "mode:", "Saved PC:",
  ]
}
