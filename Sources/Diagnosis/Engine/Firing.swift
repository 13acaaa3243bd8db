/// A rule that holds in a log.
public struct Firing: Sendable {
  /// The rule.
  public var rule: Rule { prepared.rule }
  /// The rule, with what was worked out of it.
  let prepared: PreparedRule
  /// From 0 to 0.99.
  public let confidence: Double
  /// How bad it is.
  public let severity: Severity
  /// What raised and what limited the confidence.
  let grounds: [Ground]
  /// How it holds.
  let match: Match
  /// Its items, by their indices among the facts.
  let items: Set<Int>
  /// Its first and its last item's lines; nil where only the capture or the context spoke.
  let span: ClosedRange<Int>?

  /// A condition of the rule that had a say in its confidence, by its place in the rule, and what it saw.
  enum Ground: Sendable {
    case witness(Int, seen: Match)
    case limit(Int, seen: Match)
  }

  /// Its last line; 0 without any.
  var lastLine: Int { span?.upperBound ?? 0 }
}

extension Solver {
  /// The rule as it holds; nil if it does not.
  mutating func firing(of prepared: PreparedRule) -> Firing? {
    guard let match = match(prepared.when) else { return nil }
    if let unless = prepared.unless, holds(unless, given: match) { return nil }
    let (confidence, grounds) = confidence(of: prepared, match)
    var severity = prepared.rule.severity ?? prepared.rule.verdict?.severity ?? .info
    if let place = prepared.severities.firstIndex(where: { holds($0, given: match) }) {
      severity = prepared.rule.severities[place].severity
    }
    let items = Set(match.items)
    var span: ClosedRange<Int>?
    // What HTTP saw stands on no line.
    for index in items where facts.items[index].kind != .node {
      let line = facts.items[index].line
      span = min(span?.lowerBound ?? line, line)...max(span?.upperBound ?? line, line)
    }
    return Firing(
      prepared: prepared, confidence: confidence, severity: severity, grounds: grounds,
      match: match, items: items, span: span)
  }

  /// Noisy-or of the match and its witnesses, capped; with what had a say in it.
  private mutating func confidence(
    of prepared: PreparedRule, _ match: Match
  ) -> (Double, [Firing.Ground]) {
    var confidence = prepared.rule.confidence
    var grounds: [Firing.Ground] = []
    for (place, witness) in prepared.rule.witnesses.enumerated() {
      guard let seen = self.match(prepared.witnesses[place], given: match) else { continue }
      confidence = Self.raised(confidence, by: witness.strength)
      grounds.append(.witness(place, seen: seen))
    }
    for (place, limit) in prepared.rule.limits.enumerated() where confidence > limit.atMost {
      guard let seen = self.match(prepared.limits[place], given: match) else { continue }
      confidence = limit.atMost
      grounds.append(.limit(place, seen: seen))
    }
    return (min(confidence, Self.highestConfidence), grounds)
  }

  /// Nothing read from a log is certain.
  private static let highestConfidence = 0.99

  private static func raised(_ confidence: Double, by strength: Double) -> Double {
    1 - (1 - confidence) * (1 - strength)
  }

  /// The lines that show what a firing says. They are told of the rules that are reported only.
  func evidence(of firing: Firing) -> [Evidence] {
    var evidence = facts.evidence(of: firing.match)
    for case .witness(let place, let seen) in firing.grounds {
      let says = facts.expand(firing.prepared.rule.witnesses[place].says, seen)
      let piece = newEvidence(of: seen, beyond: firing.match, says: says)
      if !evidence.contains(piece) { evidence.append(piece) }
    }
    return Evidence.joined(evidence)
  }

  /// How the confidence of a firing came about, in words.
  func reasoning(of firing: Firing) -> [String] {
    var confidence = firing.prepared.rule.confidence
    var reasoning = ["the match itself: \(percent(confidence))"]
    for ground in firing.grounds {
      switch ground {
      case .witness(let place, let seen):
        let witness = firing.prepared.rule.witnesses[place]
        confidence = Self.raised(confidence, by: witness.strength)
        reasoning.append(
          "an independent witness of \(percent(witness.strength)) raises it to "
            + "\(percent(confidence)): \(facts.expand(witness.says, seen))")
      case .limit(let place, let seen):
        let limit = firing.prepared.rule.limits[place]
        confidence = limit.atMost
        reasoning.append(
          "at most \(percent(confidence)): \(facts.expand(limit.says, seen))")
      }
    }
    if confidence > Self.highestConfidence {
      reasoning.append("at most 99 %: nothing read from a log is certain")
    }
    return reasoning
  }

  /// The last line that a further condition saw, with what it says.
  func newEvidence(of seen: Match, beyond match: Match, says: String) -> Evidence {
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
