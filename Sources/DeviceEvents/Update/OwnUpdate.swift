// E (61320) lora: Firmware update failed: 0x7002
// I (61000) stats: OTA failed: ESP_ERR_TIMEOUT
//
// Applications update the firmware of other chips, too, and count their own updates, in the words of updates.

import LineReading

extension UpdateLine {
  /// The line as a log message told it; nil if it is about another device's firmware.
  func told(by message: LogMessage) -> UpdateLine? {
    guard !OtherFirmware.isMeant(by: message) else { return nil }
    guard case .failed(let failure) = self, failure.isAtLarge, !message.tellsTrouble else {
      return self
    }
    // That it failed is news where an update is open; with which error rather is a statistic.
    return .failed(UpdateFailure(stage: .unknown))
  }
}

extension DeviceEvent {
  /// The same for any event; what is not about updates is as it was told.
  func told(by message: LogMessage) -> DeviceEvent? {
    guard case .update(let line) = self else { return self }
    return line.told(by: message).map { .update($0) }
  }
}

extension LogMessage {
  /// Whether it is a warning or an error.
  var tellsTrouble: Bool { level == UInt8(ascii: "E") || level == UInt8(ascii: "W") }
}

/// Tells the firmware of a chip beside the node's own, by the tag of what talks to it: `modem: Firmware update failed`.
enum OtherFirmware {
  /// Whether a message is about such firmware.
  static func isMeant(by message: LogMessage) -> Bool {
    let words = message.message.slice(from: 0, to: reach)
    guard words.contains("irmware ") else { return false }
    return devices.contains { isWord($0, of: message.tag) }
  }

  /// How far into a message firmware is named, in bytes.
  private static let reach = 64

  /// What has firmware of its own that a node writes.
  private static let devices: [StaticString] = [
    "modem", "gps", "gnss", "bms", "nrf", "lora", "lte", "gsm", "cellular", "sim", "sensor",
    "zigbee", "stm", "mcu", "rcp", "ncp", "coprocessor", "pmic", "radio", "charger", "inverter",
    "touch", "nfc",
  ]

  /// Whether the tag has the word, with any digits behind it: `nrf52_dfu`.
  private static func isWord(_ word: StaticString, of tag: ByteText) -> Bool {
    let length = word.utf8CodeUnitCount
    guard tag.count >= length else { return false }
    return (0...tag.count - length).contains { start in
      guard !isLetter(tag[start - 1]), !isLetter(tag[start + length]) else { return false }
      return (0..<length).allSatisfy { tag[start + $0] | 0x20 == word.utf8Start[$0] }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
