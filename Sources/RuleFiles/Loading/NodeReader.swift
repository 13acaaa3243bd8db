/// Reads YAML nodes by the grammar and collects all that is wrong, with its place.
struct NodeReader {
  let file: String
  private(set) var problems: [RuleProblem] = []

  init(file: String) { self.file = file }

  mutating func report(_ message: String, at node: Node?, suggestion: String? = nil) {
    let mark = node?.mark
    problems.append(
      RuleProblem(
        file: file, line: mark?.line ?? 0, column: mark?.column ?? 0, message: message,
        suggestion: suggestion))
  }

  mutating func report(_ message: String, at mark: Mark?, suggestion: String? = nil) {
    problems.append(
      RuleProblem(
        file: file, line: mark?.line ?? 0, column: mark?.column ?? 0, message: message,
        suggestion: suggestion))
  }

  /// The fields of a map, checked against its form; nil if it is no map.
  mutating func fields(of node: Node, as name: FormName) -> Fields? {
    guard let form = Grammar.forms[name] else { return nil }
    guard let mapping = node.mapping else {
      report("\(form.explains) must be a map with keys, not \(Self.kind(of: node))", at: node)
      return nil
    }
    var fields = Fields(node: node)
    for (key, value) in mapping.entries {
      guard let word = key.scalar?.string else {
        report("a key must be a word", at: key)
        continue
      }
      guard let known = form.keys.first(where: { $0.name == word }) else {
        report(
          "unknown key '\(word)' in \(form.explains)", at: key,
          suggestion: Spelling.suggestion(for: word, among: form.keys.map(\.name)))
        continue
      }
      fields.values.append(Fields.Field(form: known, key: key, value: value))
    }
    for key in form.keys where key.presence == .required && fields[key.name] == nil {
      report("\(form.explains) lacks '\(key.name)' (\(key.explains))", at: node)
    }
    if form.needsAKey, mapping.entries.isEmpty {
      report("\(form.explains) needs at least one key", at: node)
    }
    return fields
  }

  /// A text; empty counts as missing.
  mutating func text(_ node: Node?, of what: String) -> String? {
    guard let node else { return nil }
    guard let scalar = node.scalar, !node.isNull else {
      report("'\(what)' must be a text, not \(Self.kind(of: node))", at: node)
      return nil
    }
    var text = scalar.string
    while let last = text.last, last.isWhitespace { text.removeLast() }
    guard !text.isEmpty else {
      report("'\(what)' is empty", at: node)
      return nil
    }
    return text
  }

  /// A number within bounds.
  mutating func number(
    _ node: Node?, of what: String, minimum: Double? = nil, maximum: Double? = nil
  ) -> Double? {
    guard let node else { return nil }
    guard let number = node.int.map(Double.init) ?? node.float, number.isFinite else {
      report("'\(what)' must be a number, not \(Self.kind(of: node))", at: node)
      return nil
    }
    if let minimum, number < minimum {
      report("'\(what)' must be at least \(Self.spelled(minimum))", at: node)
    }
    if let maximum, number > maximum {
      report("'\(what)' must be at most \(Self.spelled(maximum))", at: node)
    }
    return number
  }

  mutating func whole(_ node: Node?, of what: String) -> Int? {
    guard let node else { return nil }
    guard let number = node.int, number >= 0 else {
      report("'\(what)' must be a whole number, not \(Self.kind(of: node))", at: node)
      return nil
    }
    return number
  }

  mutating func flag(_ node: Node?, of what: String) -> Bool? {
    guard let node else { return nil }
    guard let flag = node.bool else {
      report("'\(what)' must be true or false, not \(Self.kind(of: node))", at: node)
      return nil
    }
    return flag
  }

  /// One of `words`; `list` says where a long list can be read.
  mutating func choice(
    _ node: Node?, of what: String, among words: [String], list: String? = nil
  ) -> String? {
    // `null` and `on` are words here, whatever YAML makes of them.
    if let word = node?.scalar?.string, words.contains(word) { return word }
    guard let node, let word = text(node, of: what) else { return nil }
    guard words.contains(word) else {
      let listed = words.count <= 8 ? " (one of: \(words.joined(separator: ", ")))" : ""
      var suggestion = Spelling.suggestion(for: word, among: words)
      if suggestion == nil, let list {
        let related = Spelling.listed(Spelling.candidates(for: word, among: words))
        suggestion = related.map { "did you mean \($0)?" } ?? list
      }
      report("unknown \(what) '\(word)'\(listed)", at: node, suggestion: suggestion)
      return nil
    }
    return word
  }

  /// The entries of a list; nil if it is none.
  mutating func list(_ node: Node?, of what: String) -> [Node]? {
    guard let node else { return nil }
    guard let sequence = node.sequence else {
      report("'\(what)' must be a list, not \(Self.kind(of: node))", at: node)
      return nil
    }
    return sequence
  }

  mutating func texts(_ node: Node?, of what: String) -> [String] {
    var texts: [String] = []
    for entry in list(node, of: what) ?? [] {
      if let text = text(entry, of: what) { texts.append(text) }
    }
    return texts
  }

  static func kind(of node: Node) -> String {
    switch node.content {
    case .mapping: "a map"
    case .sequence: "a list"
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string.prefix(40))'"
    }
  }

  static func spelled(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
  }
}

/// The fields of a map, in the order written.
struct Fields {
  /// A key with its value.
  struct Field {
    let form: KeyForm
    let key: Node
    let value: Node
  }

  let node: Node
  var values: [Field] = []

  subscript(_ key: String) -> Node? { values.first { $0.form.name == key }?.value }
  func key(_ key: String) -> Node? { values.first { $0.form.name == key }?.key }
}
