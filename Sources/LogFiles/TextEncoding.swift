/// How the characters of a capture are written.
///
/// PowerShell's `>` writes UTF-16, and many logs of this trade were caught that way.
enum TextEncoding: Equatable {
  /// UTF-8, or bytes that are near enough; passed on as they are.
  case bytes
  case utf16(ByteOrder, markLength: Int)
  /// One answer of Loki's, which holds all lines.
  case lokiAnswer

  enum ByteOrder {
    case littleEndian, bigEndian
  }

  /// Enough pairs to be sure of UTF-16 that carries no byte order mark.
  static let lengthOfBeginning = 64

  /// Nil when more bytes are needed to tell; `isWhole` says that none will come.
  init?(beginning: UnsafeRawBufferPointer, isWhole: Bool) {
    if beginning.count >= 2 {
      switch (beginning[0], beginning[1]) {
      case (0xff, 0xfe):
        self = .utf16(.littleEndian, markLength: 2)
        return
      case (0xfe, 0xff):
        self = .utf16(.bigEndian, markLength: 2)
        return
      default: break
      }
    }
    switch LokiAnswer.begins(beginning) {
    case true?:
      self = .lokiAnswer
      return
    case nil where !isWhole && !beginning.isEmpty: return nil
    case nil, false?: break
    }
    let seen = min(beginning.count, TextEncoding.lengthOfBeginning)
    let firstBytes = beginning.prefix(4)
    if firstBytes.count == 4, !firstBytes.contains(0) {
      self = .bytes
      return
    }
    if seen < TextEncoding.lengthOfBeginning, !isWhole { return nil }
    self = TextEncoding.withoutMark(UnsafeRawBufferPointer(rebasing: beginning[..<seen]))
  }

  /// A NUL beside nearly every character, always on the same side, is UTF-16 and nothing else.
  private static func withoutMark(_ bytes: UnsafeRawBufferPointer) -> TextEncoding {
    let pairs = bytes.count / 2
    guard pairs >= 4 else { return .bytes }
    var little = 0
    var big = 0
    for pair in 0..<pairs {
      let first = bytes[2 * pair]
      let second = bytes[2 * pair + 1]
      if first != 0, second == 0 { little += 1 }
      if first == 0, second != 0 { big += 1 }
    }
    if little * 4 >= pairs * 3, big * 16 <= pairs { return .utf16(.littleEndian, markLength: 0) }
    if big * 4 >= pairs * 3, little * 16 <= pairs { return .utf16(.bigEndian, markLength: 0) }
    return .bytes
  }
}
