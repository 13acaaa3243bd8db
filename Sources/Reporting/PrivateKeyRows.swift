import LineReading

/// Follows a private key that is printed over several lines, of which only the first and the last say what they are.
///
///     -----BEGIN EC PRIVATE KEY-----
///     MHcCAQEEI…
///     -----END EC PRIVATE KEY-----
package struct PrivateKeyRows: Sendable {
  /// How many lines may still be rows of the key.
  private var expected = 0

  /// A key of 16384 bits has fewer.
  private static let most = 256
  /// PEM has 64 characters in a row; words of a log have not so many.
  private static let longestOfWords = 20

  package init() {}

  /// The part of a line that is a row of a key.
  package mutating func row(in line: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    let text = ByteText(line)
    if text.contains("-----BEGIN ") {
      // Behind the mark nothing stands but its dashes; otherwise somebody talks about a key.
      let isMark = line.last { $0 > 0x20 } == UInt8(ascii: "-")
      expected =
        isMark && text.contains("PRIVATE KEY") && !text.contains("-----END ") ? Self.most : 0
      return nil
    }
    guard expected > 0 else { return nil }
    expected -= 1
    if text.contains("-----END ") {
      expected = 0
      return nil
    }
    // Other lines of a log come in between, and their words are not to be blanked.
    guard let row = Self.lastWordOfBase64(in: line), Self.isKeyLike(line[row]) else { return nil }
    return row
  }

  /// Whether a word is rather a piece of a key than one of a language.
  private static func isKeyLike(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    if word.count > longestOfWords { return true }
    let hasLower = word.contains { 0x61...0x7a ~= $0 }
    // A capital that does not begin the word, a digit, or a sign that no word has.
    return word.dropFirst().contains { 0x41...0x5a ~= $0 && hasLower }
      || word.contains { 0x30...0x39 ~= $0 } || word.contains { 0x2b...0x3d ~= $0 }
  }

  /// The last word, if it is base64 and either the whole line or all that is said under a tag.
  private static func lastWordOfBase64(in line: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    let isBlank: (UInt8) -> Bool = { $0 <= 0x20 }
    guard let last = line.lastIndex(where: { !isBlank($0) }) else { return nil }
    let start = line[...last].lastIndex(where: isBlank).map { $0 + 1 } ?? 0
    if let before = line[..<start].last(where: { !isBlank($0) }) {
      guard before == UInt8(ascii: ":") else { return nil }
    }
    let isRow = line[start...last].allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "+"), UInt8(ascii: "/"),
        UInt8(ascii: "="):
        true
      default: false
      }
    }
    return isRow ? start..<(last + 1) : nil
  }
}
