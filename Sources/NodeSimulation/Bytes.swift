extension [UInt8] {
  func littleEndian32(at offset: Int) -> UInt32? {
    guard offset >= 0, offset + 4 <= count else { return nil }
    return (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << (8 * UInt32($1)) }
  }

  /// A text in a field of C: up to the first NUL.
  func text(at offset: Int, room: Int) -> String {
    guard offset >= 0, offset + room <= count else { return "" }
    return String(decoding: self[offset..<offset + room].prefix { $0 != 0 }, as: UTF8.self)
  }

  mutating func put(_ bytes: [UInt8], at offset: Int) {
    replaceSubrange(offset..<offset + bytes.count, with: bytes)
  }

  mutating func put(littleEndian32 value: UInt32, at offset: Int) {
    put((0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }, at: offset)
  }

  /// A text in a field of C, cut so that its NUL still fits.
  mutating func put(_ text: String, at offset: Int, room: Int) {
    put(Array(text.utf8.prefix(room - 1)), at: offset)
  }
}
