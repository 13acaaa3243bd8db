/// The JSON Schemas for editors, from the same table that checks the keys.
enum JSONSchema {
  /// The schema of a rule file.
  static var ruleSchema: String {
    document(title: "A rule of esptriage", root: #""$ref": "\#(reference(.rule))""#)
  }

  /// The schema of `causes.yaml`.
  static var causesSchema: String {
    document(
      title: "The causes of esptriage",
      root: #""type": "array", "items": {"$ref": "\#(reference(.causeDefinition))"}"#)
  }

  private static func document(title: String, root: String) -> String {
    let definitions = FormName.allCases.compactMap { name in
      Grammar.forms[name].map { "    \(quoted(name.rawValue)): \(schema(of: $0))" }
    }
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": \(quoted(title)),
        \(root),
        "$defs": {
      \(definitions.joined(separator: ",\n"))
        }
      }

      """
  }

  private static func reference(_ name: FormName) -> String { "#/$defs/\(name.rawValue)" }

  private static func schema(of form: MapForm) -> String {
    let properties = form.keys.map { key in
      "        \(quoted(key.name)): {\"description\": \(quoted(key.explains)), \(Self.members(of: key.value))}"
    }
    let required = form.keys.filter { $0.presence == .required }.map { quoted($0.name) }
    var members = [
      "\"type\": \"object\"", "\"description\": \(quoted(form.explains))",
      "\"additionalProperties\": false",
    ]
    if !required.isEmpty { members.append("\"required\": [\(required.joined(separator: ", "))]") }
    if form.needsAKey { members.append("\"minProperties\": 1") }
    return """
      {
            \(members.joined(separator: ", ")),
            "properties": {
      \(properties.joined(separator: ",\n"))
            }
          }
      """
  }

  /// What stands inside the braces of a schema for a value.
  private static func members(of form: ValueForm) -> String {
    switch form {
    case .text: return #""type": "string""#
    case .flag: return #""type": "boolean""#
    case .whole: return #""type": "integer", "minimum": 0"#
    case .number(let minimum, let maximum):
      var text = #""type": "number""#
      if let minimum { text += ", \"minimum\": \(NodeReader.spelled(minimum))" }
      if let maximum { text += ", \"maximum\": \(NodeReader.spelled(maximum))" }
      return text
    case .choice(let words): return "\"enum\": [\(words.map(quoted).joined(separator: ", "))]"
    case .list(let entry): return "\"type\": \"array\", \"items\": {\(members(of: entry))}"
    case .map(let name): return "\"$ref\": \(quoted(reference(name)))"
    case .anyKey(let value):
      return "\"type\": \"object\", \"additionalProperties\": {\(members(of: value))}"
    case .either(let forms):
      return "\"anyOf\": [\(forms.map { "{\(members(of: $0))}" }.joined(separator: ", "))]"
    case .attribute(let form): return attribute(form)
    }
  }

  /// A matcher: a literal, a list, `$name`, `known`, or a comparison.
  private static func attribute(_ form: AttributeForm) -> String {
    let name = #"{"type": "string", "pattern": "^(\\$.+|known|.*\\*.*)$"}"#
    let literal: String
    switch form {
    case .text: literal = #"{"type": ["string", "number"]}"#
    case .choice(let words): literal = "{\"enum\": [\(words.map(quoted).joined(separator: ", "))]}"
    case .number: literal = #"{"type": ["number", "string"], "pattern": "^0x[0-9a-fA-F]+$"}"#
    case .flag: literal = #"{"type": "boolean"}"#
    }
    var comparisons = [
      #"{"type": "object", "required": ["known"], "additionalProperties": false, "properties": {"known": {"type": "boolean"}}}"#
    ]
    comparisons.append(
      "{\"type\": \"object\", \"required\": [\"not\"], \"additionalProperties\": false, "
        + "\"properties\": {\"not\": {\"anyOf\": [\(literal), \(name), "
        + "{\"type\": \"array\", \"items\": {\"anyOf\": [\(literal), \(name)]}}]}}}")
    if case .number = form {
      let bounds = ["at_least", "at_most", "above", "below"].map {
        "\(quoted($0)): {\"type\": \"number\"}"
      }
      comparisons.append(
        "{\"type\": \"object\", \"additionalProperties\": false, \"minProperties\": 1, "
          + "\"properties\": {\(bounds.joined(separator: ", "))}}")
    }
    let list =
      "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"anyOf\": [\(literal), \(name)]}}"
    return "\"anyOf\": [\(([literal, name, list] + comparisons).joined(separator: ", "))]"
  }

  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
