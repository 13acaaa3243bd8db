import Diagnosis

/// Turns the YAML of one rule into a `Rule`.
struct RuleDecoder {
  var reader: NodeReader
  var scope = NameScope()
  /// Causes that rules may name, and where this rule names which.
  private(set) var namedCauses: [(id: String, node: Node)] = []
  /// Where the id stands, for doubles across files.
  private(set) var idNode: Node?
  /// Where the rule names another one whose causes it shares.
  private(set) var lenderNode: Node?

  /// What the file's place demands.
  struct Demands {
    /// The family of the folder.
    var family: RuleFamily
    /// The file's name without `.yaml`.
    var fileName: String
    /// Whether examples must be given.
    var examples: Examples

    enum Examples { case required, optional }
  }

  init(file: String) { reader = NodeReader(file: file) }

  /// The rule, or nil if too much is wrong; `reader.problems` has the reasons.
  mutating func rule(from node: Node, demands: Demands) -> Rule? {
    guard let fields = reader.fields(of: node, as: .rule) else { return nil }
    let id = identifier(fields, fileName: demands.fileName)
    let verdict = reader.choice(
      fields["verdict"], of: "verdict", among: Grammar.verdicts,
      list: "'esptriage rules list' names the verdicts"
    ).flatMap(VerdictID.init(rawValue:))
    let severity = self.severity(fields["severity"])
    if fields["verdict"] == nil, fields["severity"] == nil {
      reader.report("a rule without a verdict is a finding and needs a 'severity'", at: node)
    }
    // Conditions first: the texts may only speak of what they bind.
    let when = fields["when"].flatMap { condition($0) }
    let unless = scoped(fields["unless"]) { $0.condition($1) }
    let title = interpolated(fields["title"], of: "title")
    let summary = interpolated(fields["summary"], of: "summary")
    let why = reader.text(fields["why"], of: "why")
    guard let id, let title, let why, let when else { return finish(nil) }

    var rule = Rule(
      id: id, family: demands.family, verdict: verdict, severity: severity, title: title,
      why: why, when: when,
      confidence: probability(fields["confidence"], of: "confidence") ?? 0.9)
    rule.summary = summary
    rule.unless = unless
    rule.witnesses = witnesses(fields["witnesses"])
    rule.limits = limits(fields["limits"])
    rule.severities = severities(fields["severities"])
    rule.causes = causes(fields["causes"])
    rule.causesFrom = reader.text(fields["causes_from"], of: "causes_from")
    lenderNode = fields["causes_from"]
    if let node = lenderNode, fields["causes"] != nil || fields["unknown_prior"] != nil {
      reader.report("'causes_from' stands instead of 'causes' and 'unknown_prior'", at: node)
    }
    rule.unknownPrior = probability(fields["unknown_prior"], of: "unknown_prior") ?? 0.10
    rule.settledBy = hints(fields["settled_by"])
    rule.references = reader.texts(fields["references"], of: "references")
    rule.examples = examples(fields["examples"], demands: demands.examples, of: node)
    return finish(rule)
  }

  private mutating func finish(_ rule: Rule?) -> Rule? {
    checkPendingTexts()
    for (name, binding) in scope.names where !binding.isUsed {
      reportUnused(name, binding)
    }
    return rule
  }

  mutating func reportUnused(_ name: String, _ binding: NameScope.Binding) {
    reader.report(
      "'$\(name)' is bound here and never used again", at: binding.node,
      suggestion: "use `known` if any value will do")
  }

  private mutating func identifier(_ fields: Fields, fileName: String) -> String? {
    idNode = fields["id"]
    guard let node = fields["id"], let id = reader.text(node, of: "id") else { return nil }
    let isKebab = id.utf8.allSatisfy { byte in
      (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    }
    if !isKebab {
      reader.report("id '\(id)' must be lower-case letters, digits and dashes", at: node)
    } else if id != fileName {
      reader.report(
        "id '\(id)' does not match the file name '\(fileName).yaml'", at: node,
        suggestion: "name the file '\(id).yaml'")
    }
    return id
  }

  mutating func severity(_ node: Node?) -> Severity? {
    reader.choice(node, of: "severity", among: Grammar.severities).flatMap(Severity.init(rawValue:))
  }

  mutating func probability(_ node: Node?, of what: String) -> Double? {
    reader.number(node, of: what, minimum: 0, maximum: 1)
  }

  private mutating func examples(
    _ node: Node?, demands: Demands.Examples, of rule: Node
  ) -> Rule.Examples {
    guard let node else {
      if demands == .required {
        reader.report("the rule lacks 'examples' (samples that prove it)", at: rule)
      }
      return Rule.Examples()
    }
    guard let fields = reader.fields(of: node, as: .examples) else { return Rule.Examples() }
    let examples = Rule.Examples(
      fires: reader.texts(fields["fires"], of: "fires"),
      silent: reader.texts(fields["silent"], of: "silent"))
    if demands == .required {
      if examples.fires.isEmpty, let place = fields["fires"] {
        reader.report("'fires' needs at least one sample", at: place)
      }
      if examples.silent.isEmpty, let place = fields["silent"] {
        reader.report("'silent' needs at least one look-alike", at: place)
      }
    }
    return examples
  }

  mutating func note(cause id: String, at node: Node) { namedCauses.append((id, node)) }
}
