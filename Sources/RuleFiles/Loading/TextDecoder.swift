import Diagnosis

/// Texts that may hold `{…}`.
extension RuleDecoder {
  /// A text; what it speaks of is checked when everything is bound.
  mutating func interpolated(_ node: Node?, of what: String) -> String? {
    guard let node, let text = reader.text(node, of: what) else { return nil }
    scope.pendingTexts.append((text, node))
    return text
  }

  /// Reports what texts speak of and nothing binds.
  mutating func checkPendingTexts() {
    let pending = scope.pendingTexts
    scope.pendingTexts = []
    for (text, node) in pending {
      for piece in Interpolation.pieces(of: text) { check(piece, node) }
    }
  }

  private mutating func check(_ piece: Interpolation.Piece, _ node: Node) {
    switch piece {
    case .literal: return
    case .unclosed:
      reader.report(
        "'{' without '}'", at: node, suggestion: "write '{{' for a brace that is meant as such")
    case .name("count"):
      if !scope.hasCount { reader.report("'{count}' without a 'count' condition", at: node) }
    case .name(let name):
      guard scope.names[name] == nil else { return scope.use(name) }
      let bound = scope.names.keys.sorted() + scope.aliases.keys.sorted().map { $0 + ".…" }
      reader.report(
        "'{\(name)}' names nothing that is bound", at: node,
        suggestion: Spelling.suggestion(for: name, among: scope.names.keys.sorted())
          ?? (bound.isEmpty ? nil : "bound here: \(bound.joined(separator: ", "))"))
    case .attribute(let alias, let name, _):
      guard let kind = scope.aliases[alias] else {
        let aliases = scope.aliases.keys.sorted()
        reader.report(
          "'{\(alias).\(name)}': no item is called '\(alias)'", at: node,
          suggestion: Spelling.suggestion(for: alias, among: aliases)
            ?? (aliases.isEmpty ? nil : "bound here: \(aliases.joined(separator: ", "))"))
        return
      }
      guard Attribute.named(name, of: kind) == nil else { return }
      reader.report(
        "'{\(alias).\(name)}': a \(kind.rawValue) has no attribute '\(name)'", at: node,
        suggestion: Spelling.suggestion(for: name, among: Attribute.all(of: kind).map(\.name)))
    }
  }
}
