import DeviceEvents

/// Rules and the causes they speak of.
public struct RuleSet: Hashable, Sendable {
  /// The rules, in the order of their ids.
  public private(set) var rules: [Rule]
  /// The causes, in the order of the file.
  public private(set) var causes: [CauseDefinition]
  /// The lines that the rules want to see, without doubles; `watched` indices point here.
  public private(set) var linePatterns: [LinePattern]

  /// Puts a set together.
  public init(rules: [Rule], causes: [CauseDefinition]) {
    self.rules = rules.sorted { $0.id < $1.id }
    self.causes = causes
    linePatterns = Self.linePatterns(of: self.rules)
  }

  /// The rules and causes that are compiled in.
  public static let embedded = RuleSet(rules: EmbeddedRules.rules, causes: EmbeddedRules.causes)

  /// The rule with that id.
  public func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }

  /// The cause with that id.
  public func cause(_ id: String) -> CauseDefinition? { causes.first { $0.id == id } }

  /// These rules and causes, with those of `other` in place of the ones that bear the same id.
  public func overridden(by other: RuleSet) -> RuleSet {
    let replacedRules = Set(other.rules.map(\.id))
    let replacedCauses = Set(other.causes.map(\.id))
    return RuleSet(
      rules: rules.filter { !replacedRules.contains($0.id) } + other.rules,
      causes: causes.filter { !replacedCauses.contains($0.id) } + other.causes)
  }

  private static func linePatterns(of rules: [Rule]) -> [LinePattern] {
    var seen: Set<LinePattern> = []
    var patterns: [LinePattern] = []
    for rule in rules {
      for condition in rule.conditions {
        condition.visitMatchers { matcher in
          for pattern in matcher.patterns where seen.insert(pattern).inserted {
            patterns.append(pattern)
          }
        }
      }
    }
    return patterns
  }
}

extension Rule {
  /// Every condition of the rule, in the order of the file.
  public var conditions: [Condition] {
    var all = [when]
    if let unless { all.append(unless) }
    all += witnesses.map(\.when) + limits.map(\.when) + severities.map(\.when)
    for cause in causes {
      all += cause.priors.compactMap(\.when) + cause.evidence.map(\.when)
    }
    return all + settledBy.compactMap(\.when)
  }
}

extension Condition {
  /// Hands every matcher inside to `body`.
  func visitMatchers(_ body: (ItemMatcher) -> Void) {
    switch self {
    case .exists(let step), .firstBoot(let step), .lastBoot(let step): body(step.matcher)
    case .sequence(let steps, let without):
      for step in steps { body(step.matcher) }
      for matcher in without { body(matcher) }
    case .without(let matchers): for matcher in matchers { body(matcher) }
    case .count(let count): body(count.matcher)
    case .any(let conditions), .all(let conditions):
      for condition in conditions { condition.visitMatchers(body) }
    case .not(let condition): condition.visitMatchers(body)
    case .context, .capture: break
    }
  }
}
