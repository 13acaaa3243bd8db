// Whose account a node uses, and numbers that belong to one device alone.

extension PersonalScan {
  /// `bob@example.org`; `position` is that of the sign. `mdns@1.2.3` is a part of the firmware.
  func mailAddress(at position: Int) -> Range<Int>? {
    var start = position
    while start > position - Self.longestMail, isOfMail(start - 1) { start -= 1 }
    var end = position + 1
    var lastDot = 0
    while end < position + Self.longestMail, isOfMail(end) {
      if text.byte(end) == UInt8(ascii: ".") {
        // The end of a sentence.
        guard text.isWord(end + 1) else { break }
        lastDot = end
      }
      end += 1
    }
    guard start < position, lastDot > position + 1, end - lastDot > 2,
      (lastDot + 1..<end).allSatisfy({ text.isLetter($0) })
    else { return nil }
    return start..<end
  }

  private static let longestMail = 64

  private func isOfMail(_ index: Int) -> Bool {
    text.isWord(index) || [0x2e, 0x2b, 0x2d, 0x25].contains(text.byte(index))
  }

  /// The user in `mqtt://user:***@host` and `ssh://user@host`; `position` is that of the colon.
  func userOfAddress(at position: Int) -> Range<Int>? {
    guard text.has("://", at: position) else { return nil }
    let start = position + 3
    var end = start
    while end < start + 64, isOfMail(end) { end += 1 }
    guard end > start else { return nil }
    if text.byte(end) == UInt8(ascii: "@") { return start..<end }
    return text.has(":***@", at: end) ? start..<end : nil
  }

  /// Words behind which the name of a user stands; longer ones come before their beginnings.
  private static let accounts: [StaticString] = [
    "mqttuser", "mqtt_user", "mqtt user", "username", "user_name", "user name", "user", "identity",
    "benutzername", "benutzer", "utilisateur", "usuario", "account",
  ]

  /// `user=bob`, `"username":"bob"`, `Username: bob`, `MqttUser bob`, `identity bob`; a sentence about users stays.
  func user(at position: Int) -> Range<Int>? {
    guard let word = Self.accounts.first(where: { text.has($0, at: position) }) else { return nil }
    let end = position + word.utf8CodeUnitCount
    // `mqttUser=bob` is one word, `superuser` another.
    if text.isLetter(position - 1), !text.beginsHump(position) { return nil }
    guard !text.isWord(end), text.byte(end) != UInt8(ascii: "-") else { return nil }
    var cursor = text.isQuote(end) ? end + 1 : end
    let blanks = cursor
    cursor = text.pastBlanks(cursor)
    let hasSign = text.isSign(cursor)
    let hasColon = text.byte(cursor) == UInt8(ascii: ":")
    // `I (12) user: started` has the word as its tag.
    if hasColon, text.byte(text.isBlank(position - 1) ? position - 2 : position - 1) == 0x29 {
      return nil
    }
    if hasSign { cursor = text.pastBlanks(cursor + 1) }
    guard hasSign || cursor > blanks else { return nil }
    if text.isQuote(cursor) {
      return text.extent(from: cursor).flatMap {
        text.saysHowThingsStand($0.bytes) ? nil : $0.bytes
      }
    }
    let name = self.name(from: cursor)
    guard let name, !text.saysHowThingsStand(name) else { return nil }
    // Without a sign only the longer words name one: `user task is up`.
    if !hasSign, word.utf8CodeUnitCount < 8 || text.isOrdinary(name) { return nil }
    let isOver = text.isLineEnd(text.pastBlanks(name.upperBound))
    let isFollowed =
      text.isSeparator(name.upperBound) && text.byte(name.upperBound) != 0x20
      || text.has(" pass", at: name.upperBound) || text.has(" username", at: name.upperBound)
      || Self.roles.contains { text.has($0, at: name.upperBound) }
      || text.has(" client", at: name.upperBound) || text.has(" / ", at: name.upperBound)
      || [0x7d, 0x29, 0x5d].contains(text.byte(name.upperBound))
    // Behind `=` stands a value in any case.
    let isValue = hasSign && !hasColon
    return isValue || isOver || isFollowed ? name : nil
  }

  /// What a user may be, as it stands behind the name: `user: bob (admin)`.
  private static let roles: [StaticString] = [
    " (admin", " (root)", " (guest)", " (owner)", " (operator)",
  ]

  private func name(from start: Int) -> Range<Int>? {
    var end = start
    while end < start + 64, isOfMail(end) || text.byte(end) == UInt8(ascii: "@") { end += 1 }
    let name = start..<end
    let verbs: [StaticString] = [
      "is", "was", "has", "not", "and", "or", "must", "too", "logged", "not_found", "of", "for",
    ]
    let isVerb = verbs.contains { $0.utf8CodeUnitCount == name.count && text.has($0, at: start) }
    guard !name.isEmpty, !isVerb, !text.isMasked(name) else { return nil }
    return name.allSatisfy { text.isDigit($0) } || text.has("0x", at: start) ? nil : name
  }

  /// Names of numbers of one device, and how many digits they have at least.
  private static let numbers: [(word: StaticString, digits: Int)] = [
    ("deveui", 16), ("dev eui", 16), ("dev_eui", 16), ("device eui", 16), ("joineui", 16),
    ("join eui", 16), ("join_eui", 16), ("appeui", 16), ("app eui", 16), ("app_eui", 16),
    ("gateway eui", 16), ("eui64", 16), ("eui-64", 16), ("extaddr", 16), ("ieee addr", 16),
    ("devaddr", 8), ("dev addr", 8), ("dev_addr", 8), ("imei", 14), ("imsi", 14), ("iccid", 18),
    ("msisdn", 8), ("bssid", 12), ("mac", 12), ("peer", 12), ("addr", 12),
  ]

  /// `DevEUI 70B3…`, `IMEI: 49…`, `mac: 0xa0, 0xb1, …`, `peer a0 b1 …`
  func deviceNumber(at position: Int) -> Range<Int>? {
    guard !text.isLetter(position - 1),
      let (word, least) = Self.numbers.first(where: { text.has($0.word, at: position) })
    else { return nil }
    var cursor = position + word.utf8CodeUnitCount
    if text.has("ess", at: cursor) { cursor += 3 }
    guard !text.isLetter(cursor) else { return nil }
    let limit = cursor + 4
    while cursor < limit,
      text.isBlank(cursor) || text.isSign(cursor) || text.isQuote(cursor)
        || text.isBracket(cursor)
    {
      cursor += 1
    }
    let start = cursor
    var end = start
    var digits = 0
    var groups = 0
    while digits < 32 {
      let group = text.has("0x", at: cursor) ? cursor + 2 : cursor
      cursor = group
      while text.isHex(cursor), cursor < group + 24 { cursor += 1 }
      guard cursor > group, !text.isWord(cursor) else { break }
      // Bytes stand alone; a number of another width begins something else.
      if groups > 0, cursor - group != 2 { break }
      digits += cursor - group
      groups += 1
      end = cursor
      guard groups > 1 || cursor - group == 2 else { break }
      let gap = cursor
      while cursor < gap + 2,
        text.isSeparator(cursor) || [0x3a, 0x2d].contains(text.byte(cursor))
      {
        cursor += 1
      }
    }
    // A pointer has eight digits.
    let isZero = (start..<end).allSatisfy { !text.isHex($0) || text.byte($0) == 0x30 }
    let isWhole = least == 12 ? digits == 12 && !isZero : digits >= least
    return isWhole ? start..<end : nil
  }

  /// What a telephone number is announced by.
  private static let telephones: [StaticString] = ["tel", "phone", "mobile", "sms", "call"]

  /// `+491701234567`, `tel +49 170 1234567`
  func telephone(at position: Int) -> Range<Int>? {
    guard text.byte(position) == UInt8(ascii: "+"), !text.isWord(position - 1) else { return nil }
    // `+12 345` may be two numbers of a row.
    let mayHaveBlanks = (max(position - 12, 0)..<position).contains { index in
      Self.telephones.contains { text.has($0, at: index) } && !text.isLetter(index - 1)
    }
    var end = position + 1
    var digits = 0
    while digits < 16 {
      if text.isDigit(end) {
        digits += 1
      } else if !mayHaveBlanks || text.byte(end) != 0x20 || !text.isDigit(end + 1) {
        break
      }
      end += 1
    }
    let goesOn = text.isWord(end) || text.byte(end) == UInt8(ascii: ".") && text.isDigit(end + 1)
    return 10...15 ~= digits && !goesOn ? position..<end : nil
  }

  /// What firmware names itself by, before the end of its address.
  private static let products: [StaticString] = [
    "esp", "esp32", "esp32s2", "esp32s3", "esp32c3", "esp32c6", "esp32h2", "esp8266", "esp_",
    "tasmota", "wled", "shelly", "esphome", "prov", "sonoff", "openbk", "espressif", "meshtastic",
    "openmqttgateway", "node", "sensor",
  ]

  /// The end of a MAC address in a name, `esp32-d3e4f5`, `PROV_112233`, `tasmota-D3E4F5-1234`; `position` is that of its
  /// first digit.
  func endOfAddress(at position: Int) -> Range<Int>? {
    let before = text.byte(position - 1)
    guard before == UInt8(ascii: "-") || before == UInt8(ascii: "_") else { return nil }
    let end = position + 6
    guard (position..<end).allSatisfy({ text.isHex($0) }), !text.isLetter(end),
      !text.isDigit(end), (position..<end).contains(where: { text.isDigit($0) })
    else { return nil }
    var start = position - 1
    while start > position - 24, text.isWord(start - 1) || text.byte(start - 1) == 0x2d {
      start -= 1
    }
    let isProduct = Self.products.contains { word in
      start + word.utf8CodeUnitCount == position - 1 && text.has(word, at: start)
    }
    // Six digits alone may be a date or a build.
    let hasLetter = (position..<end).contains { text.isLetter($0) }
    if isProduct, hasLetter || text.has("prov", at: start) { return position..<end }
    let isHost =
      text.has(".local", at: end)
      || (max(start - 16, 0)..<start).contains { index in
        text.has("hostname", at: index) || text.has("host name", at: index)
      }
    return isHost ? position..<end : nil
  }
}
