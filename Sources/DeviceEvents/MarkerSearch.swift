import CLineScan
import LineReading

/// Finds many literals in one pass over a text.
///
/// Every line passes through here, so the pass itself is in C; see `CLineScan`.
struct MarkerSearch: Sendable {
  /// Where a literal stands, and which.
  struct Hit {
    let position: Int
    let literal: Int
    /// Where the search found it, to go on from there.
    fileprivate let window: Int
  }

  /// The shortest literal that can be looked for, in bytes.
  static let shortestLiteral = 4

  /// The table as the C functions lay it out; words, because it must be aligned.
  private let table: [UInt64]

  /// A search for `literals` of 4 bytes at least, which are told apart by their indices.
  init(_ literals: [[UInt8]]) {
    precondition(
      literals.allSatisfy { $0.count >= Self.shortestLiteral }, "a marker has at least 4 bytes")
    let bytes = literals.flatMap { $0 }
    let lengths = literals.map { UInt32($0.count) }
    let size = clinescan_markers_size(literals.count, bytes.count)
    var table = [UInt64](repeating: 0, count: size / 8 + 1)
    clinescan_markers_build(&table, bytes, lengths, literals.count)
    self.table = table
  }

  /// Hands the table to `body`, for C functions that search themselves.
  func withTable<Result>(_ body: (UnsafeRawPointer) -> Result) -> Result {
    table.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else {
        preconditionFailure("a marker table is never empty")
      }
      return body(start)
    }
  }

  /// A first hit at or after `start`; others may begin before it, see `next(after:from:in:)`.
  @inline(__always)
  func first(in text: ByteText, from start: Int) -> Hit? {
    first(in: text, from: start, window: start)
  }

  /// The hit that is found after `hit`. Hits are not found in the order of their positions.
  func next(after hit: Hit, from start: Int, in text: ByteText) -> Hit? {
    let other = clinescan_markers_next(
      table, text.buffer.baseAddress, text.count, start, hit.window, UInt32(hit.literal))
    if other >= 0 { return self.hit(UInt32(other), at: hit.window) }
    return first(in: text, from: start, window: hit.window + 1)
  }

  @inline(__always)
  private func first(in text: ByteText, from start: Int, window: Int) -> Hit? {
    var literal: UInt32 = 0
    let found = clinescan_markers_find(
      table, text.buffer.baseAddress, text.count, start, window, &literal)
    return found < 0 ? nil : hit(literal, at: found)
  }

  private func hit(_ literal: UInt32, at window: Int) -> Hit {
    Hit(
      position: window - Int(clinescan_markers_skip(table, literal)), literal: Int(literal),
      window: window)
  }
}
