import LineReading

/// Knows an ESP8266 by what its Arduino core prints when it fails, and what its exception decoder makes of that.
///
///     epc1=0x40213f8c epc2=0x00000000 epc3=0x00000000 excvaddr=0x00000010 depc=0x00000000
///     sp: 3ffffdd0 end: 3fffffd0 offset: 0150
///     Exception 28: LoadProhibited: A load referenced a page mapped with an attribute that does not permit loads
///
/// Arduino core for ESP8266, `core_esp8266_postmortem.cpp`, 2.0 to 3.1. Its ROM's lines are read where those of the
/// ESP32's ROM are; behind them the rate changes, and often only this can be read. What stands around
/// it (`Soft WDT reset`, `ctx: cont`) are words that any program may print. The decoder explains a number in
/// brackets, `Exception (28):`, which the ESP32's panic does not have.
enum ESP8266Failure {
  static let markers: [StaticString] = ["epc1=0x"]

  static func decode(_ line: ByteText, _ body: EventSink) -> Bool {
    guard line.has("epc1=0x"), line.contains(" epc2=0x"), line.contains(" excvaddr=0x"),
      ROMException.decode(line) == nil
    else { return false }
    body(.foreign(.esp8266))
    return true
  }

  static let stackOpening: StaticString = "sp: 3ff"

  /// The line in front of the stack, whose rows may be all that is left of the rest.
  static func decodeStack(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    guard line.has(stackOpening), cursor.skip("sp: "), cursor.wholeWord() != nil,
      cursor.skip(" end: "),
      cursor.wholeWord() != nil, cursor.skip(" offset: ")
    else { return false }
    body(.foreign(.esp8266))
    return true
  }

  /// The decoder's sentences of bad addresses; the others are shorter and may be anyone's.
  static func decodeExplained(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    guard cursor.skip("Exception "), cursor.decimal() != nil, cursor.skip(": ") else {
      return false
    }
    let explanation = cursor.rest
    guard explanation.contains("rohibited: A"),
      explanation.contains(" referenced a page mapped with an attribute that does not permit ")
    else { return false }
    body(.foreign(.esp8266))
    return true
  }
}
