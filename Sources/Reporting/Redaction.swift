/// Masks secrets in text that a device printed: passwords, keys, tokens.
///
/// Too much masked costs a reader a word, too little costs a team its network. Where the end of a
/// secret is not plain, everything up to the next `name=` or `name:` is taken for it.
package enum Redaction {
  /// What stands where a secret stood.
  static let mask = "***"

  /// At which places secrets are looked for.
  enum Search {
    /// At those that `SecretAnchors` finds.
    case anchors
    /// At each, which takes many times as long and finds the same; the measure of the other.
    case everywhere
  }

  /// The text with its secrets masked; most texts have none and are handed back as they are.
  static func masked(_ text: String) -> String {
    var copy = text
    let kept = copy.withUTF8 { masked(bytes: $0) }
    return kept.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The bytes with their secrets masked, and everything else as it was; nil where there are none.
  package static func masked(bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    masked(bytes: bytes, searching: .anchors)
  }

  static func masked(bytes: UnsafeBufferPointer<UInt8>, searching search: Search) -> [UInt8]? {
    let secrets = secretRanges(in: bytes, search)
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

  /// The same for a line of a log, which may tell a secret that another line announced.
  package static func masked(
    line bytes: UnsafeBufferPointer<UInt8>, following lines: inout SecretLines
  ) -> [UInt8]? {
    guard let secret = lines.secret(in: bytes) else { return masked(bytes: bytes) }
    return bytes[..<secret.lowerBound] + Array(mask.utf8) + bytes[secret.upperBound...]
  }

  private static func secretRanges(
    in bytes: UnsafeBufferPointer<UInt8>, _ search: Search
  ) -> [Range<Int>] {
    let lastWord = SecretScan.longLastWord(of: bytes)
    let first = SecretAnchors.first(in: bytes, from: 0)
    if first == nil, lastWord == nil, search == .anchors { return [] }
    var scan = SecretScan(bytes: bytes, lastWord: lastWord)
    var found: [Range<Int>] = []
    var position = 0
    while let place = search == .anchors ? scan.place(from: position) : position,
      place < bytes.count
    {
      position = place + 1
      guard let secret = scan.secret(at: place), !secret.bytes.isEmpty else { continue }
      var whole = secret.bytes
      // Some are known by their middle, and begin before what was found already.
      while let last = found.last, last.upperBound >= whole.lowerBound {
        found.removeLast()
        whole =
          min(last.lowerBound, whole.lowerBound)..<max(last.upperBound, whole.upperBound)
      }
      found.append(whole)
      // What was taken for a secret may be the name of one: `bearer password: x`.
      position = max(position, secret.resume)
    }
    return found
  }
}
