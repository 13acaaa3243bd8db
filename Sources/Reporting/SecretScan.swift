/// A walk over one text that looks for secrets.
struct SecretScan {
  let bytes: UnsafeBufferPointer<UInt8>
  /// From here on, long runs of hex digits are keys, because the text spoke of one.
  var hexIsSecret = false
  /// Where the last word of the text begins, if nothing but blanks follows it.
  private let lastWord: Int

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    var start = bytes.count
    while start > 0, bytes[start - 1] <= 0x20 { start -= 1 }
    while start > 0, bytes[start - 1] > 0x20 { start -= 1 }
    lastWord = start
  }

  /// The secret that this place begins, or names, or tells by its form.
  mutating func secret(at position: Int) -> Secret? {
    let byte = lower(position)
    // Inside a word only names and hex digits are looked for, and neither begins with a sign.
    guard 0x61...0x7a ~= byte || isDigit(position) || byte >= 0x80 else {
      switch byte {
      case UInt8(ascii: ":"):
        return has("://", at: position) ? userInformation(after: position + 3) : nil
      case UInt8(ascii: "-"): return privateKeyBlock(at: position) ?? keyMaterial(at: position)
      case UInt8(ascii: "+"), UInt8(ascii: "/"): return keyMaterial(at: position)
      default: return nil
      }
    }
    return spoken(of: byte, at: position) ?? named(at: position) ?? shaped(at: position)
      ?? hexRun(at: position)
  }

  /// What words of a protocol or an interface say.
  private mutating func spoken(of letter: UInt8, at position: Int) -> Secret? {
    switch letter {
    case UInt8(ascii: "a"):
      if has("authorization", at: position) { return authorization(after: position + 13) }
      if has("auth=", at: position), !isLetter(position - 1) { return value(from: position + 5) }
    case UInt8(ascii: "b"):
      if has("bearer", at: position), !isWord(position - 1) {
        return word(after: position + 6, atLeastOneBlank: .yes)
      }
    case UInt8(ascii: "c"):
      if has("cookie:", at: position) { return restOfLine(from: position + 7) }
      if has("code", at: position) { return code(at: position) }
      return modemCommand(at: position)
    case UInt8(ascii: "k"):
      guard has("key", at: position) else { return nil }
      hexIsSecret = true
      return key(at: position)
    case UInt8(ascii: "l"):
      if has("login", at: position) { return login(after: position + 5) }
    case UInt8(ascii: "s"): return signature(at: position)
    case UInt8(ascii: "w"): return wifiCode(at: position)
    default: break
    }
    return nil
  }

  /// What is known by its form alone, wherever it stands; a word of its own.
  private func shaped(at position: Int) -> Secret? {
    guard !isWord(position - 1) else { return nil }
    return webToken(at: position) ?? vendorToken(at: position)
      ?? (position == lastWord ? keyMaterial(at: position) : nil)
  }

  /// `password: x`, `"ota_psk":"x"`, `passwd=x`, `password is x`, `password 'x'`.
  private mutating func named(at position: Int) -> Secret? {
    guard let (length, kind) = SecretNames.name(at: position, in: self) else { return nil }
    // `bypass:` and `compass=` are no passwords, `ota_psk=` and `wifiPassword=` hold one.
    if length <= 5, isLetter(position - 1) { return nil }
    if kind == .code, length == 3 { return pin(at: position) }
    hexIsSecret = true
    var cursor = position + length
    if lower(cursor) == UInt8(ascii: "s"), !isWord(cursor + 1) { cursor += 1 }
    // `secret_access_key=`, `token-id:`
    if length > 4, byte(cursor) == UInt8(ascii: "_") || byte(cursor) == UInt8(ascii: "-") {
      while isWord(cursor) || (byte(cursor) == UInt8(ascii: "-") && isWord(cursor + 1)) {
        cursor += 1
      }
    }
    if isQuote(cursor) || byte(cursor) == UInt8(ascii: ")") || byte(cursor) == UInt8(ascii: "]") {
      cursor += 1
    }
    // `pass: 12 fail: 0` counts tests, `pw: 3` watts, `tokens=512` what was used.
    if length <= 5, kind != .code, isSmallNumber(at: pastBlanks(cursor + 1)) { return nil }
    return behindName(cursor, kind)
  }

  /// What stands behind a name, after `:`, `=`, `->`, `is`, or in quotes or brackets; without any of these only what
  /// looks like a secret.
  func behindName(_ end: Int, _ kind: SecretNames.Kind) -> Secret? {
    var cursor = pastBlanks(end)
    if byte(cursor) == UInt8(ascii: "-"), byte(cursor + 1) == UInt8(ascii: ">") {
      return value(from: pastBlanks(cursor + 2))
    }
    if isSign(cursor) {
      cursor += 1
      if byte(cursor) == UInt8(ascii: ">") { cursor += 1 }
      return value(from: pastBlanks(cursor))
    }
    // The colon of other scripts.
    if hasExactly("：", at: cursor) { return value(from: pastBlanks(cursor + 3)) }
    if has("is ", at: cursor), cursor > end { return isSaid(from: pastBlanks(cursor + 3)) }
    if has("is:", at: cursor), cursor > end { return value(from: pastBlanks(cursor + 3)) }
    if has("set to ", at: cursor), cursor > end { return isSaid(from: pastBlanks(cursor + 7)) }
    if isQuote(cursor), cursor > end { return value(from: cursor) }
    if byte(cursor) == UInt8(ascii: "["), cursor > end { return value(from: cursor + 1) }
    if let stored = storedValue(from: cursor) { return stored }
    // Names in other scripts need no blank behind them.
    guard cursor > end || byte(cursor) == UInt8(ascii: ",") || byte(end - 1) >= 0x80 else {
      return nil
    }
    if kind == .password, let owned = valueOfOwner(from: cursor) { return owned }
    return keyLike(from: cursor) ?? unannounced(from: cursor, kind)
  }

  /// A word behind a name that nothing but its form or place tells from the rest of a sentence.
  private func unannounced(from start: Int, _ kind: SecretNames.Kind) -> Secret? {
    let start = byte(start) == UInt8(ascii: "(") ? start + 1 : start
    let end = wordEnd(from: start)
    guard end > start, !isSourcePlace(start..<end) else { return nil }
    let word = Secret(start..<end)
    switch kind {
    case .code: return isNumber(start..<end, ofAtLeast: 4) ? word : nil
    case .pair where !isPair(start..<end) && isBlank(end): return keyLike(from: end)
    case .pair, .password, .token:
      if isPair(start..<end) || isNumber(start..<end, ofAtLeast: 8) { return word }
      guard kind == .password, isLineEnd(pastBlanks(end)) else { return nil }
      return end - start >= 8 && !isOrdinary(start..<end) ? word : nil
    }
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

  private func authorization(after position: Int) -> Secret? {
    var cursor = position
    if isQuote(cursor) { cursor += 1 }
    cursor = pastBlanks(cursor)
    guard isSign(cursor) else { return nil }
    cursor = pastBlanks(cursor + 1)
    if isQuote(cursor) { cursor += 1 }
    if has("digest ", at: cursor) { return restOfLine(from: cursor + 7) }
    for scheme: StaticString in ["bearer", "basic", "digest", "token"] where has(scheme, at: cursor)
    {
      return word(after: cursor + scheme.utf8CodeUnitCount, atLeastOneBlank: .yes)
    }
    return word(after: cursor, atLeastOneBlank: .no)
  }

  private enum BlankNeeded { case yes, no }

  private func word(after position: Int, atLeastOneBlank: BlankNeeded) -> Secret? {
    // `"Authorization: Bearer"` names the header and holds no key.
    if atLeastOneBlank == .yes, isQuote(position) { return nil }
    var start = pastBlanks(position)
    while isSign(start) || isQuote(start) { start = pastBlanks(start + 1) }
    if atLeastOneBlank == .yes, start == position { return nil }
    var end = start
    while end < bytes.count, bytes[end] > 0x20, !isQuote(end) { end += 1 }
    return Secret(start..<end)
  }

  /// The password of `mqtt://user:password@host`.
  private func userInformation(after position: Int) -> Secret? {
    var colon: Int?
    var at: Int?
    var cursor = position
    // No URL of a device is longer, and each may begin the next.
    let limit = min(bytes.count, position + 1_024)
    while cursor < limit, bytes[cursor] > 0x20 {
      if bytes[cursor] == UInt8(ascii: "/"), at == nil, let colon, colon + 1 < cursor,
        bytes[colon + 1..<cursor].allSatisfy({ 0x30...0x39 ~= $0 })
      {
        // `http://host:8080/fw@v2`: a port.
        return nil
      }
      if bytes[cursor] == UInt8(ascii: ":"), colon == nil { colon = cursor }
      if bytes[cursor] == UInt8(ascii: "@") { at = cursor }
      if bytes[cursor] == UInt8(ascii: "/"), at != nil { break }
      cursor += 1
    }
    guard let colon, let at, colon < at else { return nil }
    return Secret(colon + 1..<at)
  }

  /// Sixteen hex digits or more, also as bytes with blanks, colons, commas or `0x` between.
  private func hexRun(at position: Int) -> Secret? {
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
    return digits >= 16 ? Secret(upToNextName: position..<end) : nil
  }
}
