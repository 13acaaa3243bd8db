// W (51201) httpd_txrx: httpd_resp_send_err: 400 Bad Request - Invalid firmware size (must be 1B - 900KB)
// E BOD, esp_image and bootloader lines are read elsewhere.
//
// The sentences and their sources stand in StartupNotices and NetworkNotices.

import LineReading

/// Decodes lines that mean something by themselves: failures of flash, PSRAM, radio, storage, network
/// and HTTP server.
enum NoticeDecoder: MessageDecoder, PlainDecoder {
  static let tags: [StaticString] = [
    "spi_flash", "memspi", "bootloader_flash", "cpu_start", "efuse_init", "main_task", "clk",
    "xt_wdt", "esp_core_dump_flash", "partition", "esp_ota_ops", "httpd_txrx", "httpd_uri",
    "httpd", "httpd_sess", "httpd_parse", "esp-tls", "esp-tls-mbedtls", "esp_tls", "HTTP_CLIENT",
    "transport_base", "TRANSPORT_BASE", "wifi", "nvs", "esp_netif_lwip", "esp_netif_handlers",
    "example_common", "example_connect", "esp_psram", "quad_psram", "octal_psram", "hex_psram",
    "spiram", "psram", "phy_init", "main", "ota_update", "VBAT", "esp_image", "STA.cpp",
    "WiFiGeneric.cpp", "WiFiSTA.cpp", "advanced_https_ota_example", "native_ota_example",
    "mqtt_client", "MQTT_CLIENT",
  ]

  static var markers: [StaticString] { NoticeSentences.table.markers }

  static var plainInterest: PlainInterest { .texts(NoticeSentences.table.firstBytes) }
  static var plainOpenings: [StaticString]? { NoticeSentences.table.bareOpenings }

  /// The tag of the Wi-Fi library, and of ESPHome's component.
  private static let wifi: StaticString = "wifi"

  static func openings(under tag: StaticString) -> [StaticString]? {
    tag.reads(as: wifi)
      ? NoticeSentences.table.openings : NoticeSentences.components.openings
  }

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    let isOfWifi =
      message.tag.count == wifi.utf8CodeUnitCount && message.tag.has(wifi)
    let table = isOfWifi ? NoticeSentences.table : NoticeSentences.components
    return table.decode(message.message, reaching: .taggedMessage, body)
  }

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    NoticeSentences.table.decode(text, reaching: .lineStart, body)
  }

  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    NoticeSentences.table.decode(at: position, in: text, body)
  }
}

/// The sentences that give notices.
enum NoticeSentences {
  /// All of them; among sentences with the same opening the first that fits counts.
  static let table = SentenceTable(ofComponents + station + frameworks)

  /// Those that count under the tags of ESP-IDF's components: what is said under a tag of its own alone is not.
  static let components = SentenceTable(
    ofComponents + (station + frameworks).filter { $0.reach > .taggedMessage })

  private static let ofComponents =
    flash + startup + psram + radio + storage + httpServer + connections + mqtt + wifi
    + updateServer

  /// A notice with the numbers of the line and its first text.
  static func notice(_ kind: NoticeKind) -> Sentence.Meaning {
    { match in [.notice(Notice(kind, numbers: match.numbers, detail: match.texts.first))] }
  }

  /// One sentence each for wordings that mean the same.
  static func phrases(
    _ openings: [StaticString], _ reach: Sentence.Reach, _ meaning: @escaping Sentence.Meaning
  ) -> [Sentence] {
    openings.map { Sentence($0, reach, means: meaning) }
  }
}
