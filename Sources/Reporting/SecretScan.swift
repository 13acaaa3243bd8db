/// Bytes to mask, and where to look for the next secret.
struct Secret {
  let bytes: Range<Int>
  let resume: Int

  /// The end is plain; inside, other secrets may begin.
  init(_ bytes: Range<Int>) {
    self.bytes = bytes
    resume = bytes.lowerBound
  }

  /// Everything up to the next name.
  init(upToNextName bytes: Range<Int>) {
    self.bytes = bytes
    resume = bytes.upperBound
  }
}

/// A walk over one text that looks for secrets.
struct SecretScan {
  let bytes: UnsafeBufferPointer<UInt8>
  /// From here on, long runs of hex digits are keys, because the text spoke of one.
  private var hexIsSecret = false

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func secret(at position: Int, after names: [StaticString]) -> Secret? {
    switch lower(position) {
    case UInt8(ascii: "a"):
      if has("authorization", at: position) { return authorization(after: position + 13) }
      if has("auth=", at: position), !isLetter(position - 1) { return value(from: position + 5) }
      return named(at: position, names) ?? hexRun(at: position)
    case UInt8(ascii: "b"):
      if has("bearer", at: position), !isWord(position - 1) {
        return word(after: position + 6, atLeastOneBlank: .yes)
      }
      return hexRun(at: position)
    case UInt8(ascii: "k"):
      guard has("key", at: position) else { return nil }
      hexIsSecret = true
      return key(at: position)
    case UInt8(ascii: ":"):
      return has("://", at: position) ? userInformation(after: position + 3) : nil
    case UInt8(ascii: "p"), UInt8(ascii: "t"), UInt8(ascii: "o"):
      return named(at: position, names)
    case UInt8(ascii: "s"):
      return signature(at: position) ?? named(at: position, names)
    case UInt8(ascii: "c"):
      if has("cookie:", at: position) { return restOfLine(from: position + 7) }
      return named(at: position, names) ?? hexRun(at: position)
    case UInt8(ascii: "e"):
      return webToken(at: position) ?? hexRun(at: position)
    default:
      return hexRun(at: position)
    }
  }

  /// `password: x`, `"ota_psk":"x"`, `passwd=x`, `password is x`, `password 'x'`.
  mutating func named(at position: Int, _ names: [StaticString]) -> Secret? {
    // Most words that begin like a name end the likeness with the second letter.
    guard Redaction.beginsName(lower(position), lower(position + 1)) else { return nil }
    guard let name = names.first(where: { has($0, at: position) }) else { return nil }
    // `bypass:` and `compass=` are no passwords, `ota_psk=` and `wifiPassword=` hold one.
    if name.utf8CodeUnitCount <= 4, isLetter(position - 1) { return nil }
    hexIsSecret = true
    var cursor = position + name.utf8CodeUnitCount
    if lower(cursor) == UInt8(ascii: "s"), !isWord(cursor + 1) { cursor += 1 }
    // `secret_access_key=`, `token-id:`
    if name.utf8CodeUnitCount > 4,
      byte(cursor) == UInt8(ascii: "_") || byte(cursor) == UInt8(ascii: "-")
    {
      while isWord(cursor) || (byte(cursor) == UInt8(ascii: "-") && isWord(cursor + 1)) {
        cursor += 1
      }
    }
    if isQuote(cursor) || byte(cursor) == UInt8(ascii: ")") || byte(cursor) == UInt8(ascii: "]") {
      cursor += 1
    }
    return behindName(cursor)
  }

  /// What stands behind a name, after `:`, `=`, `->`, `is`, or in quotes or brackets; without any of these only what
  /// looks like a secret.
  func behindName(_ end: Int) -> Secret? {
    var cursor = pastBlanks(end)
    if byte(cursor) == UInt8(ascii: "-"), byte(cursor + 1) == UInt8(ascii: ">") {
      return value(from: pastBlanks(cursor + 2))
    }
    if byte(cursor) == UInt8(ascii: ":") || byte(cursor) == UInt8(ascii: "=") {
      cursor += 1
      if byte(cursor) == UInt8(ascii: ">") { cursor += 1 }
      return value(from: pastBlanks(cursor))
    }
    if has("is ", at: cursor), cursor > end { return value(from: pastBlanks(cursor + 3)) }
    if isQuote(cursor), cursor > end { return value(from: cursor) }
    if byte(cursor) == UInt8(ascii: "["), cursor > end { return value(from: cursor + 1) }
    return storedValue(from: cursor)
      ?? (cursor > end || byte(cursor) == UInt8(ascii: ",") ? keyLike(from: cursor) : nil)
  }

  /// A value in quotes ends at its quote, any other at the next `name=` or `name:`, or with the line.
  func value(from start: Int) -> Secret? {
    guard start < bytes.count else { return nil }
    if isQuote(start) {
      let quote = bytes[start]
      var end = start + 1
      while end < bytes.count, bytes[end] != quote || byte(end - 1) == UInt8(ascii: "\\") {
        end += 1
      }
      return Secret(start + 1..<end)
    }
    var end = start
    while end < bytes.count, bytes[end] != 0x0a, bytes[end] != 0x0d {
      if isSeparator(end), beginsName(at: pastSeparators(end)) { break }
      end += 1
    }
    return Secret(upToNextName: start..<end)
  }

  func authorization(after position: Int) -> Secret? {
    var cursor = position
    if isQuote(cursor) { cursor += 1 }
    cursor = pastBlanks(cursor)
    guard byte(cursor) == UInt8(ascii: ":") || byte(cursor) == UInt8(ascii: "=") else {
      return nil
    }
    cursor = pastBlanks(cursor + 1)
    if isQuote(cursor) { cursor += 1 }
    for scheme: StaticString in ["bearer", "basic", "digest"] where has(scheme, at: cursor) {
      return word(after: cursor + scheme.utf8CodeUnitCount, atLeastOneBlank: .yes)
    }
    return word(after: cursor, atLeastOneBlank: .no)
  }

  enum BlankNeeded { case yes, no }

  func word(after position: Int, atLeastOneBlank: BlankNeeded) -> Secret? {
    // `"Authorization: Bearer"` names the header and holds no key.
    if atLeastOneBlank == .yes, isQuote(position) { return nil }
    var start = pastBlanks(position)
    while byte(start) == UInt8(ascii: ":") || byte(start) == UInt8(ascii: "=") || isQuote(start) {
      start = pastBlanks(start + 1)
    }
    if atLeastOneBlank == .yes, start == position { return nil }
    var end = start
    while end < bytes.count, bytes[end] > 0x20, !isQuote(end) { end += 1 }
    return Secret(start..<end)
  }

  /// The password of `mqtt://user:password@host`.
  func userInformation(after position: Int) -> Secret? {
    var colon: Int?
    var at: Int?
    var cursor = position
    while cursor < bytes.count, bytes[cursor] > 0x20 {
      if bytes[cursor] == UInt8(ascii: ":"), colon == nil { colon = cursor }
      if bytes[cursor] == UInt8(ascii: "@") { at = cursor }
      if bytes[cursor] == UInt8(ascii: "/"), at != nil { break }
      cursor += 1
    }
    guard let colon, let at, colon < at else { return nil }
    return Secret(colon + 1..<at)
  }

  /// Sixteen hex digits or more, also as bytes with blanks, colons, commas or `0x` between.
  func hexRun(at position: Int) -> Secret? {
    guard hexIsSecret, isHex(position), !isWord(position - 1) else { return nil }
    var digits = 0
    var cursor = position
    var end = position
    while cursor < bytes.count {
      let start = cursor
      while isHex(cursor) || (byte(cursor) | 0x20 == UInt8(ascii: "x") && cursor == start + 1) {
        cursor += 1
      }
      guard cursor > start, !isWord(cursor) else { break }
      digits += cursor - start
      end = cursor
      while isSeparator(cursor) || byte(cursor) == UInt8(ascii: ":") { cursor += 1 }
      if cursor > end + 2 { break }
    }
    return digits >= 16 ? Secret(position..<end) : nil
  }

  func byte(_ index: Int) -> UInt8 {
    index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  func lower(_ index: Int) -> UInt8 {
    let byte = byte(index)
    return 0x41...0x5a ~= byte ? byte | 0x20 : byte
  }

  func has(_ literal: StaticString, at index: Int) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard index >= 0, length <= bytes.count - index else { return false }
    return (0..<length).allSatisfy { lower(index + $0) == literal.utf8Start[$0] }
  }

  func isLetter(_ index: Int) -> Bool { 0x61...0x7a ~= lower(index) }

  func isWord(_ index: Int) -> Bool {
    isLetter(index) || 0x30...0x39 ~= byte(index) || byte(index) == UInt8(ascii: "_")
  }

  func isHex(_ index: Int) -> Bool {
    0x30...0x39 ~= byte(index) || 0x61...0x66 ~= lower(index)
  }

  func isQuote(_ index: Int) -> Bool {
    let byte = byte(index)
    return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
  }

  func isSeparator(_ index: Int) -> Bool {
    switch byte(index) {
    case 0x20, 0x09, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "&"): true
    default: false
    }
  }

  func pastBlanks(_ index: Int) -> Int {
    var cursor = index
    while byte(cursor) == 0x20 || byte(cursor) == 0x09 { cursor += 1 }
    return cursor
  }

  func pastSeparators(_ index: Int) -> Int {
    var cursor = index
    while isSeparator(cursor) { cursor += 1 }
    return cursor
  }

  func beginsName(at index: Int) -> Bool {
    var cursor = index
    while isWord(cursor) { cursor += 1 }
    return cursor > index && isLetter(index)
      && (byte(cursor) == UInt8(ascii: "=") || byte(cursor) == UInt8(ascii: ":"))
  }
}
