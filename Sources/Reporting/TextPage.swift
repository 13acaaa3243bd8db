import Diagnosis

/// A text for people, as it grows line by line.
///
/// All that is written passes `HostileText`, so no reporter can forget it.
struct TextPage {
  private let layout: TextLayout
  private(set) var text = ""

  init(layout: TextLayout) { self.layout = layout }

  /// The columns that may be used.
  var columns: Int { layout.columns }

  /// A piece of a line.
  struct Span {
    /// Safe to show.
    let text: String
    let ink: Ink

    /// Text that a device may have had a part in.
    init(_ text: String, _ ink: Ink = .plain) {
      self.text = HostileText.shown(text)
      self.ink = ink
    }

    /// Text of rules or of this program, or text that is masked already.
    init(own text: String, _ ink: Ink = .plain) {
      self.text = HostileText.escaped(text)
      self.ink = ink
    }
  }

  /// A line of pieces; the last pieces are cut where the screen ends.
  mutating func line(_ spans: Span...) { line(spans) }

  /// A line of pieces; the last pieces are cut where the screen ends.
  mutating func line(_ spans: [Span]) {
    var room = columns
    for span in spans where room > 0 {
      let shown = TextWidth.cut(layout.privacy.shown(span.text), to: room)
      room -= TextWidth.columns(shown)
      append(shown, span.ink)
    }
    while text.last == " " { text.removeLast() }
    text += "\n"
  }

  /// An empty line and a title.
  mutating func section(_ title: String) {
    blank()
    line(Span(own: title, .heading))
  }

  mutating func blank() { text += "\n" }

  /// Text in as many lines as it needs; `first` stands before the first of them.
  mutating func paragraph(_ span: Span, indent: Int, first: [Span] = []) {
    let used = first.reduce(0) { $0 + TextWidth.columns($1.text) }
    let text = layout.privacy.shown(span.text)
    let lines = TextWidth.wrapped(text, to: columns - max(indent, used))
    let margin = String(repeating: " ", count: indent)
    if lines.isEmpty, !first.isEmpty { line(first) }
    for (index, text) in lines.enumerated() {
      let start = index == 0 && !first.isEmpty ? first : [Span(own: margin)]
      line(start + [Span(own: text, span.ink)])
    }
  }

  /// A line that is never cut: a command to copy, a verdict for `grep`.
  mutating func unbroken(_ spans: Span...) {
    for span in spans { append(layout.privacy.shown(span.text), span.ink) }
    text += "\n"
  }

  private mutating func append(_ shown: String, _ ink: Ink) {
    guard layout.colouring == .ansi, let code = ink.code, !shown.isEmpty else {
      text += shown
      return
    }
    text += "\u{1b}[" + code + "m" + shown + "\u{1b}[0m"
  }
}
