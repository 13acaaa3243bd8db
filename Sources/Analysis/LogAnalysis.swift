import BootTimeline
import DeviceEvents
import Diagnosis
import LineReading

/// The whole pipeline for one log: feed bytes in pieces of any size, finish, get the report.
///
/// It is also the incremental form: `report()` may be asked for at any time, and says what the log
/// shows so far.
public struct LogAnalysis {
  private let source: String
  private let context: Context
  private let rules: RuleSet
  private var reader = LineReader()
  private var builder: TimelineBuilder

  /// An analysis of the input called `source`, judged by `rules`.
  public init(source: String, context: Context = Context(), rules: RuleSet = .embedded) {
    self.source = source
    self.context = context
    self.rules = rules
    builder = TimelineBuilder(watching: rules.linePatterns)
  }

  /// Takes the next bytes of the log, any number of them.
  public mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
    reader.feed(bytes) { builder.feed($0) }
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
  public mutating func finish() -> Report {
    reader.finish { builder.feed($0) }
    return report()
  }

  /// What the log shows so far, complete lines only.
  public func report() -> Report {
    let timeline = builder.timeline(capture: capture)
    return Report(
      source: source, timeline: timeline,
      conclusion: conclude(timeline, context: context, rules: rules))
  }

  /// How many boots have begun so far.
  public var bootCount: Int { builder.bootCount }

  private var capture: Capture {
    var capture = Capture()
    capture.bytes = reader.statistics.bytes
    capture.lines = reader.statistics.lines
    capture.undecodableBytes = reader.statistics.undecodableBytes
    capture.endsMidLine = reader.statistics.endsMidLine
    return capture
  }
}
