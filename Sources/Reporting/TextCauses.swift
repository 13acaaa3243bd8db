import Diagnosis

extension TextPage {
  /// Causes below this share are summed up: a reader at night wants the two or three that matter.
  private static let smallestShown = 0.03
  private static let barLength = 10

  mutating func causes(_ causes: [RankedCause], _ reasoning: Reasoning) {
    guard !causes.isEmpty else { return }
    section("Causes")
    let shown =
      reasoning == .shown ? causes : causes.filter { $0.probability >= Self.smallestShown }
    for cause in shown { self.cause(cause, reasoning) }
    let rest = causes.count - shown.count
    if rest > 0 {
      line(Span(own: "        … and \(rest) below 3 %; --explain shows them", .faint))
    }
  }

  private mutating func cause(_ cause: RankedCause, _ reasoning: Reasoning) {
    let percent = TextWidth.aligned(Confidence.percent(cause.probability), to: 5)
    let indent = 2 + 5 + 2 + Self.barLength + 2
    let name = cause.id == cause.title ? "" : "  [\(cause.id)]"
    paragraph(
      Span(cause.title + name), indent: indent,
      first: [
        Span(own: "  " + percent + "  ", .strong), Span(own: bar(cause.probability)),
        Span(own: "  "),
      ])
    evidence(cause.evidence, indent: 9, atMost: reasoning == .shown ? .max : 4)
    guard reasoning == .shown else { return }
    for step in cause.reasoning {
      paragraph(Span(step, .faint), indent: 11, first: [Span(own: "         - ", .faint)])
    }
  }

  private func bar(_ share: Double) -> String {
    let bounded = share.isNaN ? 0 : min(max(share, 0), 1)
    let full = Int((bounded * Double(Self.barLength)).rounded())
    return String(repeating: "█", count: full)
      + String(repeating: "░", count: Self.barLength - full)
  }

  /// The fix of the first cause in full, those of the others in a line.
  mutating func fixes(of causes: [RankedCause]) {
    let fixable = causes.compactMap { cause in cause.fix.map { (cause, $0) } }
    guard let (_, fix) = fixable.first else { return }
    blank()
    paragraph(Span(own: fix.summary, .strong), indent: 5, first: [Span(own: "Fix  ", .heading)])
    for (index, step) in fix.steps.enumerated() {
      let number = TextWidth.aligned("\(index + 1)", to: 3) + ". "
      paragraph(Span(own: step), indent: 5, first: [Span(own: number)])
    }
    for command in fix.commands { unbroken(Span(own: "       "), Span(own: command, .command)) }
    let others = fixable.dropFirst().filter {
      $0.0.probability >= Self.smallestShown && $0.1.summary != fix.summary
    }
    for (other, fix) in others {
      let condition = "If it is \(other.id) (\(Confidence.percent(other.probability))): "
      paragraph(Span(own: condition + fix.summary), indent: 7, first: [Span(own: "     ")])
    }
  }
}
