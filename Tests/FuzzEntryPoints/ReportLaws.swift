import Analysis
import BootTimeline
import Diagnosis
import Reporting

private let judge = SchemaJudge(schema: JSONSchema.text)

/// Writes the report in every form, and looks at what a terminal or a parser would get.
package func check(_ report: Report) {
  var summary = SummaryReport()
  summary.add(report)
  let layout = TextLayout(columns: 80, colouring: .plain)
  let text = TextReport(report, layout: layout, reasoning: .shown)
  var status = LiveStatus(name: report.source, connection: .open, report: report)
  status.isSettled = true
  let shown = [
    text.text, text.block, text.bulletin, text.verdictLine, summary.text(layout),
    status.text(layout),
  ]
  for text in shown {
    if let scalar = firstDangerous(in: text) {
      broken("U+\(String(scalar.value, radix: 16)) reaches a terminal")
    }
  }
  checkJSON(of: report)
  checkPlaces(of: report)
  let confidence = report.conclusion.verdict.confidence
  if !(0...0.99).contains(confidence) { broken("a confidence of \(confidence)") }
  let causes = report.conclusion.causes.map(\.probability)
  let sum = causes.reduce(0, +)
  if !causes.isEmpty, abs(sum - 1) > 0.001 { broken("causes that add up to \(sum)") }
}

/// The JSON is one line, is JSON to the letter, is what the schema says, and says the same when it is indented.
private func checkJSON(of report: Report) {
  let line = JSONReport(report, layout: .line, reasoning: .shown).text
  if firstDangerous(in: line) != nil || line.contains("\n") { broken("the JSON is no plain line") }
  let indented = JSONReport(report, layout: .indented, reasoning: .shown).text
  if firstDangerous(in: indented) != nil { broken("the indented JSON acts on a terminal") }
  do throws(StrictJSON.Refusal) {
    let value = try StrictJSON.value(of: line)
    if let complaint = judge.complaint(about: value) {
      broken("the schema is not kept: \(complaint)")
    }
    if try StrictJSON.value(of: indented) != value {
      broken("the indented JSON says another thing")
    }
  } catch {
    broken("the JSON is none: \(error)")
  }
}

/// What a claim points to lies in the log.
private func checkPlaces(of report: Report) {
  let capture = report.timeline.capture
  let conclusion = report.conclusion
  let evidence =
    conclusion.verdict.evidence + conclusion.findings.flatMap(\.evidence)
    + conclusion.causes.flatMap(\.evidence)
  for place in evidence.compactMap(\.line) {
    if !(1...max(capture.lines, 1)).contains(place.number) { broken("evidence beyond the log") }
    if !(0...capture.bytes).contains(place.offset) { broken("evidence beyond the log") }
  }
}

/// The first character that acts on a terminal or hides there; a line feed is our own.
package func firstDangerous(in text: String) -> Unicode.Scalar? {
  text.unicodeScalars.first { scalar in
    if scalar == "\n" { return false }
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0xad, 0x61c, 0x180e, 0x200b...0x200f, 0x2028...0x202e,
      0x2060...0x206f, 0xfe00...0xfe0f, 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe0fff:
      return true
    default: return false
    }
  }
}

/// A reason that can be shown: there is one, and a terminal can bear it.
func check(reason: String) {
  if reason.isEmpty { broken("a refusal without a reason") }
  if firstDangerous(in: reason) != nil { broken("a refusal acts on a terminal") }
}
