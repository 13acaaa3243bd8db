// Secrets in source text: the expressions of failed assertions, and calls that a log spells out.

extension SecretScan {
  /// No call that somebody reads is longer.
  private static let longestCall = 160

  /// `strcmp(pass, "x")`, `memcmp("x", password, 8)`; `position` is that of `cmp(`.
  mutating func comparison(at position: Int) -> Secret? {
    let (text, names) = contents(ofCall: position + 3)
    guard let text, names else { return nil }
    return Secret(text, after: position)
  }

  /// `check_password(user, "x")`, `password_ok("x")`: the last text of the call; `name` is what of its name tells of a secret.
  mutating func argument(ofCall open: Int, named name: Range<Int>) -> Secret? {
    guard byte(open) == UInt8(ascii: "(") else { return nil }
    var start = name.lowerBound
    let limit = start - 32
    while start > limit, isWord(start - 1) { start -= 1 }
    // These are given the name or the place of a secret.
    let asks = Self.questions.contains { question in
      (start..<name.upperBound).contains { has(question, at: $0) }
    }
    guard !asks, let text = contents(ofCall: open).text else { return nil }
    return saysHowThingsStand(text) || names(text) ? nil : Secret(text, after: name.lowerBound)
  }

  private static let questions: [StaticString] = [
    "get", "read", "load", "find", "open", "len", "size", "path", "file", "has", "erase", "remove",
    "delete", "clear", "print", "log", "err", "name", "init", "create", "next", "parse",
  ]

  /// `nvs_set_str(h, "password", "x")`, `put("token", "x")`: what is stored under a quoted name; `end` is behind its quote.
  mutating func argument(behind end: Int, of name: Int) -> Secret? {
    guard isQuote(end - 1), byte(end) == UInt8(ascii: ",") else { return nil }
    let start = pastBlanks(end + 1)
    guard isQuote(start), let text = extent(from: start), text.bytes.count < Self.longestCall else {
      return nil
    }
    // A list of names has no bracket of a call before it, and a call that asks has its own answer for later.
    var open = name
    let limit = name - 64
    while open > limit, byte(open) != UInt8(ascii: "(") { open -= 1 }
    guard byte(open) == UInt8(ascii: "("),
      ["set", "put", "str", "store", "save", "write", "add"].contains(where: {
        (word: StaticString) in
        (open - 12..<open).contains { has(word, at: $0) }
      })
    else { return nil }
    return saysHowThingsStand(text.bytes) || names(text.bytes) ? nil : text
  }

  /// The last text in quotes between the brackets of a call that names no secret itself, and whether something else
  /// between them does.
  private func contents(ofCall open: Int) -> (text: Range<Int>?, namesSecret: Bool) {
    let limit = min(open + Self.longestCall, bytes.count)
    let isOfComparison = has("cmp", at: open - 3)
    var cursor = open + 1
    var depth = 1
    var text: Range<Int>?
    var namesSecret = false
    while cursor < limit, depth > 0, !isLineEnd(cursor) {
      switch bytes[cursor] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "\""):
        let inside = insideQuotes(at: cursor, before: limit)
        if names(inside) {
          namesSecret = true
        } else if !inside.isEmpty {
          text = inside
        }
        // Behind the quote, which may have its escape before it.
        cursor = inside.upperBound
        if byte(cursor) == UInt8(ascii: "\\") { cursor += 1 }
      default:
        // The next comparison is looked at for itself; a line of nothing else would be read again for each.
        if isOfComparison, has("cmp(", at: cursor) { return (text, namesSecret) }
        if !namesSecret, SecretNames.name(at: cursor, in: self) != nil { namesSecret = true }
      }
      cursor += 1
    }
    return (text, namesSecret)
  }

  /// Whether a text is itself the name of a secret.
  private func names(_ text: Range<Int>) -> Bool {
    text.count < 32 && text.contains { SecretNames.name(at: $0, in: self) != nil }
  }
}
