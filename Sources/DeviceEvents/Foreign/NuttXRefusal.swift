import LineReading

/// Reads that NuttX refuses the chip, and starts nothing:
///
///     ERROR: NuttX supports ESP32 chip revision >= v3.0 (chip revision is v1.0)
///
/// NuttX `arch/xtensa/src/esp32/esp32_start.c`. Where it is told to go on all the same it
/// prints `WARNING: ` and another end.
enum NuttXRefusal {
  static let marker: StaticString = "ERROR: Nutt"

  static func decode(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    guard cursor.skip(marker), cursor.skip("X") || cursor.skip("x"), cursor.skip(" supports "),
      cursor.skip(through: "chip revision >= v"), let needed = version(&cursor),
      cursor.skip(through: "(chip revision is v"), let found = version(&cursor)
    else { return false }
    body(.foreign(.nuttx))
    body(.notice(Notice(.imageChipRevisionMismatch, numbers: needed + found)))
    return true
  }

  private static func version(_ cursor: inout TextCursor) -> [Int]? {
    guard let major = cursor.decimal(), cursor.skip("."), let minor = cursor.decimal() else {
      return nil
    }
    return [major, minor]
  }
}
