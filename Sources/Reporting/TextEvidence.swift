import Diagnosis

extension TextPage {
  /// Lines of the log and why they count: `  line 311  text…  ← why`, the reason below where it
  /// does not fit beside the text.
  mutating func evidence(_ evidence: [Evidence], indent: Int, atMost limit: Int) {
    let shown = evidence.prefix(limit)
    let digits = shown.map { String($0.line?.number ?? 0).count }.max() ?? 1
    let margin = String(repeating: " ", count: indent)
    for piece in shown {
      guard let reference = piece.line else {
        paragraph(
          Span(piece.why, .reason), indent: indent + 2, first: [Span(own: margin), Span(own: "• ")])
        continue
      }
      let place = "line " + TextWidth.aligned(String(reference.number), to: digits) + "  "
      let textStart = indent + place.count
      let text = Span(reference.text)
      let why = Span(piece.why)
      let first = [Span(own: margin), Span(own: place, .faint), Span(own: text.text)]
      if why.text.isEmpty {
        line(first)
        continue
      }
      let needed = textStart + TextWidth.columns(text.text) + 4 + TextWidth.columns(why.text)
      if needed <= columns {
        line(first + [Span(own: "  ← " + why.text, .reason)])
      } else {
        line(first)
        paragraph(
          Span(own: why.text, .reason), indent: textStart + 2,
          first: [Span(own: String(repeating: " ", count: textStart)), Span(own: "← ", .reason)])
      }
    }
    let rest = evidence.count - shown.count
    if rest > 0 { line(Span(own: margin + "… and \(Quantity.counted(rest, "more line"))", .faint)) }
  }
}
