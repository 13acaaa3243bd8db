/// Literals that a text may begin with; most texts are told apart from all of them by their first byte.
struct Openings: Sendable, ExpressibleByArrayLiteral {
  let literals: [StaticString]
  /// One bit for each first byte, which is ASCII.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(arrayLiteral literals: StaticString...) {
    self.literals = literals
    for literal in literals where literal.utf8CodeUnitCount > 0 {
      let first = literal.utf8Start[0]
      precondition(first < 0x80, "an opening begins with ASCII")
      if first < 64 { low |= 1 << UInt64(first) } else { high |= 1 << UInt64(first - 64) }
    }
  }

  /// Whether one of the literals begins with `byte`.
  @inline(__always)
  func mayBegin(with byte: UInt8) -> Bool {
    if byte < 64 { return low >> UInt64(byte) & 1 == 1 }
    return byte < 128 && high >> UInt64(byte - 64) & 1 == 1
  }
}
