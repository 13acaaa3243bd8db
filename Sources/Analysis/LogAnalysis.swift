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
    reader.startOver()
    builder.startOver()
  }

  /// Takes the next bytes of the log, any number of them.
  public mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
    reader.feed(bytes, steppingOver: { builder.stepOver(&$0) }, { builder.feed($0) })
  }

  /// Takes the next bytes of the log, and shows the lines that they complete.
  ///
  /// A line's text is borrowed: it is valid until `show` returns.
  public mutating func feed(
    _ bytes: UnsafeBufferPointer<UInt8>, showing show: (LogLine) -> Void
  ) {
    reader.feed(bytes) { line in
      builder.feed(line)
      show(line)
    }
  }

  /// What the log would be if it ended here: a copy that takes the start of a line for the line.
  ///
  /// For a device that is silent within a line; the analysis itself goes on with the line's rest.
  public func endingHere(showing show: (LogLine) -> Void) -> LogAnalysis {
    var copy = self
    copy.reader.finish { line in
      copy.builder.feed(line)
      show(line)
    }
    return copy
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
  /// To be called once, as the last question: the boots go into the report.
  public mutating func finish() -> Report {
    reader.finish { builder.feed($0) }
    return report(on: builder.finish(capture: capture))
  }

  /// What the log shows so far, complete lines only.
  public func report() -> Report { report(on: builder.timeline(capture: capture)) }

  private func report(on timeline: Timeline) -> Report {
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
  public var bootCount: Int { builder.bootCount }

  /// How many lines told something so far: as long as it stands still, a new report says hardly anything new.
  public var eventfulLines: Int { builder.eventfulLines }

  /// Whether the last line has no end yet.
  public var hasUnfinishedLine: Bool { reader.hasUnfinishedLine }

  private var capture: Capture {
    var capture = Capture()
    capture.bytes = reader.statistics.bytes
    capture.lines = reader.statistics.lines
    capture.undecodableBytes = reader.statistics.undecodableBytes
    capture.byteRepetition = reader.statistics.damage.repetition
    capture.endsMidLine = reader.statistics.endsMidLine
    return capture
  }
}
