import LineReading

/// Tells which plain decoders a text without a log prefix is worth showing to.
///
/// An application that prints a reading a second gives millions of lines that are nobody's, and
/// asking everybody about each takes longer than all else.
struct PlainAudience: Sendable {
  /// For each byte, the decoders that may take a text that begins with it.
  private let byFirstByte: [UInt32]
  private let everybody: UInt32
  /// Those that take no text without a marker in it.
  private let needingMarkers: UInt32

  init(_ decoders: [any PlainDecoder.Type]) {
    precondition(decoders.count <= 32, "a plain decoder has a bit of a word")
    everybody = UInt32(truncatingIfNeeded: (UInt64(1) << UInt64(decoders.count)) - 1)
    var needingMarkers: UInt32 = 0
    var byFirstByte = [UInt32](repeating: 0, count: 256)
    for (index, decoder) in decoders.enumerated() {
      let bit: UInt32 = 1 << UInt32(index)
      let bytes: FirstBytes
      switch decoder.plainInterest {
      case .textsWithMarkers:
        needingMarkers |= bit
        bytes = .all
      case .texts(let firstBytes): bytes = firstBytes
      }
      for byte in UInt8.min...UInt8.max where bytes.contains(byte) {
        byFirstByte[Int(byte)] |= bit
      }
    }
    // What begins with anything but ASCII is rare, and may be damage.
    for byte in 0..<256 where !(0x20...0x7e).contains(byte) { byFirstByte[byte] = everybody }
    self.byFirstByte = byFirstByte
    self.needingMarkers = needingMarkers
  }

  /// The decoders to ask, as bits by their indices.
  @inline(__always)
  func of(_ text: ByteText, hasMarkers: Bool) -> UInt32 {
    var start = 0
    while text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    var audience = byFirstByte[Int(text[start])]
    // Some decoders step over blanks, others do not.
    if start > 0 { audience |= byFirstByte[Int(text[0])] }
    // The rest of a cut sentence begins with anything.
    switch text[text.count - 1] {
    case UInt8(ascii: "."), 0x20, 0x09: audience = everybody
    default: break
    }
    return hasMarkers ? audience : audience & ~needingMarkers
  }
}
