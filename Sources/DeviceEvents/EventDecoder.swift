import CLineScan
import LineReading

/// Turns lines into events.
///
/// A line may give several events (a panic glued behind a cut line) or none. The decoder keeps the
/// log's clock and whether a core dump is open, nothing else.
public struct EventDecoder {
  /// Lines under an application's own tags seen so far.
  public private(set) var applicationLines = 0
  /// Lines of any ESP-IDF origin seen so far (log lines, ROM, panic rows).
  public private(set) var espLines = 0
  /// Lines seen so far that a person can read and that have no form known here: what an application
  /// prints without a log macro. Nothing that a monitor printed, and no row of a dump.
  public private(set) var plainLines = 0
  /// The log's clock in milliseconds since boot, of the last line that had one.
  public private(set) var clock: Int?

  /// Lines of ESP-IDF's own seen so far in which a byte is damaged: these hold printable ASCII and nothing else.
  public private(set) var damagedLines = 0
  /// So many lines without a log prefix show that an application runs; nobody asks for more.
  public static let plainLinesThatShowLife = 3
  /// What `plainLines` was at the last line that had an event.
  private var plainLinesAtEvent = 0

  private let plan: DispatchPlan
  let tags: TagTable
  private let patterns: LinePatternTable
  private let quiet: QuietLines
  private var deviceClock = DeviceClock()
  private var coreDump = CoreDumpBlock()
  /// Whether the application's first line in this boot was reported.
  private var isRunningKnown = false
  /// Whether it was reported that the log is another system's.
  private var isZephyrKnown = false
  /// The hash of the last tag that was like one of the start-up's, before the application runs; 0 for none.
  private var nearTag = 0
  /// Whether the line that is being decoded is counted in `espLines`.
  private var isLineCounted = false
  /// The markers in the line that is being decoded, kept for their memory.
  private var sightings: [DispatchPlan.Sighting] = []
  /// What lines without a log prefix said, and what messages said.
  private var lineMemory = LineMemory()
  private var messageMemory = LineMemory()
  /// How many statements the line had that was decoded last, and how many of them were log messages.
  private(set) var statements = (all: 0, messages: 0)
  /// What the last message said, noted where it is to be remembered.
  private var meaning: [DeviceEvent]?

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

  /// How far the decoder has come in the log; what it remembers of lines does not belong to it.
  package var state: DecodingState {
    get {
      DecodingState(
        applicationLines: applicationLines, espLines: espLines, damagedLines: damagedLines,
        plainLines: plainLines, plainLinesAtEvent: plainLinesAtEvent, clock: clock,
        deviceClock: deviceClock, coreDump: coreDump,
        isRunningKnown: isRunningKnown, nearTag: nearTag)
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
      nearTag = newValue.nearTag
    }
  }

  /// A boot begins with the next line: the application's first line is reported anew, and the
  /// clock is not compared with the boot before.
  public mutating func noteBootBegan() {
    isRunningKnown = false
    nearTag = 0
    deviceClock.forget()
  }

  /// Has the lines of the run found, and in them what makes a line worth decoding; does nothing the second time.
  package func search(_ lines: inout LineRun) { quiet.search(&lines) }

  /// Notes that the last line had events, also where it was not decoded.
  package mutating func noteEvents() { plainLinesAtEvent = plainLines }

  /// Steps over lines of the run that have no events, as if they had been decoded one by one; returns
  /// how many. Only `plainLines` is not counted on: it has said what it is to say.
  public mutating func stepOver(_ lines: inout LineRun) -> Int {
    search(&lines)
    // In a core dump every line counts.
    guard !coreDump.isOpen else { return 0 }
    var progress = clinescan_progress()
    // Before the application's first line is reported, every log line counts.
    let time = isRunningKnown ? deviceClock.time : nil
    progress.time = time.map { Int64($0) } ?? Int64.max
    switch lines.prefixes {
    case .none: progress.prints = quietPrints
    case .learned: progress.prints = CLINESCAN_NO_PRINTS
    }
    guard time != nil || progress.prints != CLINESCAN_NO_PRINTS else { return 0 }
    let count = quiet.count(in: &lines, &progress)
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
  private var quietPrints: clinescan_prints {
    plainLines - plainLinesAtEvent >= Self.plainLinesThatShowLife
      ? CLINESCAN_ALL_PRINTS : CLINESCAN_UNREADABLE_PRINTS
  }

  /// Decodes one line and hands its events to `body`, in the order they stand in the line.
  public mutating func decode(_ line: LogLine, _ body: (DeviceEvent) -> Void) {
    var hasEvents = false
    decodeLine(line) { event in
      hasEvents = true
      body(event)
    }
    if hasEvents { noteEvents() }
  }

  private mutating func decodeLine(_ line: LogLine, _ body: (DeviceEvent) -> Void) {
    guard !line.text.isEmpty else { return }
    guard line.origin == .device else {
      // Of what monitors print themselves, the names that they found in the ELF are worth having.
      if let call = ResolvedCallLine.decode(line.text) { body(.panic(.resolved(call))) }
      return
    }
    isLineCounted = false
    if coreDump.isOpen, coreDump.holds(line.text) {
      countLine()
      body(.coreDump(.data))
      return
    }
    var block = coreDump
    recallOrDecode(line.text) { event in
      block.observe(event)
      body(event)
    }
    if !isLineCounted, !coreDump.isOpen, PlainText.isReadable(line.text) { plainLines += 1 }
    if block.isOpen, coreDump.isOpen {
      if isLineCounted {
        block.observeLine(line.text)
      } else {
        // Neither a row nor anything else: a damaged row.
        countLine()
        body(.coreDump(.data))
      }
    }
    coreDump = block
  }

  /// Decodes a line, or hands on what the same line said before.
  private mutating func recallOrDecode(_ text: ByteText, _ body: EventSink) {
    guard !patterns.isAsked else { return decode(text, body) }
    if let message = LogMessage(text) {
      recallOrDecode(message, in: text, body)
      return
    }
    switch lineMemory.meet(text) {
    case .known(let answer):
      statements = (1, 0)
      if answer.isESPLine { countLine() }
      answer.events.forEach(body)
    case .seen(let place):
      let damagedBefore = damagedLines
      var events: [DeviceEvent] = []
      decode(text) { event in
        events.append(event)
        body(event)
      }
      // What a log message inside the line says depends also on the clock.
      guard statements.messages == 0, damagedLines == damagedBefore else { return }
      lineMemory.keep(LineMemory.Answer(text, events: events, isESPLine: isLineCounted), at: place)
    case .new:
      decode(text, body)
    }
  }

  /// The same for a line with a log prefix. Its time differs from boot to boot; what it says does not,
  /// unless it holds more than the message, or is a segment, which keeps its time.
  private mutating func recallOrDecode(
    _ message: LogMessage, in text: ByteText, _ body: EventSink
  ) {
    guard message.style == .espIDF, !message.tag.isEmpty,
      message.time.map({ $0 < BootloaderDecoder.longestUnknownBoot }) ?? false,
      let start = message.tag.offset(in: text)
    else { return decode(text, body) }
    switch messageMemory.meet(text.slice(from: start)) {
    case .known(let answer):
      statements = (1, 1)
      countLine()
      note(message, from: tags.entry(for: message.tag).source, body)
      answer.events.forEach(body)
    case .seen(let place):
      let damagedBefore = damagedLines
      meaning = []
      decode(text, body)
      let events = meaning ?? []
      meaning = nil
      // A damaged line counts as one each time, and may be read as another than it is.
      guard statements == (1, 1), !events.contains(where: \.isSegment),
        damagedLines == damagedBefore
      else { return }
      messageMemory.keep(
        LineMemory.Answer(text.slice(from: start), events: events, isESPLine: true), at: place)
    case .new:
      decode(text, body)
    }
  }

  /// Decodes a line, statement by statement; there is more than one only where a reset or a crash
  /// cut a line.
  private mutating func decode(_ text: ByteText, _ body: EventSink) {
    statements = (0, 0)
    if let message = LogMessage(text) {
      let prefix = text.count - message.message.count
      collectSightings(in: text, from: prefix)
      guard !sightings.isEmpty else {
        decode(message, sightings: 0..<0, at: prefix, body)
        return
      }
    } else {
      collectSightings(in: text, from: 0)
    }
    decodeStatements(text, body)
  }

  /// Collects the markers of a line in the order of their positions, the longer ones first.
  @inline(__always)
  private mutating func collectSightings(in text: ByteText, from start: Int) {
    // Emptying an empty array costs a call to `memmove`, and most lines have no marker.
    if !sightings.isEmpty { sightings.removeAll(keepingCapacity: true) }
    var found = plan.search.first(in: text, from: start)
    while let hit = found {
      sightings.append(plan.sighting(of: hit))
      found = plan.search.next(after: hit, from: start, in: text)
    }
    var prefix = text.firstLogPrefix(from: start)
    while let position = prefix {
      sightings.append(
        DispatchPlan.Sighting(position: position, marker: .logLine, length: 4, rank: .max))
      prefix = text.firstLogPrefix(from: position + 1)
    }
    guard sightings.count > 1 else { return }
    sightings.sort { ($0.position, $0.rank) < ($1.position, $1.rank) }
  }

  private mutating func decodeStatements(_ text: ByteText, _ body: EventSink) {
    var start = 0
    var first = 0
    while start < text.count {
      var message = LogMessage(text.slice(from: start)) ?? withLostPrefix(text.slice(from: start))
      let bodyStart = message.map { text.count - $0.message.count } ?? start
      while first < sightings.count, sightings[first].position < bodyStart { first += 1 }
      let split = split(of: text, after: start, bodyStart: bodyStart, first: first)
      let end = split?.start ?? text.count
      let next = split?.sighting ?? sightings.count
      if let whole = message, end < text.count {
        message = whole.ending(before: end - bodyStart)
      }
      if let message {
        decode(message, sightings: first..<next, at: bodyStart, body)
      } else {
        decodePlain(text.slice(from: start, to: end), sightings: first..<next, at: start, body)
      }
      start = end
      first = next
    }
  }

  /// A message that lost level and time, if its tag is nobody else's.
  private func withLostPrefix(_ text: ByteText) -> LogMessage? {
    guard let message = LogMessage(withLostPrefix: text) else { return nil }
    let isKnown = tags.entry(for: message.tag).isDistinctive || BootloaderDecoder.knows(message)
    return isKnown ? message : nil
  }

  /// Where the statement that begins at `start` is cut by another one, and that one's sighting.
  private func split(
    of text: ByteText, after start: Int, bodyStart: Int, first: Int
  ) -> (start: Int, sighting: Int)? {
    for index in first..<sightings.count where sightings[index].position > start {
      var position = sightings[index].position
      switch sightings[index].marker {
      case .text: continue
      case .beginning:
        // The line of equals signs around a core dump's mark belongs to it.
        while text[position] == UInt8(ascii: "="), position > bodyStart,
          text[position - 1] == UInt8(ascii: "=")
        {
          position -= 1
        }
        let before = text.slice(from: bodyStart, to: position)
        if position > start, !CrashRetelling.retells(before, text.slice(from: position)) {
          return (position, index)
        }
      case .logLine:
        // Behind a capital letter it is rather a word, `WIFI (2) …`.
        let before = text[position - 1]
        if (0x41...0x5a).contains(before) { continue }
        if let glued = LogMessage(text.slice(from: position)), !glued.tag.isEmpty {
          return (position, index)
        }
      }
    }
    return nil
  }

  private mutating func decode(
    _ message: LogMessage, sightings range: Range<Int>, at start: Int, _ body: EventSink
  ) {
    countLine()
    statements.all += 1
    statements.messages += 1
    var message = message
    var entry = tags.entry(for: message.tag)
    // Once the application runs, its tags are its own, however close to one of ESP-IDF's.
    if entry.isUnknown, !isRunningKnown, let mended = NearTag.mended(message) {
      let meant = tags.entry(for: mended.tag)
      // A tag that is only like another does not say what that one says.
      var isRecognised = mended.tag.has("boot")
      decode(mended, meant, sightings: range, at: start) { _ in isRecognised = true }
      if isRecognised, !comesAgain(message.tag) {
        damagedLines += 1
        message = mended
        entry = meant
      }
    } else if entry.source != .application, VisibleDamage.shows(in: message) {
      damagedLines += 1
    }
    note(message, from: entry.source, body)
    guard meaning != nil else {
      return decode(message, entry, sightings: range, at: start, body)
    }
    var events: [DeviceEvent] = []
    decode(message, entry, sightings: range, at: start) { event in
      events.append(event)
      body(event)
    }
    meaning = events
  }

  private mutating func decode(
    _ message: LogMessage, _ entry: TagEntry, sightings range: Range<Int>, at start: Int,
    _ body: EventSink
  ) {
    var remaining = range.isEmpty ? entry.decoders & plan.eager : entry.decoders
    var isDecoded = false
    while remaining != 0, !isDecoded {
      let index = remaining.trailingZeroBitCount
      remaining &= remaining - 1
      isDecoded = plan.messageDecoders[index].decode(message, body)
    }
    if !isDecoded, !range.isEmpty { decodeSightings(range, in: message.message, at: start, body) }
    if !entry.patterns.isEmpty { patterns.matchTagged(entry.patterns, message.message, body) }
    if patterns.hasUntagged { patterns.matchUntagged(message.message, body) }
  }

  private mutating func decodePlain(
    _ text: ByteText, sightings range: Range<Int>, at start: Int, _ body: EventSink
  ) {
    statements.all += 1
    var isDecoded = false
    var remaining = plan.plainAudience.of(text, hasMarkers: !range.isEmpty)
    while remaining != 0, !isDecoded {
      let index = remaining.trailingZeroBitCount
      remaining &= remaining - 1
      isDecoded = plan.plainDecoders[index].decode(text, body)
    }
    if isDecoded {
      countLine()
    } else if !range.isEmpty {
      decodeSightings(range, in: text, at: start, body)
    } else if VisibleDamage.shows(inUnknown: text) {
      damagedLines += 1
    }
    if patterns.hasUntagged { patterns.matchUntagged(text, body) }
  }

  /// Decodes what stands at the markers of a text that begins at `start` of the line.
  private mutating func decodeSightings(
    _ range: Range<Int>, in text: ByteText, at start: Int, _ body: EventSink
  ) {
    var decodedEnd = 0
    for index in range {
      let sighting = sightings[index]
      let position = sighting.position - start
      guard position >= decodedEnd else { continue }
      switch sighting.marker {
      case .logLine: continue
      case .text(let decoder), .beginning(let decoder):
        guard plan.plainDecoders[decoder].decode(at: position, in: text, body) else { continue }
        countLine()
        decodedEnd = position + sighting.length
      }
    }
  }

  private mutating func countLine() {
    if !isLineCounted { espLines += 1 }
    isLineCounted = true
  }

  /// Whether the last tag that was nearly another was the same: damage does not come twice alike, so that it is the
  /// application's own.
  private mutating func comesAgain(_ tag: ByteText) -> Bool {
    var hasher = Hasher()
    for byte in tag.buffer { hasher.combine(byte) }
    let hash = hasher.finalize()
    defer { nearTag = hash }
    return hash == nearTag
  }

  /// Keeps the clock and what is known of the application.
  @inline(__always)
  private mutating func note(
    _ message: LogMessage, from source: TagEntry.Source, _ body: EventSink
  ) {
    if let time = message.time {
      if let step = deviceClock.advance(to: time, of: message, source: source) {
        body(.clockWentBack(from: step.from, to: step.to))
        // Whatever runs from here on is another boot's.
        isRunningKnown = false
      }
      clock = deviceClock.time
    }
    guard source == .application, !message.tag.isEmpty, !message.hasLostPrefix else { return }
    if message.style == .zephyr, !isZephyrKnown {
      isZephyrKnown = true
      body(.foreign(.zephyr))
    }
    // The kernel's own errors, register by register: the rows of a crash, no sign of life.
    if message.isZephyrKernelError { return }
    // A damaged line of the bootloader's is no sign of an application.
    if !isRunningKnown, StartupTags.isNearlyOne(message.tag) {
      guard comesAgain(message.tag) else { return }
    }
    applicationLines += 1
    if !isRunningKnown, message.hasPlausibleTag {
      isRunningKnown = true
      body(.application(.running))
    }
  }
}
