import LineReading

/// Decodes what frameworks above ESP-IDF print under tags of their own.
///
/// Some of these tags (`app`, `ota`) are every application's; the sentences of ESP-IDF's components
/// count for nothing under them.
enum FrameworkDecoder: MessageDecoder {
  static let tags: [StaticString] =
    [
      "wifi station", "wifi_esp32", "safe_mode", "ota", "app", "api", "logger", "esp32.crash",
      "transport",
      "H_SDIO_DRV",
    ] + otherChips.map(\.tag)

  /// The tags under which ESPHome tells of a crash on chips of other families, of the ESP8266's Wi-Fi, or of the port to
  /// LibreTiny.
  private static let otherChips: [(tag: StaticString, name: String)] = [
    ("esp8266", "ESP8266"), ("wifi_esp8266", "ESP8266"), ("rp2.crash", "RP2040"),
    ("rp2040.crash", "RP2040"),
    ("lt.component", beken), ("lt.preferences", beken),
  ]

  /// The families of LibreTiny, whose builds are named by board.
  private static let beken = "a chip of Beken, Realtek or Lightning Semi"

  /// The tags under which a station and a co-processor report; under the others everything else may be connected.
  private static let stations: [StaticString] = [
    "wifi station", "wifi_esp32", "transport", "H_SDIO_DRV",
  ]

  private static let ofStations = SentenceTable(
    NoticeSentences.station + NoticeSentences.frameworks)
  private static let ofFrameworks = SentenceTable(NoticeSentences.frameworks)

  static func openings(under tag: StaticString) -> [StaticString]? {
    guard !otherChips.contains(where: { $0.tag.reads(as: tag) }) else { return nil }
    return stations.contains { $0.reads(as: tag) }
      ? ofStations.openings : ofFrameworks.openings
  }

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    let other = otherChips.first {
      message.tag.count == $0.tag.utf8CodeUnitCount && message.tag.has($0.tag)
    }
    if message.style == .espHome, let other {
      body(.notice(Notice(.otherChipNamed, detail: other.name)))
      return true
    }
    let isStation = stations.contains {
      message.tag.count == $0.utf8CodeUnitCount && message.tag.has($0)
    }
    let table = isStation ? ofStations : ofFrameworks
    // Other programs begin in the same words.
    return table.decode(message.message, reaching: .taggedMessage) { event in
      if case .application(.starts) = event, message.style != .espHome { return }
      body(event)
    }
  }
}
