// Secrets that stand where a sentence, a call or a command has its second word.

extension SecretScan {
  /// `Connecting to lab / x`, `Connecting to "lab" with code "x"`; `position` is that of `connect`.
  mutating func connection(at position: Int) -> Secret? {
    var cursor = position + 7
    if let joining = joining(call: position, at: cursor) { return joining }
    while isLetter(cursor) { cursor += 1 }
    guard cursor <= position + 10, has(" to", at: cursor), !isWord(cursor + 3) else { return nil }
    cursor += 3
    let limit = min(cursor + 100, bytes.count)
    var mayHaveSlash = true
    while cursor < limit, !isLineEnd(cursor) {
      switch byte(cursor) {
      // Names of hosts have dots, and paths behind them.
      case UInt8(ascii: "."): mayHaveSlash = false
      case UInt8(ascii: ":"):
        if byte(cursor + 1) == UInt8(ascii: "/") { return nil }
      case UInt8(ascii: "/"), UInt8(ascii: "|"), UInt8(ascii: "-"):
        if isBlank(cursor - 1), isBlank(cursor + 1) {
          // Behind a dash a sentence may go on.
          if byte(cursor) == UInt8(ascii: "-") { return password(with: cursor + 2) }
          return password(from: cursor + 1)
        }
        if mayHaveSlash, byte(cursor) == UInt8(ascii: "/") {
          let secret = keyLike(from: cursor + 1)
          return (secret?.bytes.count ?? 0) >= Self.leastPassword ? secret : nil
        }
      case 0x20:
        if has(" with ", at: cursor) { return password(with: cursor + 6) }
        if has(" using ", at: cursor) { return password(with: cursor + 7) }
      default: break
      }
      cursor += 1
    }
    return nil
  }

  /// WPA takes no shorter ones.
  static let leastPassword = 8

  /// One word with which the text ends.
  private mutating func password(from start: Int) -> Secret? {
    let open = pastBlanks(start)
    var end = wordEnd(from: isQuote(open) ? open + 1 : open)
    var word = (isQuote(open) ? open + 1 : open)..<end
    while end < bytes.count, !isLineEnd(end), !isLetter(end), !isDigit(end) { end += 1 }
    guard isLineEnd(end) else { return nil }
    // `lab / x ...` and `lab / x...` go on with dots.
    while let last = word.last, byte(last) == UInt8(ascii: ".") { word = word.lowerBound..<last }
    guard word.count >= Self.leastPassword, !saysHowThingsStand(word) else {
      return nil
    }
    return Secret(word)
  }

  /// `code: x`, `key x`, or the password itself.
  private mutating func password(with start: Int) -> Secret? {
    let start = has("the ", at: start) ? start + 4 : start
    for word: StaticString in ["code", "key"] where has(word, at: start) {
      let end = start + word.utf8CodeUnitCount
      return isWord(end) ? nil : behindName(end, .token)
    }
    let word = keyLike(from: start)
    guard let word, isLineEnd(pastBlanks(word.bytes.upperBound)) else { return nil }
    return word
  }

  /// `WiFi.begin(lab, x)`, `WiFi.begin("lab", "x")`; `position` is that of `begin(`.
  mutating func call(at position: Int) -> Secret? {
    guard
      has("wifi", at: position - 5) || has("multi", at: position - 6)
        || has("radio", at: position - 6)
    else { return nil }
    var cursor = position + 6
    let limit = min(cursor + 64, bytes.count)
    while cursor < limit, !isLineEnd(cursor), bytes[cursor] != UInt8(ascii: ",") { cursor += 1 }
    guard byte(cursor) == UInt8(ascii: ",") else { return nil }
    cursor = pastBlanks(cursor + 1)
    if isQuote(cursor) { return value(from: cursor) }
    let word = cursor..<wordEnd(from: cursor)
    // What is called is a variable in the source that a fault names.
    if word.isEmpty || saysHowThingsStand(word) || SecretNames.name(at: cursor, in: self) != nil {
      return nil
    }
    return Secret(word)
  }

}
