// Where a value ends, and whether it is one.

extension SecretScan {
  /// A value in quotes ends at its quote, any other at the next `name=` or `name:`, or with the line.
  func value(from start: Int) -> Secret? {
    guard !isMaskOfSentence(at: start), let found = extent(from: start) else { return nil }
    return saysHowThingsStand(found.bytes) ? nil : found
  }

  /// `***) and`, `***. The`: what was masked before it became a part of a sentence, which goes on behind it.
  private func isMaskOfSentence(at start: Int) -> Bool {
    let sign = start + 3
    guard has("***", at: start), [0x29, 0x2e].contains(byte(sign)) else { return false }
    var end = sign + 1
    // `***), it`, `***): the`
    while end < sign + 3, [0x29, 0x2c, 0x2e, 0x3a].contains(byte(end)) { end += 1 }
    return isBlank(end)
  }

  func extent(from start: Int) -> Secret? {
    guard start < bytes.count else { return nil }
    if isQuote(start) { return Secret(insideQuotes(at: start, before: bytes.count)) }
    var end = start
    while end < bytes.count, bytes[end] != 0x0a, bytes[end] != 0x0d {
      guard isSeparator(end) else {
        end += 1
        continue
      }
      let next = pastSeparators(end)
      if beginsName(at: next) { break }
      end = next
    }
    return Secret(upToNextName: start..<end)
  }

  /// What stands between the quote here and the one that ends it, or `limit`; in a text within a text, `\"x\"`, both
  /// are escaped.
  func insideQuotes(at open: Int, before limit: Int) -> Range<Int> {
    let isEscaped = byte(open - 1) == UInt8(ascii: "\\")
    var end = open + 1
    while end < limit {
      if bytes[end] == bytes[open] {
        let escape = bytes[end - 1] == UInt8(ascii: "\\")
        if !isEscaped, !escape { return open + 1..<end }
        if isEscaped, escape, bytes[end - 2] != UInt8(ascii: "\\") {
          return open + 1..<max(end - 1, open + 1)
        }
      }
      end += 1
    }
    return open + 1..<max(limit, open + 1)
  }

  /// `password[x]`, `pin [x]`: up to the bracket where the text has one.
  func bracketed(from start: Int) -> Secret? {
    var end = start
    while end < start + 100, !isLineEnd(end), bytes[end] != UInt8(ascii: "]") { end += 1 }
    guard !isLineEnd(end), bytes[end] == UInt8(ascii: "]") else { return value(from: start) }
    let inside = start..<end
    // `pass[3]` is a place in a list.
    if inside.isEmpty || inside.allSatisfy({ isDigit($0) }) && inside.count < 4 { return nil }
    return saysHowThingsStand(inside) ? nil : Secret(upToNextName: inside)
  }

  /// `<password>x</password>`, `<wifi:key type="text">x</wifi:key>`; `end` is that of the name.
  func tagText(of name: Int, behind end: Int) -> Secret? {
    guard byte(end) == UInt8(ascii: ">") || isBlank(end) else { return nil }
    var open = name
    while open > name - 32, isWord(open - 1) || [0x2d, 0x3a].contains(byte(open - 1)) { open -= 1 }
    guard byte(open - 1) == UInt8(ascii: "<") else { return nil }
    let tagEnd = (end..<end + 64).first { byte($0) == UInt8(ascii: ">") }
    // `<password value="x"/>` is told at its `value`.
    guard let tagEnd, byte(tagEnd - 1) != UInt8(ascii: "/") else { return nil }
    var close = tagEnd + 1
    while close < bytes.count, bytes[close] != UInt8(ascii: "<"), bytes[close] != 0x0a {
      close += 1
    }
    // `<psk>` alone stands for a key in a sentence.
    guard byte(close) == UInt8(ascii: "<"), byte(close + 1) == UInt8(ascii: "/") else { return nil }
    let text = tagEnd + 1..<close
    return saysHowThingsStand(text) ? nil : Secret(upToNextName: text)
  }

  /// `"pop":"abcd1234"`, `PoP: abcd1234`; not `pop: 3 items`.
  mutating func proof(from end: Int) -> Secret? {
    let sign = pastBlanks(end)
    guard isSign(sign) else {
      // `provisioning with pop abcd1234`
      let word = sign > end ? keyLike(from: sign) : nil
      return word.flatMap { isLineEnd(pastBlanks($0.bytes.upperBound)) ? $0 : nil }
    }
    let start = pastBlanks(sign + 1)
    if isQuote(start) { return value(from: start) }
    let word = start..<wordEnd(from: start)
    guard word.count >= 4, isLineEnd(pastBlanks(word.upperBound)) || isSeparator(word.upperBound)
    else { return nil }
    return keyLike(from: start)
      ?? (isLineEnd(pastBlanks(word.upperBound)) ? value(from: start) : nil)
  }

  /// Words that stand for a secret that is not there, or say what became of it.
  private static let states: [StaticString] = [
    "none", "null", "nil", "empty", "unset", "undefined", "unknown", "missing", "invalid", "valid",
    "expired", "wrong", "incorrect", "correct", "required", "optional", "disabled", "enabled",
    "on", "off", "yes", "no", "true", "false", "ok", "okay", "fail", "failed", "failure", "error",
    "success", "set", "present", "absent", "found", "changed", "unchanged", "stored", "saved",
    "loaded", "removed", "deleted", "cleared", "erased", "updated", "accepted", "rejected",
    "received", "sent", "configured", "provided", "protected", "hidden", "redacted", "masked",
    "encrypted", "ready", "pressed", "released", "n/a", "na", "any", "open", "wep", "wpa", "wpa2",
    "wpa3", "wpa_psk", "wpa2_psk", "wpa_wpa2_psk", "wpa3_psk", "wpa2_wpa3_psk", "wpa-psk",
    "wpa2-psk", "wpa/wpa2-psk", "wpa3-sae", "sae", "owe", "psk", "wpa2_enterprise", "eap", "peap",
    "sim pin", "sim puk", "esp_ok", "esp_fail",
  ]

  /// Behind `not`.
  private static let denied: [StaticString] = [
    "set", "found", "configured", "provided", "used", "burned", "burnt", "present", "given",
    "valid", "written", "available", "required", "needed", "supported", "stored", "known", "sent",
  ]

  /// Whether a value is none: `none`, `not set`, `(null)`, `ESP_ERR_NVS_NOT_FOUND`, `WPA2_PSK`, `12/12`, `***`.
  func saysHowThingsStand(_ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, isQuote(start) || isBracket(start) || isBlank(start) { start += 1 }
    func isTrailing(_ index: Int) -> Bool {
      switch byte(index) {
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: ">"), UInt8(ascii: "}"),
        UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: ","), UInt8(ascii: ";"):
        true
      default: isQuote(index) || byte(index) <= 0x20
      }
    }
    // A value of 60 KB is no state.
    guard end - start < 120 else { return false }
    while end > start, isTrailing(end - 1) { end -= 1 }
    let value = start..<end
    if value.isEmpty { return true }
    if value.allSatisfy({ byte($0) == UInt8(ascii: "*") }) { return true }
    if has("esp_err_", at: start) { return value.allSatisfy { isWord($0) } }
    if has("not ", at: start) {
      let word = pastBlanks(start + 4)
      guard word < end else { return false }
      return Self.denied.contains { isWhole($0, word..<end) }
    }
    return Self.states.contains { isWhole($0, value) } || isTally(value)
  }

  /// The word, and behind it nothing but what a sign of the sentence separates from it.
  private func isWhole(_ word: StaticString, _ value: Range<Int>) -> Bool {
    guard has(word, at: value.lowerBound) else { return false }
    let end = value.lowerBound + word.utf8CodeUnitCount
    if end >= value.upperBound { return end == value.upperBound }
    switch byte(end) {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"): return true
    default: return byte(end) == 0x20 && byte(end + 1) == UInt8(ascii: "(")
    }
  }

  /// `12/12`
  private func isTally(_ value: Range<Int>) -> Bool {
    guard value.count <= 9, let slash = value.first(where: { byte($0) == UInt8(ascii: "/") }),
      slash > value.lowerBound, slash + 1 < value.upperBound
    else { return false }
    return value.allSatisfy { $0 == slash || isDigit($0) }
  }

  /// `***`, which this program has put there.
  func isMasked(_ range: Range<Int>) -> Bool {
    range.prefix(4).allSatisfy { byte($0) == UInt8(ascii: "*") }
  }
}
