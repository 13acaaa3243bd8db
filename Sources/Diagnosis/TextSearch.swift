extension String {
  /// Whether the bytes of another text stand somewhere in it; `contains` of the library compares characters, which
  /// takes many times as long.
  func holds(_ other: String) -> Bool {
    var (text, word) = (self, other)
    return text.withUTF8 { text in
      word.withUTF8 { word in
        guard let first = word.first else { return true }
        guard text.count >= word.count else { return false }
        for start in 0...text.count - word.count where text[start] == first {
          if text[start...].prefix(word.count).elementsEqual(word) { return true }
        }
        return false
      }
    }
  }
}
