// I (9100) ESP_OTA_CLIENT: -- OTA upgrade start
// I (26984) ESP_OTA_CLIENT: -- OTA Client receives data: progress [613/618486]
// E (27010) ESP_OTA_CLIENT: handler(91): Failed to write OTA data to partition, status: ESP_ERR_INVALID_SIZE
// E (29900) chip[BDX]: BDX transfer timeout
//
// Wordings of updates that come over Zigbee (the examples of esp-zigbee-sdk, which products copy under tags of their
// own, and arduino-esp32's library Zigbee), and of Matter's transfer of an image (connectedhomeip, BDXDownloader).

extension UpdateSentences {
  /// Zigbee and Matter.
  static let radio: [Sentence] = [
    Sentence("OTA upgrade start", .sentence, ending: .whole, means: Means.line(.began(bytes: nil))),
    Sentence(
      "OTA Client receives data: progress [", then: "%d/%d]", .sentence, means: Means.progress),
    Sentence(
      "OTA upgrade check status: ESP_FAIL", .sentence, means: Means.failure(.download)),
    Sentence("OTA Finish", .sentence, ending: .whole, means: Means.line(.ended)),
    Sentence(
      "Failed to begin OTA partition, status: ", then: "%s", means: Means.failureWithText(.begin)),
    Sentence(
      "Failed to write OTA data to partition, status: ", then: "%s",
      means: Means.failureWithText(.write)),
    Sentence(
      "Failed to end OTA partition, status: ", then: "%s", means: Means.failureWithText(.validation)
    ),
    Sentence(
      "Failed to set OTA boot partition, status: ", then: "%s",
      means: Means.failureWithText(.setBoot)),
    // Logs are fetched by such a transfer, too: it counts where an update is open.
    Sentence("BDX transfer timeout", .sentence, ending: .whole, means: Means.line(.gaveUp)),
  ]
}
