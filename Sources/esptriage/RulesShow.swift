import ArgumentParser
import Diagnosis
import RuleFiles

/// `esptriage rules show`
struct RulesShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows the data of a rule: what it concludes, conditions, causes, examples.")

  @Argument(help: ArgumentHelp("The rule's id.", valueName: "rule"))
  var id: String

  @OptionGroup var options: RuleOptions

  func run() throws {
    let library = try options.library()
    let rule = try library.rule(id)
    var lines = [
      ("id", rule.id), ("family", rule.family.rawValue),
      ("verdict", rule.verdict?.rawValue ?? "none: a finding"),
    ]
    if let severity = rule.severity { lines.append(("severity", severity.rawValue)) }
    lines += [("title", rule.title), ("why", rule.why)]
    lines += Self.condition("when", rule.when)
    if let unless = rule.unless { lines += Self.condition("unless", unless) }
    lines.append(("confidence", "\(rule.confidence)"))
    for witness in rule.witnesses {
      lines.append(("witness", "\(witness.strength) \(witness.says)"))
      lines += Self.condition("  when", witness.when)
    }
    for limit in rule.limits {
      lines.append(("limit", "\(limit.atMost) \(limit.says)"))
      lines += Self.condition("  when", limit.when)
    }
    for other in rule.severities {
      lines.append(("severity", "\(other.severity.rawValue) if"))
      lines += Self.condition("  when", other.when)
    }
    for cause in rule.causes {
      let priors = cause.priors.map { "\($0.value)" }.joined(separator: " or ")
      let title = library.rules.cause(cause.id).map { ": \($0.title)" } ?? ""
      lines.append(("cause", "\(cause.id) from \(priors)\(title)"))
      for evidence in cause.evidence {
        lines.append(("  evidence", "\(Self.words(evidence.weight)) \(evidence.says)"))
        lines += Self.condition("    when", evidence.when)
      }
    }
    lines += rule.settledBy.map { ("settled by", $0.says) }
    lines += rule.references.map { ("reference", $0) }
    lines += rule.examples.fires.map { ("fires in", $0) }
    lines += rule.examples.silent.map { ("silent in", $0) }
    var output = StandardOutput()
    let text = PlainText(columns: Terminal.columns)
    for (name, value) in lines { try output.write(text.row(name, value, width: 12)) }
    try output.flush()
  }

  /// A condition in lines; only the first bears the name.
  private static func condition(_ name: String, _ condition: Condition) -> [(String, String)] {
    RuleExplanation.lines(of: condition).enumerated().map { index, line in
      (index == 0 ? name : "", line)
    }
  }

  private static func words(_ weight: CauseEvidence.Weight) -> String {
    switch weight {
    case .bits(let bits): (bits < 0 ? "" : "+") + "\(bits)"
    case .decides: "decides"
    case .refutes: "refutes"
    }
  }
}
