/// A walk over one text that looks for secrets.
struct SecretScan {
  let bytes: UnsafeBufferPointer<UInt8>
  /// From here on, long runs of hex digits are keys, because the text spoke of one.
  var hexIsSecret = false
  /// Where the last word of the text begins, if it is long enough to be a row of a key.
  private let lastWord: Int?

  var wordEnds = Lookahead()
  var keyLikeEnds = Lookahead()
  var headerEnds = Lookahead()
  var keyEnds = Lookahead()
  var letters = Lookahead()
  var digits = Lookahead()
  var dots = Lookahead()
  var slashes = Lookahead()
  var colons = Lookahead()
  var ats = Lookahead()
  var pairSigns = Lookahead()
  var pairings = Lookbehind()
  var networks = Lookbehind()
  var coap = Lookbehind()

  init(bytes: UnsafeBufferPointer<UInt8>, lastWord: Int? = nil) {
    self.bytes = bytes
    self.lastWord = lastWord
  }

  /// Where the last word of a text begins, if it has the length of key material.
  static func longLastWord(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var end = bytes.count
    while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
    var start = end
    while start > 0, bytes[start - 1] > 0x20 { start -= 1 }
    return end - start >= leastKeyMaterial ? start : nil
  }

  /// The next place from `position` on that has to be looked at.
  func place(from position: Int) -> Int? {
    // Hex digits begin anywhere.
    if hexIsSecret { return position }
    let anchor = SecretAnchors.first(in: bytes, from: position)
    guard let lastWord, lastWord >= position else { return anchor }
    return min(anchor ?? lastWord, lastWord)
  }

  /// The secret that this place begins, or names, or tells by its form.
  mutating func secret(at position: Int) -> Secret? {
    let byte = lower(position)
    switch byte {
    case UInt8(ascii: ":"):
      if has("://", at: position) { return userInformation(after: position + 3) }
      return wifiCode(at: position)
    case UInt8(ascii: ";"): return wifiCode(at: position)
    case UInt8(ascii: ">"):
      return consoleCommand(at: position)?.password.flatMap {
        isMasked($0) ? nil : Secret($0, after: position)
      }
    case UInt8(ascii: "-"):
      if let block = privateKeyBlock(at: position) ?? drawnOption(at: position) { return block }
    case UInt8(ascii: "&"), UInt8(ascii: "?"): return portalField(at: position)
    case 0x30...0x39, 0x61...0x7a, 0x80...:
      // Inside a word only names and hex digits are looked for, and neither begins with a sign.
      if let said = spoken(of: byte, at: position) ?? named(at: position) { return said }
      if let shaped = shaped(at: position) { return shaped }
    default: break
    }
    if position == lastWord, let material = keyMaterial(at: position) { return material }
    return hexRun(at: position)
  }

  /// What words of a protocol or an interface say.
  private mutating func spoken(of letter: UInt8, at position: Int) -> Secret? {
    switch letter {
    case UInt8(ascii: "a"):
      if has("authorization", at: position) { return authorization(after: position + 13) }
      if has("auth=", at: position), !isLetter(position - 1) {
        return isSmallNumber(at: position + 5) ? nil : value(from: position + 5)
      }
      // `auth: x` of a service's key; `auth: WPA2_PSK` is a mode.
      return authentication(at: position)
    case UInt8(ascii: "b"):
      if has("bearer", at: position), !isWord(position - 1) { return bearer(after: position + 6) }
      if has("begin(", at: position) { return call(at: position) }
    case UInt8(ascii: "c"):
      if has("cookie:", at: position) { return restOfLine(from: position + 7) }
      if has("code", at: position) { return code(at: position) }
      if has("cmp(", at: position) { return comparison(at: position) }
      if has("connect", at: position) { return connection(at: position) }
      return modemCommand(at: position)
    case UInt8(ascii: "d"):
      // The keys of a Thread network in one row of hex digits.
      if has("dataset", at: position) { hexIsSecret = true }
    case UInt8(ascii: "m"): return modemCommand(at: position)
    case UInt8(ascii: "k"):
      guard has("key", at: position) else { return nil }
      let isPublic =
        has("public", at: position - 7) || has("pub", at: position - 4)
        || has("public", at: position - 6)
      if !isPublic { hexIsSecret = true }
      return isPublic ? nil : key(at: position)
    case UInt8(ascii: "h"): return hotspot(at: position)
    case UInt8(ascii: "l"):
      // `AUTH LOGIN x` is told at its `AUTH`.
      if has("login", at: position), !has("auth ", at: position - 5) {
        return login(after: position + 5)
      }
    case UInt8(ascii: "s"): return digestResponse(at: position) ?? signature(at: position)
    default: break
    }
    return nil
  }

  /// What is known by its form alone, wherever it stands; a word of its own.
  private mutating func shaped(at position: Int) -> Secret? {
    if isDigit(position) { return botToken(at: position) }
    guard !isWord(position - 1) else { return nil }
    return webToken(at: position) ?? vendorToken(at: position)
  }

  /// `password: x`, `"ota_psk":"x"`, `passwd=x`, `password is x`, `password 'x'`.
  private mutating func named(at position: Int) -> Secret? {
    guard let (length, kind) = SecretNames.name(at: position, in: self) else { return nil }
    // `bypass:` and `compass=` are no passwords, `ota_psk=` and `wifiPassword=` hold one.
    if length <= 5, isLetter(position - 1), !beginsHump(position),
      !SecretNames.isOwned(position, in: self)
    {
      return nil
    }
    if kind == .code, length == 3 { return pin(at: position) }
    hexIsSecret = true
    let word = position + length
    var cursor = word
    if lower(cursor) == UInt8(ascii: "s"), !isWord(cursor + 1) { cursor += 1 }
    if kind != .proof {
      guard let end = tailEnd(from: cursor) else { return nil }
      if SecretNames.describes(cursor..<end, in: self) {
        return argument(ofCall: end, named: position..<end)
      }
      cursor = end
    }
    let nameEnd = cursor
    if let text = tagText(of: position, behind: cursor) { return text }
    if isQuote(cursor) || byte(cursor) == UInt8(ascii: ")") || byte(cursor) == UInt8(ascii: "]") {
      cursor += 1
    }
    if let stored = argument(behind: cursor, of: position) { return stored }
    if let measured = valueOfLength(pastBlanks(cursor)) { return measured }
    if counts(position, length, kind, from: cursor) { return nil }
    if kind == .proof { return proof(from: cursor) }
    return behindName(cursor, kind) ?? argument(ofCall: nameEnd, named: position..<nameEnd)
  }

  /// `wifiPass`: a capital inside of a word.
  func beginsHump(_ position: Int) -> Bool {
    isCapital(position) && !isCapital(position + 1) && !isCapital(position - 1)
  }

  /// The end of what a name goes on with: `secret_access_key=`, `token-id:`, `password2=`, `passwordSta=`; nil where
  /// it goes on for longer than any name.
  func tailEnd(from start: Int) -> Int? {
    let isJoined = byte(start) == UInt8(ascii: "_") || byte(start) == UInt8(ascii: "-")
    let isHump = isDigit(start) || isCapital(start) && 0x61...0x7a ~= byte(start - 1)
    guard isJoined || isHump else { return start }
    var end = start
    while isWord(end) || (byte(end) == UInt8(ascii: "-") && isWord(end + 1)) {
      end += 1
      if end - start > Self.longestTail { return nil }
    }
    return end
  }

  private static let longestTail = 48

  /// `pass: 12 fail: 0` counts tests, `pw: 3` watts, `tokens=5120` what was used, `WPA2-PSK` tells how a network is locked.
  private mutating func counts(
    _ position: Int, _ length: Int, _ kind: SecretNames.Kind, from end: Int
  ) -> Bool {
    let value = pastBlanks(isSign(pastBlanks(end)) ? pastBlanks(end) + 1 : end + 1)
    if length <= 5 || kind == .token, kind != .code, isSmallNumber(at: value) { return true }
    let isMode =
      isDigit(position - 2) && has("wpa", at: position - 5)
      || isDigit(position - 1) && has("wpa", at: position - 4)
    if isMode, has("psk", at: position), !isSign(pastBlanks(end)) { return true }
    // What a protocol numbers its requests with, and the folder that a shell is in.
    if kind == .token, isProtocolNumber(value, of: position) { return true }
    if length == 3, has("pwd", at: position), isPath(at: value) { return true }
    // A program status word, and a width or a power with its unit.
    if has("psw", at: position), has("0x", at: value) { return true }
    if length == 2, isMeasure(at: value) { return true }
    let isPlural = lower(position + length) == UInt8(ascii: "s")
    if isPlural, kind == .token, isDigit(value) {
      return (value..<wordEnd(from: value)).prefix(12).allSatisfy { isDigit($0) }
    }
    return has("pass", at: position) && length == 4 && isTestResult(at: value)
  }

  /// `PASS: test_reconnect`
  private func isTestResult(at start: Int) -> Bool {
    has("test_", at: start) || has("test ", at: start)
  }

  /// What stands behind a name, after `:`, `=`, `->`, `is`, or in quotes or brackets; without any of these only what
  /// looks like a secret.
  mutating func behindName(_ end: Int, _ kind: SecretNames.Kind) -> Secret? {
    var cursor = pastBlanks(end)
    if byte(cursor) == UInt8(ascii: "-"), byte(cursor + 1) == UInt8(ascii: ">") {
      return value(from: pastBlanks(cursor + 2))
    }
    if isComparison(cursor) {
      // On the other side stands a name or a number, unless it is a text: `password == NULL`, `strlen(psk) != 0`.
      cursor = pastBlanks(cursor + 2)
      if byte(cursor) == UInt8(ascii: "\\") { cursor += 1 }
      return isQuote(cursor) ? value(from: cursor) : keyLike(from: cursor)
    }
    if isSign(cursor) {
      cursor += 1
      if byte(cursor) == UInt8(ascii: ">") { cursor += 1 }
      cursor = pastBlanks(cursor)
      return isLineEnd(cursor) ? onNextLine(from: cursor, kind) : value(from: cursor)
    }
    if let escaped = escapedValue(from: cursor) { return escaped }
    // The colon of other scripts.
    if hasExactly("：", at: cursor) { return value(from: pastBlanks(cursor + 3)) }
    if cursor > end, let sign = signBehindNote(cursor) ?? signBehindOwner(cursor) {
      let start = pastBlanks(sign + 1)
      return isSmallNumber(at: start) ? nil : value(from: start)
    }
    if has("is ", at: cursor), cursor > end { return isSaid(from: pastBlanks(cursor + 3)) }
    if has("is:", at: cursor), cursor > end { return value(from: pastBlanks(cursor + 3)) }
    if cursor > end, let news = news(from: cursor) { return news }
    // `setPassword("x")`
    if byte(cursor) == UInt8(ascii: "("), isQuote(cursor + 1) { return value(from: cursor + 1) }
    if isQuote(cursor), cursor > end { return value(from: cursor) }
    if byte(cursor) == UInt8(ascii: "[") { return bracketed(from: cursor + 1) }
    if let stored = storedValue(from: cursor) { return stored }
    // Names in other scripts need no blank behind them.
    guard cursor > end || byte(cursor) == UInt8(ascii: ",") || byte(end - 1) >= 0x80 else {
      return nil
    }
    if kind == .password, let owned = valueOfOwner(from: cursor) { return owned }
    return keyLike(from: cursor) ?? unannounced(from: cursor, kind)
  }

  /// A word behind a name that nothing but its form or place tells from the rest of a sentence.
  private mutating func unannounced(from start: Int, _ kind: SecretNames.Kind) -> Secret? {
    let start = byte(start) == UInt8(ascii: "(") ? start + 1 : start
    let end = wordEnd(from: start)
    guard end > start, !isSourcePlace(start..<end), !isMasked(start..<end) else { return nil }
    let word = Secret(start..<end)
    switch kind {
    case .code: return isNumber(start..<end, ofAtLeast: 4) ? word : toldNumber(from: start)
    case .pair where !isPair(start..<end) && isBlank(end): return keyLike(from: end)
    case .pair where isPair(start..<end): return word
    case .pair, .password, .token, .proof:
      if isNumber(start..<end, ofAtLeast: 8) { return word }
      guard kind == .password else { return nil }
      if isPair(start..<end) { return word }
      // `SSID1 lab; Password1 x; MqttUser y` are commands in a row.
      let isLast = isLineEnd(pastBlanks(end)) || has("; ", at: end)
      guard isLast else { return nil }
      return end - start >= 8 && !isOrdinary(start..<end) ? word : nil
    }
  }
}
