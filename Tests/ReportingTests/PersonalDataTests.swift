import Testing

@testable import Reporting

@Suite("What tells whose node it is")
struct PersonalDataTests {
  static let personal: [(text: String, masked: String)] = [
    ("mode : sta (f4:12:fa:00:11:22)", "mode : sta (***)"),
    ("bssid = AA-BB-CC-DD-EE-0F", "bssid = ***"),
    ("got ip:192.168.1.40, mask 255.255.255.0", "got ip:***, mask ***"),
    ("http://10.0.0.7:8032/ota", "http://***:8032/ota"),
    ("addr fe80::1ff:fe23:4567:890a%3", "addr ***%3"),
    ("2001:db8:0:0:0:0:0:7 up", "*** up"),
    (
      "wifi:connected with my lab, aid = 1, channel 6",
      "wifi:connected with ***, aid = 1, channel 6"
    ),
    ("SSID: my lab, channel: 6", "SSID: ***, channel: 6"),
    ("ssid=lab rssi=-40", "ssid=*** rssi=-40"),
    ("{\"ssid\":\"my lab\",\"n\":1}", "{\"ssid\":\"***\",\"n\":1}"),
    ("SSID 'my lab'", "SSID '***'"),
    ("connected to ap SSID:lab password:***", "connected to ap SSID:*** password:***"),
    ("WiFi Connecting to 'my lab'...", "WiFi Connecting to '***'..."),
    ("at 52.5200, 13.4050 now", "at *** now"), ("lat=52.52 lon=-13.4", "lat=*** lon=***"),
    ("$GPGGA,123519,4807.038,N,01131.000,E", "$GPGGA,***"),
  ]

  @Test("is masked in formats for sharing", arguments: personal.map(\.text))
  func masked(_ text: String) throws {
    let expected = try #require(Self.personal.first { $0.text == text })
    #expect(PersonalData.masked(text) == expected.masked)
    #expect(PersonalData.masked(expected.masked) == expected.masked)
  }

  static let ordinary = [
    "Backtrace: 0x42008c1f:0x3fc9a2f0", "at 12:34:56 the std::vector", "ESP-IDF v5.4.2.1", "1.2.3",
    "Nov 21 2026 15:04:05", "ssid_len=4", "load:0x3fce3810,len:0x178c", "I (335) main: boot: x",
    "free heap 120.5, 80.25", "a::b", "late: 5", "connected to the broker", "mode:DIO, clock div:1",
    "v0.6.4-12-gabcdef0", "00 00 00010000 00100000",
  ]

  @Test("is not seen in what tells nothing", arguments: ordinary)
  func harmless(_ text: String) { #expect(PersonalData.masked(text) == text) }

  @Test("stays on the own machine, and goes from every report with --redact")
  func reports() {
    let report = SampleReports.saying(
      "got ip:192.168.1.40 on aa:bb:cc:dd:ee:ff at 52.5200, 13.4050")
    for privacy in [Privacy.own, .shared] {
      let layout = TextLayout(columns: 120, privacy: privacy)
      var summary = SummaryReport()
      summary.add(report)
      for text in [
        TextReport(report, layout: layout, reasoning: .shown).text,
        JSONReport(report, reasoning: .shown, privacy: privacy).text,
      ] {
        switch privacy {
        case .own: #expect(text.contains("192.168.1.40") && text.contains("aa:bb:cc:dd:ee:ff"))
        case .shared:
          #expect(!text.contains("192.168") && !text.contains("bb:cc") && !text.contains("52.52"))
        }
      }
      if case .shared = privacy { #expect(!summary.text(layout).contains("192.168")) }
    }
  }
}
