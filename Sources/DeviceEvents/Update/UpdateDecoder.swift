// I (51200) ota_update: OTA update started, content_length=891234
// Update Success: 912345
//
// The sentences and their sources stand in IDFUpdateSentences, ApplicationUpdateSentences,
// FrameworkUpdateSentences, ESPHomeUpdateSentences, TasmotaUpdateSentences, RadioUpdateSentences,
// AgentUpdateSentences, RainMakerUpdateSentences, SketchUpdateSentences, TroubleUpdateSentences and
// FailedUpdateSentences.

import LineReading

/// Decodes what is printed about updates over the air, by ESP-IDF, frameworks and applications.
///
/// Under an updater's own tag a message only has to begin like one of the sentences. Under any other
/// tag, and in text without a tag, only wordings count that nothing else uses, so that lines about
/// updates in general (`OTA server ready`, `Checking for updates`) give nothing.
enum UpdateDecoder: MessageDecoder, PlainDecoder {
  static let tags: [StaticString] = [
    "esp_ota_ops", "esp_https_ota", "ota_update", "native_ota_example", "simple_ota_example",
    "advanced_https_ota_example", "ota_example", "https_ota_example", "pre_encrypted_ota_example",
    "partial_http_download_example", "ota_with_tee", "Updater.cpp", "HTTPUpdate.cpp",
    "ArduinoOTA.cpp", "HttpsOTAUpdate.cpp", "ota", "OTA", "esphome.ota", "web_server.ota",
    "web_server_idf.ota", "web_server_base", "captive_portal.ota", "http_request.ota",
    "http_request.update", "ota_http", "safe_mode", "OTA_SERVICE", "OTA_DEFAULT",
    "espnow_ota_responder",
    "ota_pal", "AWS_OTA",
    // Products that copy the examples call theirs so.
    "ota-update", "OTA_UPDATE", "ota_task", "OTA_TASK", "https_ota", "HTTPS_OTA", "native_ota",
    // The agents of Eclipse hawkBit and Golioth.
    "hawkbit", "golioth_fw_update",
    "esp_rmaker_ota",
    "fota", "FOTA", "fwup", "FWUP", "updater",
  ]

  static var markers: [StaticString] { UpdateSentences.table.markers }

  static var plainInterest: PlainInterest { .texts(UpdateSentences.table.firstBytes) }
  static var plainOpenings: [StaticString]? { UpdateSentences.table.bareOpenings }

  static func openings(under tag: StaticString) -> [StaticString]? {
    UpdateSentences.openings
  }

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    let tables = UpdateSentences.tables(for: message)
    for table in tables {
      let isSaid = table.decode(message.message, reaching: .taggedMessage) { event in
        if let own = event.told(by: message) { body(own) }
      }
      if isSaid { return true }
    }
    for table in tables where table.decode(damaged: message.message, body) { return true }
    return false
  }

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    UpdateSentences.table.decode(text, reaching: .lineStart) { body($0.printedBare(as: text)) }
  }

  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    UpdateSentences.table.decode(at: position, in: text, body)
  }
}

/// The sentences about updates.
enum UpdateSentences {
  typealias Means = UpdateMeaning

  /// Those that mean the same wherever they stand; among sentences with the same opening the first that fits counts.
  static let table = SentenceTable(
    otaOperations + httpsUpdate + calls + uploadHandler + espressifServices + examples + arduino
      + espHome + tasmota + radio + agent + sketch + general + bareFailures)

  /// Those that mean something on the levels of warnings and errors alone.
  private static let troubleTable = SentenceTable(
    givingUp + haltedTransfers + brokenRequests + trouble)

  /// Those of them that say less on other levels and under other tags.
  private static let ownFailureTable = SentenceTable(ownFailures)

  /// Those that are one library's own.
  private static let portTable = SentenceTable(port)

  private static let rainMakerTable = SentenceTable(rainMaker)

  /// How the sentences begin under an updater's tag.
  static let openings: [StaticString] =
    [table, ownFailureTable, troubleTable, portTable, rainMakerTable].flatMap(\.openings)

  /// The sentences that a message under an updater's tag may be.
  static func tables(for message: LogMessage) -> [SentenceTable] {
    var tables = [table]
    if message.tellsTrouble {
      tables.insert(ownFailureTable, at: 0)
      tables.append(troubleTable)
    }
    if portTags.contains(where: { message.tag.isExactly($0) }) { tables.append(portTable) }
    if message.tag.isExactly(rainMakerTag) { tables.insert(rainMakerTable, at: 0) }
    return tables
  }
}
