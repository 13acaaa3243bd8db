// What a word looks like.

extension SecretScan {
  /// A word of six characters or more with letters and digits in it, which prose has not; addresses have, and stay.
  func keyLike(from start: Int) -> Secret? {
    var begin = start
    while isSeparator(begin) { begin += 1 }
    var end = begin
    var letters = 0
    var digits = 0
    while end < bytes.count, bytes[end] > 0x20, !isQuote(end), !isSeparator(end),
      bytes[end] != UInt8(ascii: ")")
    {
      if isLetter(end) { letters += 1 }
      if isDigit(end) { digits += 1 }
      end += 1
    }
    guard end - begin >= 6, letters > 0, digits > 0, !isAddress(begin..<end),
      !isSourcePlace(begin..<end)
    else { return nil }
    return Secret(begin..<end)
  }

  /// `core_dump_elf.c:561`, which a function named `write_pass` is followed by.
  func isSourcePlace(_ range: Range<Int>) -> Bool {
    guard let colon = bytes[range].lastIndex(of: UInt8(ascii: ":")), isDigit(colon + 1) else {
      return false
    }
    return [".c", ".cc", ".cpp", ".cxx", ".h", ".hpp", ".s", ".rs", ".ino"].contains {
      (suffix: StaticString) in
      colon - suffix.utf8CodeUnitCount > range.lowerBound
        && has(suffix, at: colon - suffix.utf8CodeUnitCount)
    }
  }

  private func isAddress(_ range: Range<Int>) -> Bool {
    has("0x", at: range.lowerBound) && range.count <= 10
      && (range.lowerBound + 2..<range.upperBound).allSatisfy { isHex($0) }
  }

  /// A number of so many digits, which may stand in groups: `123-45-678`.
  func isNumber(_ word: Range<Int>, ofAtLeast least: Int) -> Bool {
    var digits = 0
    for index in word {
      if isDigit(index) {
        digits += 1
      } else if byte(index) != UInt8(ascii: "-"), byte(index) != UInt8(ascii: ".") {
        return false
      }
    }
    return digits >= least && isDigit(word.lowerBound)
  }

  /// A number below 1000 that stands alone.
  func isSmallNumber(at start: Int) -> Bool {
    let end = wordEnd(from: start)
    return 1...3 ~= end - start && (start..<end).allSatisfy { isDigit($0) }
  }

  /// `lab/x`, `admin:x`
  func isPair(_ word: Range<Int>) -> Bool {
    guard let slash = word.first(where: { bytes[$0] == UInt8(ascii: "/") || isSign($0) }) else {
      return false
    }
    return slash > word.lowerBound && slash + 1 < word.upperBound
  }

  /// Endings of words that say what became of a password.
  private static let endings: [StaticString] = [
    "ed", "ing", "ion", "ent", "ect", "tch", "ble", "ful", "ers", "ord", "ager", "word", "lid",
    "hash", "ield", "size", "ry", "ty", "age", "ile",
  ]

  /// A word of small letters alone that a sentence about passwords may end with.
  func isOrdinary(_ word: Range<Int>) -> Bool {
    var end = word.upperBound
    while end > word.lowerBound, !isLetter(end - 1), !isDigit(end - 1) { end -= 1 }
    guard (word.lowerBound..<end).allSatisfy({ isLetter($0) }) else {
      // That is code: `password_field`, `psk.c`.
      return (word.lowerBound..<end).allSatisfy { isWord($0) || byte($0) == UInt8(ascii: ".") }
    }
    return Self.endings.contains { has($0, at: end - $0.utf8CodeUnitCount) }
  }
}
