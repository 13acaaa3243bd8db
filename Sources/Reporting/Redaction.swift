/// Masks secrets in text that a device printed: passwords, keys, tokens.
///
/// Too much masked costs a reader a word, too little costs a team its network. Where the end of a
/// secret is not plain, everything up to the next `name=` or `name:` is taken for it.
enum Redaction {
  /// What stands where a secret stood.
  static let mask = "***"

  /// The text with its secrets masked; most texts have none and are handed back as they are.
  static func masked(_ text: String) -> String {
    var copy = text
    let secrets = copy.withUTF8 { secretRanges(in: $0) }
    guard !secrets.isEmpty else { return text }
    return copy.withUTF8 { bytes in
      var kept: [UInt8] = []
      kept.reserveCapacity(bytes.count)
      var position = 0
      for secret in secrets {
        kept += bytes[position..<secret.lowerBound]
        kept += mask.utf8
        position = secret.upperBound
      }
      kept += bytes[position...]
      return String(decoding: kept, as: UTF8.self)
    }
  }

  /// The names after which a value is a secret. Longer names come before their beginnings.
  private static let names: [StaticString] = [
    "passphrase", "pass_phrase", "passkey", "password", "passwort", "passwd", "pass", "pwd", "psw",
    "psk", "pmk",
    "token", "secret", "api_key", "api-key", "apikey", "ota_key", "ota key", "private_key",
    "credential", "pw",
  ]

  /// For each first letter, the second letters of names, as bits from `a` on.
  private static let beginnings: [UInt32] = {
    var beginnings = [UInt32](repeating: 0, count: 26)
    for name in names {
      beginnings[Int(name.utf8Start[0] &- 0x61)] |= 1 << UInt32(name.utf8Start[1] &- 0x61)
    }
    return beginnings
  }()

  /// Whether one of the names begins with these letters.
  static func beginsName(_ first: UInt8, _ second: UInt8) -> Bool {
    let (row, bit) = (first &- 0x61, second &- 0x61)
    guard row < 26, bit < 26 else { return false }
    return beginnings[Int(row)] >> UInt32(bit) & 1 == 1
  }

  private static func secretRanges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var scan = SecretScan(bytes: bytes)
    var found: [Range<Int>] = []
    var position = 0
    while position < bytes.count {
      let secret = scan.secret(at: position, after: names)
      guard let secret, !secret.bytes.isEmpty else {
        position += 1
        continue
      }
      if let last = found.last, last.upperBound >= secret.bytes.lowerBound {
        found[found.count - 1] =
          last.lowerBound..<max(last.upperBound, secret.bytes.upperBound)
      } else {
        found.append(secret.bytes)
      }
      // What was taken for a secret may be the name of one: `bearer password: x`.
      position = max(position + 1, secret.resume)
    }
    return found
  }
}
