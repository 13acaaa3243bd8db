// Literals are compared without making a `String` or an array of either: every start of the program builds the tables.

extension StaticString {
  /// The bytes of a literal.
  var bytes: [UInt8] { Array(text) }

  /// The bytes of a literal, where they lie.
  private var text: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }

  /// Whether the literal begins with the other one.
  func begins(with other: StaticString) -> Bool { text.starts(with: other.text) }

  /// Whether both have the same bytes.
  func reads(as other: StaticString) -> Bool { text.elementsEqual(other.text) }

  /// Whether the literal's bytes come before the other one's.
  func precedes(_ other: StaticString) -> Bool { text.lexicographicallyPrecedes(other.text) }
}
