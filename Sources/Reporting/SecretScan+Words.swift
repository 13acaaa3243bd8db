// Secrets that are known by the words around them.

extension SecretScan {
  /// What makes a `key` one that locks something; a key of a map or of a keyboard is none.
  private static let locks: [StaticString] = [
    "access", "private", "encryption", "decryption", "wep", "wpa", "hmac", "aes", "device",
    "shared", "signing", "session", "master", "network", "secret", "auth", "wifi", "link",
    "symmetric", "account", "license", "recovery", "provisioning", "flash", "app", "nwk", "nwks",
    "apps", "ota", "root", "join", "api", "install", "local",
  ]

  /// `private key: x`, `hmac_key=x`, `AppKey: x`, `?key=x`; `position` is that of the word `key`.
  mutating func key(at position: Int) -> Secret? {
    let before = byte(position - 1)
    guard let end = keyNameEnd(position) else { return nil }
    if before == UInt8(ascii: "?") || before == UInt8(ascii: "&") {
      return byte(end) == UInt8(ascii: "=") ? value(from: end + 1) : nil
    }
    if isLock(position) {
      if let text = tagText(of: position, behind: end) { return text }
      let sign = pastBlanks(end)
      // A row of a log tells of keys by their numbers.
      if isSign(sign), isSmallNumber(at: pastBlanks(sign + 1)) { return nil }
      return behindName(isQuote(end) ? end + 1 : end, .token)
    }
    let sign = pastBlanks(isQuote(end) ? end + 1 : end)
    guard isSign(sign) else { return drawnKey(at: position, behind: end) }
    guard !isLetter(position - 1) else { return nil }
    let start = pastBlanks(sign + 1)
    // `ssid: lab, key: x`
    if networks.isFound(before: position, { [self] in has("ssid", at: $0) }) {
      return isSmallNumber(at: start) ? nil : value(from: start)
    }
    // A key of the node's storage has 15 characters at most.
    let open = isQuote(start) ? start + 1 : start
    guard let secret = keyLike(from: open), secret.bytes.count > 15 else { return nil }
    return secret
  }

  /// Whether the `key` that begins here is one of those.
  func isLock(_ position: Int) -> Bool {
    let before = byte(position - 1)
    let isApart = before == 0x20 || before == UInt8(ascii: "_") || before == UInt8(ascii: "-")
    let lockEnd = isApart ? position - 1 : position
    return Self.locks.contains { lock in
      let start = lockEnd - lock.utf8CodeUnitCount
      return has(lock, at: start) && (isApart || !isLetter(start - 1))
    }
  }

  /// The end of `key`, `keys`, `key_2`; nil where the word goes on in another way.
  func keyNameEnd(_ position: Int) -> Int? {
    var end = position + 3
    if lower(end) == UInt8(ascii: "s") { end += 1 }
    if byte(end) == UInt8(ascii: "_"), isDigit(end + 1) { end += 1 }
    while isDigit(end) { end += 1 }
    return isWord(end) ? nil : end
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
    "verification", "provisioning", "install", "commissioning", "manual", "entry", "door", "auth",
    "claim",
    "registration", "qr", "link", "puk",
  ]

  /// `pairing code: x`, `SetupPinCode: [x]`; `position` is that of the word `code`.
  mutating func code(at position: Int) -> Secret? {
    guard !isWord(position + 4) else { return nil }
    let before = byte(position - 1)
    let isApart = before == 0x20 || before == UInt8(ascii: "_") || before == UInt8(ascii: "-")
    let end = isApart ? position - 1 : position
    guard Self.doors.contains(where: { has($0, at: end - $0.utf8CodeUnitCount) }) else {
      return nil
    }
    var name = isQuote(position + 4) ? position + 5 : position + 4
    // `Setup Pin Code (0 for unknown): x`
    if byte(name + 1) == UInt8(ascii: "("),
      let close = (name..<name + 32).first(where: { byte($0) == UInt8(ascii: ")") })
    {
      name = close + 1
    }
    // `auth code: 15` is one of an error.
    let sign = pastBlanks(name)
    if isSign(sign), isSmallNumber(at: pastBlanks(sign + 1)) { return nil }
    return behindName(name, .code)
  }

  /// What makes a `pin` one that is typed in.
  private static let pairings: [StaticString] = [
    "pair", "wps", "sim ", "setup", "bluetooth", "ble ", "homekit", "matter", "user", "security",
    "bonding",
  ]

  /// `pin=1234`; not `pin=4`, which is one of the chip's, and not `pin 12345 toggled`.
  mutating func pin(at position: Int) -> Secret? {
    let end = position + 3
    guard !isLetter(end) || has("code", at: end) else { return nil }
    // `pin code: x` is told at its `code`.
    guard !has("code", at: pastBlanks(end)), !has("_code", at: end) else { return nil }
    let cursor = pastBlanks(isQuote(end) ? end + 1 : end)
    let isNamed = isSign(cursor) || has("is ", at: cursor)
    let start = pastBlanks(isSign(cursor) ? cursor + 1 : isNamed ? cursor + 3 : cursor)
    let open = isQuote(start) || byte(start) == UInt8(ascii: "[") ? start + 1 : start
    let word = open..<wordEnd(from: open)
    guard isNamed || start > end, !word.isEmpty, !saysHowThingsStand(word) else { return nil }
    let isTyped = pairings.isFound(before: position) { [self] index in
      Self.pairings.contains { has($0, at: index) }
    }
    if isNumber(word, ofAtLeast: 4) {
      return isNamed || isTyped || isLineEnd(pastBlanks(word.upperBound)) ? Secret(word) : nil
    }
    guard isNamed else { return nil }
    if isTyped { return Secret(word) }
    // Names of the chip's pins hold letters and digits as well: `GPIO_NUM_21`, `touch12`, `P1.02`.
    let hasCapital = word.prefix(64).contains { isCapital($0) }
    let hasSmall = word.prefix(64).contains { 0x61...0x7a ~= bytes[$0] }
    return hasCapital && hasSmall && !has("gpio", at: open) ? keyLike(from: open) : nil
  }

  /// `login admin x`
  mutating func login(after position: Int) -> Secret? {
    guard !isLetter(position) else { return nil }
    var cursor = pastBlanks(position)
    if isSign(cursor) { cursor = pastBlanks(cursor + 1) }
    guard cursor > position else { return nil }
    let limit = cursor + 64
    while cursor < limit,
      isWord(cursor) || byte(cursor) == UInt8(ascii: ".") || byte(cursor) == UInt8(ascii: "-")
    {
      cursor += 1
    }
    while isSeparator(cursor) || byte(cursor) == UInt8(ascii: "/") || isSign(cursor) {
      cursor += 1
    }
    return keyLike(from: cursor)
  }

  /// `AT+CWJAP="lab","x"`, `AT+CPIN=1234`, `AT+CGAUTH=1,1,"user","x"`
  func modemCommand(at position: Int) -> Secret? {
    let commands: [StaticString] = ["cwjap", "cwsap", "cpin", "cgauth", "mqttusercfg"]
    for command in commands where has(command, at: position) {
      let end = position + command.utf8CodeUnitCount
      var cursor = end
      while cursor < end + 7, !isSign(cursor), byte(cursor) != UInt8(ascii: "?") {
        cursor += 1
      }
      guard isSign(cursor) else { return nil }
      if let text = quotedList(from: cursor + 1) { return text }
      if has("cgauth", at: position), let text = plainList(from: cursor + 1) { return text }
      // `+CPIN: READY` is an answer.
      return restOfLine(from: cursor + 1)
    }
    return nil
  }

  /// `1,1,"user","x"`: numbers before what is given in quotes.
  private func quotedList(from start: Int) -> Secret? {
    let list = list(from: start)
    return !list.isEmpty && isQuote(list.lowerBound) ? Secret(upToNextName: list) : nil
  }

  /// `1,1,user,x`
  private func plainList(from start: Int) -> Secret? {
    let list = list(from: start)
    guard isLetter(list.lowerBound), byte(list.lowerBound - 1) == UInt8(ascii: ","),
      !saysHowThingsStand(list)
    else { return nil }
    return Secret(upToNextName: list)
  }

  /// The rest of the line behind numbers and their commas; empty without any of them.
  private func list(from start: Int) -> Range<Int> {
    var open = start
    while open < start + 8, isDigit(open) || isBlank(open) || byte(open) == UInt8(ascii: ",") {
      open += 1
    }
    guard open > start else { return start..<start }
    var end = open
    while !isLineEnd(end) { end += 1 }
    return open..<end
  }

  /// `WIFI:S:lab;T:WPA;P:x;;`, the text of a code that phones read; `position` is that of the sign before `P:`.
  func wifiCode(at position: Int) -> Secret? {
    guard has("p:", at: position + 1) else { return nil }
    // The name of a network has 32 characters.
    let isCode = (max(position - 96, 0)..<position).contains { has("wifi:", at: $0) }
    guard isCode || byte(position) == UInt8(ascii: ":") && has("wifi", at: position - 4) else {
      return nil
    }
    var end = position + 3
    while !isLineEnd(end), bytes[end] != UInt8(ascii: ";") || bytes[end - 1] == UInt8(ascii: "\\") {
      end += 1
    }
    return Secret(upToNextName: position + 3..<end)
  }

  /// `passkey notify number:123456`, `Passkey on device's display: 123456`
  mutating func toldNumber(from start: Int) -> Secret? {
    var cursor = start
    while cursor < start + 32,
      isLetter(cursor) || isBlank(cursor) || byte(cursor) == UInt8(ascii: "'")
    {
      cursor += 1
    }
    guard isSign(cursor) else { return nil }
    let number = pastBlanks(cursor + 1)
    let word = number..<wordEnd(from: number)
    return isNumber(word, ofAtLeast: 4) ? Secret(word) : nil
  }

  /// A store's entry: `ota_psk value=x`, `ota_psk type str data x`, `'wifi.pass' value 'x'`.
  mutating func storedValue(from start: Int) -> Secret? {
    var cursor = start
    while cursor < bytes.count, cursor < start + 40, bytes[cursor] != 0x0A {
      if let text = textOfEntry(at: cursor) { return text }
      for word: StaticString in ["value", "data"] where has(word, at: cursor) && !isWord(cursor - 1)
      {
        let end = cursor + word.utf8CodeUnitCount
        guard !isWord(end) else { continue }
        // `"value":"x"`
        let sign = pastBlanks(isQuote(end) && isSign(end + 1) ? end + 1 : end)
        if isSign(sign) { return value(from: pastBlanks(sign + 1)) }
        return isQuote(sign) ? value(from: sign) : keyLike(from: sign)
      }
      cursor += 1
    }
    return nil
  }
}
