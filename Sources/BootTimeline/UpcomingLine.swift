import LineReading

/// Where the line stands in memory that the reader of lines is about to hand on.
struct UpcomingLine {
  private var memory = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  /// None.
  init() {}

  /// The line with this text, colours aside.
  init(_ text: ByteText) { memory = text.buffer }

  /// Whether a line with this text stands so in the input.
  @inline(__always)
  func has(_ text: ByteText) -> Bool {
    text.count == memory.count && text.buffer.baseAddress == memory.baseAddress
      && memory.baseAddress != nil
  }
}
