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

  private let plan: DispatchPlan
  private let tags: TagTable
  private let patterns: LinePatternTable
  private var deviceClock = DeviceClock()
  private var coreDump = CoreDumpBlock()
  /// Whether the application's first line in this boot was reported.
  private var isRunningKnown = false
  /// Whether it was reported that the log is another system's.
  private var isZephyrKnown = false
  /// Whether the line that is being decoded is counted in `espLines`.
  private var isLineCounted = false
  /// The hits of the line that is being decoded, kept for its memory.
  private var hits: [MarkerSearch.Hit] = []

  /// A decoder that also reports lines matching `patterns`, as `DeviceEvent.watched`.
  public init(watching patterns: [LinePattern] = []) {
    self.init(plan: .standard, watching: patterns)
  }

  init(plan: DispatchPlan, watching patterns: [LinePattern] = []) {
    self.plan = plan
    var tags = plan.tags
    self.patterns = LinePatternTable(patterns, tags: &tags)
    self.tags = tags
  }

  /// A boot begins with the next line: the application's first line is reported anew, and the
  /// clock is not compared with the boot before.
  public mutating func noteBootBegan() {
    isRunningKnown = false
    deviceClock.forget()
  }

  /// Decodes one line and hands its events to `body`, in the order they stand in the line.
  public mutating func decode(_ line: LogLine, _ body: (DeviceEvent) -> Void) {
    guard line.origin == .device, !line.text.isEmpty else { return }
    isLineCounted = false
    if coreDump.isOpen, coreDump.holds(line.text) {
      countLine()
      body(.coreDump(.data))
      return
    }
    var block = coreDump
    decode(line.text) { event in
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

  /// Decodes a line, statement by statement; there is more than one only where a reset or a crash
  /// cut a line.
  private mutating func decode(_ text: ByteText, _ body: EventSink) {
    if let message = LogMessage(text) {
      let prefix = text.count - message.message.count
      guard let hit = plan.search.first(in: text, from: prefix) else {
        decode(message, hits: 0..<0, at: prefix, body)
        return
      }
      collectHits(from: hit, after: prefix, in: text)
      decodeStatements(text, body)
      return
    }
    hits.removeAll(keepingCapacity: true)
    if let hit = plan.search.first(in: text, from: 0) {
      collectHits(from: hit, after: 0, in: text)
    }
    decodeStatements(text, body)
  }

  /// Collects the hits of a line in the order of their positions, longer literals first.
  private mutating func collectHits(
    from first: MarkerSearch.Hit, after start: Int, in text: ByteText
  ) {
    hits.removeAll(keepingCapacity: true)
    hits.append(first)
    while let last = hits.last, let next = plan.search.next(after: last, from: start, in: text) {
      hits.append(next)
    }
    guard hits.count > 1 else { return }
    hits.sort { ($0.position, $0.literal) < ($1.position, $1.literal) }
  }

  private mutating func decodeStatements(_ text: ByteText, _ body: EventSink) {
    var start = 0
    var firstHit = 0
    while start < text.count {
      var message = LogMessage(text.slice(from: start)) ?? withLostPrefix(text.slice(from: start))
      let bodyStart = message.map { text.count - $0.message.count } ?? start
      while firstHit < hits.count, hits[firstHit].position < bodyStart { firstHit += 1 }
      let split = split(of: text, after: start, bodyStart: bodyStart, firstHit: firstHit)
      let end = split?.start ?? text.count
      let nextHit = split?.hit ?? hits.count
      if let whole = message, end < text.count {
        message = whole.ending(before: end - bodyStart)
      }
      if let message {
        decode(message, hits: firstHit..<nextHit, at: bodyStart, body)
      } else {
        decodePlain(text.slice(from: start, to: end), hits: firstHit..<nextHit, at: start, body)
      }
      start = end
      firstHit = nextHit
    }
  }

  /// A message that lost level and time, if its tag is nobody else's.
  private func withLostPrefix(_ text: ByteText) -> LogMessage? {
    guard let message = LogMessage(withLostPrefix: text) else { return nil }
    let isKnown = tags.entry(for: message.tag).isDistinctive || BootloaderDecoder.knows(message)
    return isKnown ? message : nil
  }

  /// Where the statement that begins at `start` is cut by another one, and that one's hit.
  private func split(
    of text: ByteText, after start: Int, bodyStart: Int, firstHit: Int
  ) -> (start: Int, hit: Int)? {
    for index in firstHit..<hits.count where hits[index].position > start {
      var position = hits[index].position
      switch plan.markers[hits[index].literal] {
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
    _ message: LogMessage, hits range: Range<Int>, at start: Int, _ body: EventSink
  ) {
    countLine()
    let entry = tags.entry(for: message.tag)
    note(message, from: entry.source, body)
    var remaining = range.isEmpty ? entry.decoders & plan.eager : entry.decoders
    var isDecoded = false
    while remaining != 0, !isDecoded {
      let index = remaining.trailingZeroBitCount
      remaining &= remaining - 1
      isDecoded = plan.messageDecoders[index].decode(message, body)
    }
    if !isDecoded, !range.isEmpty { decodeHits(range, in: message.message, at: start, body) }
    if !entry.patterns.isEmpty { patterns.matchTagged(entry.patterns, message.message, body) }
    if patterns.hasUntagged { patterns.matchUntagged(message.message, body) }
  }

  private mutating func decodePlain(
    _ text: ByteText, hits range: Range<Int>, at start: Int, _ body: EventSink
  ) {
    var isDecoded = false
    for decoder in plan.plainDecoders where !isDecoded { isDecoded = decoder.decode(text, body) }
    if isDecoded {
      countLine()
    } else if !range.isEmpty {
      decodeHits(range, in: text, at: start, body)
    }
    if patterns.hasUntagged { patterns.matchUntagged(text, body) }
  }

  /// Decodes what stands at the markers of a text that begins at `start` of the line.
  private mutating func decodeHits(
    _ range: Range<Int>, in text: ByteText, at start: Int, _ body: EventSink
  ) {
    var decodedEnd = 0
    for index in range {
      let hit = hits[index]
      let position = hit.position - start
      guard position >= decodedEnd else { continue }
      switch plan.markers[hit.literal] {
      case .logLine: continue
      case .text(let decoder), .beginning(let decoder):
        guard plan.plainDecoders[decoder].decode(at: position, in: text, body) else { continue }
        countLine()
        decodedEnd = position + plan.markerLengths[hit.literal]
      }
    }
  }

  private mutating func countLine() {
    if !isLineCounted { espLines += 1 }
    isLineCounted = true
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
    applicationLines += 1
    if !isRunningKnown, message.hasPlausibleTag {
      isRunningKnown = true
      body(.application(.running))
    }
  }
}
