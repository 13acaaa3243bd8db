// Secrets that are known by their shape, or by words around them that are no plain names.

extension SecretScan {
  /// What makes a `key` one that locks something; a key of a map or of a keyboard is none.
  private static let locks: [StaticString] = [
    "access", "private", "encryption", "decryption", "wep", "wpa", "hmac", "aes", "device",
    "shared",
    "signing", "session", "master", "network", "secret", "auth", "wifi", "link", "symmetric",
  ]

  /// `private key: x`, `hmac_key=x`, `?key=x`; `position` is that of the word `key`.
  func key(at position: Int) -> Secret? {
    let before = byte(position - 1)
    guard !isWord(position + 3) else { return nil }
    if before == UInt8(ascii: "?") || before == UInt8(ascii: "&") {
      return byte(position + 3) == UInt8(ascii: "=") ? value(from: position + 4) : nil
    }
    guard before == 0x20 || before == UInt8(ascii: "_") || before == UInt8(ascii: "-") else {
      return nil
    }
    let isLock = Self.locks.contains { has($0, at: position - 1 - $0.utf8CodeUnitCount) }
    return isLock ? behindName(position + 3) : nil
  }

  /// `X-Amz-Signature=x`, `?sig=x`
  func signature(at position: Int) -> Secret? {
    if has("signature=", at: position) { return value(from: position + 10) }
    let before = byte(position - 1)
    guard before == UInt8(ascii: "?") || before == UInt8(ascii: "&"), has("sig=", at: position)
    else {
      return nil
    }
    return value(from: position + 4)
  }

  /// A JSON web token: base64url in parts, the first of which begins with `{"`.
  func webToken(at position: Int) -> Secret? {
    guard byte(position) == UInt8(ascii: "e"), byte(position + 1) == UInt8(ascii: "y"),
      byte(position + 2) == UInt8(ascii: "J"), !isWord(position - 1)
    else { return nil }
    var end = position
    var dots = 0
    while isWord(end) || byte(end) == UInt8(ascii: "-") || byte(end) == UInt8(ascii: ".") {
      if byte(end) == UInt8(ascii: ".") { dots += 1 }
      end += 1
    }
    return dots >= 1 && end - position >= 20 ? Secret(position..<end) : nil
  }

  /// A header whose whole value is a secret.
  func restOfLine(from start: Int) -> Secret? {
    let start = pastBlanks(start)
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    return Secret(upToNextName: start..<end)
  }

  /// A store's entry: `ota_psk value=x`, `ota_psk type str data x`.
  func storedValue(from start: Int) -> Secret? {
    var cursor = start
    while cursor < bytes.count, cursor < start + 40, bytes[cursor] != 0x0A {
      for word: StaticString in ["value", "data"] where has(word, at: cursor) && !isWord(cursor - 1)
      {
        let end = cursor + word.utf8CodeUnitCount
        guard !isWord(end) else { continue }
        let sign = pastBlanks(end)
        let isSigned = byte(sign) == UInt8(ascii: "=") || byte(sign) == UInt8(ascii: ":")
        return isSigned ? value(from: pastBlanks(sign + 1)) : keyLike(from: sign)
      }
      cursor += 1
    }
    return nil
  }

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
      if 0x30...0x39 ~= bytes[end] { digits += 1 }
      end += 1
    }
    guard end - begin >= 6, letters > 0, digits > 0, !isAddress(begin..<end) else { return nil }
    return Secret(begin..<end)
  }

  private func isAddress(_ range: Range<Int>) -> Bool {
    has("0x", at: range.lowerBound) && range.count <= 10
      && (range.lowerBound + 2..<range.upperBound).allSatisfy { isHex($0) }
  }
}
