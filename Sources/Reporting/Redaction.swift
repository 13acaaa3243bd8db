/// Masks secrets in text that a device printed: passwords, keys, tokens.
///
/// Too much masked costs a reader a word, too little costs a team its network. Where the end of a
/// secret is not plain, everything up to the next `name=` or `name:` is taken for it.
package enum Redaction {
  /// What stands where a secret stood.
  static let mask = "***"

  /// The text with its secrets masked; most texts have none and are handed back as they are.
  static func masked(_ text: String) -> String {
    var copy = text
    let kept = copy.withUTF8 { masked(bytes: $0) }
    return kept.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The bytes with their secrets masked, and everything else as it was; nil where there are none.
  package static func masked(bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    let secrets = secretRanges(in: bytes)
    guard !secrets.isEmpty else { return nil }
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var position = 0
    for secret in secrets {
      kept += bytes[position..<secret.lowerBound]
      kept += mask.utf8
      position = secret.upperBound
    }
    return kept + bytes[position...]
  }

  /// The same for a line of a log, which may be a row of a key that began further up.
  package static func masked(
    line bytes: UnsafeBufferPointer<UInt8>, following rows: inout PrivateKeyRows
  ) -> [UInt8]? {
    guard let row = rows.row(in: bytes) else { return masked(bytes: bytes) }
    return bytes[..<row.lowerBound] + Array(mask.utf8) + bytes[row.upperBound...]
  }

  private static func secretRanges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var scan = SecretScan(bytes: bytes)
    var found: [Range<Int>] = []
    var position = 0
    while position < bytes.count {
      let secret = scan.secret(at: position)
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
