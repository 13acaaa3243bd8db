// E (61320) lora: Firmware update failed: 0x7002
// I (61000) stats: OTA failed: ESP_ERR_TIMEOUT
//
// Applications update the firmware of other chips, too, and count their own updates, in the words of updates.

import LineReading

extension UpdateLine {
  /// The line as a log message told it; nil if it is about another device's firmware.
  func told(by message: LogMessage) -> UpdateLine? {
    guard !OtherFirmware.isMeant(by: message), !Coordinator.tells(message) else { return nil }
    if case .brokeOff(var failure) = self {
      if failure.stage == .unknown || failure.error != nil {
        failure.isOfFirmware =
          (failure.isOfFirmware || FirmwareWords.areTag(message.tag))
          && !OtherNodes.areNumbered(opening: message.message)
      }
      guard message.tellsTrouble,
        failure.isOfFirmware || !FirmwareWords.areForeign(to: message.tag)
      else { return nil }
      return .brokeOff(failure)
    }
    guard case .failed(var failure) = self else { return self }
    if failure.isAtLarge, !message.tellsTrouble {
      // That it failed is news where an update is open; with which error rather is a statistic.
      return .failed(UpdateFailure(stage: .unknown))
    }
    failure.isToldAsError =
      failure.stage == .unknown && failure.error == nil && !failure.isAtLarge
      && (message.level == UInt8(ascii: "E") || failure.isOfFirmware)
      && !OtherNodes.areMeant(byTag: message.tag, at: message.time)
    return .failed(failure)
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
    if tellsOfShortAddress(text, under: message.tag) { return true }
    guard tags.contains(where: { message.tag.isExactly($0) }) else { return false }
    return words.contains { text.contains($0) }
  }

  /// `0x1234: `, also in brackets, before a sentence of Zigbee's or under its tag. A longer number is no device's, and an
  /// error of ESP-IDF's none either: `ota: 0x1503: esp_ota_end failed`.
  private static func tellsOfShortAddress(_ text: ByteText, under tag: ByteText) -> Bool {
    var cursor = TextCursor(text, at: text[0] == UInt8(ascii: "[") ? 1 : 0)
    guard cursor.skip("0x") else { return false }
    let digits = cursor.position
    guard let number = cursor.hexadecimal(limit: 4), cursor.position == digits + 4,
      !Letters.isWord(cursor.byte), ErrorNames.byNumber[number] == nil
    else { return false }
    if zigbeeTags.contains(where: { tag.has($0) }) { return true }
    while !cursor.isAtEnd, cursor.position < digits + 12, !Letters.isWord(cursor.byte) {
      cursor.advance()
    }
    return UpdateSentences.radio.contains { text.has($0.opening, at: cursor.position) }
  }

  /// How the tags of those begin who speak Zigbee.
  private static let zigbeeTags: [StaticString] = [
    "zb", "ZB", "ESP_ZB", "zigbee", "Zigbee", "ZIGBEE", "coord", "COORD",
  ]

  private static let tags: [StaticString] = ["coord", "coordinator", "COORD", "COORDINATOR"]
  private static let words: [StaticString] = ["OTA upgrade ", "OTA Client ", "OTA Finish"]
}

/// Tells the firmware of a chip beside the node's own, by the tag of what talks to it: `modem: Firmware update failed`.
enum OtherFirmware {
  /// Whether a message is about such firmware.
  static func isMeant(by message: LogMessage) -> Bool {
    let words = message.message.slice(from: 0, to: reach)
    guard words.contains("irmware ") || words.contains("IRMWARE ") else { return false }
    // With any digits behind it: `nrf52_dfu`.
    return TagWord.isAny(of: devices, in: message.tag, extendedBy: .letter)
  }

  /// How far into a message firmware is named, in bytes.
  private static let reach = 64

  /// What has firmware of its own that a node writes.
  private static let devices: [StaticString] = [
    "modem", "gps", "gnss", "bms", "nrf", "lora", "lte", "gsm", "cellular", "sim", "sensor",
    "zigbee", "stm", "mcu", "rcp", "ncp", "coprocessor", "pmic", "radio", "charger", "inverter",
    "touch", "nfc",
  ]
}
