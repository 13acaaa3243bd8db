/// A map of the rule files: which keys it may hold.
struct MapForm: Sendable {
  /// Its name in messages and in the JSON Schema.
  let name: FormName
  /// What it is, for authors.
  let explains: String
  /// Its keys, in the order of the documentation.
  let keys: [KeyForm]
  /// At least one key must be there.
  var needsAKey = false
}

/// A key of a map.
struct KeyForm: Sendable {
  /// How much a key is needed.
  enum Presence: Sendable { case required, optional }

  let name: String
  let value: ValueForm
  let presence: Presence
  let explains: String

  init(_ name: String, _ value: ValueForm, _ presence: Presence = .optional, _ explains: String) {
    self.name = name
    self.value = value
    self.presence = presence
    self.explains = explains
  }
}

/// What a key may hold.
indirect enum ValueForm: Sendable {
  case text
  case number(minimum: Double?, maximum: Double?)
  case whole
  case flag
  case choice([String])
  case list(ValueForm)
  case map(FormName)
  /// Keys of the author's choice.
  case anyKey(ValueForm)
  case either([ValueForm])
  /// A matcher of an attribute: literal, list, `{not: …}`, bounds, glob, `$name`, `known`.
  case attribute(AttributeForm)
}

/// What values a matcher takes.
enum AttributeForm: Sendable {
  case text
  case choice([String])
  case number
  case flag
}

/// The maps of the rule files.
enum FormName: String, CaseIterable, Sendable {
  case rule, witness, limit
  case severityCase = "severity_case"
  case causeCandidate = "cause_candidate"
  case prior, evidence, hint, examples, condition, step, count, bounds
  case boot, crash, update, notice, log, node, context, capture
  case causeDefinition = "cause_definition"
  case fix
  case fixStep = "fix_step"
}
