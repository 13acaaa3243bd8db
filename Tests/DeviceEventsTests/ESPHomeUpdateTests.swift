import Testing

@testable import DeviceEvents

@Suite("lines about updates of ESPHome and Matter")
struct ESPHomeUpdateTests: UpdateExpecting {
  static let failures: [Expectation] = [
    Expectation(
      "esphome.ota", "Auth: Failed! Passwords do not match", failed(.authorization)),
    Expectation("ota", "Auth failed! Passwords do not match!", failed(.authorization)),
    Expectation("esphome.ota", "Auth: Invalid password", failed(.authorization)),
    Expectation("esphome.ota", "Auth: SHA256 required", failed(.authorization)),
    Expectation("esphome.ota", "Auth: Reading cnonce failed", failed(.download)),
    Expectation("esphome.ota", "Reading size failed", failed(.download)),
    Expectation("ota", "Reading binary MD5 checksum failed!", failed(.download)),
    Expectation("esphome.ota", "Read MD5 checksum failed", failed(.download)),
    Expectation("ota", "Reading 1024 bytes of binary data failed!", failed(.download)),
    Expectation("esphome.ota", "Read error, errno 104", failed(.download)),
    Expectation("esphome.ota", "Remote closed", failed(.download)),
    Expectation(
      "http_request.ota", "MD5 file must be 32 bytes; 9 bytes reported by HTTP server. Aborting",
      failed(.download)),
    Expectation("ota", "Preparing OTA partition failed! 'Not Enough'", failed(.begin)),
    Expectation("esphome.ota", "Preparing OTA partition failed! error_code: 129", failed(.begin)),
    Expectation("esphome.ota", "Error: ESP32 does not have enough space", failed(.size)),
    Expectation("ota", "Update end failed! Error: MD5 Check Failed", failed(.validation)),
    Expectation("esphome.ota", "Update end failed! error_code: 132", failed(.validation)),
    Expectation("esphome.ota", "MD5 mismatch! Please try again.", failed(.validation)),
    Expectation("component", "Component esphome.ota set Error flag: unspecified", flag),
    Expectation("component", "esphome.ota set Error flag: unspecified", flag),
    Expectation("ota", "Magic bytes do not match! 0x47-0x45-0x54-0x20-0x2F", .aborted),
    Expectation("esphome.ota", "Reading magic bytes failed", .aborted),
  ]

  /// A failure that may be no more than a stranger who was turned away.
  private static var flag: UpdateLine {
    var failure = UpdateFailure(stage: .unknown)
    failure.isFlag = true
    return .failed(failure)
  }

  static let ends: [Expectation] = [
    Expectation(
      "chip[SWU]", "Applying, Boot partition set offset:0x1f0000",
      [.update(target(nil, nil, 0x1f0000)), .update(.succeeded(target: nil))]),
    Expectation("app", "OTA image confirmed", .confirmed),
    Expectation("app", "OTA image confirmed valid", .confirmed),
  ]

  @Test("the component that http_request.ota came of announces the length of its file")
  func httpComponent() {
    var decoder = EventDecoder()
    let events = decoder.events(of: "[D][ota_http:145]: firmware is 894464 bytes length.\n")
    #expect(events.contains(.update(.began(bytes: 894_464))))
    #expect(
      decoder.events(of: "[D][ota_http:195]: Progress: 31.0%\n").contains(.update(.percent(31))))
    #expect(
      !decoder.events(of: "[D][pump:145]: firmware is 894464 bytes length.\n")
        .contains(.update(.began(bytes: 894_464))))
  }

  @Test("a message gives its event", arguments: failures + ends)
  func messages(expectation: Expectation) {
    let events = Reading.message(UpdateDecoder.self, expectation.tag, expectation.message)
    #expect(events == expectation.events)
  }

  @Test(
    "what is no step of an update, and no failure, gives nothing",
    arguments: [
      "Reading back acknowledgement failed", "Read ack failed", "Remote closed at read magic",
      "Auth: Nonce is 0123456789abcdef", "Auth: Using deprecated MD5", "Password configured",
      "Reading size", "Socket bind: errno 112", "Component esphome.ota cleared Error flag",
      "Applying, Boot partition set offset:0x0", "OTA image confirmed by nobody",
      "no OTA image confirmed so far", "OTA image confirmed after health window: ESP_FAIL",
    ])
  func lookAlikes(line: String) {
    #expect(Reading.message(UpdateDecoder.self, "esphome.ota", line) == [])
  }
}
