import DeviceEvents

/// Rules and the causes they speak of.
public struct RuleSet: Sendable {
  private let shelf: Shelf

  /// Where the rules come from. Those that are compiled in are made one by one, when a log first asks
  /// for them: most never are.
  private enum Shelf: Sendable {
    case embedded
    case own(OwnRules)
  }

  /// Puts a set together; the rules come into the order of their ids.
  public init(rules: [Rule], causes: [CauseDefinition]) {
    shelf = .own(OwnRules(rules: rules.sorted { $0.id < $1.id }, causes: causes))
  }

  private init(_ shelf: Shelf) { self.shelf = shelf }

  /// The rules and causes that are compiled in.
  public static let embedded = RuleSet(.embedded)

  /// The rules, in the order of their ids.
  public var rules: [Rule] {
    switch shelf {
    case .embedded: (0..<EmbeddedRules.count).map { EmbeddedRules.rule(at: $0).rule }
    case .own(let own): own.prepared.map(\.rule)
    }
  }

  /// The causes, in the order of the file.
  public var causes: [CauseDefinition] {
    switch shelf {
    case .embedded: EmbeddedRules.causes
    case .own(let own): own.causes
    }
  }

  /// The lines that the rules want to see, without doubles; `watched` indices point here.
  public var linePatterns: [LinePattern] {
    switch shelf {
    case .embedded: EmbeddedRules.linePatterns
    case .own(let own): own.linePatterns
    }
  }

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

  /// Hands the rules that may hold in a log with these facts to `body`, in the order of their ids.
  func forEachAdmitted(by signals: FactSignals, _ body: (PreparedRule) -> Void) {
    screens.forEachAdmitted(by: signals) { place in
      switch shelf {
      case .embedded: body(EmbeddedRules.rule(at: place))
      case .own(let own): body(own.prepared[place])
      }
    }
  }

  /// What a log must hold for each rule.
  var screens: ScreenTable {
    switch shelf {
    case .embedded: EmbeddedRules.screens
    case .own(let own): own.screens
    }
  }
}

extension RuleSet {
  /// The tables that are compiled in beside the rules, as these rules make them.
  public var tables: (screenWords: [UInt64], screenEnds: [Int], linePatterns: [LinePattern]) {
    let screens = ScreenTable(rules)
    return (screens.words, screens.ends, linePatterns)
  }
}

/// The rules of a set that was put together at run time.
private final class OwnRules: Sendable {
  let prepared: [PreparedRule]
  let causes: [CauseDefinition]
  let linePatterns: [LinePattern]
  let screens: ScreenTable

  init(rules: [Rule], causes: [CauseDefinition]) {
    let definitions = Dictionary(
      causes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    prepared = rules.map { rule in PreparedRule(rule) { definitions[$0] } }
    self.causes = causes
    linePatterns = Self.linePatterns(of: rules)
    screens = ScreenTable(rules)
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

extension EmbeddedRules {
  /// The causes by their ids.
  private static let causesByID = Dictionary(
    causes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  /// A rule that is compiled in, prepared.
  static func prepared(_ rule: Rule) -> PreparedRule { PreparedRule(rule) { causesByID[$0] } }
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
