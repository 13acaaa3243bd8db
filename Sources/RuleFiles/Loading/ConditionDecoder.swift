import DeviceEvents
import Diagnosis

/// Conditions and items.
extension RuleDecoder {
  /// A condition; what it binds is bound afterwards.
  mutating func condition(_ node: Node) -> Condition? {
    guard let fields = reader.fields(of: node, as: .condition) else { return nil }
    var parts: [Condition] = []
    let items = fields.values.filter { Grammar.itemKinds.contains($0.form.name) }
    if items.count != 1 {
      for key in ["says", "as", "is"] {
        guard let place = fields.key(key) else { continue }
        reader.report("'\(key)' needs exactly one item beside it", at: place)
      }
    }
    for field in fields.values {
      let part = self.part(field, of: fields, isOnlyItem: items.count == 1)
      if let part { parts.append(part) }
    }
    if parts.count <= 1 { return parts.first }
    return .all(parts)
  }

  private mutating func part(
    _ field: Fields.Field, of fields: Fields, isOnlyItem: Bool
  ) -> Condition? {
    let value = field.value
    switch field.form.name {
    case "boot", "crash", "update", "notice", "log", "node":
      let words = isOnlyItem ? fields : Fields(node: fields.node)
      return item(field, words: words).map(Condition.exists)
    case "sequence": return sequence(value, without: fields["without"])
    case "without":
      // Belongs to the sequence of the same map, if there is one.
      guard fields["sequence"] == nil else { return nil }
      return .without(absentItems(value))
    case "last_boot": return edgeBoot(value).map(Condition.lastBoot)
    case "first_boot": return edgeBoot(value).map(Condition.firstBoot)
    case "count": return count(value)
    case "any": return alternatives(value)
    case "all":
      var all: [Condition] = []
      for entry in reader.list(value, of: "all") ?? [] {
        if let part = condition(entry) { all.append(part) }
      }
      return .all(all)
    case "not": return scoped(value) { $0.condition($1) }.map(Condition.not)
    case "context": return context(value)
    case "capture":
      return reader.fields(of: value, as: .capture).map { .capture(captureTests($0)) }
    default: return nil
    }
  }

  private mutating func alternatives(_ node: Node) -> Condition? {
    var conditions: [Condition] = []
    let outer = scope
    var merged = scope
    for entry in reader.list(node, of: "any") ?? [] {
      scope = outer
      scope.pendingTexts = merged.pendingTexts
      if let part = condition(entry) { conditions.append(part) }
      merged.merge(scope)
    }
    scope = merged
    if node.sequence?.isEmpty ?? false {
      reader.report("'any' needs at least one condition", at: node)
    }
    return .any(conditions)
  }

  private mutating func sequence(_ node: Node, without: Node?) -> Condition? {
    var steps: [Step] = []
    for (place, entry) in (reader.list(node, of: "sequence") ?? []).enumerated() {
      if let step = step(entry, isFirst: place == 0) { steps.append(step) }
    }
    if node.sequence?.isEmpty ?? false {
      reader.report("'sequence' needs at least one item", at: node)
    }
    return .sequence(steps, without: without.map { absentItems($0) } ?? [])
  }

  private mutating func step(_ node: Node, isFirst: Bool) -> Step? {
    guard let fields = reader.fields(of: node, as: .step),
      let field = onlyItem(of: fields, at: node)
    else { return nil }
    guard var step = item(field, words: fields) else { return nil }
    step.distance = distance(fields, isFirst: isFirst)
    return step
  }

  private mutating func onlyItem(of fields: Fields, at node: Node) -> Fields.Field? {
    let items = fields.values.filter { Grammar.itemKinds.contains($0.form.name) }
    guard items.count == 1, let item = items.first else {
      reader.report(
        "one item needs exactly one of \(Grammar.itemKinds.joined(separator: ", "))", at: node)
      return nil
    }
    return item
  }

  private mutating func distance(_ fields: Fields, isFirst: Bool) -> Step.Distance {
    let keys = ["within_boots", "same_boot", "next_boot"].filter { fields[$0] != nil }
    if keys.count > 1 {
      reader.report(
        "\(keys.joined(separator: " and ")) exclude each other", at: fields.key(keys[1]))
    }
    if isFirst, let key = keys.first {
      reader.report("'\(key)' needs a step before it", at: fields.key(key))
    }
    if let boots = reader.whole(fields["within_boots"], of: "within_boots") {
      return .withinBoots(boots)
    }
    if reader.flag(fields["same_boot"], of: "same_boot") ?? false { return .sameBoot }
    if reader.flag(fields["next_boot"], of: "next_boot") ?? false { return .nextBoot }
    return .anywhere
  }

  /// An item that binds its names and its alias.
  private mutating func item(_ field: Fields.Field, words: Fields) -> Step? {
    let isItem = reader.text(words["is"], of: "is")
    guard let matcher = matcher(field, binding: .allowed) else { return nil }
    if let isItem, let place = words["is"] {
      if scope.aliases[isItem] == nil {
        reader.report(
          "no item is called '\(isItem)' here", at: place,
          suggestion: Spelling.suggestion(for: isItem, among: scope.aliases.keys.sorted()))
      } else if scope.aliases[isItem] != matcher.kind {
        reader.report("'\(isItem)' is no \(matcher.kind.rawValue)", at: place)
      }
    }
    let alias = reader.text(words["as"], of: "as")
    scope.aliases[alias ?? matcher.kind.rawValue] = matcher.kind
    return Step(
      matcher, says: interpolated(words["says"], of: "says"), alias: alias, isItem: isItem)
  }

  private mutating func edgeBoot(_ node: Node) -> Step? {
    guard let fields = reader.fields(of: node, as: .boot) else { return nil }
    let tests = attributeTests(fields, of: .boot, binding: .allowed)
    scope.aliases["boot"] = .boot
    return Step(ItemMatcher(.boot, tests))
  }

  /// Items of `without`: they use names and bind none.
  private mutating func absentItems(_ node: Node) -> [ItemMatcher] {
    var matchers: [ItemMatcher] = []
    for entry in reader.list(node, of: "without") ?? [] {
      guard let fields = reader.fields(of: entry, as: .step),
        let field = onlyItem(of: fields, at: entry)
      else { continue }
      refuseStepKeys(of: fields, in: "without")
      if let matcher = matcher(field, binding: .refused) { matchers.append(matcher) }
    }
    return matchers
  }

  private mutating func refuseStepKeys(of fields: Fields, in what: String) {
    for field in fields.values where !Grammar.itemKinds.contains(field.form.name) {
      reader.report("'\(field.form.name)' means nothing in '\(what)'", at: field.key)
    }
  }

  private mutating func count(_ node: Node) -> Condition? {
    guard let fields = reader.fields(of: node, as: .count), let of = fields["of"],
      let counted = reader.fields(of: of, as: .step), let field = onlyItem(of: counted, at: of)
    else { return nil }
    refuseStepKeys(of: counted, in: "of")
    guard let matcher = matcher(field, binding: .refused) else { return nil }
    let atLeast = reader.whole(fields["at_least"], of: "at_least").map(Double.init)
    let atMost = reader.whole(fields["at_most"], of: "at_most").map(Double.init)
    if fields["at_least"] == nil, fields["at_most"] == nil {
      reader.report("'count' needs 'at_least' or 'at_most'", at: node)
    }
    var same: Attribute?
    if let place = fields["same"], let name = reader.text(place, of: "same") {
      same = Attribute.named(name, of: matcher.kind)
      if same == nil {
        let names = Attribute.all(of: matcher.kind).map(\.name)
        reader.report(
          "a \(matcher.kind.rawValue) has no attribute '\(name)'", at: place,
          suggestion: Spelling.suggestion(for: name, among: names))
      }
    }
    let consecutive = reader.flag(fields["consecutive_boots"], of: "consecutive_boots") ?? false
    let alias = reader.text(fields["as"], of: "as")
    scope.aliases[alias ?? matcher.kind.rawValue] = matcher.kind
    scope.hasCount = true
    return .count(
      Count(
        matcher, bounds: NumberRange(atLeast: atLeast, atMost: atMost),
        grouping: consecutive ? .consecutiveBoots : .anywhere, same: same, alias: alias,
        says: interpolated(fields["says"], of: "says")))
  }

  private mutating func context(_ node: Node) -> Condition? {
    guard let fields = reader.fields(of: node, as: .context) else { return nil }
    var matcher = ContextMatcher()
    if let rollback = fields["rollback"] {
      let entries = rollback.sequence ?? [rollback]
      matcher.rollback = entries.compactMap { entry in
        reader.choice(entry, of: "rollback", among: ["on", "off", "unknown"])
          .flatMap(Context.Rollback.init(rawValue:))
      }
    }
    matcher.expectsUpdate = reader.flag(fields["expects_update"], of: "expects_update")
    if let options = fields["sdkconfig"] {
      guard let mapping = options.mapping else {
        reader.report("'sdkconfig' must be a map of CONFIG_… options", at: options)
        return nil
      }
      for (key, value) in mapping.entries {
        guard let name = key.scalar?.string else { continue }
        if !name.hasPrefix("CONFIG_") {
          reader.report(
            "'\(name)' is no option of an sdkconfig", at: key,
            suggestion: "did you mean 'CONFIG_\(name)'?")
        }
        matcher.sdkconfig[name] = valueMatcher(value, of: name, as: .text, binding: .refused)
      }
    }
    return .context(matcher)
  }
}
