/// Texts of rules with `{alias.attribute}`, `{name}` and `{count}`; `{{` is a brace.
///
/// `{alias.attribute|words}` reads as these words where the attribute is not known.
public enum Interpolation {
  /// A piece of such a text.
  public enum Piece: Hashable, Sendable {
    case literal(String)
    case name(String)
    case attribute(alias: String, name: String, otherwise: String? = nil)
    /// A brace that is never closed.
    case unclosed
  }

  /// The pieces of a text, in order.
  public static func pieces(of text: String) -> [Piece] {
    // Bytes: all that matters here is ASCII.
    let brace = UInt8(ascii: "{")
    guard text.utf8.contains(brace) else { return text.isEmpty ? [] : [.literal(text)] }
    var pieces: [Piece] = []
    var literal = ""
    var rest = text.utf8[...]
    while let opening = rest.firstIndex(of: brace) {
      literal += Substring(rest[..<opening])
      rest = rest[rest.index(after: opening)...]
      if rest.first == brace {
        literal += "{"
        rest = rest.dropFirst()
        continue
      }
      if !literal.isEmpty { pieces.append(.literal(literal)) }
      literal = ""
      guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
        pieces.append(.unclosed)
        break
      }
      var inside = rest[..<end]
      var otherwise: String?
      if let bar = inside.firstIndex(of: UInt8(ascii: "|")) {
        otherwise = String(Substring(inside[inside.index(after: bar)...]))
        inside = inside[..<bar]
      }
      if let dot = inside.firstIndex(of: UInt8(ascii: ".")) {
        pieces.append(
          .attribute(
            alias: String(Substring(inside[..<dot])),
            name: String(Substring(inside[inside.index(after: dot)...])), otherwise: otherwise))
      } else {
        pieces.append(.name(String(Substring(inside))))
      }
      rest = rest[rest.index(after: end)...]
    }
    literal += Substring(rest)
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    return pieces
  }
}
