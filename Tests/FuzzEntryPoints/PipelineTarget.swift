import Analysis
import BootTimeline
import DeviceEvents
import Diagnosis
import LineReading
import Reporting

/// Any log gives a report that every writer can write; nothing about the reading of it shows there.
func diagnose(_ input: [UInt8]) {
  let (choice, log) = split(input)
  var context = Context()
  context.expectsUpdate = choice & 1 == 1
  var analysis = LogAnalysis(source: "fuzz", context: context)
  analysis.feed(log, inPiecesOf: choice * 3 + 1)
  let report = analysis.finish()
  // Each of these costs as much as the report, hence one of them at a time.
  switch choice >> 1 & 3 {
  case 0: break
  case 1:
    var other = LogAnalysis(source: "fuzz", context: context)
    other.feed(log, inPiecesOf: 1 << 20)
    if other.finish() != report { broken("the chunking shows in the report") }
  case 2: followed(log, context, to: report)
  default:
    if again(log, context) != report { broken("the same log gives another report") }
  }
  check(report)
}

private func again(_ log: [UInt8], _ context: Context) -> Report {
  var analysis = LogAnalysis(source: "fuzz", context: context)
  analysis.feed(log, inPiecesOf: 1 << 20)
  return analysis.finish()
}

/// Reads the log as it is read live: shown line by line, and reported before its end.
private func followed(_ log: [UInt8], _ context: Context, to report: Report) {
  // Live there is one node to a port, and nobody tells several apart.
  guard !report.conclusion.findings.contains(where: { $0.rule == "several-nodes" }) else { return }
  var analysis = LogAnalysis(source: "fuzz", context: context)
  var scroll = LogScroll(TextLayout(columns: 60, colouring: .plain))
  func show(_ line: LogLine) {
    if firstDangerous(in: scroll.text(of: line)) != nil { broken("a line acts on a terminal") }
    if firstDangerous(in: scroll.unfinished(line)) != nil { broken("a line acts on a terminal") }
  }
  log.withUnsafeBufferPointer { buffer in
    let middle = buffer.count / 2
    analysis.feed(UnsafeBufferPointer(rebasing: buffer[..<middle]), showing: show)
    _ = analysis.report()
    _ = analysis.endingHere(showing: show).report()
    analysis.feed(UnsafeBufferPointer(rebasing: buffer[middle...]), showing: show)
  }
  if analysis.finish() != report { broken("the live report is another one") }
}
