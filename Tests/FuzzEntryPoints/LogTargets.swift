import Analysis
import BootTimeline
import DeviceEvents
import Diagnosis
import LineReading
import NodeHTTP
import Reporting

/// A line without its borrowed text.
private struct ReadLine: Equatable {
  var number: Int
  var offset: Int
  var text: [UInt8]
}

private func lines(of bytes: [UInt8], inPiecesOf size: Int) -> [ReadLine] {
  var reader = LineReader()
  var lines: [ReadLine] = []
  func keep(_ line: LogLine) {
    lines.append(
      ReadLine(
        number: line.number, offset: line.offset,
        text: Array(line.text.string.utf8)))
  }
  bytes.withUnsafeBufferPointer { buffer in
    for start in stride(from: 0, to: buffer.count, by: size) {
      let end = min(start + size, buffer.count)
      reader.feed(UnsafeBufferPointer(rebasing: buffer[start..<end])) { keep($0) }
    }
    reader.finish { keep($0) }
  }
  return lines
}

/// The chunking of the input never shows.
func readLines(_ input: [UInt8]) {
  let (choice, log) = split(input)
  if lines(of: log, inPiecesOf: choice + 1) != lines(of: log, inPiecesOf: 1 << 20) {
    broken("the chunking shows in the lines")
  }
}

/// What is stepped over told nothing; events and their texts can be had of any line.
func decodeLines(_ input: [UInt8]) {
  var reader = LineReader()
  var decoder = EventDecoder(watching: RuleSet.embedded.linePatterns)
  var told = 0
  input.withUnsafeBufferPointer { buffer in
    reader.feed(
      buffer, steppingOver: { decoder.stepOver(&$0) },
      { line in decoder.decode(line) { event in told += "\(event)".isEmpty ? 0 : 1 } })
    reader.finish { line in decoder.decode(line) { _ in told += 1 } }
  }
  if told > 64 * (input.count + 1) { broken("more events than the input has room for") }
}

/// Any log gives a report that every writer can write, and whose text a terminal can bear.
func diagnose(_ input: [UInt8]) {
  let (choice, log) = split(input)
  func analysed(inPiecesOf size: Int) -> Report {
    var context = Context()
    context.expectsUpdate = choice & 1 == 1
    var analysis = LogAnalysis(source: "fuzz", context: context)
    analysis.feed(log, inPiecesOf: size)
    return analysis.finish()
  }
  let report = analysed(inPiecesOf: choice * 3 + 1)
  if choice & 6 == 6, report != analysed(inPiecesOf: 1 << 20) {
    broken("the chunking shows in the report")
  }
  check(report)
}

/// Writes the report in every form, and looks at what a terminal or a parser would get.
package func check(_ report: Report) {
  var summary = SummaryReport()
  summary.add(report)
  let layout = TextLayout(columns: 80, colouring: .plain)
  let text = TextReport(report, layout: layout, reasoning: .shown)
  for shown in [text.text, text.block, text.bulletin, text.verdictLine, summary.text(layout)] {
    if let scalar = firstDangerous(in: shown) {
      broken("U+\(String(scalar.value, radix: 16)) reaches a terminal")
    }
  }
  let json = JSONReport(report, layout: .line, reasoning: .shown).text
  if firstDangerous(in: json) != nil || json.contains("\n") { broken("the JSON is no plain line") }
  if JSONValue(Array(json.utf8)) == nil { broken("the JSON cannot be read") }
  let confidence = report.conclusion.verdict.confidence
  if !(0...1).contains(confidence) { broken("a confidence of \(confidence)") }
}

/// The first character that acts on a terminal or hides there; a line feed is our own.
package func firstDangerous(in text: String) -> Unicode.Scalar? {
  text.unicodeScalars.first { scalar in
    if scalar == "\n" { return false }
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x2069, 0xfeff:
      return true
    default: return false
    }
  }
}
