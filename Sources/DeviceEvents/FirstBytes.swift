/// A set of bytes with which a text may begin.
struct FirstBytes: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// The printable characters of ASCII and the blank.
  static let all = FirstBytes(anyOf: (0x20...0x7e).map { UInt8($0) })

  /// The characters of `text`, which are ASCII.
  init(anyOf text: StaticString) { self.init(anyOf: text.bytes) }

  /// The first characters of `openings`, which are ASCII.
  init(of openings: [StaticString]) {
    self.init(anyOf: openings.lazy.filter { $0.utf8CodeUnitCount > 0 }.map { $0.utf8Start[0] })
  }

  private init(anyOf bytes: some Sequence<UInt8>) {
    for byte in bytes {
      precondition(byte < 0x80, "a text of a decoder begins with ASCII")
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }
  }

  func contains(_ byte: UInt8) -> Bool {
    if byte < 64 { return low >> UInt64(byte) & 1 == 1 }
    return byte < 128 && high >> UInt64(byte - 64) & 1 == 1
  }

  func union(_ other: FirstBytes) -> FirstBytes {
    var union = self
    union.low |= other.low
    union.high |= other.high
    return union
  }
}
