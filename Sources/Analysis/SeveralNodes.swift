import BootTimeline
import Diagnosis
import LineReading

extension LogAnalysis {
  /// The report on the node that is worst off, with a word on the others.
  func report(on shares: [NodeLanes.Share]) -> Report {
    if shares.count == 1 { return report(on: shares[0].timeline) }
    let all = shares.map { report(on: $0.timeline) }
    var worst = 0
    for index in all.indices where all[index].conclusion.weighs(more: all[worst].conclusion) {
      worst = index
    }
    guard all.indices.contains(worst) else { return report(on: Timeline()) }
    var told = all[worst]
    let name = shares[worst].name
    let verdicts = zip(shares, all).map { "\($0.name) (\($1.conclusion.verdict.id.rawValue))" }
    told.conclusion.verdict.summary =
      "This is about \(name), one of \(shares.count) nodes whose lines are mixed in this log. "
      + told.conclusion.verdict.summary
    let findings = told.conclusion.findings
    told.conclusion.findings.insert(
      Finding(
        rule: "several-nodes", severity: .warning,
        title: "The lines of \(shares.count) nodes are mixed in the log: "
          + verdicts.joined(separator: ", "),
        advice:
          "They were told apart by what stands before each line, and each node was judged by itself. "
          + "The verdict is that of \(name), the worst off. The lines of each node in a file of its own show "
          + "the others in full.",
        evidence: shares.compactMap { share in
          share.firstLine.map { Evidence(line: $0, why: "the first line of \(share.name)") }
        }), at: findings.firstIndex { $0.severity < .warning } ?? findings.endIndex)
    return told
  }
}

extension Conclusion {
  /// Whether it is the worse of two nodes'; what is hardly the log of a node weighs least.
  fileprivate func weighs(more other: Conclusion) -> Bool {
    if substance != other.substance { return substance > other.substance }
    if verdict.severity != other.verdict.severity {
      return verdict.severity > other.verdict.severity
    }
    // Of two that are well the one that was updated is shown, else the one that is less surely so is shown.
    if verdict.id != other.verdict.id, verdict.severity < .warning {
      return other.verdict.id == .healthy
    }
    return verdict.severity < .warning
      ? verdict.confidence < other.verdict.confidence
      : verdict.confidence > other.verdict.confidence
  }

  private var substance: Int {
    if verdict.id == .noESPLog { return 0 }
    return verdict.id == .inconclusive ? 1 : 2
  }
}
