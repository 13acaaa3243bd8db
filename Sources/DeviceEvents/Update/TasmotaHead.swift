// 21:14:08.044 RSL: STATUS12 = {"StatusSTK":{"Exception":29,…
// 21:14:08 MQT: stat/porch/UPGRADE = {"Upgrade":"Successful. Restarting"}
// stat/porch/STATUS12 = {"StatusSTK":{"Exception":29,…
//
// Tasmota's answers to commands (tasmota/tasmota_support/support.ino), which a broker hands to any other node, too: the
// last of these a program prints as well that passes on what it received.

import LineReading

/// Tells an answer of Tasmota's own from one that another program prints.
enum TasmotaHead {
  /// Whether words as Tasmota prints them stand before a place of a line: its clock and what speaks, or the topic.
  static func mayStand(in before: ByteText) -> Bool {
    if speaks(before) { return true }
    guard isTopic(opening: before) else { return false }
    return before.contains(" = {") || !before.contains(" ")
  }

  /// Whether a text opens with the topic alone, which anybody prints who received the answer.
  static func isTopic(opening text: ByteText) -> Bool { text.has(topic) }

  /// Whether a message of a log macro is such an answer: Tasmota's own lines have no head of that kind, so it is another
  /// node's.
  static func isReceived(in message: ByteText) -> Bool {
    speaks(message) || isTopic(opening: message)
  }

  private static let topic: StaticString = "stat/"

  /// The clock is gone where it was taken for one of a host's.
  private static func speaks(_ text: ByteText) -> Bool {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    while cursor.position < longestClock, isOfClock(cursor.byte) { cursor.advance() }
    cursor.skipBlanks()
    // To a host of syslog it says which node and which program speaks.
    var behindHost = cursor
    _ = behindHost.take(until: 0x20)
    behindHost.skipBlanks()
    if cursor.skip("ESP-") {
    } else if behindHost.position <= longestHost, behindHost.skip("ESP-") {
      cursor = behindHost
    }
    return cursor.skip("MQT: ") || cursor.skip("RSL: ")
  }

  /// In bytes, with the clock before it.
  private static let longestHost = 96

  /// `00:00:02.000-223/45`, with the blanks before it.
  private static let longestClock = 32

  private static func isOfClock(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x3a, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"): true
    default: false
    }
  }
}
