import Diagnosis

/// The files that are made from `rules/` and checked in.
public struct GeneratedFiles: Sendable {
  private let rules: RuleSet

  /// The files for these rules.
  public init(rules: RuleSet) { self.rules = rules }

  /// Each file's path, relative to the project's top, with its content.
  public var files: [(path: String, content: String)] {
    var files = RuleFamily.allCases.filter { $0 != .custom }.map { family in
      (Self.sources + "EmbeddedRules+\(family.typeName).swift", swiftFile(of: family))
    }
    files.append((Self.sources + "EmbeddedRules.swift", swiftIndex))
    files.append((Self.sources + "EmbeddedCauses.swift", swiftCauses))
    files.append(("rules/README.md", RuleCatalogue(rules: rules).text))
    files.append(("rules/rule.schema.json", JSONSchema.ruleSchema))
    files.append(("rules/causes.schema.json", JSONSchema.causesSchema))
    return files.map { (path: $0.0, content: $0.1) }
  }

  private static let sources = "Sources/Diagnosis/Generated/"
  private static let header = """
    // swift-format-ignore-file
    // Made from rules/ by `esptriage-dev generate`; change the rules there.

    """

  private func rules(of family: RuleFamily) -> [Rule] { rules.rules.filter { $0.family == family } }

  private func swiftFile(of family: RuleFamily) -> String {
    var text = Self.header + "\nimport DeviceEvents\n\nextension EmbeddedRules {\n"
    let rules = rules(of: family)
    for rule in rules {
      let name = Self.name(rule.id)
      text +=
        "  static let \(name) = prepared(make\(name.prefix(1).uppercased())\(name.dropFirst())())\n"
    }
    for rule in rules {
      let name = Self.name(rule.id)
      text +=
        "\n  private static func make\(name.prefix(1).uppercased())\(name.dropFirst())() -> Rule {\n"
      for line in SwiftWriter.body(of: rule) { text += "    \(line)\n" }
      text += "  }\n"
    }
    return text + "}\n"
  }

  private var swiftIndex: String {
    let tables = rules.tables
    let cases = rules.rules.enumerated().map { "    case \($0): \(Self.name($1.id))" }
    let words = tables.screenWords.map { "0x" + String($0, radix: 16) }
    let ends = tables.screenEnds.map { "\($0)" }
    let patterns = tables.linePatterns.map { SwiftWriter.pattern($0) }
    return Self.header + """

      import DeviceEvents

      /// The rules that are compiled in, by their places in the order of their ids.
      enum EmbeddedRules {
        static let count = \(cases.count)

        static func rule(at place: Int) -> PreparedRule {
          switch place {
      \(cases.joined(separator: "\n"))
          default: preconditionFailure("there are only \(cases.count) rules")
          }
        }

        static let screens = ScreenTable(words: screenWords, ends: screenEnds)

        private static let screenWords: [UInt64] = [
      \(Self.rows(words, of: 8))
        ]

        private static let screenEnds: [Int] = [
      \(Self.rows(ends, of: 24))
        ]

        static let linePatterns: [LinePattern] = [
      \(Self.rows(patterns, of: 1))
        ]
      }

      """
  }

  private static func rows(_ items: [String], of length: Int) -> String {
    stride(from: 0, to: items.count, by: length).map { start in
      "    " + items[start..<min(start + length, items.count)].joined(separator: ", ") + ","
    }.joined(separator: "\n")
  }

  private var swiftCauses: String {
    var text =
      Self.header + "\nextension EmbeddedRules {\n  static let causes: [CauseDefinition] = {\n"
    text += "    var causes: [CauseDefinition] = []\n"
    for cause in rules.causes {
      text += "    causes.append(CauseDefinition(id: \(SwiftWriter.literal(cause.id)), "
      text += "title: \(SwiftWriter.literal(cause.title)), "
      text += "explains: \(SwiftWriter.literal(cause.explains)), "
      text += "fix: Fix(summary: \(SwiftWriter.literal(cause.fix.summary)), "
      text += "steps: \(SwiftWriter.list(cause.fix.steps)), "
      text += "commands: \(SwiftWriter.list(cause.fix.commands))), "
      text += "references: \(SwiftWriter.list(cause.references))))\n"
    }
    return text + "    return causes\n  }()\n}\n"
  }

  /// `new-image-crashed` becomes `newImageCrashedRule`: with the suffix no id is a keyword.
  static func name(_ id: String) -> String {
    let words = id.split(separator: "-")
    let head = words.first.map(String.init) ?? "rule"
    let name = head + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return (name.first?.isNumber ?? false ? "n" : "") + name + "Rule"
  }
}

extension RuleFamily {
  /// The family's name with a capital.
  var typeName: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  /// What its rules are about.
  var explains: String {
    switch self {
    case .ota: "Updates over the air"
    case .image: "App images, bootloader and partition table"
    case .crash: "Crashes"
    case .watchdog: "Watchdogs"
    case .power: "The supply"
    case .flash: "The flash chip"
    case .run: "How the node runs, and what the capture covers"
    case .notes: "Findings besides the verdict"
    case .node: "What is seen of a node over HTTP"
    case .custom: "Rules of the user"
    }
  }
}
