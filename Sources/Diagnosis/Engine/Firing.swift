/// A rule that holds in a log.
public struct Firing: Sendable {
  /// The rule.
  public var rule: Rule { prepared.rule }
  /// The rule, with what was worked out of it.
  let prepared: PreparedRule
  /// From 0 to 0.99.
  public let confidence: Double
  /// How the confidence came about, in words.
  public let reasoning: [String]
  /// How bad it is.
  public let severity: Severity
  /// The lines that show it.
  public let evidence: [Evidence]
  /// How it holds.
  let match: Match
  /// Its items, by their indices among the facts.
  let items: Set<Int>
  /// Its first and its last item's lines; nil where only the capture or the context spoke.
  let span: ClosedRange<Int>?

  /// Its last line; 0 without any.
  var lastLine: Int { span?.upperBound ?? 0 }
}

extension Solver {
  /// The rule as it holds; nil if it does not.
  mutating func firing(of prepared: PreparedRule) -> Firing? {
    guard let match = match(prepared.when) else { return nil }
    if let unless = prepared.unless, holds(unless, given: match) { return nil }
    let (confidence, reasoning, witnesses) = confidence(of: prepared, match)
    var severity = prepared.rule.severity ?? prepared.rule.verdict?.severity ?? .info
    if let place = prepared.severities.firstIndex(where: { holds($0, given: match) }) {
      severity = prepared.rule.severities[place].severity
    }
    let items = Set(match.items)
    // What HTTP saw stands on no line.
    let lines = items.filter { facts.items[$0].kind != .node }.map { facts.items[$0].line }
    var span: ClosedRange<Int>?
    if let first = lines.min(), let last = lines.max() { span = first...last }
    var evidence = facts.evidence(of: match)
    for witness in witnesses where !evidence.contains(witness) { evidence.append(witness) }
    evidence = Evidence.joined(evidence)
    return Firing(
      prepared: prepared, confidence: confidence, reasoning: reasoning, severity: severity,
      evidence: evidence, match: match, items: items, span: span)
  }

  /// Noisy-or of the match and its witnesses, capped; with the witnesses' lines.
  private mutating func confidence(
    of prepared: PreparedRule, _ match: Match
  ) -> (Double, [String], [Evidence]) {
    var confidence = prepared.rule.confidence
    var reasoning = ["the match itself: \(percent(confidence))"]
    var evidence: [Evidence] = []
    for (witness, when) in zip(prepared.rule.witnesses, prepared.witnesses) {
      guard let seen = self.match(when, given: match) else { continue }
      confidence = 1 - (1 - confidence) * (1 - witness.strength)
      let says = facts.expand(witness.says, seen)
      reasoning.append(
        "an independent witness of \(percent(witness.strength)) raises it to "
          + "\(percent(confidence)): \(says)")
      evidence.append(newEvidence(of: seen, beyond: match, says: says))
    }
    for (limit, when) in zip(prepared.rule.limits, prepared.limits)
    where confidence > limit.atMost {
      guard let seen = self.match(when, given: match) else { continue }
      confidence = limit.atMost
      reasoning.append("at most \(percent(confidence)): \(facts.expand(limit.says, seen))")
    }
    if confidence > 0.99 {
      confidence = 0.99
      reasoning.append("at most 99 %: nothing read from a log is certain")
    }
    return (confidence, reasoning, evidence)
  }

  /// The last line that a further condition saw, with what it says.
  mutating func newEvidence(of seen: Match, beyond match: Match, says: String) -> Evidence {
    var beyond = seen
    beyond.sightings = Array(seen.sightings.dropFirst(match.sightings.count))
    return Evidence(line: facts.evidence(of: beyond).last { $0.line != nil }?.line, why: says)
  }
}

/// A share as whole per cent, `35 %`; below 1 % with one place.
func percent(_ share: Double) -> String {
  let percent = share * 100
  if percent > 0, percent < 0.95 { return "\((percent * 10).rounded() / 10) %" }
  return "\(Int(percent.rounded())) %"
}
