// E (61320) lora: Firmware update failed: 0x7002
// I (61000) stats: OTA failed: ESP_ERR_TIMEOUT
//
// Applications update the firmware of other chips, too, and count their own updates, in the words of updates.

import LineReading

extension UpdateLine {
  /// The line as a log message told it; nil if it is about another device's firmware.
  func told(by message: LogMessage) -> UpdateLine? {
    guard !OtherFirmware.isMeant(by: message), !Coordinator.tells(message) else { return nil }
    guard case .failed(let failure) = self, failure.isAtLarge, !message.tellsTrouble else {
      return self
    }
    // That it failed is news where an update is open; with which error rather is a statistic.
    return .failed(UpdateFailure(stage: .unknown))
  }
}

extension UpdateLine {
  /// The same; behind a name with a number, `node-12: esp_ota_write failed`, it may be told of another node.
  func behindName(of message: LogMessage) -> UpdateLine {
    guard case .failed(var failure) = self, OtherNodes.areNumbered(opening: message.message) else {
      return self
    }
    failure.isAtLarge = true
    return .failed(failure)
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

/// Tells what a Zigbee coordinator says of the devices that it updates: `zb: 0x1234: OTA upgrade start`.
enum Coordinator {
  /// Whether a message is about such a device.
  static func tells(_ message: LogMessage) -> Bool {
    let text = message.message
    if opensWithShortAddress(text) { return true }
    guard tags.contains(where: { message.tag.isExactly($0) }) else { return false }
    return words.contains { text.contains($0) }
  }

  /// `0x1234: `, also in brackets; a longer number is no device's.
  private static func opensWithShortAddress(_ text: ByteText) -> Bool {
    let start = text[0] == UInt8(ascii: "[") ? 1 : 0
    guard text.has("0x", at: start) else { return false }
    let digits = start + 2
    guard (digits..<digits + 4).allSatisfy({ TextCursor.hexDigit(text[$0]) != nil }) else {
      return false
    }
    return !Letters.isWord(text[digits + 4])
  }

  private static let tags: [StaticString] = ["coord", "coordinator", "COORD", "COORDINATOR"]
  private static let words: [StaticString] = ["OTA upgrade ", "OTA Client ", "OTA Finish"]
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
