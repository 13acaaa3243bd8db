// Keys that are known by their hex digits, in a text that speaks of a key.

extension SecretScan {
  /// Sixteen hex digits or more, also as bytes or words with blanks, colons, commas or `0x` between.
  mutating func hexRun(at position: Int) -> Secret? {
    guard hexIsSecret, isHex(position), !isWord(position - 1), !isDigest(before: position) else {
      return nil
    }
    var digits = 0
    var width: Int?
    var cursor = position
    var end = position
    while cursor < bytes.count {
      let start = has("0x", at: cursor) ? cursor + 2 : cursor
      cursor = start
      while isHex(cursor) { cursor += 1 }
      guard cursor > start, !isWord(cursor) else { break }
      // Rows of a partition table have hex digits as well, in columns of different widths.
      if let width, cursor - start > width {
        if digits >= 16 { break }
        return nil
      }
      if let width, cursor - start < width, digits < 16 { return nil }
      width = width ?? cursor - start
      digits += cursor - start
      end = cursor
      while isSeparator(cursor) || byte(cursor) == UInt8(ascii: ":") { cursor += 1 }
      if cursor > end + 2 { break }
    }
    // Two addresses are no key yet.
    return digits >= (width == 8 ? 32 : 16) ? Secret(upToNextName: position..<end) : nil
  }

  /// Whether a digest is announced, which anybody may know: `SHA256: 4f3c…`.
  private func isDigest(before position: Int) -> Bool {
    let words: [StaticString] = ["digest", "crc", "fingerprint", "uuid"]
    let label = max(position - 16, 0)..<position
    guard
      let digest = label.last(where: { index in
        isHashName(at: index) || words.contains { has($0, at: index) }
      })
    else { return false }
    return !(digest..<position).contains { has("key", at: $0) }
  }

  /// `sha256`, `SHA-1`; not `shared`.
  private func isHashName(at index: Int) -> Bool {
    guard has("sha", at: index) else { return false }
    let next = byte(index + 3)
    let number = next == UInt8(ascii: "-") || next == UInt8(ascii: "_") ? byte(index + 4) : next
    return number &- 0x30 < 10 || !isWord(index + 3)
  }
}
