/// Explanations, which are written as Markdown for the catalogue, made plain for a terminal.
struct PlainText {
  /// The columns that may be used.
  let columns: Int

  init(columns: Int) { self.columns = max(columns, 20) }

  /// Without marks of headings, emphasis and code; in lines that fit.
  func rendered(_ markdown: String) -> String {
    var lines: [String] = []
    var isCode = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```" {
        isCode.toggle()
      } else if isCode {
        // Commands are for copying, and so never broken.
        lines.append("    " + line)
      } else if line.isEmpty {
        if lines.last?.isEmpty != true { lines.append("") }
      } else {
        let margin = line.prefix(while: { $0 == " " })
        let isItem = line.dropFirst(margin.count).hasPrefix("- ")
        // The blank line that Markdown wants between a title and its list only takes room.
        if isItem, lines.last?.isEmpty == true, lines.dropLast().last?.last == ":" {
          lines.removeLast()
        }
        let text = Self.unmarked(line.dropFirst(margin.count))
        let hanging = String(margin) + (isItem ? "  " : "")
        lines += wrapped(text, first: String(margin), then: hanging)
      }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { TextOfName.shown($0) + "\n" }.joined()
  }

  /// A name in a column of its own, and beside it what is said about it, which may be indented.
  func row(_ name: String, _ text: String, width: Int) -> String {
    let depth = text.prefix(while: { $0 == " " })
    let start = name + String(repeating: " ", count: max(width - name.count, 1)) + depth
    let margin = String(repeating: " ", count: width) + depth
    let isItem = text.dropFirst(depth.count).hasPrefix("- ")
    return wrapped(Self.withoutCode(text), first: start, then: margin + (isItem ? "  " : ""))
      .map { TextOfName.shown($0) + "\n" }.joined()
  }

  /// Broken at blanks; a word longer than a line stays whole.
  private func wrapped(_ text: String, first: String, then: String) -> [String] {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !isEmpty, line.count + 1 + word.count > columns {
        lines.append(line)
        line = then
        isEmpty = true
      }
      line += isEmpty ? String(word) : " " + word
      isEmpty = false
    }
    lines.append(line)
    return lines
  }

  private static func unmarked(_ line: Substring) -> String {
    var text = String(line.hasPrefix("### ") ? line.dropFirst(4) : line)
    if text.hasPrefix("**"), let end = text.dropFirst(2).firstRange(of: "**") {
      text.removeSubrange(end)
      text.removeFirst(2)
    }
    return withoutCode(text)
  }

  private static func withoutCode(_ text: String) -> String { text.filter { $0 != "`" } }
}
