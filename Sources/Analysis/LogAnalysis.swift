import BootTimeline
import DeviceEvents
import Diagnosis
import LineReading

/// The whole pipeline for one log: feed bytes in pieces of any size, finish, get the report.
///
/// It is also the incremental form: `report()` may be asked for at any time, and says what the log
/// shows so far.
public struct LogAnalysis {
  private var source: String
  private let context: Context
  private let rules: RuleSet
  private let decoder: CrashDecoder?
  private let reasoning: Reasoning
  private var reader = LineReader()
  /// What was seen of the same node over HTTP.
  public var node: NodeHistory?
  private var builder: TimelineBuilder
  private var nodes = Nodes.open([], readAt: 0)

  /// Whether several nodes speak in the log.
  private enum Nodes {
    /// Not known from what came so far, which waits and is looked at again when there is so much of it.
    case open([UInt8], readAt: Int)
    /// One, or who is not told apart.
    case one
    /// Several.
    case several(NodeLanes)
  }

  /// An analysis of the input called `source`, judged by `rules`; `decoder` names the calls of its
  /// crashes. What is done with repeated boots changes the time it takes, and nothing else. The reasoning may be left
  /// out where nobody reads it.
  public init(
    source: String, context: Context = Context(), rules: RuleSet = .embedded,
    decoder: CrashDecoder? = nil, repeatedBoots: RepeatedBoots = .compared,
    reasoning: Reasoning = .shown
  ) {
    self.source = source
    self.reasoning = reasoning
    self.context = context
    self.rules = rules
    self.decoder = decoder
    builder = TimelineBuilder(watching: rules.linePatterns, repeatedBoots: repeatedBoots)
  }

  /// Begins the analysis of another input, judged as this one. Whoever reads many logs reads them faster this way:
  /// many begin with the same lines, and what those say is remembered.
  public mutating func startOver(source: String) {
    self.source = source
    node = nil
    nodes = .open([], readAt: 0)
    reader.startOver()
    builder.startOver()
  }

  /// Takes the next bytes of the log, any number of them.
  public mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch nodes {
    case .one: read(bytes)
    case .open(let waiting, _) where waiting.isEmpty: begin(with: bytes)
    case .open(var waiting, let next):
      nodes = .one
      waiting += bytes
      guard waiting.count >= next else {
        nodes = .open(waiting, readAt: next)
        return
      }
      waiting.withUnsafeBufferPointer { begin(with: $0) }
    case .several(var lanes):
      nodes = .one
      lanes.feed(bytes)
      nodes = .several(lanes)
    }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
    reader.feed(
      bytes, steppingOver: { builder.stepOver(&$0) }, lettingGo: { builder.letGo() },
      { builder.feed($0) })
  }

  /// Takes the first bytes of the log, as soon as they tell whether several nodes speak in it.
  private mutating func begin(with bytes: UnsafeBufferPointer<UInt8>) {
    switch NodeLabels.read(ByteText(bytes), .goingOn) {
    case .open:
      let next = min(bytes.count * 2, NodeLabels.longestBeginning)
      nodes = .open(Array(bytes), readAt: next)
    case .one: goOnAsOne(with: bytes)
    case .several(let labels): goOn(with: bytes, as: labels)
    }
  }

  private mutating func goOnAsOne(with bytes: UnsafeBufferPointer<UInt8>) {
    nodes = .one
    read(bytes)
  }

  private mutating func goOn(with bytes: UnsafeBufferPointer<UInt8>, as labels: NodeLabels) {
    let patterns = rules.linePatterns
    var lanes = NodeLanes(labels) { TimelineBuilder(watching: patterns) }
    lanes.feed(bytes)
    nodes = .several(lanes)
  }

  /// Decides by what there is, where the log may be over.
  private mutating func endBeginning() {
    guard case .open(let waiting, _) = nodes else { return }
    waiting.withUnsafeBufferPointer { bytes in
      switch NodeLabels.read(ByteText(bytes), .whole) {
      case .open, .one: goOnAsOne(with: bytes)
      case .several(let labels): goOn(with: bytes, as: labels)
      }
    }
  }

  /// Takes the next bytes of the log of one node, and shows the lines that they complete.
  ///
  /// A line's text is borrowed: it is valid until `show` returns.
  public mutating func feed(
    _ bytes: UnsafeBufferPointer<UInt8>, showing show: (LogLine) -> Void
  ) {
    stayWithOne()
    reader.feed(bytes) { line in
      builder.feed(line)
      show(line)
    }
  }

  /// What the log would be if it ended here: a copy that takes the start of a line for the line.
  ///
  /// For a device that is silent within a line; the analysis itself goes on with the line's rest. The log is one of
  /// one node, as where lines are shown.
  public func endingHere(showing show: (LogLine) -> Void) -> LogAnalysis {
    var copy = self
    copy.stayWithOne()
    copy.reader.finish { line in
      copy.builder.feed(line)
      show(line)
    }
    return copy
  }

  /// Whoever shows lines has the log of one node, and tells no others apart in it.
  private mutating func stayWithOne() {
    switch nodes {
    case .one: break
    case .open(let waiting, _): waiting.withUnsafeBufferPointer { goOnAsOne(with: $0) }
    case .several: preconditionFailure("lines are shown of a log that is one of several nodes")
    }
  }

  /// Takes all of `bytes`, so many at a time.
  public mutating func feed(_ bytes: [UInt8], inPiecesOf size: Int) {
    bytes.withUnsafeBufferPointer { buffer in
      for start in stride(from: 0, to: buffer.count, by: max(size, 1)) {
        let end = min(start + max(size, 1), buffer.count)
        feed(UnsafeBufferPointer(rebasing: buffer[start..<end]))
      }
    }
  }

  /// Takes the end of the log: what stands behind its last line feed is a line, too.
  ///
  /// To be called once, as the last question: the boots go into the report. `pause` is called when all is put in order
  /// and nothing judged as yet, for whoever wants to let go of what only reading needs.
  public mutating func finish(pausing pause: () -> Void = {}) -> Report {
    endBeginning()
    if case .several(var lanes) = nodes {
      lanes.finish()
      pause()
      return report(on: lanes.shares())
    }
    reader.finish { builder.feed($0) }
    let timeline = builder.finish(capture: capture)
    pause()
    return report(on: timeline)
  }

  /// What the log shows so far, complete lines only.
  public func report() -> Report {
    switch nodes {
    case .one: return report(on: builder.timeline(capture: capture))
    case .several(let lanes): return report(on: lanes.shares())
    case .open:
      var copy = self
      copy.endBeginning()
      return copy.report()
    }
  }

  func report(on timeline: Timeline) -> Report {
    var timeline = timeline
    timeline.node = node
    let decoding = decoder?.decode(timeline) ?? CrashDecoder.Decoding()
    var context = context
    context.decodedCrashes = timeline.decodedCrashes(besides: decoding.crashes)
    var report = Report(
      source: source, timeline: timeline,
      conclusion: conclude(timeline, context: context, rules: rules, reasoning: reasoning))
    report.decodedCrashes = context.decodedCrashes
    report.elfProblems = decoding.problems
    return report
  }

  /// How many boots have begun so far.
  public var bootCount: Int {
    switch nodes {
    case .one, .open: builder.bootCount
    case .several(let lanes): lanes.bootCount
    }
  }

  /// How many lines told something so far: as long as it stands still, a new report says hardly anything new.
  public var eventfulLines: Int {
    switch nodes {
    case .one: builder.eventfulLines
    case .several(let lanes): lanes.eventfulLines
    // What waits counts as well.
    case .open(let waiting, _): waiting.count
    }
  }

  /// Whether the last line has no end yet.
  public var hasUnfinishedLine: Bool {
    switch nodes {
    case .one: reader.hasUnfinishedLine
    case .several(let lanes): lanes.hasUnfinishedLine
    case .open(let waiting, _): !waiting.isEmpty && waiting.last != UInt8(ascii: "\n")
    }
  }

  private var capture: Capture {
    var capture = Capture()
    capture.bytes = reader.statistics.bytes
    capture.lines = reader.statistics.lines
    capture.undecodableBytes = reader.statistics.undecodableBytes
    capture.byteRepetition = reader.statistics.damage.repetition
    capture.garbledEnd = reader.statistics.garbledEnd
    capture.ruin = reader.statistics.ruin
    capture.ruinedWords = reader.statistics.ruinedWords
    capture.endsMidLine = reader.statistics.endsMidLine
    return capture
  }
}
