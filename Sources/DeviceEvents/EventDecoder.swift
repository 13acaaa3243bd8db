import CLineScan
import LineReading

/// Turns lines into events.
///
/// A line may give several events (a panic glued behind a cut line) or none. What it keeps of the log is its
/// `state`; beside it, it remembers what lines said that come again.
public struct EventDecoder {
  /// Lines under an application's own tags seen so far.
  public internal(set) var applicationLines = 0
  /// Lines of any ESP-IDF origin seen so far (log lines, ROM, panic rows).
  public internal(set) var espLines = 0
  /// Lines seen so far that a person can read and that have no form known here: what an application
  /// prints without a log macro. Nothing that a monitor printed, and no row of a dump.
  public internal(set) var plainLines = 0
  /// The log's clock in milliseconds since boot, of the last line that had one.
  public internal(set) var clock: Int?

  /// Lines of ESP-IDF's own seen so far in which a byte is damaged: these hold printable ASCII and nothing else.
  public internal(set) var damagedLines = 0
  /// So many lines without a log prefix show that an application runs; nobody asks for more.
  public static let plainLinesThatShowLife = 3
  /// What `plainLines` was at the last line that had an event.
  var plainLinesAtEvent = 0

  let plan: DispatchPlan
  let tags: TagTable
  let patterns: LinePatternTable
  let quiet: QuietLines
  var deviceClock = DeviceClock()
  var coreDump = CoreDumpBlock()
  /// Whether the application's first line in this boot was reported.
  var isRunningKnown = false
  /// Whether it was reported that the log is another system's.
  var isZephyrKnown = false
  /// Whether Tasmota told that it runs on this node.
  var isTasmotaKnown = false
  /// Whether the next line is the message of a panic whose place the last one told.
  var awaitsMessage = false
  /// The tags that were like one of the start-up's, before the application runs.
  var nearTags = NearTags()
  /// Whose the log heads are that stand bare.
  var ownHeads = OwnHeads()
  /// Whether a reset directly behind a log head is this node's, as what follows has shown.
  package var believesResets = false
  /// How many log heads stood behind other words, up to `collectorsHeads`: a tool put those there.
  var labelledHeads = 0
  /// What stood before the last log head behind other words, and how many lines there were then.
  var labelBefore: RelayedLine.Label?
  var espLinesAtLabel = 0
  /// What stood before the last line that another device's was.
  var relay: RelayedLine.Relay?
  /// Whether what the line that is being decoded says depends on the clock alone.
  var isJudgedByClock = false
  /// Whether the line that is being decoded is counted in `espLines`.
  var isLineCounted = false
  /// The markers in the line that is being decoded, kept for their memory.
  var sightings: [DispatchPlan.Sighting] = []
  /// What lines without a log prefix said, and what messages said.
  var lineMemory = LineMemory()
  var messageMemory = LineMemory()
  /// How many statements the line had that was decoded last, and how many of them were log messages.
  var statements = (all: 0, messages: 0)
  /// What the last message said, noted where it is to be remembered.
  var meaning: [DeviceEvent]?

  /// A decoder that also reports lines matching `patterns`, as `DeviceEvent.watched`.
  public init(watching patterns: [LinePattern] = []) {
    self.init(plan: .standard, watching: patterns)
  }

  init(plan: DispatchPlan, watching patterns: [LinePattern] = []) {
    self.plan = plan
    var tags = plan.tags
    self.patterns = LinePatternTable(patterns, tags: &tags)
    self.tags = tags
    quiet = plan.quiet.hearing(patterns)
  }

  /// Begins another log. What lines say is remembered: many logs begin with the same lines.
  package mutating func startOver() { state = .beginning }

  /// How far the decoder has come in the log; what it remembers of lines does not belong to it.
  package var state: DecodingState {
    get {
      DecodingState(
        applicationLines: applicationLines, espLines: espLines, damagedLines: damagedLines,
        plainLines: plainLines, plainLinesAtEvent: plainLinesAtEvent, clock: clock,
        deviceClock: deviceClock, coreDump: coreDump,
        isRunningKnown: isRunningKnown, isZephyrKnown: isZephyrKnown,
        isTasmotaKnown: isTasmotaKnown,
        awaitsMessage: awaitsMessage, nearTags: nearTags, ownHeads: ownHeads,
        labelledHeads: labelledHeads, labelBefore: labelBefore,
        espLinesAtLabel: espLinesAtLabel, relay: relay)
    }
    set {
      applicationLines = newValue.applicationLines
      espLines = newValue.espLines
      damagedLines = newValue.damagedLines
      plainLines = newValue.plainLines
      plainLinesAtEvent = newValue.plainLinesAtEvent
      clock = newValue.clock
      deviceClock = newValue.deviceClock
      coreDump = newValue.coreDump
      isRunningKnown = newValue.isRunningKnown
      isZephyrKnown = newValue.isZephyrKnown
      isTasmotaKnown = newValue.isTasmotaKnown
      awaitsMessage = newValue.awaitsMessage
      nearTags = newValue.nearTags
      ownHeads = newValue.ownHeads
      labelledHeads = newValue.labelledHeads
      labelBefore = newValue.labelBefore
      espLinesAtLabel = newValue.espLinesAtLabel
      relay = newValue.relay
    }
  }

  /// A boot begins with the next line: the application's first line is reported anew, the clock is not compared with
  /// the boot before, and another device is known by its clock alone.
  public mutating func noteBootBegan() {
    isRunningKnown = false
    relay = nil
    labelBefore = nil
    nearTags.forget()
    deviceClock.forget()
  }

  /// Takes a line for one that made this change before; false if its time makes it another one, and then nothing
  /// is changed.
  @inline(__always)
  package mutating func repeatChange(_ change: DecodingChange, at time: Int) -> Bool {
    if let known = change.time {
      guard (time < BootloaderDecoder.longestUnknownBoot) == known.isEarly else { return false }
      var deviceClock = deviceClock
      guard
        deviceClock.advance(
          to: time, source: known.source, isOfSecondCore: known.isOfSecondCore,
          isBelievedAlone: known.isBelievedAlone) == nil
      else { return false }
      self.deviceClock = deviceClock
      clock = deviceClock.time
    }
    applicationLines += change.applicationLines
    espLines += change.espLines
    plainLines += change.plainLines
    isRunningKnown = change.isRunningKnown
    awaitsMessage = change.awaitsMessage
    coreDump = change.coreDump
    return true
  }

  /// Has the lines of the run found, and in them what makes a line worth decoding; does nothing the second time.
  /// It mutates nothing of the decoder, but one that is only read is copied from another module.
  package mutating func search(_ lines: inout LineRun) { quiet.search(&lines) }

  /// Notes that the last line had events, also where it was not decoded.
  package mutating func noteEvents() { plainLinesAtEvent = plainLines }

  /// Steps over lines of the run that have no events, as if they had been decoded one by one; returns
  /// how many. Only `plainLines` is not counted on: it has said what it is to say.
  public mutating func stepOver(_ lines: inout LineRun) -> Int {
    search(&lines)
    if case .learning = lines.prefixes { return 0 }
    // In a core dump every line counts.
    guard !coreDump.isOpen, !coreDump.isAtLogStart, !awaitsMessage else { return 0 }
    var progress = clinescan_progress()
    // Before the application's first line is reported, every log line counts.
    let time = isRunningKnown ? deviceClock.time : nil
    progress.time = time.map { Int64($0) } ?? Int64.max
    switch lines.prefixes {
    case .none: progress.prints = quietPrints
    case .learning, .learned: progress.prints = CLINESCAN_NO_PRINTS
    }
    guard time != nil || progress.prints != CLINESCAN_NO_PRINTS else { return 0 }
    let count = quiet.count(in: &lines, &progress)
    lines.holdsSteppedLogLine = progress.messages > 0
    guard progress.messages > 0 else { return count }
    espLines += Int(progress.messages)
    applicationLines += Int(progress.messages)
    clock = Int(progress.time)
    deviceClock.advance(
      overApplicationLinesTo: Int(progress.time), after: Int(progress.earlier))
    return count
  }

  /// The lines without a log prefix that need not be decoded: where enough that a person can read came since the last
  /// event, more of them say no more, and nobody counts the others.
  var quietPrints: clinescan_prints {
    plainLines - plainLinesAtEvent >= Self.plainLinesThatShowLife
      ? CLINESCAN_ALL_PRINTS : CLINESCAN_UNREADABLE_PRINTS
  }

  mutating func countLine() {
    if !isLineCounted { espLines += 1 }
    isLineCounted = true
  }
}
