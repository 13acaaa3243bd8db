// What a word looks like.

extension SecretScan {
  /// A word of six characters or more with letters and digits in it, which prose has not; addresses, dates and what has
  /// a name of its own have, and stay.
  mutating func keyLike(from start: Int) -> Secret? {
    var begin = start
    while isSeparator(begin) { begin += 1 }
    let end = keyLikeEnd(from: begin)
    let word = begin..<end
    guard word.count >= 6, nextLetter(from: begin) < end, nextDigit(from: begin) < end,
      !isAddress(word), !isSourcePlace(word), !isDate(at: begin), !beginsName(at: begin)
    else { return nil }
    return Secret(word)
  }

  /// `core_dump_elf.c:561`, which a function named `write_pass` is followed by.
  func isSourcePlace(_ range: Range<Int>) -> Bool {
    guard range.count < 200, let colon = bytes[range].lastIndex(of: UInt8(ascii: ":")),
      isDigit(colon + 1)
    else { return false }
    return [".c", ".cc", ".cpp", ".cxx", ".h", ".hpp", ".s", ".rs", ".ino"].contains {
      (suffix: StaticString) in
      colon - suffix.utf8CodeUnitCount > range.lowerBound
        && has(suffix, at: colon - suffix.utf8CodeUnitCount)
    }
  }

  /// `2026-11-21T10:00:00Z`
  private func isDate(at start: Int) -> Bool {
    (start..<start + 10).allSatisfy { index in
      index - start == 4 || index - start == 7
        ? byte(index) == UInt8(ascii: "-") : isDigit(index)
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

  /// A number below 1000 that stands alone, or `2/3`.
  func isSmallNumber(at start: Int) -> Bool {
    var end = start
    while end < start + 3, isDigit(end) { end += 1 }
    guard end > start else { return false }
    if byte(end) == UInt8(ascii: "/"), isDigit(end + 1) {
      let second = end + 1
      end = second
      while end < second + 3, isDigit(end) { end += 1 }
    }
    switch byte(end) {
    case 0...0x20, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: ")"),
      UInt8(ascii: "]"), UInt8(ascii: "}"):
      return true
    default: return isQuote(end)
    }
  }

  /// `token: 0x1234`; the tokens of CoAP have 8 bytes at most, those that lock something more.
  mutating func isProtocolNumber(_ start: Int, of name: Int) -> Bool {
    guard has("token", at: name) else { return false }
    let word = start..<wordEnd(from: start)
    if isAddress(word) { return true }
    guard 1...18 ~= word.count, coap.isFound(before: name, { [self] in has("coap", at: $0) }) else {
      return false
    }
    let digits = has("0x", at: start) ? start + 2 : start
    return word.upperBound > digits && (digits..<word.upperBound).allSatisfy { isHex($0) }
  }

  /// Where the file systems of nodes and computers begin.
  private static let roots: [StaticString] = [
    "spiffs", "littlefs", "sdcard", "sd", "fat", "fatfs", "data", "flash", "storage", "www", "mnt",
    "home", "root", "etc", "tmp", "usr", "var", "ffat", "fs", "eeprom", "lib",
  ]

  /// `/spiffs/www`, `/sdcard`, `/`; a password may begin with the sign as well.
  mutating func isPath(at start: Int) -> Bool {
    guard byte(start) == UInt8(ascii: "/") else { return false }
    let path = start..<wordEnd(from: start)
    guard path.count > 1 else { return true }
    guard path.count < 200, isLineEnd(pastBlanks(path.upperBound)) || isSeparator(path.upperBound)
    else {
      return false
    }
    return Self.roots.contains { root in
      let end = start + 1 + root.utf8CodeUnitCount
      return has(root, at: start + 1) && (end == path.upperBound || byte(end) == UInt8(ascii: "/"))
    }
  }

  /// `20dBm`, `1500us`, `19.5`
  func isMeasure(at start: Int) -> Bool {
    var end = start
    while end < start + 8, isDigit(end) || byte(end) == UInt8(ascii: ".") { end += 1 }
    guard end > start else { return false }
    let unit = end
    while end < unit + 4, isLetter(end) || byte(end) == UInt8(ascii: "%") { end += 1 }
    return end < unit + 4 && (isLineEnd(end) || isSeparator(end))
  }

  /// `lab/x`, `admin:x`
  mutating func isPair(_ word: Range<Int>) -> Bool {
    let sign = pairSigns.next(from: word.lowerBound, in: bytes) {
      $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":")
    }
    guard sign > word.lowerBound, sign + 1 < word.upperBound else { return false }
    return byte(sign) == UInt8(ascii: "/") || isSign(sign)
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
