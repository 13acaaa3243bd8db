/// Texts of rules with `{alias.attribute}`, `{name}` and `{count}`; `{{` is a brace.
public enum Interpolation {
  /// A piece of such a text.
  public enum Piece: Hashable, Sendable {
    case literal(String)
    case name(String)
    case attribute(alias: String, name: String)
    /// A brace that is never closed.
    case unclosed
  }

  /// The pieces of a text, in order.
  public static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var literal = ""
    var rest = text[...]
    while let brace = rest.firstIndex(of: "{") {
      literal += rest[..<brace]
      rest = rest[rest.index(after: brace)...]
      if rest.first == "{" {
        literal += "{"
        rest = rest.dropFirst()
        continue
      }
      if !literal.isEmpty { pieces.append(.literal(literal)) }
      literal = ""
      guard let end = rest.firstIndex(of: "}") else {
        pieces.append(.unclosed)
        break
      }
      let inside = rest[..<end]
      if let dot = inside.firstIndex(of: ".") {
        pieces.append(
          .attribute(
            alias: String(inside[..<dot]), name: String(inside[inside.index(after: dot)...])))
      } else {
        pieces.append(.name(String(inside)))
      }
      rest = rest[rest.index(after: end)...]
    }
    literal += rest
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    return pieces
  }
}
