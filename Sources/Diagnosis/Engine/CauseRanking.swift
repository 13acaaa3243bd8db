extension Solver {
  /// The causes of a firing: odds from priors and evidence, normalised with `unknown` among them.
  mutating func rankedCauses(of firing: Firing) -> [RankedCause] {
    guard !firing.prepared.causes.isEmpty else { return [] }
    let unknownPrior = firing.prepared.rule.unknownPrior
    var contenders: [Contender] = []
    for cause in firing.prepared.causes {
      if let contender = contender(cause, firing.match) { contenders.append(contender) }
    }
    var unknown = RankedCause(
      id: "unknown", title: "None of these", probability: unknownPrior, evidence: [],
      fix: nil, reasoning: [])
    let priors = contenders.reduce(unknownPrior) { $0 + $1.prior }
    let total = contenders.reduce(unknownPrior) { $0 + $1.odds }
    guard priors > 0, total > 0 else {
      unknown.probability = 1
      return [unknown]
    }
    var ranked = contenders.map { contender in
      var cause = contender.cause
      cause.probability = contender.odds / total
      cause.reasoning = told(
        ["starts at \(percent(contender.prior / priors))"] + cause.reasoning
          + ["ends at \(percent(cause.probability)) among all causes"])
      return cause
    }
    unknown.probability = unknownPrior / total
    unknown.reasoning = told([
      "starts at \(percent(unknownPrior / priors))",
      "ends at \(percent(unknown.probability)) among all causes",
    ])
    // `unknown` ranks behind a cause that is as probable; the rule's order decides other ties.
    ranked.append(unknown)
    return ranked.enumerated().sorted { left, right in
      left.element.probability != right.element.probability
        ? left.element.probability > right.element.probability : left.offset < right.offset
    }.map(\.element)
  }

  private struct Contender {
    var cause: RankedCause
    var prior: Double
    var odds: Double
  }

  private mutating func contender(
    _ prepared: PreparedCause, _ match: Match
  ) -> Contender? {
    let (candidate, definition) = (prepared.candidate, prepared.definition)
    guard let place = prepared.priors.firstIndex(where: { holds($0, given: match) }) else {
      return nil
    }
    let prior = candidate.priors[place].value
    var cause = RankedCause(
      id: candidate.id, title: definition?.title ?? candidate.id, probability: 0, evidence: [],
      fix: definition?.fix, reasoning: [])
    var odds = prior
    for (evidence, when) in zip(candidate.evidence, prepared.evidence) {
      guard let seen = self.match(when, given: match) else { continue }
      odds *= evidence.weight.factor
      let says = facts.expand(evidence.says, seen)
      cause.evidence.append(newEvidence(of: seen, beyond: match, says: says))
      cause.reasoning += told(["\(evidence.weight.words): \(says)"])
    }
    cause.evidence = Evidence.joined(cause.evidence)
    return Contender(cause: cause, prior: prior, odds: odds)
  }
}

extension CauseEvidence.Weight {
  /// `+2 (four times as likely)`.
  var words: String {
    switch self {
    case .decides: return "decides (30 times as likely)"
    case .refutes: return "refutes (a thirtieth as likely)"
    case .bits(let bits):
      let sign = bits < 0 ? "-" : "+"
      return "\(sign)\(FactValue.number(abs(bits)).spelled) (\(Self.times(bits)))"
    }
  }

  private static func times(_ bits: Double) -> String {
    switch bits {
    case 0: "as likely as before"
    case 1: "twice as likely"
    case 2: "four times as likely"
    case 3: "eight times as likely"
    case -1: "half as likely"
    case -2: "a quarter as likely"
    case -3: "an eighth as likely"
    default: "\(FactValue.number(powerOfTwo(bits)).spelled) times as likely"
    }
  }
}
