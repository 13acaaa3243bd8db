// Secrets that are known by the words around them.

extension SecretScan {
  /// What makes a `key` one that locks something; a key of a map or of a keyboard is none.
  private static let locks: [StaticString] = [
    "access", "private", "encryption", "decryption", "wep", "wpa", "hmac", "aes", "device",
    "shared", "signing", "session", "master", "network", "secret", "auth", "wifi", "link",
    "symmetric", "account", "license", "recovery", "provisioning", "flash", "app", "nwk", "nwks",
    "apps", "ota", "root", "join",
  ]

  /// `private key: x`, `hmac_key=x`, `AppKey: x`, `?key=x`; `position` is that of the word `key`.
  func key(at position: Int) -> Secret? {
    let before = byte(position - 1)
    guard !isWord(position + 3) else { return nil }
    if before == UInt8(ascii: "?") || before == UInt8(ascii: "&") {
      return byte(position + 3) == UInt8(ascii: "=") ? value(from: position + 4) : nil
    }
    let isApart = before == 0x20 || before == UInt8(ascii: "_") || before == UInt8(ascii: "-")
    let end = isApart ? position - 1 : position
    let isLock = Self.locks.contains { lock in
      let start = end - lock.utf8CodeUnitCount
      return has(lock, at: start) && (isApart || !isLetter(start - 1))
    }
    if isLock { return behindName(position + 3, .token) }
    guard !isLetter(position - 1), isSign(pastBlanks(position + 3)) else { return nil }
    // A key of the node's storage has 15 characters at most.
    let start = pastBlanks(pastBlanks(position + 3) + 1)
    let open = isQuote(start) ? start + 1 : start
    guard let secret = keyLike(from: open), secret.bytes.count > 15 else { return nil }
    return secret
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

  /// What makes a `code` one that lets somebody in; most codes tell of errors.
  private static let doors: [StaticString] = [
    "pairing", "pair", "setup", "pin", "access", "unlock", "security", "invite", "activation",
    "verification", "provisioning", "commissioning", "manual", "entry", "door", "auth", "claim",
    "registration", "qr", "link", "puk",
  ]

  /// `pairing code: x`, `SetupPinCode: [x]`; `position` is that of the word `code`.
  func code(at position: Int) -> Secret? {
    guard !isWord(position + 4) else { return nil }
    let before = byte(position - 1)
    let isApart = before == 0x20 || before == UInt8(ascii: "_") || before == UInt8(ascii: "-")
    let end = isApart ? position - 1 : position
    guard Self.doors.contains(where: { has($0, at: end - $0.utf8CodeUnitCount) }) else {
      return nil
    }
    return behindName(isQuote(position + 4) ? position + 5 : position + 4, .code)
  }

  /// What makes a `pin` one that is typed in.
  private static let pairings: [StaticString] = [
    "pair", "wps", "sim ", "setup", "bluetooth", "ble ", "homekit", "matter", "user", "security",
    "bonding",
  ]

  /// `pin=1234`; not `pin=4`, which is one of the chip's.
  func pin(at position: Int) -> Secret? {
    let end = position + 3
    guard !isLetter(end) || has("code", at: end) else { return nil }
    // `pin code: x` is told at its `code`.
    guard !has("code", at: pastBlanks(end)), !has("_code", at: end) else { return nil }
    let cursor = pastBlanks(isQuote(end) ? end + 1 : end)
    let isNamed = isSign(cursor) || has("is ", at: cursor)
    let start = pastBlanks(isSign(cursor) ? cursor + 1 : isNamed ? cursor + 3 : cursor)
    let open = isQuote(start) || byte(start) == UInt8(ascii: "[") ? start + 1 : start
    let word = open..<wordEnd(from: open)
    guard isNamed || start > end, !word.isEmpty else { return nil }
    if isNumber(word, ofAtLeast: 4) { return Secret(word) }
    guard isNamed else { return nil }
    let isTyped = (0..<position).contains { index in
      Self.pairings.contains { has($0, at: index) }
    }
    if isTyped { return Secret(word) }
    // Names of the chip's pins hold letters and digits as well, all of them in capitals or behind `io`.
    let isOfChip =
      has("gpio", at: open) || has("io", at: open)
      || !word.contains { 0x61...0x7a ~= bytes[$0] }
    return isOfChip ? nil : keyLike(from: open)
  }

  /// `login admin x`
  func login(after position: Int) -> Secret? {
    guard !isLetter(position) else { return nil }
    var cursor = pastBlanks(position)
    if isSign(cursor) { cursor = pastBlanks(cursor + 1) }
    guard cursor > position else { return nil }
    while isWord(cursor) || byte(cursor) == UInt8(ascii: ".") || byte(cursor) == UInt8(ascii: "-") {
      cursor += 1
    }
    while isSeparator(cursor) || byte(cursor) == UInt8(ascii: "/") || isSign(cursor) {
      cursor += 1
    }
    return keyLike(from: cursor)
  }

  /// `AT+CWJAP="lab","x"`, `AT+CPIN=1234`
  func modemCommand(at position: Int) -> Secret? {
    for command: StaticString in ["cwjap", "cwsap", "cpin"] where has(command, at: position) {
      var cursor = position + command.utf8CodeUnitCount
      while cursor < position + 12, !isSign(cursor), byte(cursor) != UInt8(ascii: "?") {
        cursor += 1
      }
      guard isSign(cursor) else { return nil }
      // `+CPIN: READY` is an answer.
      return has("ready", at: pastBlanks(cursor + 1)) ? nil : restOfLine(from: cursor + 1)
    }
    return nil
  }

  /// `WIFI:S:lab;T:WPA;P:x;;`, the text of a code that phones read.
  func wifiCode(at position: Int) -> Secret? {
    guard has("wifi:", at: position) else { return nil }
    var cursor = position + 4
    while !isLineEnd(cursor), !has(";p:", at: cursor), !has(":p:", at: cursor) { cursor += 1 }
    guard !isLineEnd(cursor) else { return nil }
    var end = cursor + 3
    while !isLineEnd(end), bytes[end] != UInt8(ascii: ";") || bytes[end - 1] == UInt8(ascii: "\\") {
      end += 1
    }
    return Secret(upToNextName: cursor + 3..<end)
  }

  /// What follows `the password is`, unless it says what became of the password.
  func isSaid(from start: Int) -> Secret? {
    for word: StaticString in [
      "not", "set", "empty", "missing", "wrong", "too", "invalid", "required", "incorrect",
      "correct", "ok", "unchanged", "valid", "stored", "saved", "in",
    ] where has(word, at: start) && !isWord(start + word.utf8CodeUnitCount) { return nil }
    return value(from: start)
  }

  /// `password for lab: x`, also with the words of other scripts between.
  func valueOfOwner(from start: Int) -> Secret? {
    let isOwned =
      has("for ", at: start) || has("of ", at: start) || has("für ", at: start)
      || byte(start) >= 0x80
    guard isOwned else { return nil }
    var cursor = start
    while cursor < start + 40, !isLineEnd(cursor), !isSign(cursor) { cursor += 1 }
    return isSign(cursor) ? value(from: pastBlanks(cursor + 1)) : nil
  }

  /// A header whose whole value is a secret.
  func restOfLine(from start: Int) -> Secret? {
    let start = pastBlanks(start)
    var end = start
    while !isLineEnd(end) { end += 1 }
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
        return isSign(sign) ? value(from: pastBlanks(sign + 1)) : keyLike(from: sign)
      }
      cursor += 1
    }
    return nil
  }
}
