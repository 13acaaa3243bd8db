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
