// A secret that stands on the line after its label.

extension SecretScan {
  /// The word that is all of the next line, if it looks like such a secret.
  mutating func onNextLine(from end: Int, _ kind: SecretNames.Kind) -> Secret? {
    guard end < bytes.count else { return nil }
    var start = end
    while start < end + 3, byte(start) == 0x0d || byte(start) == 0x0a { start += 1 }
    start = pastBlanks(start)
    let word = start..<wordEnd(from: start)
    guard isLineEnd(pastBlanks(word.upperBound)) else { return nil }
    return isAwaited(word, kind) ? Secret(word) : nil
  }

  /// Whether a word that stands alone is what a label on the line before announced, and not what the log goes on with.
  mutating func isAwaited(_ word: Range<Int>, _ kind: SecretNames.Kind) -> Bool {
    guard !word.isEmpty, !saysHowThingsStand(word) else { return false }
    switch kind {
    case .password:
      // WPA takes no shorter ones.
      return keyLike(from: word.lowerBound)?.bytes == word
        || word.count >= Self.leastPassword && !isOrdinary(word)
        || (8...63).contains(word.count) && word.allSatisfy { isDigit($0) }
    case .token, .pair, .proof: return keyLike(from: word.lowerBound)?.bytes == word
    case .code: return isNumber(word, ofAtLeast: 4)
    }
  }

  /// What a line ends with: `password:`, `PMK - hexdump(len=32):`, `The key for lab is:`; nil where it announces nothing.
  mutating func announced() -> SecretNames.Kind? {
    var end = bytes.count
    while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
    guard end > 2, isSign(end - 1) else { return nil }
    for position in max(end - Self.longestLabel, 0)..<end {
      guard let (name, kind) = label(at: position) else { continue }
      let isEnd = name >= end - 1 || (name..<end - 1).allSatisfy { isBlank($0) || isQuote($0) }
      if isEnd || isFiller(name..<end - 1) { return kind }
    }
    return nil
  }

  private static let longestLabel = 64

  /// The end of the name of a secret that stands here.
  private mutating func label(at position: Int) -> (end: Int, kind: SecretNames.Kind)? {
    if has("key", at: position), isLock(position), let end = keyNameEnd(position) {
      return (end, .token)
    }
    guard let (length, kind) = SecretNames.name(at: position, in: self), length > 3 || kind != .code
    else { return nil }
    if isLetter(position - 1), !beginsHump(position), !SecretNames.isOwned(position, in: self) {
      return nil
    }
    var end = position + length
    if lower(end) == UInt8(ascii: "s"), !isWord(end + 1) { end += 1 }
    guard let tail = tailEnd(from: end), !isLetter(tail) else { return nil }
    return SecretNames.describes(end..<tail, in: self) ? nil : (tail, kind)
  }

  /// What may stand between a label and its colon.
  private func isFiller(_ text: Range<Int>) -> Bool {
    let start = pastBlanks(text.lowerBound)
    guard start > text.lowerBound || isBracket(start) else { return false }
    let fillers: [StaticString] = [
      "is", "(", "[", "- hexdump", "hexdump", "hex", "bytes", "in hex",
    ]
    if fillers.contains(where: { has($0, at: start) }) { return true }
    // `password for my lab:`; a sentence that goes on asks for nothing.
    guard has("for ", at: start) || has("of ", at: start) else { return false }
    return text.upperBound - start <= 40
      && !(start..<text.upperBound).contains { byte($0) == UInt8(ascii: ",") }
  }
}
