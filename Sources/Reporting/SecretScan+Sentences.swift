// What sentences about a password tell of it.

extension SecretScan {
  /// What follows `the password is`, unless it says what became of the password.
  func isSaid(from start: Int) -> Secret? { isNews(start) ? nil : value(from: start) }

  /// Whether a sentence says here what became of a password: `not set`, `too short`.
  private func isNews(_ start: Int) -> Bool {
    let words: [StaticString] = [
      "not", "set", "empty", "missing", "wrong", "too", "invalid", "required", "incorrect",
      "correct", "ok", "unchanged", "valid", "stored", "saved", "in",
    ]
    return words.contains { has($0, at: start) && !isWord(start + $0.utf8CodeUnitCount) }
  }

  /// What stands in brackets behind the name of a secret, before its colon.
  private static let notes: [StaticString] = [
    "len", "size", "hex", "text", "str", "ascii", "plain", "wpa", "utf", "base64", "again",
    "current", "new", "old", "stored", "saved", "sta", "ap)", "wifi", "bytes", "chars",
  ]

  /// The sign in `password (len 13): x`, `psk (hex)=x`, `password (13 chars): x`.
  func signBehindNote(_ open: Int) -> Int? {
    guard byte(open) == UInt8(ascii: "(") else { return nil }
    var word = open + 1
    while word < open + 4, isDigit(word) { word += 1 }
    word = pastBlanks(word)
    guard Self.notes.contains(where: { has($0, at: word) }) else { return nil }
    var close = open + 1
    while close < open + 24, isWord(close) || isBlank(close) || isSign(close) { close += 1 }
    guard byte(close) == UInt8(ascii: ")") else { return nil }
    let sign = pastBlanks(close + 1)
    return isSign(sign) ? sign : nil
  }

  /// What stands behind a name and its own length: `password (13): x`, `psk[8]: x`; other numbers are reasons.
  func valueOfLength(_ open: Int) -> Secret? {
    let isRound = byte(open) == UInt8(ascii: "(")
    guard isRound || byte(open) == UInt8(ascii: "[") else { return nil }
    var length = 0
    var close = open + 1
    while close < open + 4, isDigit(close) {
      length = length * 10 + Int(byte(close) &- 0x30)
      close += 1
    }
    let sign = pastBlanks(close + 1)
    guard length >= Self.leastPassword,
      byte(close) == (isRound ? UInt8(ascii: ")") : UInt8(ascii: "]")),
      isSign(sign), !isComparison(sign)
    else { return nil }
    let start = pastBlanks(sign + 1)
    let text = isQuote(start) ? start + 1..<start + 1 + length : start..<start + length
    let isOver =
      isQuote(start)
      ? byte(text.upperBound) == byte(start)
      : isLineEnd(pastBlanks(text.upperBound)) || beginsName(at: pastSeparators(text.upperBound))
    guard isOver, !text.contains(where: { isLineEnd($0) }), !saysHowThingsStand(text) else {
      return nil
    }
    return Secret(upToNextName: text)
  }

  /// The sign in `Mot de passe WiFi : x`, `Password AP: x`.
  func signBehindOwner(_ start: Int) -> Int? {
    let owners: [StaticString] = ["wifi", "wi-fi", "wlan", "ap", "mqtt", "ota", "admin", "web"]
    for owner in owners where has(owner, at: start) {
      let sign = pastBlanks(start + owner.utf8CodeUnitCount)
      return isSign(sign) ? sign : nil
    }
    return nil
  }

  /// `password set to x`, `password changed: x`
  func news(from start: Int) -> Secret? {
    for word: StaticString in ["set", "changed", "updated", "saved", "received", "entered"]
    where has(word, at: start) {
      let end = start + word.utf8CodeUnitCount
      // `saved to flash`
      let isChange = has("set", at: start) || has("changed", at: start)
      if isChange, has(" to ", at: end) { return isSaid(from: pastBlanks(end + 4)) }
      return isSign(end) ? isSaid(from: pastBlanks(end + 1)) : nil
    }
    return nil
  }

  /// `password for lab: x`, `password for lab is "x y"`, also with the words of other scripts between.
  mutating func valueOfOwner(from start: Int) -> Secret? {
    let isOwned =
      has("for ", at: start) || has("of ", at: start) || has("für ", at: start)
      || has("fuer ", at: start)
      || byte(start) >= 0x80
    guard isOwned else { return nil }
    var cursor = start
    // A network's name has 32 characters at most.
    while cursor < start + 56, !isLineEnd(cursor), !isSign(cursor) {
      if has(" is ", at: cursor), let said = isSaidOfOwner(from: pastBlanks(cursor + 4)) {
        return said
      }
      cursor += 1
    }
    // Names of networks with a sign in them are rare, and long sentences are not.
    return cursor < start + 40 && isSign(cursor) ? value(from: pastBlanks(cursor + 1)) : nil
  }

  /// Behind a name and `is`, a sentence may go on in any way: `the password for lab is being changed`.
  private mutating func isSaidOfOwner(from start: Int) -> Secret? {
    if isQuote(start) { return isSaid(from: start) }
    if isNews(start) { return nil }
    if let key = keyLike(from: start) { return key }
    let word = start..<wordEnd(from: start)
    guard isLineEnd(pastBlanks(word.upperBound)), word.count >= Self.leastPassword else {
      return nil
    }
    return isOrdinary(word) || saysHowThingsStand(word) ? nil : Secret(word)
  }
}
