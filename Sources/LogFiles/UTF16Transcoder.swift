/// Turns UTF-16 into UTF-8 piece by piece, whatever the cuts; halves of surrogate pairs that stand alone become U+FFFD.
struct UTF16Transcoder {
  let byteOrder: TextEncoding.ByteOrder
  private var oddByte: UInt8?
  private var highSurrogate: UInt16?

  /// One unit makes three bytes of UTF-8 at most, and a lone surrogate in front of it three more.
  static let bytesOfRoom = 6

  init(_ byteOrder: TextEncoding.ByteOrder) {
    self.byteOrder = byteOrder
  }

  /// Converts until the input is used up or `output` has no room for another character.
  mutating func convert(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> (consumed: Int, produced: Int) {
    var produced = 0
    var consumed = 0
    while consumed < input.count, output.count - produced >= UTF16Transcoder.bytesOfRoom {
      let byte = input[consumed]
      consumed += 1
      guard let first = oddByte else {
        oddByte = byte
        continue
      }
      oddByte = nil
      append(unit(first, byte), to: output, at: &produced)
    }
    return (consumed, produced)
  }

  /// What the end of the input leaves over: a half character becomes U+FFFD.
  mutating func finish(into output: UnsafeMutableRawBufferPointer) -> Int {
    var produced = 0
    if highSurrogate != nil || oddByte != nil {
      write(replacement, to: output, at: &produced)
    }
    highSurrogate = nil
    oddByte = nil
    return produced
  }

  private func unit(_ first: UInt8, _ second: UInt8) -> UInt16 {
    switch byteOrder {
    case .littleEndian: UInt16(first) | UInt16(second) << 8
    case .bigEndian: UInt16(second) | UInt16(first) << 8
    }
  }

  private mutating func append(
    _ unit: UInt16, to output: UnsafeMutableRawBufferPointer, at position: inout Int
  ) {
    if let high = highSurrogate {
      highSurrogate = nil
      if 0xdc00...0xdfff ~= unit {
        let scalar = 0x10000 + UInt32(high - 0xd800) << 10 + UInt32(unit - 0xdc00)
        write(scalar, to: output, at: &position)
        return
      }
      write(replacement, to: output, at: &position)
    }
    switch unit {
    case 0xd800...0xdbff: highSurrogate = unit
    case 0xdc00...0xdfff: write(replacement, to: output, at: &position)
    default: write(UInt32(unit), to: output, at: &position)
    }
  }

  private func write(
    _ scalar: UInt32, to output: UnsafeMutableRawBufferPointer, at position: inout Int
  ) {
    func put(_ value: UInt32) {
      output[position] = UInt8(truncatingIfNeeded: value)
      position += 1
    }
    switch scalar {
    case ..<0x80:
      put(scalar)
    case ..<0x800:
      put(0xc0 | scalar >> 6)
      put(0x80 | scalar & 0x3f)
    case ..<0x10000:
      put(0xe0 | scalar >> 12)
      put(0x80 | scalar >> 6 & 0x3f)
      put(0x80 | scalar & 0x3f)
    default:
      put(0xf0 | scalar >> 18)
      put(0x80 | scalar >> 12 & 0x3f)
      put(0x80 | scalar >> 6 & 0x3f)
      put(0x80 | scalar & 0x3f)
    }
  }
}

private let replacement: UInt32 = 0xfffd
