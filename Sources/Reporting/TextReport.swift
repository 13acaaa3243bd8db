import Analysis
import BootTimeline
import Diagnosis

/// A diagnosis for people: the answer, its proof, the cause and its fix, then the story.
public struct TextReport {
  private let report: Report
  private let layout: TextLayout
  private let reasoning: Reasoning

  /// The text for one report.
  public init(_ report: Report, layout: TextLayout, reasoning: Reasoning = .leftOut) {
    self.report = report
    self.layout = layout
    self.reasoning = reasoning
  }

  /// The whole report, with a line feed at its end.
  public var text: String {
    var page = TextPage(layout: layout)
    let conclusion = report.shownConclusion
    page.heading(of: report)
    page.verdict(of: conclusion)
    page.node(of: report.timeline)
    page.proof(conclusion.verdict.evidence)
    if reasoning == .shown { page.reasoning("How sure", conclusion.verdict.reasoning) }
    page.causes(conclusion.causes, reasoning)
    page.fixes(of: conclusion.causes)
    page.findings(conclusion.findings)
    page.boots(of: report.timeline)
    page.updates(of: report.timeline)
    page.crashes(of: report)
    page.settling(conclusion.settledBy)
    page.reminder(of: conclusion)
    return page.text
  }

  /// One line: the source, the verdict and how sure it is; with a line feed at its end.
  public var verdictLine: String {
    let verdict = report.conclusion.verdict
    var page = TextPage(layout: layout)
    page.unbroken(
      TextPage.Span(report.source + ": "),
      TextPage.Span(own: verdict.severity.rawValue, .severity(verdict.severity)),
      TextPage.Span(own: " \(verdict.id.rawValue) \(Confidence.percent(verdict.confidence)): "),
      TextPage.Span(verdict.title),
      TextPage.Span(own: Self.noticed(besides: report.conclusion).map { " (\($0))" } ?? ""))
    return page.text
  }

  /// `1 error and 2 warnings noticed`, where the verdict itself says that all is well.
  static func noticed(besides conclusion: Conclusion) -> String? {
    guard conclusion.verdict.severity < .warning else { return nil }
    let errors = conclusion.findings.count { $0.severity >= .error }
    let warnings = conclusion.findings.count { $0.severity == .warning }
    let parts = [
      errors > 0 ? Quantity.counted(errors, "error") : nil,
      warnings > 0 ? Quantity.counted(warnings, "warning") : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " and ") + " noticed"
  }

  /// The verdict with its proof and the first step, under the log's name: one of many logs.
  public var block: String {
    var page = TextPage(layout: layout)
    page.heading(of: report)
    return page.text + bulletin
  }

  /// The verdict with its proof and the first step, for a log that is still growing.
  public var bulletin: String {
    let conclusion = report.shownConclusion
    var page = TextPage(layout: layout)
    page.verdict(of: conclusion)
    page.proof(conclusion.verdict.evidence)
    if let first = conclusion.causes.first, first.id != "unknown" {
      page.blank()
      page.paragraph(
        .init("\(first.title) (\(Confidence.percent(first.probability)))"), indent: 7,
        first: [.init(own: "Cause  ", .heading)])
    }
    if let first = conclusion.causes.first(where: { $0.fix != nil }), let fix = first.fix {
      page.blank()
      page.paragraph(
        .init(own: fix.summary), indent: 5, first: [.init(own: "Fix  ", .heading)])
    }
    page.blank()
    return page.text
  }
}

extension TextPage {
  fileprivate mutating func heading(of report: Report) {
    let capture = report.timeline.capture
    var facts: [String] = []
    if let node = report.timeline.node {
      facts.append(Quantity.counted(node.reads.count, "status read"))
    }
    if report.timeline.node?.hasLog ?? true {
      facts += [Quantity.counted(capture.lines, "line"), Quantity.bytes(capture.bytes)]
    }
    if let chip = report.timeline.device.chip { facts.append(chip.title) }
    if let revision = report.timeline.device.chipRevision { facts.append("revision \(revision)") }
    let source = Span(report.source, .strong)
    let joined = facts.joined(separator: " · ")
    if TextWidth.columns(source.text) + 3 + TextWidth.columns(joined) <= columns {
      line(source, Span(" · " + joined, .faint))
    } else {
      // A long path ends with what tells it from others: it is not cut.
      unbroken(source)
      line(Span("  " + joined, .faint))
    }
    for problem in report.inputProblems + report.elfProblems {
      paragraph(
        Span(problem), indent: 2, first: [Span(own: "! ", .severity(.warning))])
    }
    blank()
  }

  fileprivate mutating func verdict(of conclusion: Conclusion) {
    let verdict = conclusion.verdict
    let label = verdict.severity.rawValue.uppercased()
    let indent = label.count + 2
    paragraph(
      Span(verdict.title, .strong), indent: indent,
      first: [Span(own: label, .severity(verdict.severity)), Span(own: "  ")])
    let certainty =
      "\(Confidence.words(verdict.confidence)), \(Confidence.percent(verdict.confidence))"
    line(
      Span(own: String(repeating: " ", count: indent)),
      Span(own: "[\(verdict.id.rawValue)]", .severity(verdict.severity)),
      Span(own: "  " + certainty))
    if let noticed = TextReport.noticed(besides: conclusion) {
      line(
        Span(own: String(repeating: " ", count: indent)),
        Span(own: noticed + ", see below", .severity(.warning)))
    }
    guard !verdict.summary.isEmpty else { return }
    blank()
    paragraph(Span(verdict.summary), indent: 2)
  }

  fileprivate mutating func proof(_ evidence: [Evidence]) {
    guard !evidence.isEmpty else { return }
    section("Proof")
    self.evidence(evidence, indent: 2, atMost: 12)
  }

  fileprivate mutating func findings(_ findings: [Finding]) {
    guard !findings.isEmpty else { return }
    section("Also noticed")
    for finding in findings.prefix(12) {
      let label = TextWidth.padded(finding.severity.rawValue, to: 8)
      paragraph(
        Span(finding.title + places(of: finding)), indent: 12,
        first: [Span(own: "  "), Span(own: label, .severity(finding.severity)), Span(own: "  ")])
      if let advice = finding.advice {
        paragraph(Span(advice, .faint), indent: 14, first: [Span(own: "            → ", .faint)])
      }
    }
    let rest = findings.count - 12
    if rest > 0 { line(Span(own: "  … and \(rest) more; --format json lists all", .faint)) }
  }

  private func places(of finding: Finding) -> String {
    let numbers = finding.evidence.compactMap { $0.line?.number }
    guard let first = numbers.first else { return "" }
    let more = numbers.count > 1 ? " and \(numbers.count - 1) more" : ""
    return " (line \(first)\(more))"
  }

  fileprivate mutating func settling(_ captures: [String]) {
    guard !captures.isEmpty else { return }
    section("What would settle it")
    for capture in captures {
      paragraph(Span(capture), indent: 4, first: [Span(own: "  - ")])
    }
  }

  /// The answer once more: a terminal shows the end of a long report first.
  fileprivate mutating func reminder(of conclusion: Conclusion) {
    guard text.utf8.count(where: { $0 == 0x0a }) > 22 else { return }
    let verdict = conclusion.verdict
    blank()
    let label = verdict.severity.rawValue.uppercased()
    paragraph(
      Span(verdict.title, .strong), indent: label.count + 2,
      first: [
        Span(own: label, .severity(verdict.severity)),
        Span(own: "  [\(verdict.id.rawValue)]  \(Confidence.percent(verdict.confidence))  "),
      ])
    if let fix = conclusion.causes.first(where: { $0.fix != nil })?.fix {
      paragraph(Span(own: fix.summary), indent: 5, first: [Span(own: "Fix  ", .heading)])
    }
  }

  mutating func reasoning(_ title: String, _ steps: [String]) {
    guard !steps.isEmpty else { return }
    section(title)
    for step in steps { paragraph(Span(step), indent: 4, first: [Span(own: "  - ")]) }
  }
}
