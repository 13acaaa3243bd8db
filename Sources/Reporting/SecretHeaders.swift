// Secrets in headers and addresses of the web.

extension SecretScan {
  mutating func authorization(after position: Int) -> Secret? {
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

  /// `response="6629fae4…"` of a Digest login whose header's name stands in another line; `position` is that of `se=`.
  func digestResponse(at position: Int) -> Secret? {
    guard has("response=", at: position - 6), !isWord(position - 7) else { return nil }
    let start = isQuote(position + 3) ? position + 4 : position + 3
    var end = start
    while end < start + Self.longestDigest, isHex(end) { end += 1 }
    return end - start >= Self.shortestDigest && !isWord(end) ? Secret(start..<end) : nil
  }

  /// The hexadecimal digits of MD5, and of SHA-512.
  private static let shortestDigest = 32
  private static let longestDigest = 128

  /// How mail servers and brokers are logged in to, which a server lists as well: `250-AUTH LOGIN PLAIN XOAUTH2`.
  private static let mechanisms: [StaticString] = [
    "plain", "login", "external", "cram", "digest", "scram", "xoauth", "oauth", "gssapi", "ntlm",
    "anonymous",
  ]

  /// `AUTH PLAIN x`, `AUTH LOGIN x`; `auth: x` and `auth x` of a service's key, while `auth: WPA2_PSK` is a mode.
  mutating func authentication(at position: Int) -> Secret? {
    guard has("auth", at: position), !isWord(position - 1) else { return nil }
    if has("basic ", at: position - 6), let login = basicLogin(after: position + 4) { return login }
    var cursor = position + 4
    if byte(cursor) == UInt8(ascii: ":") { cursor += 1 }
    guard byte(cursor) == 0x20 else { return nil }
    cursor += 1
    guard let mechanism = Self.mechanisms.first(where: { has($0, at: cursor) }) else {
      guard !has("wifi_auth", at: cursor), let key = keyLike(from: cursor) else { return nil }
      return key.bytes.count >= 20 && !saysHowThingsStand(key.bytes) ? key : nil
    }
    cursor += mechanism.utf8CodeUnitCount
    let longest = cursor + 16
    while cursor < longest, isWord(cursor) || byte(cursor) == UInt8(ascii: "-") { cursor += 1 }
    guard byte(cursor) == 0x20 else { return nil }
    let start = pastBlanks(cursor)
    let limit = headerEnd(from: start)
    var end = start
    while end < limit, isWord(end) || [0x2b, 0x2f, 0x3d].contains(byte(end)) { end += 1 }
    let word = start..<end
    guard word.count >= 4, endsAuthentication(word),
      !Self.mechanisms.contains(where: { has($0, at: start) }), !saysHowThingsStand(word)
    else { return nil }
    // A word in the letters of a sentence says how it went; base64 mixes them, or is padded.
    let isPadded = byte(word.upperBound - 1) == UInt8(ascii: "=")
    let isMixed = word.dropFirst().contains { isCapital($0) || isDigit($0) }
    let isCapitals = word.allSatisfy { isCapital($0) }
    return isPadded || isMixed && !isCapitals ? Secret(word) : nil
  }

  /// Whether a line, a quote, a bracket or an escape ends what logs in, or its length follows: `x (12)`.
  private func endsAuthentication(_ word: Range<Int>) -> Bool {
    let end = word.upperBound
    switch byte(end) {
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "\\"): return true
    default:
      return isQuote(end) || isLineEnd(pastBlanks(end))
        || word.count >= Self.leastPassword && has(" (", at: end) && isDigit(end + 2)
    }
  }

  /// `GET /wifisave?s=lab&p=x`, the form of a node's own portal; `position` is that of the sign before `p=`.
  mutating func portalField(at position: Int) -> Secret? {
    guard has("p=", at: position + 1), !isSmallNumber(at: position + 3) else { return nil }
    let isPortal = (max(position - 160, 0)..<position).contains { index in
      has("?s=", at: index) || has("&s=", at: index) || has("save", at: index)
        || has("ssid=", at: index)
    }
    let word = position + 3..<wordEnd(from: position + 3)
    return isPortal && !saysHowThingsStand(word) ? Secret(word) : nil
  }

  private enum BlankNeeded { case yes, no }

  private mutating func word(after position: Int, atLeastOneBlank: BlankNeeded) -> Secret? {
    // `"Authorization: Bearer"` names the header and holds no key.
    if atLeastOneBlank == .yes, isQuote(position) { return nil }
    var start = pastBlanks(position)
    while isSign(start) || isQuote(start) { start = pastBlanks(start + 1) }
    if atLeastOneBlank == .yes, start == position { return nil }
    let end = headerEnd(from: start)
    return saysHowThingsStand(start..<end) ? nil : Secret(start..<end)
  }

  /// `bearer x`; a mesh, a modem and a sentence have bearers as well: `bearer PB-ADV`, `bearer token missing`.
  mutating func bearer(after position: Int) -> Secret? {
    guard let secret = word(after: position, atLeastOneBlank: .yes) else { return nil }
    if isSign(pastBlanks(position)), !isCapital(secret.bytes.lowerBound) { return secret }
    let word = secret.bytes
    let hasBoth =
      nextDigit(from: word.lowerBound) < word.upperBound
      && nextLetter(from: word.lowerBound) < word.upperBound
    return word.count >= 16 || word.count >= 6 && hasBoth ? secret : nil
  }

  /// The password of `mqtt://user:password@host`.
  mutating func userInformation(after position: Int) -> Secret? {
    // No URL of a device is longer.
    let limit = min(headerEnd(from: position), position + 1_024)
    let colon = next(.colon, from: position)
    let at = next(.at, from: position)
    guard colon < at, at < limit else { return nil }
    let slash = next(.slash, from: position)
    if colon + 1 < slash, slash < at, bytes[colon + 1..<slash].allSatisfy({ 0x30...0x39 ~= $0 }) {
      // `http://host:8080/fw@v2`: a port.
      return nil
    }
    // A password may hold the sign as well: the last one before the path counts.
    var last = at
    let end = min(limit, next(.slash, from: at), at + 128)
    while case let further = next(.at, from: last + 1), further < end { last = further }
    return Secret(colon + 1..<last)
  }

  /// A header whose whole value is a secret.
  func restOfLine(from start: Int) -> Secret? {
    let start = pastBlanks(start)
    if isSmallNumber(at: start) { return nil }
    var end = start
    while !isLineEnd(end) { end += 1 }
    return saysHowThingsStand(start..<end) ? nil : Secret(upToNextName: start..<end)
  }
}
