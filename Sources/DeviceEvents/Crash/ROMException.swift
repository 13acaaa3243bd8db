import LineReading

/// Reads how the ESP32's ROM tells of an exception that no handler took, as in programs without ESP-IDF.
///
///     Fatal exception (0): IllegalInstruction
///     epc1=0x400d9aa4, epc2=0x00000000, epc3=0x00000000, excvaddr=0x00000000, depc=0x00000000
///
/// The ESP8266's ROM prints the same two lines without a name behind the number. Its code lies in 0x4010_0000 to
/// 0x4010_C000 and in 0x4020_0000 to 0x4030_0000, where an ESP32 has code as well.
enum ROMException {
  static let openings: [StaticString] = ["Fatal exception (", "epc1=0x"]

  static func decode(_ text: ByteText) -> PanicLine? {
    text[0] == UInt8(ascii: "F") ? header(text) : registers(text)
  }

  private static func header(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    guard cursor.skip("Fatal exception ("), let number = cursor.decimal(), cursor.skip("): "),
      let cause = ExceptionCauses.cause(number: number, of: .xtensa),
      cursor.rest.trimmed.string == cause.name
    else { return nil }
    return .header(reason: cause.name, core: nil)
  }

  private static func registers(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    guard cursor.skip("epc1=0x"), let pc = cursor.address(),
      codeOfESP32Alone.contains(where: { $0.contains(pc) }),
      cursor.skip(through: "excvaddr=0x"), let address = cursor.address()
    else { return nil }
    return .registers([
      Register(name: "PC", value: pc), Register(name: "EXCVADDR", value: address),
    ])
  }

  /// The ESP32's instruction RAM and its mapped flash, but for where the ESP8266 has code.
  private static let codeOfESP32Alone: [Range<UInt32>] = [
    0x4008_0000..<0x4010_0000, 0x4011_0000..<0x4020_0000, 0x4030_0000..<0x4040_0000,
  ]
}
