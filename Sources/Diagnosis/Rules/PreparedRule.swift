/// A rule with all that is asked of it again and again worked out, so that it can be asked of many logs.
final class PreparedRule: Sendable {
  let rule: Rule
  let when: PreparedCondition
  let unless: PreparedCondition?
  let witnesses: [PreparedCondition]
  let limits: [PreparedCondition]
  let severities: [PreparedCondition]
  let causes: [PreparedCause]
  /// The conditions of `settledBy`; nil is always.
  let hints: [PreparedCondition?]
  /// How many tests of attributes it makes: a measure of how much it asks for.
  let testCount: Int

  /// Prepares a rule whose causes are defined so.
  init(_ rule: Rule, causes: (String) -> CauseDefinition?) {
    self.rule = rule
    when = PreparedCondition(rule.when)
    unless = rule.unless.map(PreparedCondition.init)
    witnesses = rule.witnesses.map { PreparedCondition($0.when) }
    limits = rule.limits.map { PreparedCondition($0.when) }
    severities = rule.severities.map { PreparedCondition($0.when) }
    self.causes = rule.causes.map { PreparedCause($0, definition: causes($0.id)) }
    hints = rule.settledBy.map { $0.when.map(PreparedCondition.init) }
    testCount = rule.when.testCount
  }
}

/// A condition with its screen.
struct PreparedCondition: Sendable {
  let condition: Condition
  let screen: Screen
  /// Whether some part of it asks for the very item that another part found.
  let asksForItems: Bool

  init(_ condition: Condition) {
    self.condition = condition
    screen = Screen(condition)
    asksForItems = condition.asksForItems
  }
}

/// A cause that a rule lets compete, with what it is.
struct PreparedCause: Sendable {
  let candidate: CauseCandidate
  let definition: CauseDefinition?
  /// The conditions of its priors; nil is always.
  let priors: [PreparedCondition?]
  let evidence: [PreparedCondition]

  init(_ candidate: CauseCandidate, definition: CauseDefinition?) {
    self.candidate = candidate
    self.definition = definition
    priors = candidate.priors.map { $0.when.map(PreparedCondition.init) }
    evidence = candidate.evidence.map { PreparedCondition($0.when) }
  }
}

extension Condition {
  fileprivate var asksForItems: Bool {
    switch self {
    case .exists(let step), .firstBoot(let step), .lastBoot(let step): step.isItem != nil
    case .sequence(let steps, _): steps.contains { $0.isItem != nil }
    case .any(let conditions), .all(let conditions): conditions.contains(where: \.asksForItems)
    case .not(let condition): condition.asksForItems
    case .without, .count, .context, .capture: false
    }
  }

  /// How many tests of attributes it makes.
  fileprivate var testCount: Int {
    var count = 0
    visitMatchers { count += 1 + $0.tests.count + $0.patterns.count }
    return count
  }
}
