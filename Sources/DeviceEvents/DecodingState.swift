import LineReading

/// How far a decoder has come in the log: all that decides what the next line says.
package struct DecodingState: Hashable, Sendable {
  /// Lines under an application's own tags so far.
  package internal(set) var applicationLines: Int
  var espLines: Int
  var damagedLines: Int
  /// Lines of readable text without a known form so far.
  package internal(set) var plainLines: Int
  /// What that count was at the last line that had an event.
  var plainLinesAtEvent: Int
  /// The log's clock.
  package internal(set) var clock: Int?
  var deviceClock: DeviceClock
  var coreDump: CoreDumpBlock
  var isRunningKnown: Bool
  /// Whether it was told that the log is Zephyr's; it is told once.
  var isZephyrKnown: Bool
  /// Whether Tasmota told that it runs on this node.
  var isTasmotaKnown: Bool
  /// Whether the next line is the message of a panic.
  var awaitsMessage: Bool
  var nearTags: NearTags
  var ownHeads: OwnHeads
  var labelledHeads: Int
  var labelBefore: RelayedLine.Label?
  var espLinesAtLabel: Int
  var relay: RelayedLine.Relay?

  /// Before the first line of a log.
  static let beginning = DecodingState(
    applicationLines: 0, espLines: 0, damagedLines: 0, plainLines: 0, plainLinesAtEvent: 0,
    clock: nil, deviceClock: DeviceClock(), coreDump: CoreDumpBlock(), isRunningKnown: false,
    isZephyrKnown: false, isTasmotaKnown: false, awaitsMessage: false, nearTags: NearTags(),
    ownHeads: OwnHeads(), labelledHeads: 0, labelBefore: nil, espLinesAtLabel: 0, relay: nil)

  /// Whether the next line may be a row of a core dump.
  package var isInCoreDump: Bool { coreDump.isOpen }

  /// Whether the line is a row of the core dump in which the log stands.
  package func isCoreDumpRow(_ line: LogLine) -> Bool {
    coreDump.isOpen && line.origin == .device && coreDump.holds(line.text)
  }
}

/// What a line changed in a decoder's state, so that an equal line can change it again without being
/// decoded.
package struct DecodingChange: Hashable, Sendable {
  /// The line's time, where it has one: an equal line may have another.
  struct Time: Hashable, Sendable {
    let source: TagEntry.Source
    let isOfSecondCore: Bool
    let isBelievedAlone: Bool
    /// Later than this, the bootloader's decoder does not believe what it does not know.
    let isEarly: Bool
  }

  let applicationLines: Int
  let espLines: Int
  /// Lines of readable text without a known form.
  package let plainLines: Int
  let isRunningKnown: Bool
  /// Whether the next line is the message of a panic.
  let awaitsMessage: Bool
  let coreDump: CoreDumpBlock
  let time: Time?

  /// Whether the line begins with a time, which an equal line may have otherwise.
  package var hasTime: Bool { time != nil }

  /// Whether that time is below `earlyBefore`, and an equal line's must be, too.
  package var isEarly: Bool { time?.isEarly ?? false }

  /// Where times end that the bootloader's decoder believes of what it does not know.
  package static let earlyBefore = BootloaderDecoder.longestUnknownBoot

  /// How many lines of which kind it counted.
  package var counts: DecodingCounts {
    DecodingCounts(applicationLines: applicationLines, espLines: espLines, plainLines: plainLines)
  }

  /// Whether the log stands in a core dump behind the line.
  package var isInCoreDump: Bool { coreDump.isOpen }
}

/// Lines of the kinds that a decoder counts.
package struct DecodingCounts: Hashable, Sendable {
  /// Under an application's own tags.
  var applicationLines = 0
  /// Of any ESP-IDF origin.
  var espLines = 0
  /// Of readable text without a known form.
  package var plainLines = 0

  /// None.
  package init() {}

  init(applicationLines: Int, espLines: Int, plainLines: Int) {
    self.applicationLines = applicationLines
    self.espLines = espLines
    self.plainLines = plainLines
  }

  /// Both.
  @inline(__always)
  package static func + (left: Self, right: Self) -> Self {
    Self(
      applicationLines: left.applicationLines + right.applicationLines,
      espLines: left.espLines + right.espLines, plainLines: left.plainLines + right.plainLines)
  }

  /// Those of the left that are not of the right.
  @inline(__always)
  package static func - (left: Self, right: Self) -> Self {
    Self(
      applicationLines: left.applicationLines - right.applicationLines,
      espLines: left.espLines - right.espLines, plainLines: left.plainLines - right.plainLines)
  }
}

extension EventDecoder {
  /// What decoding `line`, the last one, changed; nil if it did what an equal line may not do again.
  package func change(from before: DecodingState, by line: LogLine) -> DecodingChange? {
    let after = state
    // What was mended is read as another line than it is, and what is told once is not told again.
    guard after.damagedLines == before.damagedLines, after.nearTags == before.nearTags,
      after.isZephyrKnown == before.isZephyrKnown, !isJudgedByClock,
      after.labelledHeads == before.labelledHeads, after.relay == before.relay,
      after.labelBefore == before.labelBefore, after.ownHeads == before.ownHeads
    else { return nil }
    var time: DecodingChange.Time?
    if after.deviceClock != before.deviceClock || after.clock != before.clock
      || LineTime(line.text) != nil
    {
      guard line.origin == .device, statements == (1, 1), let message = LogMessage(line.text),
        message.style == .espIDF, let shown = LineTime(line.text), shown.value == message.time
      else { return nil }
      let source = tags.entry(for: message.tag).source
      time = DecodingChange.Time(
        source: source, isOfSecondCore: DeviceClock.isOfSecondCore(message),
        isBelievedAlone: DeviceClock.isBelievedAlone(message, source),
        isEarly: shown.value < BootloaderDecoder.longestUnknownBoot)
    }
    return DecodingChange(
      applicationLines: after.applicationLines - before.applicationLines,
      espLines: after.espLines - before.espLines,
      plainLines: after.plainLines - before.plainLines,
      isRunningKnown: after.isRunningKnown, awaitsMessage: after.awaitsMessage,
      coreDump: after.coreDump, time: time)
  }

  /// Counts lines that changed so much in all before, of which the last one made this change. Their times are taken
  /// by `repeatTime`.
  package mutating func repeatCounts(_ counts: DecodingCounts, endingWith last: DecodingChange) {
    applicationLines += counts.applicationLines
    espLines += counts.espLines
    plainLines += counts.plainLines
    isRunningKnown = last.isRunningKnown
    awaitsMessage = last.awaitsMessage
    coreDump = last.coreDump
  }

  /// Takes the time of a line that made this change before; of lines whose times do not go back, the last two are
  /// enough.
  package mutating func repeatTime(of change: DecodingChange, at time: Int) {
    guard let known = change.time else { return }
    _ = deviceClock.advance(
      to: time, source: known.source, isOfSecondCore: known.isOfSecondCore,
      isBelievedAlone: known.isBelievedAlone)
    clock = deviceClock.time
  }

  /// Notes that the last line that had events came so many lines of text without a known form ago.
  package mutating func noteEvents(plainLinesAgo count: Int) {
    plainLinesAtEvent = plainLines - count
  }

  /// The time that the next line's is compared with, if there is one.
  package var timeBefore: Int? {
    // Of a decoder that is only read, another module makes a copy.
    mutating get { deviceClock.time }
  }

  /// The same as `state`, for whoever has the decoder to itself: it is not copied.
  package mutating func currentState() -> DecodingState { state }

  /// Takes a line for a row of the core dump in which the log stands.
  package mutating func passCoreDumpRow() {
    espLines += 1
  }
}

/// The time with which a line of the log macros begins, `I (1234) `.
package struct LineTime: Hashable, Sendable {
  /// Milliseconds since boot.
  package let value: Int
  /// Where its closing parenthesis stands in the line.
  package let end: Int

  /// Reads up to ten digits; nil if the line begins otherwise.
  @inline(__always)
  package init?(_ text: ByteText) {
    guard text[1] == 0x20, text[2] == UInt8(ascii: "("), LogMessage.isLevel(text[0]) else {
      return nil
    }
    var position = 3
    var value = 0
    while case let digit = text[position] &- 0x30, digit < 10, position < 13 {
      value = value &* 10 &+ Int(digit)
      position += 1
    }
    guard position > 3, text[position] == UInt8(ascii: ")") else { return nil }
    self.value = value
    end = position
  }
}
