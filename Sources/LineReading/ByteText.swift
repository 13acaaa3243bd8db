import CLineScan

/// A stretch of bytes of the log, borrowed for the time of a callback.
///
/// Reading past either end gives 0 and slices are clamped, so a decoder that expects more than a
/// damaged line holds reads nothing instead of crashing.
@frozen
public struct ByteText {
  @usableFromInline let base: UnsafePointer<UInt8>?
  /// The number of bytes.
  public let count: Int

  /// Wraps borrowed memory; it must stay valid as long as the value is used.
  @inlinable public init(_ buffer: UnsafeBufferPointer<UInt8>) {
    base = buffer.baseAddress
    count = buffer.count
  }

  @inlinable init(base: UnsafePointer<UInt8>?, count: Int) {
    self.base = base
    self.count = count
  }

  /// Whether there are no bytes.
  @inlinable public var isEmpty: Bool { count == 0 }

  /// The byte at `index`, or 0 outside the text.
  @inlinable @inline(__always)
  public subscript(index: Int) -> UInt8 {
    guard let base, index >= 0, index < count else { return 0 }
    return base[index]
  }

  /// The bytes in `start..<end`, clamped to the text.
  @inlinable @inline(__always)
  public func slice(from start: Int, to end: Int = Int.max) -> ByteText {
    let low = min(max(start, 0), count)
    let high = max(min(end, count), low)
    return ByteText(base: base.map { $0 + low }, count: high - low)
  }

  /// The memory itself, for C functions.
  @inlinable public var buffer: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base, count: count)
  }

  /// Where this text begins in `whole`, of which it is a part.
  public func offset(in whole: ByteText) -> Int? {
    guard let base, let start = whole.base else { return nil }
    return base - start
  }

  /// Whether the text has `literal` at `index`.
  @inlinable public func has(_ literal: StaticString, at index: Int = 0) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard let base, index >= 0, length <= count - index else { return false }
    let start = literal.utf8Start
    for position in 0..<length where base[index + position] != start[position] { return false }
    return true
  }

  /// Where `byte` first stands at or after `start`.
  public func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start >= 0, start < count else { return nil }
    let found = clinescan_first_byte(base, count, start, byte)
    return found < count ? found : nil
  }

  /// Where the prefix of a log macro with its time, `I (1`, first begins at or after `start`.
  public func firstLogPrefix(from start: Int) -> Int? {
    guard start >= 0, start < count else { return nil }
    let found = clinescan_first_prefix(base, count, start)
    return found < count ? found : nil
  }

  /// Where `literal` first stands at or after `start`.
  @inlinable public func firstIndex(of literal: StaticString, from start: Int = 0) -> Int? {
    let length = literal.utf8CodeUnitCount
    guard length > 0, start >= 0, count - length >= start else { return nil }
    let first = literal.utf8Start[0]
    var index = start
    while index <= count - length {
      guard let found = firstIndex(of: first, from: index), found <= count - length else {
        return nil
      }
      if has(literal, at: found) { return found }
      index = found + 1
    }
    return nil
  }

  /// Whether `literal` stands anywhere in the text.
  @inlinable public func contains(_ literal: StaticString) -> Bool {
    firstIndex(of: literal) != nil
  }

  /// The text without blanks and tabs at both ends.
  @inlinable public var trimmed: ByteText {
    var low = 0
    var high = count
    while low < high, self[low] == 0x20 || self[low] == 0x09 { low += 1 }
    while high > low, self[high - 1] == 0x20 || self[high - 1] == 0x09 { high -= 1 }
    return slice(from: low, to: high)
  }

  /// The text as a `String`; bytes that are no UTF-8 become U+FFFD.
  public var string: String { String(decoding: buffer, as: UTF8.self) }
}
