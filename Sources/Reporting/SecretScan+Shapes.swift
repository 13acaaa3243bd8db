// Secrets that are known by their form alone.

extension SecretScan {
  /// A JSON web token: base64url in parts, the first of which begins with `{"`.
  mutating func webToken(at position: Int) -> Secret? {
    guard hasExactly("eyJ", at: position) else { return nil }
    let end = keyEnd(from: position)
    guard end - position >= 20, next(.dot, from: position) < end else { return nil }
    return Secret(position..<end)
  }

  /// How the keys of services begin, and how many letters, digits and signs follow at least.
  static let vendors: [(beginning: StaticString, rest: Int)] = [
    ("AKIA", 12), ("ASIA", 12), ("AIza", 30), ("ghp_", 20), ("gho_", 20), ("ghu_", 20),
    ("ghs_", 20), ("ghr_", 20), ("github_pat_", 20), ("glpat-", 15), ("hf_", 25), ("npm_", 25),
    ("dckr_pat_", 15), ("SG.", 30), ("sk-", 25), ("sk_live_", 15), ("rk_live_", 15), ("xoxb-", 10),
    ("xoxp-", 10), ("xoxa-", 10), ("xoxr-", 10), ("xoxs-", 10), ("xapp-", 10), ("whsec_", 15),
    ("shpat_", 20), ("dop_v1_", 30), ("pypi-", 30), ("MT:", 15),
    ("MT%3A", 15),
  ]

  /// A key of a well-known service, or the payload of a pairing code.
  mutating func vendorToken(at position: Int) -> Secret? {
    switch bytes[position] {
    case UInt8(ascii: "A"), UInt8(ascii: "M"), UInt8(ascii: "S"), UInt8(ascii: "d"),
      UInt8(ascii: "g"), UInt8(ascii: "h"), UInt8(ascii: "n"), UInt8(ascii: "p"),
      UInt8(ascii: "r"), UInt8(ascii: "s"), UInt8(ascii: "w"), UInt8(ascii: "x"):
      break
    default: return nil
    }
    if has("hooks.slack.com/services/", at: position) {
      return Secret(position + 25..<wordEnd(from: position))
    }
    let vendor = Self.vendors.first { hasExactly($0.beginning, at: position) }
    guard let vendor else { return nil }
    let start = position + vendor.beginning.utf8CodeUnitCount
    let end = keyEnd(from: start)
    guard end - start >= vendor.rest else { return nil }
    let isAmazon = hasExactly("AKIA", at: position) || hasExactly("ASIA", at: position)
    return Secret(position..<(isAmazon ? pairedKeyEnd(from: end) : end))
  }

  /// `123456789:AA…` of a Telegram bot, also behind `bot` in an address; `position` is that of the last digit.
  mutating func botToken(at position: Int) -> Secret? {
    guard byte(position + 1) == UInt8(ascii: ":"), hasExactly("AA", at: position + 2) else {
      return nil
    }
    var begin = position
    while position - begin < 12, isDigit(begin - 1) { begin -= 1 }
    guard 6...12 ~= position + 1 - begin else { return nil }
    let end = keyEnd(from: position + 2)
    return end - position - 2 >= 30 ? Secret(begin..<end) : nil
  }

  /// What stands between the marks of a private key, up to its end or that of the text.
  func privateKeyBlock(at position: Int) -> Secret? {
    guard has("-----begin ", at: position) else { return nil }
    var cursor = position + 11
    while cursor < position + 40, !has("private key", at: cursor) { cursor += 1 }
    guard has("private key", at: cursor) else { return nil }
    cursor += 11
    if has(" block", at: cursor) { cursor += 6 }
    while byte(cursor) == UInt8(ascii: "-") { cursor += 1 }
    var end = cursor
    while end < bytes.count, !has("-----end", at: end) { end += 1 }
    return Secret(upToNextName: cursor..<end)
  }

  /// A row of a key has so many characters at least.
  static let leastKeyMaterial = 24

  /// A text's last word that is base64 of 24 characters or more: a row of a key, as PEM breaks it into lines.
  ///
  /// Names of functions and paths are made of words, in which small letters follow each other; in base64
  /// the kind of a character changes all the time.
  func keyMaterial(at position: Int) -> Secret? {
    guard position == 0 || isBlank(position - 1) else { return nil }
    var end = position
    var changes = 0
    var capitals = 0
    var smalls = 0
    var last: Int?
    while end < bytes.count, bytes[end] > 0x20 {
      let kind: Int
      switch bytes[end] {
      case 0x41...0x5a:
        kind = 0
        capitals += 1
      case 0x61...0x7a:
        kind = 1
        smalls += 1
      case 0x30...0x39: kind = 2
      case UInt8(ascii: "+"), UInt8(ascii: "/"): kind = 3
      case UInt8(ascii: "="):
        // Padding stands at the end only.
        guard byte(end + 1) <= 0x20 || byte(end + 1) == UInt8(ascii: "=") else { return nil }
        kind = 3
      default: return nil
      }
      if let last, last != kind { changes += 1 }
      last = kind
      end += 1
    }
    let length = end - position
    guard length >= Self.leastKeyMaterial, capitals > 1, smalls > 1, changes * 5 >= length * 2
    else { return nil }
    return Secret(position..<end)
  }
}
