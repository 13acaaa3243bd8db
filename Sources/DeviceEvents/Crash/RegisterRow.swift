import LineReading

/// A row of a register dump exactly as ESP-IDF prints it, read without asking the other decoders.
///
///     PC      : 0x4011b968  PS      : 0x00060035  A0      : 0x800814ae  A1      : 0x3ffbf1f0
///
/// Its numbers differ from crash to crash, so that no memory of lines helps, and a crash loop is rows for a good part.
/// What is not exactly so is left to `RegisterLine`, which says the same of these.
enum RegisterRow {
  /// A name padded to 8 bytes, `: 0x`, 8 digits.
  private static let lengthOfCell = 20
  /// Eight cells, and some blanks behind each.
  private static let longest = 256

  static func read(_ text: ByteText) -> [Register]? {
    guard text[8] == UInt8(ascii: ":"), (lengthOfCell...longest).contains(text.count) else {
      return nil
    }
    let bytes = UnsafeRawBufferPointer(text.buffer)
    var registers: [Register] = []
    var start = 0
    repeat {
      guard registers.count < 8, let register = cell(bytes, at: start) else { return nil }
      if registers.isEmpty { registers.reserveCapacity(4) }
      registers.append(register)
      let end = start + lengthOfCell
      start = end
      while text[start] == 0x20 { start += 1 }
      guard start > end || start == text.count else { return nil }
    } while start < text.count
    return registers
  }

  private static func cell(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Register? {
    guard bytes.count - start >= lengthOfCell,
      bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt32.self).littleEndian == 0x7830_203a
    else { return nil }
    var name: UInt64 = 0
    var length = 0
    while length < 8, bytes[start + length] != 0x20 {
      name = name << 8 | UInt64(bytes[start + length])
      length += 1
    }
    for index in length..<8 where bytes[start + index] != 0x20 { return nil }
    var value: UInt32 = 0
    for index in start + 12..<start + lengthOfCell {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    return RegisterNames.usual[name].map { Register($0, value: value) }
  }
}
