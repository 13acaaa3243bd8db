import Diagnosis

/// The grammar of rule files: the one table behind the check of keys, the JSON Schema and the
/// documentation.
enum Grammar {
  /// All maps.
  static let forms: [FormName: MapForm] = Dictionary(
    uniqueKeysWithValues: FormName.allCases.map { ($0, form($0)) })

  static let severities = Severity.allCases.map(\.rawValue)
  static let verdicts = VerdictID.allCases.map(\.rawValue)
  /// The keys of a condition that name an item.
  static let itemKinds = ItemKind.allCases.map(\.rawValue)

  private static let probability = ValueForm.number(minimum: 0, maximum: 1)

  private static func form(_ name: FormName) -> MapForm {
    switch name {
    case .rule: ruleForm
    case .witness:
      MapForm(
        name: name, explains: "a further independent witness",
        keys: [
          KeyForm("when", .map(.condition), .required, "when it speaks"),
          KeyForm("strength", probability, .required, "how much it weighs, 0 to 1"),
          KeyForm("says", .text, .required, "what it says"),
        ])
    case .limit:
      MapForm(
        name: name, explains: "a cap on the confidence",
        keys: [
          KeyForm("when", .map(.condition), .required, "when it applies"),
          KeyForm("at_most", probability, .required, "the cap, 0 to 1"),
          KeyForm("says", .text, .required, "why"),
        ])
    case .severityCase:
      MapForm(
        name: name, explains: "another severity under a condition",
        keys: [
          KeyForm("when", .map(.condition), .required, "when it applies"),
          KeyForm("severity", .choice(severities), .required, "the severity then"),
        ])
    case .causeCandidate:
      MapForm(
        name: name, explains: "a cause that competes",
        keys: [
          KeyForm("id", .text, .required, "its id in causes.yaml"),
          KeyForm(
            "prior", .either([probability, .list(.map(.prior))]), .required,
            "how likely it is before any evidence; of a list the first that holds"),
          KeyForm("evidence", .list(.map(.evidence)), "what moves it"),
        ])
    case .prior:
      MapForm(
        name: name, explains: "a prior under a condition",
        keys: [
          KeyForm("when", .map(.condition), "when it applies; always without it"),
          KeyForm("prior", probability, .required, "the prior"),
        ])
    case .evidence:
      MapForm(
        name: name, explains: "something that makes a cause more or less likely",
        keys: [
          KeyForm("when", .map(.condition), .required, "when it holds"),
          KeyForm(
            "weight",
            .either([.number(minimum: -10, maximum: 10), .choice(["decides", "refutes"])]),
            .required,
            "powers of two (+2: four times as likely), `decides` (30 times) or `refutes` (a 30th)"),
          KeyForm("says", .text, .required, "what it says"),
        ])
    case .hint:
      MapForm(
        name: name, explains: "what would settle what is open",
        keys: [
          KeyForm("when", .map(.condition), "when it is worth saying"),
          KeyForm("says", .text, .required, "what to capture or to run"),
        ])
    case .examples:
      MapForm(
        name: name, explains: "samples that prove the rule, by folder name",
        keys: [
          KeyForm("fires", .list(.text), .required, "it holds in these"),
          KeyForm("silent", .list(.text), .required, "it does not hold in these look-alikes"),
        ])
    case .condition: conditionForm
    case .step:
      MapForm(
        name: name, explains: "one item of a sequence",
        keys: itemKeys + stepKeys + [
          KeyForm("within_boots", .whole, "at most so many boots after the step before"),
          KeyForm("same_boot", .flag, "in the boot of the step before"),
          KeyForm("next_boot", .flag, "in the boot right after that of the step before"),
        ], needsAKey: true)
    case .count:
      MapForm(
        name: name, explains: "so many items",
        keys: [
          KeyForm("of", .map(.step), .required, "what is counted: one item"),
          KeyForm("at_least", .whole, "not fewer"),
          KeyForm("at_most", .whole, "not more"),
          KeyForm(
            "consecutive_boots", .flag, "in boots that follow one another; a boot counts once"),
          KeyForm("same", .text, "the attribute that the counted items share"),
          KeyForm("as", .text, "the name of the last one for `{name.attribute}`"),
          KeyForm("says", .text, "why their lines are evidence"),
        ])
    case .bounds:
      MapForm(
        name: name, explains: "a comparison",
        keys: [
          KeyForm("not", .text, "not this"),
          KeyForm("known", .flag, "whether there is a value at all"),
          KeyForm("at_least", .number(minimum: nil, maximum: nil), "not less"),
          KeyForm("at_most", .number(minimum: nil, maximum: nil), "not more"),
          KeyForm("above", .number(minimum: nil, maximum: nil), "more"),
          KeyForm("below", .number(minimum: nil, maximum: nil), "less"),
        ], needsAKey: true)
    case .boot: itemForm(.boot, "a boot")
    case .crash: itemForm(.crash, "a crash")
    case .update: itemForm(.update, "an update over the air")
    case .notice: itemForm(.notice, "a line with a meaning of its own")
    case .log:
      MapForm(
        name: name, explains: "a line of the application",
        keys: [
          KeyForm("tag", .text, "the log tag, exactly"),
          KeyForm(
            "message", .either([.text, .list(.text)]), .required,
            "a literal that stands anywhere in the message, or with `*` a glob over all of it"),
        ] + attributeKeys(Attribute.all(of: .log)))
    case .node: itemForm(.node, "what was seen of the node over HTTP")
    case .context:
      MapForm(
        name: name, explains: "what is known from outside the log",
        keys: [
          KeyForm(
            "rollback",
            .either([.choice(["on", "off", "unknown"]), .list(.choice(["on", "off", "unknown"]))]),
            "whether bootloader and app go back by themselves"),
          KeyForm("expects_update", .flag, "an update was sent"),
          KeyForm("sdkconfig", .anyKey(.attribute(.text)), "options of the sdkconfig"),
        ], needsAKey: true)
    case .capture:
      MapForm(
        name: name, explains: "what the log covers",
        keys: attributeKeys(CaptureAttribute.allCases.map(Attribute.capture)), needsAKey: true)
    case .causeDefinition:
      MapForm(
        name: name, explains: "a cause",
        keys: [
          KeyForm("id", .text, .required, "its public name, snake_case"),
          KeyForm("title", .text, .required, "one line for a person"),
          KeyForm("explains", .text, .required, "a paragraph: what happens in the chip"),
          KeyForm("fix", .map(.fix), .required, "what to do"),
          KeyForm("references", .list(.text), "where the facts come from"),
        ])
    case .fix:
      MapForm(
        name: name, explains: "what to do",
        keys: [
          KeyForm("summary", .text, .required, "one line"),
          KeyForm(
            "steps", .list(.either([.text, .map(.fixStep)])), "what to do, one thing a step"),
          KeyForm("commands", .list(.text), "commands or settings to copy"),
        ])
    case .fixStep:
      MapForm(
        name: name, explains: "a step and how to see that it worked",
        keys: [
          KeyForm("do", .text, .required, "what to do"),
          KeyForm("check", .text, .required, "how to see that it worked"),
        ])
    }
  }

  private static let ruleForm = MapForm(
    name: .rule, explains: "a rule",
    keys: [
      KeyForm("id", .text, .required, "its name, kebab-case; the file bears the same"),
      KeyForm("verdict", .choice(verdicts), "the answer it gives; without one it gives a finding"),
      KeyForm("severity", .choice(severities), "how bad it is; a finding needs one"),
      KeyForm("title", .text, .required, "one line for a person; may hold `{…}`"),
      KeyForm("summary", .text, "one paragraph for a person; may hold `{…}`; else `why` is used"),
      KeyForm("why", .text, .required, "what it looks for, and why that means what it says"),
      KeyForm("when", .map(.condition), .required, "what must hold"),
      KeyForm("unless", .map(.condition), "what must not hold besides"),
      KeyForm("confidence", probability, "the strength of the match itself; 0.9 without it"),
      KeyForm("witnesses", .list(.map(.witness)), "further independent witnesses"),
      KeyForm("limits", .list(.map(.limit)), "caps on the confidence"),
      KeyForm("severities", .list(.map(.severityCase)), "other severities; the first that holds"),
      KeyForm("causes", .list(.map(.causeCandidate)), "the causes that compete"),
      KeyForm("causes_from", .text, "the id of a rule whose causes it shares, instead of 'causes'"),
      KeyForm("unknown_prior", probability, "the prior of none of these; 0.10 without it"),
      KeyForm(
        "settled_by", .list(.either([.text, .map(.hint)])), "what would settle what is open"),
      KeyForm("references", .list(.text), "where the facts come from"),
      KeyForm("examples", .map(.examples), "samples that prove it; a built-in rule needs them"),
    ])

  private static let conditionForm = MapForm(
    name: .condition, explains: "a condition",
    keys: itemKeys + stepKeys + [
      KeyForm("sequence", .list(.map(.step)), "such items in this order, anything else between"),
      KeyForm(
        "without", .list(.map(.step)),
        "no such item between the first and the last of the sequence (no sequence: anywhere)"),
      KeyForm("last_boot", .map(.boot), "the last boot of the log matches"),
      KeyForm("first_boot", .map(.boot), "the first boot of the log matches"),
      KeyForm("count", .map(.count), "so many items"),
      KeyForm("any", .list(.map(.condition)), "one of these"),
      KeyForm("all", .list(.map(.condition)), "all of these"),
      KeyForm("not", .map(.condition), "not this; nothing inside binds a name"),
      KeyForm("context", .map(.context), "what is known from outside the log"),
      KeyForm("capture", .map(.capture), "what the log covers"),
    ], needsAKey: true)

  private static let itemKeys = [
    KeyForm("boot", .map(.boot), "a boot"),
    KeyForm("crash", .map(.crash), "a crash"),
    KeyForm("update", .map(.update), "an update"),
    KeyForm("notice", .map(.notice), "a notice"),
    KeyForm("log", .map(.log), "a line of the application"),
    KeyForm("node", .map(.node), "what was seen of the node over HTTP"),
  ]

  private static let stepKeys = [
    KeyForm("says", .text, "why its line is evidence; may hold `{…}`"),
    KeyForm("as", .text, "its name for `{name.attribute}`; else its kind"),
    KeyForm("is", .text, "it must be the very item that this name stands for"),
  ]

  private static func itemForm(_ kind: ItemKind, _ explains: String) -> MapForm {
    MapForm(
      name: FormName(rawValue: kind.rawValue) ?? .boot, explains: explains,
      keys: attributeKeys(Attribute.all(of: kind)))
  }

  private static func attributeKeys(_ attributes: [Attribute]) -> [KeyForm] {
    attributes.map { attribute in
      KeyForm(attribute.name, .attribute(attributeForm(attribute.type)), attribute.explains)
    }
  }

  static func attributeForm(_ type: AttributeType) -> AttributeForm {
    switch type {
    case .text: .text
    case .choice(let words): .choice(words)
    case .number, .address: .number
    case .flag: .flag
    }
  }
}

extension KeyForm {
  fileprivate init(_ name: String, _ value: ValueForm, _ explains: String) {
    self.init(name, value, .optional, explains)
  }
}
