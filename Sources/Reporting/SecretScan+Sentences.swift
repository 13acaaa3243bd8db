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
