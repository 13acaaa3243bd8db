/// How much room text takes in a terminal.
package enum TextWidth {
  /// The columns that `text` takes.
  package static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  /// The text cut to `limit` columns, with `…` where something is missing.
  static func cut(_ text: String, to limit: Int) -> String {
    guard columns(text) > limit else { return text }
    guard limit > 1 else { return limit == 1 ? "…" : "" }
    var kept = ""
    var used = 0
    for scalar in text.unicodeScalars {
      let width = columns(scalar)
      guard used + width < limit else { break }
      used += width
      kept.unicodeScalars.append(scalar)
    }
    return kept + "…"
  }

  /// The text with blanks behind it up to `width` columns.
  package static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columns(text)))
  }

  /// The text with blanks before it up to `width` columns.
  static func aligned(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - columns(text))) + text
  }

  /// The text in lines of at most `width` columns, broken at blanks, within words only where one
  /// is longer than a line.
  package static func wrapped(_ text: String, to width: Int) -> [String] {
    let width = max(width, 8)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      var word = String(word)
      if used > 0, used + 1 + columns(word) <= width {
        line += " " + word
        used += 1 + columns(word)
        continue
      }
      if used > 0 { lines.append(line) }
      while columns(word) > width {
        let head = fitting(word, in: width)
        lines.append(head)
        word = String(word.unicodeScalars.dropFirst(head.unicodeScalars.count))
      }
      line = word
      used = columns(word)
    }
    if used > 0 { lines.append(line) }
    return lines
  }

  private static func fitting(_ word: String, in width: Int) -> String {
    var kept = ""
    var used = 0
    for scalar in word.unicodeScalars {
      used += columns(scalar)
      guard used <= width else { break }
      kept.unicodeScalars.append(scalar)
    }
    return kept
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff,
      0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
      return 2
    default:
      return 1
    }
  }
}
