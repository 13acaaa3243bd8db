import LineReading

/// What a node calls itself and its firmware in prose.
enum OwnWords {
  /// Whether nothing stands before `position` but these words, in any case, and what sets them apart. With versions, a
  /// number like `1.5.0` or `v2` counts as a word.
  static func areAll(
    before position: Int, in text: ByteText, of words: [StaticString], withVersions: Bool = false
  ) -> Bool {
    var cursor = TextCursor(text)
    while cursor.position < position {
      guard !Letters.isWord(cursor.byte) else {
        let word = Self.word(at: &cursor)
        guard isOne(word, of: words) || withVersions && isVersion(word) else { return false }
        continue
      }
      // A record, a list, or somebody's words in quotation marks are not the node's own.
      switch cursor.byte {
      case 0x20, UInt8(ascii: ":"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "-"),
        0x80...:
        cursor.advance()
      case UInt8(ascii: ",") where withVersions: cursor.advance()
      default: return false
      }
    }
    return cursor.position == position
  }

  /// The word at the cursor, full stops within it, which is then behind it.
  static func word(at cursor: inout TextCursor) -> ByteText {
    let start = cursor.position
    while Letters.isWord(cursor.byte) || cursor.byte == UInt8(ascii: ".") { cursor.advance() }
    return cursor.text.slice(from: start, to: cursor.position)
  }

  /// Whether a word is one of these, in any case.
  static func isOne(_ word: ByteText, of words: [StaticString]) -> Bool {
    words.contains { isAlike(word, $0) }
  }

  /// `1.5.0`, `v2`.
  static func isVersion(_ word: ByteText) -> Bool {
    let digits = word.slice(from: word[0] == UInt8(ascii: "v") ? 1 : 0)
    return (0x30...0x39).contains(digits[0])
  }

  private static func isAlike(_ text: ByteText, _ word: StaticString) -> Bool {
    guard text.count == word.utf8CodeUnitCount else { return false }
    return (0..<text.count).allSatisfy { offset in
      let byte = text[offset]
      let lower = (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
      return lower == word.utf8Start[offset]
    }
  }
}
