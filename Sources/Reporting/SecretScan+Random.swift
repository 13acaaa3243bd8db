// Secrets behind words that may as well stand in a sentence: there only what looks as if it had been drawn is one.

extension SecretScan {
  /// WPA takes 63 characters, and few keys in one word are longer.
  private static let longestDrawn = 128

  /// A word of eight characters or more in which small letters, capitals and digits change as those of words and of
  /// names do not: `Wq7rT2b91Xy`, not `esp32s3`, `sensor12`, `GPIO_NUM_21` or `0x3ffb1234`.
  mutating func drawn(from start: Int) -> Secret? {
    drawn(start..<wordEnd(from: start))
  }

  private func drawn(_ word: Range<Int>) -> Secret? {
    guard (Self.leastPassword...Self.longestDrawn).contains(word.count),
      !has("0x", at: word.lowerBound)
    else { return nil }
    var changes = 0
    var last: UInt8?
    var (hasCapital, hasSmall, hasDigit) = (false, false, false)
    for index in word {
      let kind: UInt8
      switch byte(index) {
      case 0x30...0x39:
        kind = 0
        hasDigit = true
      case 0x41...0x5a:
        kind = 1
        hasCapital = true
      case 0x61...0x7a:
        kind = 2
        hasSmall = true
      case UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "@"),
        UInt8(ascii: "#"), UInt8(ascii: "$"):
        kind = 3
      default: return nil
      }
      if let last, last != kind { changes += 1 }
      last = kind
    }
    guard hasDigit, hasCapital || hasSmall else { return nil }
    return changes >= (hasCapital && hasSmall ? 4 : 5) ? Secret(word) : nil
  }

  /// `Key is x`, `using key <x>`; `end` is that of the name. A key of a keyboard is pressed.
  mutating func drawnKey(at position: Int, behind end: Int) -> Secret? {
    guard !isWord(position - 1), isBlank(end) else { return nil }
    var start = pastBlanks(end)
    if has("is ", at: start) || has("is: ", at: start) {
      start = pastBlanks(start + (isBlank(start + 2) ? 3 : 4))
    } else if !has("using ", at: position - 6) {
      return nil
    }
    guard byte(start) == UInt8(ascii: "<") else {
      return drawn(from: isQuote(start) ? start + 1 : start)
    }
    // Words do not end at this bracket.
    let limit = min(start + Self.longestDrawn, bytes.count)
    let close = (start..<limit).first { bytes[$0] == UInt8(ascii: ">") }
    guard let close else { return nil }
    return drawn(start + 1..<close)
  }

  /// `-p x` of a command that a program repeats.
  mutating func drawnOption(at position: Int) -> Secret? {
    guard has("-p ", at: position), !isWord(position - 1),
      byte(position - 1) != UInt8(ascii: "-")
    else { return nil }
    return drawn(from: pastBlanks(position + 3))
  }

  /// `basic auth bob x`, `basic auth: bob:x`; `end` is behind `auth`.
  mutating func basicLogin(after end: Int) -> Secret? {
    var user = pastBlanks(end)
    if isSign(user) { user = pastBlanks(user + 1) }
    guard user > end else { return nil }
    var cursor = user
    while cursor < user + 64, isWord(cursor) || byte(cursor) == UInt8(ascii: "-") { cursor += 1 }
    guard cursor > user, !saysHowThingsStand(user..<cursor) else { return nil }
    let isSentence = ["for", "on", "at", "via", "with", "by", "from", "in", "is", "to"].contains {
      (word: StaticString) in
      word.utf8CodeUnitCount == cursor - user && has(word, at: user)
    }
    guard !isSentence, isBlank(cursor) || isSign(cursor) || byte(cursor) == UInt8(ascii: "/")
    else { return nil }
    return drawn(from: pastBlanks(cursor + 1))
  }

  /// `hotspot "lab" / "x"`, `hotspot 'lab'/'x y'`; `position` is that of the word.
  func hotspot(at position: Int) -> Secret? {
    let open = pastBlanks(position + 7)
    guard has("hotspot", at: position), open > position + 7, isQuote(open) else { return nil }
    let limit = min(open + 160, bytes.count)
    let name = insideQuotes(at: open, before: limit)
    let end = name.upperBound
    let slash = pastBlanks(end + 1)
    let quote = pastBlanks(slash + 1)
    guard byte(end) == byte(open), byte(slash) == UInt8(ascii: "/"), byte(quote) == byte(open)
    else { return nil }
    // A phrase of WPA's may have blanks.
    let word = insideQuotes(at: quote, before: limit)
    let hasLetter = word.contains { isLetter($0) }
    guard word.count >= Self.leastPassword, hasLetter, byte(word.upperBound) == byte(open),
      !saysHowThingsStand(word)
    else { return nil }
    return Secret(word)
  }

  /// `wifi_connect(lab, x)`, `WiFi.connect("my, lab", "x y")`; `open` is that of the bracket. An expression calls it as
  /// well, so that without quotes only what looks drawn is a password.
  mutating func joining(call position: Int, at open: Int) -> Secret? {
    guard byte(open) == UInt8(ascii: "("),
      has("wifi", at: position - 5) || has("wifi", at: position - 4)
    else { return nil }
    var cursor = pastBlanks(open + 1)
    let limit = min(cursor + 64, bytes.count)
    if let name = quoted(at: cursor, before: limit) { cursor = name.upperBound }
    while cursor < limit, !isLineEnd(cursor), bytes[cursor] != UInt8(ascii: ",") { cursor += 1 }
    guard byte(cursor) == UInt8(ascii: ",") else { return nil }
    cursor = pastBlanks(cursor + 1)
    guard let word = quoted(at: cursor, before: min(cursor + Self.longestDrawn, bytes.count))
    else { return drawn(from: isQuote(cursor) ? cursor + 1 : cursor) }
    return word.count >= Self.leastPassword && !saysHowThingsStand(word) ? Secret(word) : nil
  }

  /// What stands between quotes that begin here, escaped in a text within a text, and end on this line, before `limit`.
  private func quoted(at start: Int, before limit: Int) -> Range<Int>? {
    let open = byte(start) == UInt8(ascii: "\\") ? start + 1 : start
    guard isQuote(open) else { return nil }
    let inside = insideQuotes(at: open, before: limit)
    guard inside.upperBound < limit, !inside.contains(where: { isLineEnd($0) }) else { return nil }
    return inside
  }

  /// `pass%3Dx`, as an address of the web is written within another; `%3d` of a format has no word behind it.
  mutating func escapedValue(from sign: Int) -> Secret? {
    guard has("%3d", at: sign) || has("%3a", at: sign) else { return nil }
    let start = sign + 3
    let limit = wordEnd(from: start)
    var end = start
    while end < limit, !has("%26", at: end) { end += 1 }
    let word = start..<end
    let isEscape = byte(start) == UInt8(ascii: "%") && isHex(start + 1) && isHex(start + 2)
    guard word.count >= 4, isWord(start) || isEscape, !saysHowThingsStand(word) else { return nil }
    return Secret(upToNextName: word)
  }

  /// The text of `"v":"x"`, in which a store has what it keeps under the name before; `cursor` is that of the letter.
  func textOfEntry(at cursor: Int) -> Secret? {
    guard lower(cursor) == UInt8(ascii: "v"), isQuote(cursor - 1) else { return nil }
    let end = byte(cursor + 1) == UInt8(ascii: "\\") ? cursor + 2 : cursor + 1
    let sign = pastBlanks(end + 1)
    guard isQuote(end), isSign(sign) else { return nil }
    let start = pastBlanks(sign + 1)
    let open = byte(start) == UInt8(ascii: "\\") ? start + 1 : start
    return isQuote(open) ? value(from: open) : nil
  }

  /// The end of the second half of a key of Amazon's, which has 40 characters of base64; `end` where there is none.
  func pairedKeyEnd(from end: Int) -> Int {
    var start = end
    while start < end + 6, isSeparator(start) || isQuote(start) || isSign(start) { start += 1 }
    if byte(start) == UInt8(ascii: "/") { start += 1 }
    guard start > end else { return end }
    var close = start
    while close < start + 41,
      isLetter(close) || isDigit(close) || [0x2b, 0x2f, 0x3d].contains(byte(close))
    {
      close += 1
    }
    return close - start == 40 ? close : end
  }
}
