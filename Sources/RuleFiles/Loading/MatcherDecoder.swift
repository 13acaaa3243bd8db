import DeviceEvents
import Diagnosis

/// Matchers of items and attributes.
extension RuleDecoder {
  /// Whether a new `$name` may be bound at a place.
  enum Binding { case allowed, refused }

  /// What an item looks like.
  mutating func matcher(_ field: Fields.Field, binding: Binding) -> ItemMatcher? {
    guard let kind = ItemKind(rawValue: field.form.name),
      let form = FormName(rawValue: field.form.name),
      let fields = reader.fields(of: field.value, as: form)
    else { return nil }
    let tests = attributeTests(fields, of: kind, binding: binding)
    guard kind == .log else { return ItemMatcher(kind, tests) }
    let tag = reader.text(fields["tag"], of: "tag")
    let messages =
      fields["message"]?.sequence == nil
      ? [reader.text(fields["message"], of: "message")].compactMap(\.self)
      : reader.texts(fields["message"], of: "message")
    let patterns = messages.map { LinePattern(tag: tag, message: $0) }
    return ItemMatcher(kind, tests, patterns: patterns)
  }

  mutating func attributeTests(
    _ fields: Fields, of kind: ItemKind, binding: Binding
  ) -> [AttributeTest] {
    var tests: [AttributeTest] = []
    for field in fields.values {
      guard let attribute = Attribute.named(field.form.name, of: kind) else { continue }
      tests += knownBesides(field.value, of: attribute)
      let matcher = valueMatcher(
        field.value, of: attribute.name, as: attribute.type, binding: binding)
      if let matcher { tests.append(AttributeTest(attribute, matcher)) }
    }
    return tests
  }

  /// `{ known: true, not: x }` asks for a value, and for another one than x: two tests.
  private mutating func knownBesides(_ node: Node, of attribute: Attribute) -> [AttributeTest] {
    guard let mapping = node.mapping, mapping.entries.count > 1, let known = mapping["known"],
      reader.flag(known, of: "known") == true
    else { return [] }
    return [AttributeTest(attribute, .known(true))]
  }

  mutating func captureTests(_ fields: Fields) -> [AttributeTest] {
    var tests: [AttributeTest] = []
    for field in fields.values {
      guard let attribute = CaptureAttribute(rawValue: field.form.name) else { continue }
      let matcher = valueMatcher(
        field.value, of: field.form.name, as: attribute.type, binding: .refused)
      if let matcher { tests.append(AttributeTest(.capture(attribute), matcher)) }
    }
    return tests
  }

  /// What a value must be.
  mutating func valueMatcher(
    _ node: Node, of name: String, as type: AttributeType, binding: Binding
  ) -> ValueMatcher? {
    switch node.content {
    case .sequence(let sequence):
      let matchers = sequence.compactMap { entry in
        valueMatcher(entry, of: name, as: type, binding: .refused)
      }
      if sequence.isEmpty { reader.report("'\(name)' needs at least one value", at: node) }
      return .anyOf(matchers)
    case .mapping: return comparison(node, of: name, as: type)
    case .scalar(let scalar):
      return literal(scalar.string, node, of: name, as: type, binding: binding)
    }
  }

  private mutating func comparison(
    _ node: Node, of name: String, as type: AttributeType
  ) -> ValueMatcher? {
    guard let fields = reader.fields(of: node, as: .bounds) else { return nil }
    if fields.values.count > 1, fields["not"] != nil,
      fields.values.count > 2 || reader.flag(fields["known"], of: "known") != true
    {
      reader.report("'not' stands alone, or beside 'known: true'", at: node)
    }
    if let inner = fields["not"] {
      return valueMatcher(inner, of: name, as: type, binding: .refused).map(ValueMatcher.not)
    }
    if fields.values.count == 1, let known = reader.flag(fields["known"], of: "known") {
      return .known(known)
    }
    switch type {
    case .number, .address: break
    case .text, .choice, .flag:
      reader.report("'\(name)' is no number and cannot be compared", at: node)
      return nil
    }
    return .range(
      NumberRange(
        atLeast: reader.number(fields["at_least"], of: "at_least"),
        atMost: reader.number(fields["at_most"], of: "at_most"),
        above: reader.number(fields["above"], of: "above"),
        below: reader.number(fields["below"], of: "below")))
  }

  private mutating func literal(
    _ word: String, _ node: Node, of name: String, as type: AttributeType, binding: Binding
  ) -> ValueMatcher? {
    if word == "known" { return .known(true) }
    if word.hasPrefix("$") { return reference(String(word.dropFirst()), node, binding: binding) }
    switch type {
    case .text:
      guard reader.text(node, of: name) != nil else { return nil }
      return word.contains("*") ? .glob(word) : .equals(.text(word))
    case .choice(let words):
      if word.contains("*") { return .glob(word) }
      return reader.choice(node, of: name, among: words).map { .equals(.text($0)) }
    case .number, .address:
      return reader.number(node, of: name).map { .equals(.number($0)) }
    case .flag: return reader.flag(node, of: name).map { .equals(.flag($0)) }
    }
  }

  private mutating func reference(
    _ name: String, _ node: Node, binding: Binding
  ) -> ValueMatcher? {
    guard !name.isEmpty else {
      reader.report("'$' needs a name behind it", at: node)
      return nil
    }
    if scope.names[name] != nil {
      scope.use(name)
      return .name(name)
    }
    guard binding == .allowed else {
      reader.report(
        "'$\(name)' is not bound here", at: node,
        suggestion: Spelling.suggestion(for: name, among: scope.names.keys.sorted())
          ?? "bind it in an item that comes before")
      return nil
    }
    scope.names[name] = NameScope.Binding(node: node, isUsed: false)
    return .name(name)
  }
}
