import Diagnosis

/// `rules/README.md`: verdicts, rules, causes, and the grammar for authors.
struct RuleCatalogue {
  let rules: RuleSet

  var text: String {
    var text =
      "# Rules\n\nThis file is made by `esptriage-dev generate` from the rules beside it.\n\n"
    text += AuthorsGuide.text + "\n" + grammar + verdicts
    for family in RuleFamily.allCases {
      let members = rules.rules.filter { $0.family == family }
      guard !members.isEmpty else { continue }
      text += "\n## \(family.explains)\n"
      let explanation = RuleExplanation(rules: rules)
      for rule in members { text += "\n\(explanation.text(for: rule))" }
    }
    return text + causes
  }

  private var verdicts: String {
    var text = "\n## Verdicts\n\n| verdict | severity | means | rules |\n|---|---|---|---|\n"
    for verdict in VerdictID.allCases {
      let ids = rules.rules.filter { $0.verdict == verdict }.map(\.id).joined(separator: ", ")
      text +=
        "| `\(verdict.rawValue)` | \(verdict.severity.rawValue) | \(verdict.explains) | \(ids) |\n"
    }
    return text
  }

  private var grammar: String {
    var text = "## The grammar\n\nEvery map, with its keys. Required keys are bold.\n"
    for name in FormName.allCases {
      guard let form = Grammar.forms[name] else { continue }
      text +=
        "\n### `\(name.rawValue)`: \(form.explains)\n\n| key | value | meaning |\n|---|---|---|\n"
      for key in form.keys {
        let word = key.presence == .required ? "**`\(key.name)`**" : "`\(key.name)`"
        text += "| \(word) | \(Self.words(of: key.value)) | \(key.explains) |\n"
      }
    }
    return text
  }

  private var causes: String {
    var text = "\n## Causes\n"
    let explanation = RuleExplanation(rules: rules)
    for cause in rules.causes { text += "\n" + explanation.text(for: cause) }
    return text
  }

  private static func words(of form: ValueForm) -> String {
    switch form {
    case .text: "text"
    case .flag: "true, false"
    case .whole: "whole number"
    case .number(let minimum, let maximum):
      if let minimum, let maximum {
        "\(NodeReader.spelled(minimum)) to \(NodeReader.spelled(maximum))"
      } else {
        "number"
      }
    case .choice(let words): words.count > 8 ? "one of the list" : words.joined(separator: ", ")
    case .list(let entry): "list of \(words(of: entry))"
    case .map(let name): "`\(name.rawValue)`"
    case .anyKey(let value): "map of \(words(of: value))"
    case .either(let forms): forms.map { words(of: $0) }.joined(separator: ", or ")
    case .attribute(.text): "text"
    case .attribute(.number): "number"
    case .attribute(.flag): "true, false"
    case .attribute(.choice(let words)): words.joined(separator: ", ")
    }
  }
}
