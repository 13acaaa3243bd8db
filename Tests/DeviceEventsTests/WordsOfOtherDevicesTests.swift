import Testing

@testable import DeviceEvents

@Suite("Words that look like a failure of this node's")
struct WordsOfOtherDevicesTests {
  private func events(_ log: String) -> [DeviceEvent] {
    var decoder = EventDecoder()
    return decoder.events(of: log)
  }

  private func tellsUpdate(_ line: String) -> Bool {
    events(line).contains { if case .update = $0 { true } else { false } }
  }

  @Test(
    "a short address in front is another device's, and so is what a coordinator says of a client")
  func coordinator() {
    #expect(tellsUpdate("I (1010) zb: OTA upgrade start"))
    #expect(!tellsUpdate("I (1010) zb: 0x1234: OTA upgrade start"))
    #expect(!tellsUpdate("I (1010) zb: [0x1234] OTA upgrade start"))
    #expect(!tellsUpdate("I (1010) gw: 0x1234: -- OTA upgrade start"))
    #expect(!tellsUpdate("E (1010) zb: 0x1234: OTA update failed"))
    #expect(!tellsUpdate("I (1010) coord: OTA Client receives data: progress [613/618486]"))
    #expect(tellsUpdate("I (1010) client: OTA Client receives data: progress [613/618486]"))
  }

  @Test(
    "an error in front is no address",
    arguments: [
      "E (5000) ota: 0x1503: esp_ota_end failed", "E (5000) ota: 0x1501: esp_ota_begin failed",
      "E (5000) ota: [0x1503] esp_ota_end failed", "E (5000) zb: 0x1503: esp_ota_end failed",
      "E (5000) ota: 0x2700: esp_ota_end failed",
    ])
  func errorInFront(line: String) { #expect(tellsUpdate(line)) }

  @Test(
    "an open quotation is a panic behind a logger's error and in the language's own words alone",
    arguments: [
      ("[ERROR] - panicked at 'unwrap failed: radio ::", true),
      ("ERROR - panicked at 'called `Option::unwrap()` on a", true),
      ("ERROR - panicked at 'we are all doomed", false),
      ("panicked at 'we are all doomed", false), ("panicked at 'unwrap failed: radio ::", false),
      ("INFO - panicked at 'unwrap failed: radio ::", false),
    ])
  func openQuotation(line: String, isPanic: Bool) {
    #expect(events(line).contains(.foreign(.espHal)) == isPanic)
  }
}
