import Diagnosis

/// Rules, verdicts and causes in words: the text of `rules explain` and of the catalogue.
public struct RuleExplanation: Sendable {
  private let rules: RuleSet

  /// Explains rules of this set.
  public init(rules: RuleSet) { self.rules = rules }

  /// All that bears this id in reports, a rule, a verdict or a cause, as Markdown; nil if there is
  /// nothing.
  public func text(for id: String) -> String? {
    var pages: [String] = []
    if let rule = rules.rule(id) { pages.append(text(for: rule)) }
    if let verdict = VerdictID(rawValue: id), let page = page(about: verdict) { pages.append(page) }
    if let cause = rules.cause(id) { pages.append(page(about: cause)) }
    if id == "unknown" { pages.append(Self.unknownCause) }
    if id == "several-nodes" { pages.append(Self.severalNodes) }
    return pages.isEmpty ? nil : pages.joined(separator: "\n")
  }

  /// The ids that can be explained, in the order of the alphabet.
  public var ids: [String] {
    Set(rules.rules.map(\.id) + VerdictID.allCases.map(\.rawValue) + rules.causes.map(\.id))
      .sorted()
  }

  /// The condition of a rule, or of a part of one, as a list with one line an item.
  public static func lines(of condition: Condition) -> [String] {
    ConditionWords.lines(of: condition)
  }

  /// The explanation of a cause.
  func text(for cause: CauseDefinition) -> String {
    var text =
      "### \(cause.id)\n\n**\(cause.title).** \(cause.explains)\n\nFix: \(cause.fix.summary)\n"
    if !cause.fix.steps.isEmpty { text += "\n" }
    for step in cause.fix.steps { text += "- \(step)\n" }
    if !cause.fix.commands.isEmpty {
      text += "\n```\n\(cause.fix.commands.joined(separator: "\n"))\n```\n"
    }
    return text
  }

  private static let unknownCause = """
    ### unknown

    **None of the causes that a rule names.** Each rule with causes leaves this share for what it \
    does not know; evidence for the named causes makes it smaller.

    """

  private static let severalNodes = """
    ### several-nodes

    **The lines of several nodes are mixed in the log** (a finding, severity warning)

    No rule: the program finds it before any rule is asked, by what stands before each line. Each node \
    is judged by itself, and the verdict of the report is that of the node that is worst off. The \
    lines of each node in a file of its own show the others in full.

    """

  private func page(about cause: CauseDefinition) -> String {
    var text = text(for: cause)
    if !cause.references.isEmpty {
      text += "\nReferences: \(cause.references.joined(separator: "; "))\n"
    }
    let naming = rules.rules.filter { $0.causes.contains { $0.id == cause.id } }
    return text + list(naming, "Rules that name this cause")
  }

  /// Nil where the rule of the same id says it all.
  private func page(about verdict: VerdictID) -> String? {
    let concluding = rules.rules.filter { $0.verdict == verdict }
    let others = concluding.filter { $0.id != verdict.rawValue }
    if others.isEmpty, !concluding.isEmpty { return nil }
    let text =
      "### \(verdict.rawValue)\n\nThe verdict, severity \(verdict.severity.rawValue): "
      + "\(verdict.explains).\n"
    if let only = others.first, concluding.count == 1 {
      return text + "\nOne rule concludes it:\n\n" + self.text(for: only)
    }
    return text
      + (concluding.isEmpty
        ? "\nNo rule concludes it: it stands where no rule can.\n"
        : list(concluding, "Rules that conclude it"))
  }

  private func list(_ rules: [Rule], _ title: String) -> String {
    guard !rules.isEmpty else { return "" }
    return "\n\(title):\n\n" + rules.map { "- `\($0.id)`: \($0.title)\n" }.joined()
  }

  /// The explanation of a rule.
  public func text(for rule: Rule) -> String {
    var text = "### \(rule.id)\n\n"
    let severity = rule.severity ?? rule.verdict?.severity ?? .info
    let answer = rule.verdict.map { "verdict `\($0.rawValue)`" } ?? "a finding"
    text += "**\(rule.title)** (\(answer), severity \(severity.rawValue))\n\n\(rule.why)\n"
    if let summary = rule.summary { text += "\nThe report says: \(summary)\n" }
    text += "\nHolds when:\n\n\(ConditionWords.lines(of: rule.when).joined(separator: "\n"))\n"
    if let unless = rule.unless {
      text += "\nUnless:\n\n\(ConditionWords.lines(of: unless).joined(separator: "\n"))\n"
    }
    text += confidence(of: rule) + causes(of: rule)
    if !rule.settledBy.isEmpty {
      text += "\nWhat would settle it:\n\n"
      for hint in rule.settledBy { text += "- \(hint.says)\n" }
    }
    if !rule.references.isEmpty {
      text += "\nReferences: \(rule.references.joined(separator: "; "))\n"
    }
    if !rule.examples.fires.isEmpty {
      text += "\nFires in: \(rule.examples.fires.joined(separator: ", ")). "
      text += "Stays silent in: \(rule.examples.silent.joined(separator: ", ")).\n"
    }
    return text
  }

  private func confidence(of rule: Rule) -> String {
    var text = "\nConfidence \(Self.percent(rule.confidence))"
    for witness in rule.witnesses {
      text += "; a witness of \(Self.percent(witness.strength)): \(witness.says)"
    }
    for limit in rule.limits {
      text += "; at most \(Self.percent(limit.atMost)) where \(limit.says)"
    }
    return text + ".\n"
  }

  private func causes(of rule: Rule) -> String {
    guard !rule.causes.isEmpty else { return "" }
    var text = "\nCauses:\n\n"
    for candidate in rule.causes {
      let cause = rules.cause(candidate.id)
      let priors = candidate.priors.map { prior in
        Self.percent(prior.value)
          + (prior.when.map { " if \(ConditionWords.sentence(of: $0))" } ?? "")
      }
      text += "- `\(candidate.id)`: \(cause?.title ?? candidate.id). "
      text += "Prior \(priors.joined(separator: ", else ")).\n"
      for evidence in candidate.evidence {
        text += "  - \(Self.words(evidence.weight)): \(evidence.says)\n"
      }
      if let fix = cause?.fix { text += "  - Fix: \(fix.summary)\n" }
    }
    return text + "- `unknown`: none of these. Prior \(Self.percent(rule.unknownPrior)).\n"
  }

  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  private static func words(_ weight: CauseEvidence.Weight) -> String {
    switch weight {
    case .decides: "decides"
    case .refutes: "refutes"
    case .bits(let bits): (bits < 0 ? "" : "+") + NodeReader.spelled(bits)
    }
  }
}
