/// Whether a value is what a JSON Schema says, for as much of draft 2020-12 as our schemas use.
///
/// A keyword that is not known here ends the program: a judge that overlooks a condition is worse than none.
struct SchemaJudge: Sendable {
  /// A schema, taken apart once.
  private final class Form: Sendable {
    let type: String?
    let constant: StrictJSON.Value?
    let allowed: Set<StrictJSON.Value>?
    let required: [String]
    let members: [String: Form]
    /// What members have to be that are not named; nil where there may be none.
    let otherMembers: Form?
    let isOpen: Bool
    let items: Form?
    let reference: String?
    let minimum: Double?
    let maximum: Double?
    let spelling: Spelling?

    init(_ schema: StrictJSON.Value) {
      guard case .object(let keywords) = schema else { broken("a schema that is no object") }
      let known: Set = [
        "$schema", "$id", "$defs", "title", "description", "type", "const", "enum", "required",
        "properties", "additionalProperties", "items", "$ref", "minimum", "maximum", "pattern",
      ]
      for keyword in keywords where !known.contains(keyword.name) {
        broken("the schema uses \(keyword.name), and nobody looks at that")
      }
      type = schema["type"]?.text
      constant = schema["const"]
      allowed = schema["enum"].map { Set($0.values) }
      required = schema["required"]?.values.compactMap(\.text) ?? []
      members = Dictionary(
        uniqueKeysWithValues: (schema["properties"]?.members ?? []).map {
          ($0.name, Form($0.value))
        })
      let others = schema["additionalProperties"]
      isOpen = others != .truth(false)
      otherMembers = if let others, case .object = others { Form(others) } else { nil }
      items = schema["items"].map(Form.init)
      reference = schema["$ref"]?.text.map { String($0.dropFirst("#/$defs/".count)) }
      minimum = schema["minimum"]?.number
      maximum = schema["maximum"]?.number
      spelling = schema["pattern"]?.text.map(Spelling.init)
    }
  }

  /// The patterns of our schemas: a prefix, and lower-case hexadecimal digits.
  private struct Spelling: Sendable {
    let prefix: String
    /// How many digits; nil where any number of them will do.
    let digits: Int?

    init(_ pattern: String) {
      switch pattern {
      case "^0x[0-9a-f]{8}$": (prefix, digits) = ("0x", 8)
      case "^0x[0-9a-f]+$": (prefix, digits) = ("0x", nil)
      case "^[0-9a-f]{64}$": (prefix, digits) = ("", 64)
      default: broken("the schema uses the pattern \(pattern), and nobody looks at that")
      }
    }

    func fits(_ text: String) -> Bool {
      guard text.hasPrefix(prefix) else { return false }
      let rest = text.utf8.dropFirst(prefix.utf8.count)
      return rest.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        && (digits.map { rest.count == $0 } ?? !rest.isEmpty)
    }
  }

  private let form: Form
  private let definitions: [String: Form]

  /// The judge that holds a schema.
  init(schema text: String) {
    do throws(StrictJSON.Refusal) {
      let schema = try StrictJSON.value(of: text)
      form = Form(schema)
      definitions = Dictionary(
        uniqueKeysWithValues: (schema["$defs"]?.members ?? []).map { ($0.name, Form($0.value)) })
    } catch {
      broken("the schema is no JSON: \(error)")
    }
  }

  /// The first thing that is not as the schema says, and where; nil where all is well.
  func complaint(about value: StrictJSON.Value) -> String? { complaint(value, form, at: "$") }

  private func complaint(_ value: StrictJSON.Value, _ form: Form, at place: String) -> String? {
    if let name = form.reference {
      guard let target = definitions[name] else { return "\(place): the schema lacks \(name)" }
      if let found = complaint(value, target, at: place) { return found }
    }
    if let type = form.type, !value.is(type) { return "\(place) is no \(type)" }
    if let constant = form.constant, value != constant { return "\(place) has another value" }
    if let allowed = form.allowed, !allowed.contains(value) {
      return "\(place) is none of the words"
    }
    switch value {
    case .object(let members): return complaint(members, form, at: place)
    case .list(let values):
      guard let items = form.items else { return nil }
      for (index, item) in values.enumerated() {
        if let found = complaint(item, items, at: "\(place)[\(index)]") { return found }
      }
      return nil
    case .text(let text):
      let isSpelt = form.spelling?.fits(text) ?? true
      return isSpelt ? nil : "\(place) is spelt in another way"
    case .number:
      guard let number = value.number else { return "\(place) is no number" }
      let isWithin = number >= form.minimum ?? number && number <= form.maximum ?? number
      return isWithin ? nil : "\(place) is too small or too large"
    case .null, .truth: return nil
    }
  }

  private func complaint(
    _ members: [StrictJSON.Member], _ form: Form, at place: String
  ) -> String? {
    let names = Set(members.map(\.name))
    if let missing = form.required.first(where: { !names.contains($0) }) {
      return "\(place) lacks \(missing)"
    }
    for member in members {
      if let known = form.members[member.name] ?? form.otherMembers {
        let inside = "\(place).\(member.name)"
        if let found = complaint(member.value, known, at: inside) { return found }
      } else if !form.isOpen {
        return "\(place) has \(member.name), which nobody knows"
      }
    }
    return nil
  }
}

extension StrictJSON.Value {
  /// The value of a member of an object.
  subscript(name: String) -> StrictJSON.Value? { members.first { $0.name == name }?.value }

  /// Those of an object; none where it is something else.
  var members: [StrictJSON.Member] { if case .object(let members) = self { members } else { [] } }

  /// Those of a list; none where it is something else.
  var values: [StrictJSON.Value] { if case .list(let values) = self { values } else { [] } }

  /// The text, if it is one.
  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The number, if it is one.
  var number: Double? { if case .number(let spelling) = self { Double(spelling) } else { nil } }

  fileprivate func `is`(_ type: String) -> Bool {
    switch self {
    case .null: type == "null"
    case .truth: type == "boolean"
    case .number(let spelling): type == "number" || type == "integer" && Int(spelling) != nil
    case .text: type == "string"
    case .list: type == "array"
    case .object: type == "object"
    }
  }
}
