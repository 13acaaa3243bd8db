// MAC and IP addresses.

extension PersonalScan {
  /// `aa:bb:cc:dd:ee:ff`, also with hyphens, and `aabbccddeeff`
  func hardware(at position: Int) -> Range<Int>? {
    let sign = text.byte(position + 2)
    guard sign == UInt8(ascii: ":") || sign == UInt8(ascii: "-") else {
      return text.byte(position + 4) == UInt8(ascii: ".")
        ? dottedHardware(at: position) : bareHardware(at: position)
    }
    var cursor = position
    for pair in 0..<6 {
      if pair > 0 {
        guard text.byte(cursor) == sign else { return nil }
        cursor += 1
      }
      guard text.isHex(cursor), text.isHex(cursor + 1) else { return nil }
      cursor += 2
    }
    return text.isLetter(cursor) || text.isDigit(cursor) ? nil : position..<cursor
  }

  /// `aabb.ccdd.eeff`, as switches and access points write it; versions have no letters.
  private func dottedHardware(at position: Int) -> Range<Int>? {
    var cursor = position
    var hasLetter = false
    var hasDigit = false
    for group in 0..<3 {
      if group > 0 {
        guard text.byte(cursor) == UInt8(ascii: ".") else { return nil }
        cursor += 1
      }
      for _ in 0..<4 {
        guard text.isHex(cursor) else { return nil }
        if text.isDigit(cursor) { hasDigit = true } else { hasLetter = true }
        cursor += 1
      }
    }
    let goesOn =
      text.isWord(cursor) || text.byte(cursor) == UInt8(ascii: ".") && text.isWord(cursor + 1)
    let isAddress = hasLetter && hasDigit && !goesOn && !isVersion(position)
    return isAddress ? position..<cursor : nil
  }

  /// What twelve hex digits are as well: an abbreviated commit, a digest.
  private static let others: [StaticString] = [
    "commit", "sha", "digest", "rev ", "git", "crc", "build id",
  ]

  private func bareHardware(at position: Int) -> Range<Int>? {
    let end = position + 12
    var hasLetter = false
    var hasDigit = false
    var hasCapital = false
    var hasSmall = false
    for index in position..<end {
      guard text.isHex(index) else { return nil }
      if text.isDigit(index) {
        hasDigit = true
      } else {
        hasLetter = true
        if text.isCapital(index) { hasCapital = true } else { hasSmall = true }
      }
    }
    guard hasLetter, hasDigit, !(hasCapital && hasSmall), !text.isLetter(end), !text.isDigit(end)
    else { return nil }
    let isOther = (max(position - 16, 0)..<position).contains { index in
      Self.others.contains { text.has($0, at: index) }
    }
    return isOther ? nil : position..<end
  }

  /// `10.0.0.7`; not `v5.4.2.1`, not `version 1.2.3.4`, not `1.2.3.4-rc1`
  func version4(at position: Int) -> Range<Int>? {
    guard text.isDigit(position) else { return nil }
    var cursor = position
    for part in 0..<4 {
      if part > 0 {
        guard text.byte(cursor) == UInt8(ascii: ".") else { return nil }
        cursor += 1
      }
      let start = cursor
      var value = 0
      while text.isDigit(cursor), cursor - start < 4 {
        value = value * 10 + Int(text.byte(cursor) &- 0x30)
        cursor += 1
      }
      guard cursor > start, value <= 255 else { return nil }
    }
    let continues =
      text.byte(cursor) == UInt8(ascii: ".") && text.isDigit(cursor + 1)
      || text.byte(cursor) == UInt8(ascii: "-") && text.isLetter(cursor + 1)
      || text.byte(cursor) == UInt8(ascii: "+")
    return text.isWord(cursor) || continues || isVersion(position) ? nil : position..<cursor
  }

  /// What a number with three points is as well.
  private static let versions: [StaticString] = [
    "version", "versions", "ver", "release", "revision", "rev", "firmware", "fw", "idf", "sdk",
    "bootloader", "lib", "library", "driver", "stack", "build", "vers",
  ]

  /// Whether the word before says that a version follows: `version: 1.2.3.4`, `"fw_version":"1.2.3.4"`.
  private func isVersion(_ position: Int) -> Bool {
    var end = position
    while end > position - 6, !text.isLetter(end - 1), !text.isDigit(end - 1) {
      // `ip=…`, `(…)` and the like stand for themselves.
      guard text.isBlank(end - 1) || text.isSign(end - 1) || text.isQuote(end - 1) else { break }
      end -= 1
    }
    return Self.versions.contains { word in
      let start = end - word.utf8CodeUnitCount
      return text.has(word, at: start) && !text.isLetter(start - 1)
    }
  }

  /// `fe80::1`, `2001:db8:0:0:0:0:0:7`; not a time, and not a name of C++
  func version6(at position: Int) -> Range<Int>? {
    guard text.isHex(position) || text.has("::", at: position), !text.isWord(position - 1),
      text.byte(position - 1) != UInt8(ascii: ":"), text.byte(position - 1) != UInt8(ascii: ">")
    else { return nil }
    var cursor = position
    var colons = 0
    var digits = 0
    var groups = 0
    var isShortened = false
    while text.isHex(cursor) || text.byte(cursor) == UInt8(ascii: ":") {
      if text.isHex(cursor) {
        if digits == 0 { groups += 1 }
        digits += 1
        guard digits <= 4 else { return nil }
      } else {
        colons += 1
        if text.byte(cursor + 1) == UInt8(ascii: ":") { isShortened = true }
        digits = 0
      }
      cursor += 1
    }
    // `fe80::1:` ends a clause with its colon.
    if text.byte(cursor - 1) == UInt8(ascii: ":"), text.byte(cursor - 2) != UInt8(ascii: ":") {
      cursor -= 1
      colons -= 1
    }
    guard !text.isWord(cursor), groups >= 1, isShortened ? groups <= 7 : colons == 7 else {
      return nil
    }
    if isShortened, !beginsAsAddress(position, groups: groups) { return nil }
    let hasDigit = (position..<cursor).contains { text.isDigit($0) }
    return hasDigit ? position..<cursor : nil
  }

  /// Whether the first group is one that networks use: names of C++ can be spelled in hex digits too.
  private func beginsAsAddress(_ position: Int, groups: Int) -> Bool {
    // `::1`, `::ffff:…`; `::add2(int)` is a function.
    if text.byte(position) == UInt8(ascii: ":") {
      return text.has("::1", at: position) && !text.isHex(position + 3)
        || text.has("::ffff:", at: position)
    }
    var end = position
    while text.isHex(end) { end += 1 }
    if text.has("64:ff9b", at: position) { return true }
    guard end - position == 4 else { return false }
    switch text.lower(position) {
    case UInt8(ascii: "2"), UInt8(ascii: "3"): return true
    case UInt8(ascii: "f"):
      let second = text.lower(position + 1)
      guard [0x63, 0x64, 0x65, 0x66].contains(second) else { return false }
      // `fade::` begins otherwise, `feed::` is no link's address, and words have no digits.
      if second == 0x65 {
        return 0x38...0x39 ~= text.byte(position + 2)
          || 0x61...0x62 ~= text.lower(position + 2) && groups > 2
      }
      return (position..<end).contains { text.isDigit($0) } || groups > 2
    default: return false
    }
  }
}
