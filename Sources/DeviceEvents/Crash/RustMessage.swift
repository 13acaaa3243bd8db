import LineReading

/// Reads the message of a Rust panic, which stands in the line behind `thread 'main' panicked at`.
///
///     index out of bounds: the len is 3 but the index is 7
///     called `Option::unwrap()` on a `None` value
///     attempt to subtract with overflow
///
/// `library/core` of Rust 1.73 and later (before, the message stood in the same line). Only wordings
/// that nothing else prints: the line has no mark of its own.
enum RustMessage {
  static let openings: Openings = [
    "index out of bounds: the len is ", "called `Option::unwrap()` on ",
    "called `Result::unwrap()` on ", "attempt to add with overflow",
    "attempt to subtract with overflow", "attempt to multiply with overflow",
    "attempt to divide by zero", "assertion `left ",
    "internal error: entered unreachable code", "already borrowed: BorrowMutError",
    "already mutably borrowed: BorrowError",
  ]

  static func decode(_ text: ByteText) -> PanicLine? {
    guard text.begins(withAnyOf: openings) else { return nil }
    return .detail(text.sentence, address: nil)
  }
}
