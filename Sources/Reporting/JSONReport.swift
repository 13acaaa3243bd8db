import Analysis
import BootTimeline
import DeviceEvents
import Diagnosis
import LineReading

/// A diagnosis as one JSON object, `esptriage.diagnosis/1`; `JSONSchema` describes it.
public struct JSONReport {
  /// The name of the contract; a change that breaks readers would raise its number.
  public static let schema = "esptriage.diagnosis/1"

  /// How the object is laid out.
  public enum Layout: Sendable {
    /// On one line, for JSON Lines.
    case line
    /// Indented, for reading.
    case indented
  }

  private let report: Report
  private let layout: Layout
  private let reasoning: Reasoning
  private let privacy: Privacy

  /// The object for one report.
  public init(
    _ report: Report, layout: Layout = .line, reasoning: Reasoning = .leftOut,
    privacy: Privacy = .own
  ) {
    self.privacy = privacy
    self.report = report
    self.layout = layout
    self.reasoning = reasoning
  }

  /// The object, without a line feed at its end.
  public var text: String {
    var json = writer
    json.object { write(to: &$0) }
    return json.text
  }

  /// Hands `body` the object and a line feed, as UTF-8: it may be as long as the log, and is not copied on the way to a
  /// file.
  public func withLine<Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var json = writer
    json.object { write(to: &$0) }
    try json.withLine(body)
  }

  /// A writer with room for most reports of this size: to make room again and again is to copy again and again.
  private var writer: JSONWriter {
    let (boots, crashes) = (report.timeline.boots.count, report.timeline.crashes.count)
    return JSONWriter(
      layout: layout == .line ? .line : .indented, privacy: privacy,
      room: 16 << 10 + 1_200 * boots + 1_500 * crashes)
  }

  private func write(to json: inout JSONWriter) {
    let timeline = report.timeline
    let conclusion = report.shownConclusion
    json.member("schema", unmasked: Self.schema)
    json.member("source", report.source)
    json.member("bytes", timeline.capture.bytes)
    json.member("lines", timeline.capture.lines)
    json.member("input_problems", texts: report.inputProblems)
    json.member("elf_problems", texts: report.elfProblems)
    json.member("verdict") { write(conclusion.verdict, to: &$0) }
    json.member("causes", each: conclusion.causes) { write($1, to: &$0) }
    json.member("findings", each: conclusion.findings) { write($1, to: &$0) }
    json.member("settled_by", each: conclusion.settledBy) { $0.string($1) }
    write(timeline.device, to: &json)
    json.boots(timeline.boots)
    json.member("updates", each: timeline.updates) { $0.update($1) }
    json.crashes(timeline.crashes, report.decodedCrashes)
    write(timeline.elided, to: &json)
    json.history(timeline.node)
  }

  private func write(_ verdict: Verdict, to json: inout JSONWriter) {
    json.member("id", unmasked: verdict.id.rawValue)
    json.member("title", verdict.title)
    json.member("severity", unmasked: verdict.severity.rawValue)
    json.member("confidence", share: verdict.confidence)
    json.member("summary", verdict.summary)
    json.member("rule", unmasked: verdict.rule)
    json.evidence(verdict.evidence)
    write(reasoning: verdict.reasoning, to: &json)
  }

  private func write(_ cause: RankedCause, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", unmasked: cause.id)
      json.member("title", cause.title)
      json.member("probability", share: cause.probability)
      json.evidence(cause.evidence)
      if let fix = cause.fix {
        json.member("fix") { json in
          json.member("summary", unmasked: fix.summary)
          json.member("steps", unmasked: fix.steps)
          json.member("commands", unmasked: fix.commands)
        }
      }
      write(reasoning: cause.reasoning, to: &json)
    }
  }

  private func write(_ finding: Finding, to json: inout JSONWriter) {
    json.object { json in
      json.member("rule", unmasked: finding.rule)
      json.member("severity", unmasked: finding.severity.rawValue)
      json.member("title", finding.title)
      json.member("advice", finding.advice)
      json.evidence(finding.evidence)
    }
  }

  private func write(reasoning steps: [String], to json: inout JSONWriter) {
    guard reasoning == .shown else { return }
    json.member("reasoning", each: steps) { $0.string($1) }
  }

  private func write(_ device: Device, to json: inout JSONWriter) {
    guard device != Device() else { return }
    json.member("device") { json in
      json.member("chip", unmasked: device.chip?.rawValue)
      json.member("chip_revision", device.chipRevision)
      json.member("mac", device.mac)
    }
  }

  private func write(_ elided: Elided, to json: inout JSONWriter) {
    guard elided != Elided() else { return }
    json.member("elided") { json in
      json.member("boots", elided.boots)
      json.member("crashes", elided.crashes)
      json.member("notices", elided.notices)
    }
  }
}

extension JSONWriter {
  mutating func evidence(_ evidence: [Evidence]) {
    member("evidence", each: evidence) { json, piece in
      json.object { json in
        json.member("line", piece.line?.number)
        json.member("offset", piece.line?.offset)
        json.member("text", piece.line?.text)
        json.member("why", piece.why.isEmpty ? nil : piece.why)
      }
    }
  }
}
