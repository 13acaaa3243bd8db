import BootTimeline

/// What the rules conclude from a timeline: exactly one verdict, its causes, and findings.
public func conclude(
  _ timeline: Timeline, context: Context, rules: RuleSet, reasoning: Reasoning = .shown
) -> Conclusion {
  var solver = Solver(
    facts: FactBase(timeline: timeline, context: context, patterns: rules.linePatterns))
  solver.reasoning = reasoning
  let firings = solver.firings(of: rules)
  return solver.conclusion(from: firings)
}

/// The rules that hold for a timeline, whichever verdict wins, in the order of their ids.
public func firedRules(_ timeline: Timeline, context: Context, rules: RuleSet) -> [Firing] {
  var solver = Solver(
    facts: FactBase(timeline: timeline, context: context, patterns: rules.linePatterns))
  return solver.firings(of: rules)
}

extension Solver {
  mutating func firings(of rules: RuleSet) -> [Firing] {
    var firings: [Firing] = []
    rules.forEachAdmitted(by: signals) { rule in
      if let firing = firing(of: rule) { firings.append(firing) }
    }
    return firings
  }

  mutating func conclusion(from firings: [Firing]) -> Conclusion {
    let choice = VerdictChoice(among: firings, facts: facts)
    let findings = findings(firings.filter { $0.prepared.rule.verdict == nil } + choice.losers)
    guard let winner = choice.winner else { return unanswered(findings) }
    let rule = winner.prepared.rule
    let summary = facts.expand(rule.summary ?? rule.why, winner.match)
    let (confidence, reasoning) = limited(winner)
    let verdict = Verdict(
      id: winner.verdict, rule: rule.id, title: facts.expand(rule.title, winner.match),
      severity: winner.severity, confidence: confidence,
      summary: ([summary] + [suspect(of: winner), sequel(of: winner)].compactMap(\.self))
        .joined(separator: " "),
      evidence: evidence(of: winner), reasoning: reasoning)
    return Conclusion(
      verdict: verdict, causes: rankedCauses(of: winner), findings: findings,
      settledBy: hints(of: winner))
  }

  /// The confidence of the answer, which damage in the log may limit, and how it came about.
  private func limited(_ winner: Firing) -> (Double, [String]) {
    if let limit = LabelLimit.of(winner.verdict, facts.timeline),
      winner.confidence > limit.confidence
    {
      return (limit.confidence, told(reasoning(of: winner) + [limit.reason]))
    }
    guard !DamageLimit.isExempt(winner.verdict), !speaksForHTTPAlone(winner),
      let limit = DamageLimit.of(facts.timeline.capture, for: winner.severity),
      winner.confidence > limit.confidence
    else { return (winner.confidence, told(reasoning(of: winner))) }
    return (limit.confidence, told(reasoning(of: winner) + [limit.reason]))
  }

  /// Steps in words, where somebody wants to read them.
  func told(_ steps: @autoclosure () -> [String]) -> [String] {
    switch reasoning {
    case .shown: steps()
    case .leftOut: []
    }
  }

  /// Whether nothing of it stands in a log.
  private func speaksForHTTPAlone(_ winner: Firing) -> Bool {
    !winner.items.isEmpty && winner.items.allSatisfy { facts.items[$0].kind == .node }
  }

  private func findings(_ firings: [Firing]) -> [Finding] {
    firings.sorted { left, right in
      left.severity != right.severity
        ? left.severity > right.severity
        : (left.span?.lowerBound ?? 0, left.prepared.rule.id) < (
          right.span?.lowerBound ?? 0, right.prepared.rule.id
        )
    }.map { firing in
      Finding(
        rule: firing.prepared.rule.id, severity: firing.severity,
        title: facts.expand(firing.prepared.rule.title, firing.match),
        advice: facts.expand(
          firing.prepared.rule.summary ?? firing.prepared.rule.why, firing.match),
        evidence: evidence(of: firing))
    }
  }

  private mutating func hints(of firing: Firing) -> [String] {
    var hints: [String] = []
    for (hint, when) in zip(firing.prepared.rule.settledBy, firing.prepared.hints) {
      guard let when else {
        hints.append(facts.expand(hint.says, firing.match))
        continue
      }
      if let seen = match(when, given: firing.match) { hints.append(facts.expand(hint.says, seen)) }
    }
    return hints
  }

  /// Where in the application's own sources the crash of the verdict came from.
  private func suspect(of firing: Firing) -> String? {
    for index in firing.items.sorted() {
      let item = facts.items[index]
      guard item.kind == .crash else { continue }
      let line = facts.timeline.crashes[item.index].firstLine.number
      guard let suspect = facts.decodedCrashes[line]?.suspect else { continue }
      let owner = suspect.owner == .application ? "the application's own sources" : "a component"
      return "The first call in \(owner) is \(suspect.place)."
    }
    return nil
  }

  /// A fault that a good run follows is still the answer; the summary says that it is over.
  private func sequel(of firing: Firing) -> String? {
    guard firing.severity >= .error, let span = firing.span,
      let last = facts.timeline.boots.indices.last
    else { return nil }
    let place = firing.items.map { facts.items[$0].bootPlace }.max() ?? last
    guard place < last, facts.timeline.boots[last].reachedApp, !facts.crashedBoots.contains(last)
    else { return nil }
    return "It was last seen at line \(span.upperBound); the node has started again since, and "
      + "its application runs at the end of the log."
  }

  /// No rule holds, which a whole rule set rules out; a user's own set may leave it so.
  private func unanswered(_ findings: [Finding]) -> Conclusion {
    let verdict = Verdict(
      id: .inconclusive, rule: "inconclusive", title: "The log does not tell what happened",
      severity: VerdictID.inconclusive.severity, confidence: 0.5,
      summary:
        "None of the rules holds: the log shows neither a fault nor that the application ran.",
      evidence: [], reasoning: told(["no rule holds"]))
    return Conclusion(
      verdict: verdict, causes: [], findings: findings,
      settledBy: [
        "a capture that begins with the reset and runs for at least 30 seconds",
        "the console's settings: port, baud rate, and the log level of bootloader and application",
      ])
  }
}
