// 21:14:08.044 RSL: STATUS12 = {"StatusSTK":{"Exception":29,…
// 21:14:08 MQT: stat/porch/UPGRADE = {"Upgrade":"Successful. Restarting"}
// stat/porch/STATUS12 = {"StatusSTK":{"Exception":29,…
//
// Tasmota's answers to commands (tasmota/tasmota_support/support.ino), which a broker hands to any other node, too.

import LineReading

/// Tells an answer of Tasmota's own from one that another program prints.
enum TasmotaHead {
  /// Whether Tasmota's own words stand before a place of a line: its clock and what speaks, or the topic.
  static func opens(_ before: ByteText) -> Bool {
    if speaks(before) { return true }
    guard before.has(topic) else { return false }
    return before.contains(" = {") || !before.contains(" ")
  }

  /// Whether a message of a log macro is such an answer: then it is another node's.
  static func isPassedOn(in message: ByteText) -> Bool {
    speaks(message) || message.has(topic)
  }

  private static let topic: StaticString = "stat/"

  /// The clock is gone where it was taken for one of a host's.
  private static func speaks(_ text: ByteText) -> Bool {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    while cursor.position < longestClock, isOfClock(cursor.byte) { cursor.advance() }
    cursor.skipBlanks()
    return cursor.skip("MQT: ") || cursor.skip("RSL: ")
  }

  /// `00:00:02.000-223/45`, with the blanks before it.
  private static let longestClock = 32

  private static func isOfClock(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x3a, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"): true
    default: false
    }
  }
}
