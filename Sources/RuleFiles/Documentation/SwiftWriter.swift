import DeviceEvents
import Diagnosis

/// Writes rules as Swift: one function a rule, one `let` with its type a value, so that the
/// compiler has nothing to infer.
struct SwiftWriter {
  private var lines: [String] = []
  private var counter = 0

  /// The body of a function that returns the rule.
  static func body(of rule: Rule) -> [String] {
    var writer = SwiftWriter()
    writer.write(rule)
    return writer.lines
  }

  private mutating func declare(_ type: String, _ value: String) -> String {
    counter += 1
    lines.append("let v\(counter): \(type) = \(value)")
    return "v\(counter)"
  }

  private mutating func write(_ rule: Rule) {
    let when = condition(rule.when)
    lines.append(
      "var rule = Rule(id: \(Self.literal(rule.id)), family: .\(rule.family.rawValue), "
        + "verdict: \(rule.verdict.map { ".\($0)" } ?? "nil"), "
        + "severity: \(rule.severity.map { ".\($0)" } ?? "nil"), "
        + "title: \(Self.literal(rule.title)), why: \(Self.literal(rule.why)), "
        + "when: \(when), confidence: \(rule.confidence))")
    if let summary = rule.summary { lines.append("rule.summary = \(Self.literal(summary))") }
    if let unless = rule.unless {
      let name = condition(unless)
      lines.append("rule.unless = \(name)")
    }
    append(rule.witnesses, to: "witnesses") { writer, witness in
      let when = writer.condition(witness.when)
      return
        "Witness(when: \(when), strength: \(witness.strength), says: \(Self.literal(witness.says)))"
    }
    append(rule.limits, to: "limits") { writer, limit in
      let when = writer.condition(limit.when)
      return
        "ConfidenceLimit(when: \(when), atMost: \(limit.atMost), says: \(Self.literal(limit.says)))"
    }
    append(rule.severities, to: "severities") { writer, other in
      "SeverityCase(when: \(writer.condition(other.when)), severity: .\(other.severity))"
    }
    append(rule.causes, to: "causes") { writer, cause in writer.cause(cause) }
    if let lender = rule.causesFrom {
      lines.append("rule.causesFrom = \(Self.literal(lender))")
    }
    lines.append("rule.unknownPrior = \(rule.unknownPrior)")
    append(rule.settledBy, to: "settledBy") { writer, hint in
      let when = writer.optional(hint.when)
      return "Hint(when: \(when), says: \(Self.literal(hint.says)))"
    }
    lines.append("rule.references = \(Self.list(rule.references))")
    lines.append(
      "rule.examples = Rule.Examples(fires: \(Self.list(rule.examples.fires)), "
        + "silent: \(Self.list(rule.examples.silent)))")
    lines.append("return rule")
  }

  private mutating func append<Part>(
    _ parts: [Part], to name: String, _ body: (inout SwiftWriter, Part) -> String
  ) {
    for part in parts {
      let value = body(&self, part)
      lines.append("rule.\(name).append(\(value))")
    }
  }

  private mutating func cause(_ cause: CauseCandidate) -> String {
    let priors = cause.priors.map { prior in
      declare(
        "CauseCandidate.Prior",
        "CauseCandidate.Prior(when: \(optional(prior.when)), value: \(prior.value))")
    }
    let evidence = cause.evidence.map { evidence in
      let when = condition(evidence.when)
      let weight =
        switch evidence.weight {
        case .bits(let bits): ".bits(\(bits))"
        case .decides: ".decides"
        case .refutes: ".refutes"
        }
      return declare(
        "CauseEvidence",
        "CauseEvidence(when: \(when), weight: \(weight), says: \(Self.literal(evidence.says)))")
    }
    return
      "CauseCandidate(id: \(Self.literal(cause.id)), priors: [\(priors.joined(separator: ", "))], "
      + "evidence: [\(evidence.joined(separator: ", "))])"
  }

  private mutating func optional(_ condition: Condition?) -> String {
    condition.map { self.condition($0) } ?? "nil"
  }

  private mutating func condition(_ condition: Condition) -> String {
    let value: String
    switch condition {
    case .exists(let step): value = ".exists(\(self.step(step)))"
    case .sequence(let steps, let without):
      let names = steps.map { step($0) }.joined(separator: ", ")
      let absent = without.map { matcher($0) }.joined(separator: ", ")
      value = ".sequence([\(names)], without: [\(absent)])"
    case .without(let matchers):
      value = ".without([\(matchers.map { matcher($0) }.joined(separator: ", "))])"
    case .firstBoot(let step): value = ".firstBoot(\(self.step(step)))"
    case .lastBoot(let step): value = ".lastBoot(\(self.step(step)))"
    case .count(let count): value = ".count(\(self.count(count)))"
    case .any(let parts):
      value = ".any([\(parts.map { self.condition($0) }.joined(separator: ", "))])"
    case .all(let parts):
      value = ".all([\(parts.map { self.condition($0) }.joined(separator: ", "))])"
    case .not(let inner): value = ".not(\(self.condition(inner)))"
    case .context(let matcher): value = ".context(\(context(matcher)))"
    case .capture(let tests):
      value = ".capture([\(tests.map { test($0) }.joined(separator: ", "))])"
    }
    return declare("Condition", value)
  }

  private mutating func step(_ step: Step) -> String {
    let distance =
      switch step.distance {
      case .anywhere: ".anywhere"
      case .sameBoot: ".sameBoot"
      case .nextBoot: ".nextBoot"
      case .withinBoots(let boots): ".withinBoots(\(boots))"
      }
    return declare(
      "Step",
      "Step(\(matcher(step.matcher)), distance: \(distance), says: \(Self.optional(step.says)), "
        + "alias: \(Self.optional(step.alias)), isItem: \(Self.optional(step.isItem)))")
  }

  private mutating func count(_ count: Count) -> String {
    let grouping =
      switch count.grouping {
      case .anywhere: ".anywhere"
      case .consecutiveBoots: ".consecutiveBoots"
      }
    return declare(
      "Count",
      "Count(\(matcher(count.matcher)), bounds: \(Self.range(count.bounds)), "
        + "grouping: \(grouping), same: \(count.same.map(Self.attribute) ?? "nil"), "
        + "alias: \(Self.optional(count.alias)), says: \(Self.optional(count.says)))")
  }

  private mutating func matcher(_ matcher: ItemMatcher) -> String {
    let tests = matcher.tests.map { test($0) }.joined(separator: ", ")
    let patterns = matcher.patterns.map(Self.pattern)
    return declare(
      "ItemMatcher",
      "ItemMatcher(.\(matcher.kind.rawValue), [\(tests)], patterns: [\(patterns.joined(separator: ", "))])"
    )
  }

  private mutating func test(_ test: AttributeTest) -> String {
    declare(
      "AttributeTest",
      "AttributeTest(\(Self.attribute(test.attribute)), \(Self.value(test.matcher)))")
  }

  private mutating func context(_ matcher: ContextMatcher) -> String {
    let rollback = matcher.rollback.map { ".\($0)" }.joined(separator: ", ")
    let options = matcher.sdkconfig.sorted { $0.key < $1.key }
      .map { "\(Self.literal($0.key)): \(Self.value($0.value))" }.joined(separator: ", ")
    return declare(
      "ContextMatcher",
      "ContextMatcher(rollback: [\(rollback)], "
        + "expectsUpdate: \(matcher.expectsUpdate.map { "\($0)" } ?? "nil"), "
        + "sdkconfig: [\(options.isEmpty ? ":" : options)])")
  }

  static func pattern(_ pattern: LinePattern) -> String {
    "LinePattern(tag: \(optional(pattern.tag)), message: \(literal(pattern.message)))"
  }

  private static func attribute(_ attribute: Attribute) -> String {
    switch attribute {
    case .boot(let attribute): "Attribute.boot(.\(attribute))"
    case .crash(let attribute): "Attribute.crash(.\(attribute))"
    case .update(let attribute): "Attribute.update(.\(attribute))"
    case .notice(let attribute): "Attribute.notice(.\(attribute))"
    case .log(let attribute): "Attribute.log(.\(attribute))"
    case .node(let attribute): "Attribute.node(.\(attribute))"
    case .capture(let attribute): "Attribute.capture(.\(attribute))"
    }
  }

  private static func value(_ matcher: ValueMatcher) -> String {
    switch matcher {
    case .equals(.text(let text)): "ValueMatcher.equals(.text(\(literal(text))))"
    case .equals(.number(let number)): "ValueMatcher.equals(.number(\(number)))"
    case .equals(.flag(let flag)): "ValueMatcher.equals(.flag(\(flag)))"
    case .equals(.address(let address)): "ValueMatcher.equals(.address(\(address)))"
    case .glob(let pattern): "ValueMatcher.glob(\(literal(pattern)))"
    case .anyOf(let matchers):
      "ValueMatcher.anyOf([\(matchers.map(value).joined(separator: ", "))])"
    case .not(let inner): "ValueMatcher.not(\(value(inner)))"
    case .range(let range): "ValueMatcher.range(\(Self.range(range)))"
    case .name(let name): "ValueMatcher.name(\(literal(name)))"
    case .known(let known): "ValueMatcher.known(\(known))"
    }
  }

  private static func range(_ range: NumberRange) -> String {
    func bound(_ value: Double?) -> String { value.map { "\($0)" } ?? "nil" }
    return "NumberRange(atLeast: \(bound(range.atLeast)), atMost: \(bound(range.atMost)), "
      + "above: \(bound(range.above)), below: \(bound(range.below)))"
  }

  static func optional(_ text: String?) -> String { text.map(literal) ?? "nil" }

  static func list(_ texts: [String]) -> String {
    "[\(texts.map(literal).joined(separator: ", "))]"
  }

  /// A string literal.
  static func literal(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        quoted += "\\u{\(String(scalar.value, radix: 16))}"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
