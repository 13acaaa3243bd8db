// I (3012) wifi station: retry to connect to the AP
// I (4002) wifi:state: run -> init (f00)
// E (7500) transport: Failed to get ESP_Hosted slave transport up
// Hash of data verified.
// Chip erase completed successfully in 8.2s
// I (4860) eth_example: Ethernet Link Down
//
// ESP-IDF's example wifi/getting_started/station, which many applications begin as; the states of
// the Wi-Fi library (3.3 to 6.1, the number with `0x` from 5.4 on); esp_hosted (1.x and 2.x) on
// chips that have their radio on another chip; ESP-IDF's example ethernet/basic and arduino-esp32's
// ETH; esptool (3.0 to 5.1) and espflash, whose words stand between two captures.

import LineReading

extension NoticeSentences {
  /// How a station fails to join, and the co-processor that does not answer.
  static let station: [Sentence] =
    [
      Sentence("retry to connect to the AP", .sentence, means: joinFailed(nil)),
      Sentence(
        "Failed to connect to SSID:", .sentence,
        means: { _ in [.notice(Notice(.wifiGaveUp))] }),
      Sentence("got ip:", .taggedMessage, means: notice(.wifiConnected)),
      Sentence("connected to ap SSID:", .sentence, means: connected),
      // ESPHome's component.
      Sentence("WiFi Connected", .taggedMessage, means: notice(.wifiConnected)),
      Sentence("Connected", .taggedMessage, ending: .whole, means: notice(.wifiConnected)),
      Sentence("state: auth -> init (", then: "%s)", .taggedMessage, means: leftState),
      Sentence("state: assoc -> init (", then: "%s)", .taggedMessage, means: leftState),
      Sentence("state: run -> init (", then: "%s)", .taggedMessage, means: leftNetwork),
      Sentence(
        "disconnected reason ", then: "%d", .taggedMessage, means: notice(.wifiDisconnected)),
      Sentence(
        "Disconnected, reason: ", then: "%d", .taggedMessage, means: notice(.wifiDisconnected)),
      Sentence(
        "Disconnected, reason ", then: "%d", .taggedMessage, means: notice(.wifiDisconnected)),
    ]
    + phrases(
      [
        "Failed to get ESP_Hosted slave transport up",
        "Failed to get ESP-Hosted slave transport up",
        "Failed to get connection with ESP-Hosted slave",
        "Not able to connect with ESP-Hosted slave device", "sdio card init failed",
      ], .taggedMessage, { _ in [.notice(Notice(.coprocessorSilent))] })
    + ethernet + tools

  private static let ethernet: [Sentence] = [
    Sentence("Ethernet Link Down", .sentence, ending: .whole, means: wire(.ethernetLost)),
    Sentence("Ethernet Link Up", .sentence, ending: .whole, means: wire(.ethernetConnected)),
    Sentence("Ethernet Got IP Address", .sentence, means: wire(.ethernetConnected)),
    Sentence("ETH Disconnected", .lineStart, ending: .whole, means: wire(.ethernetLost)),
    Sentence("ETH Connected", .lineStart, ending: .whole, means: wire(.ethernetConnected)),
    Sentence("ETH Got IP", .lineStart, means: wire(.ethernetConnected)),
  ]

  private static func wire(_ kind: NoticeKind) -> Sentence.Meaning {
    { _ in [.notice(Notice(kind))] }
  }

  /// Whole images alone count, and the erasure of the whole chip: a region may be anything.
  private static let tools: [Sentence] = [
    Sentence("Hash of data verified", .lineStart, ending: .whole, means: wire(.flashedByTool)),
    Sentence(
      "Wrote ", then: "%d bytes (%d compressed) at 0x%x in ", .lineStart, means: written),
    Sentence("Wrote ", then: "%d bytes at 0x%x in ", .lineStart, means: written),
    Sentence("Flashing has completed!", ending: .whole, means: wire(.flashedByTool)),
    Sentence("Chip erase completed successfully", .lineStart, means: wire(.flashErased)),
    Sentence("Flash memory erased successfully in ", .lineStart, means: wire(.flashErased)),
  ]

  /// Data of some sectors are no image.
  private static let written: Sentence.Meaning = { match in
    guard let bytes = match.numbers.first, bytes >= 65_536 else { return [] }
    return [.notice(Notice(.flashedByTool))]
  }

  /// The line names the password; nothing of it is kept.
  private static let connected: Sentence.Meaning = { _ in [.notice(Notice(.wifiConnected))] }

  /// The number behind a state: the reason in the upper byte, the kind of frame that told it below;
  /// 0 where the station left by itself.
  private static let leftState: Sentence.Meaning = { match in
    reason(match).map { [.notice(Notice(.wifiJoinFailed, numbers: [$0]))] } ?? []
  }

  /// The same for a station that had joined.
  private static let leftNetwork: Sentence.Meaning = { match in
    reason(match).map { [.notice(Notice(.wifiDisconnected, numbers: [$0]))] } ?? []
  }

  private static func reason(_ match: TemplateMatch) -> Int? {
    guard let text = match.texts.first,
      let number = Int(text.hasPrefix("0x") ? String(text.dropFirst(2)) : text, radix: 16),
      (0x100...0xffff).contains(number)
    else { return nil }
    return number >> 8
  }

  /// The numbers behind ESPHome's names of the reasons for a disconnect.
  static let reasonsByName: [String: Int] = [
    "Auth Expired": 2, "Auth Leave": 3, "Association Leave": 8, "4-Way Handshake Timeout": 15,
    "Beacon Timeout": 200, "AP Not Found": 201, "Probe Request Unsuccessful": 201,
    "Authentication Failed": 202, "Association Failed": 203, "Handshake Failed": 204,
    "Connection Failed": 205,
  ]
}
