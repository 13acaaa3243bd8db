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
    ("Connected to lab", "Connected to ***"),
    ("Connected to My Home Net", "Connected to ***"),
    ("Connecting to lab...", "Connecting to ***..."),
    ("Connecting to lab .....", "Connecting to *** ....."),
    ("Connected to lab with IP 10.0.0.7", "Connected to *** with IP ***"),
    ("Connecting to WiFi: lab", "Connecting to WiFi: ***"),
    ("connecting to wifi network lab", "connecting to wifi network ***"),
    ("Connected to WiFi lab, IP: 10.0.0.7", "Connected to WiFi ***, IP: ***"),
    ("connecting to ap lab, channel 6", "connecting to ap ***, channel 6"),
    ("Connecting to lab / ***", "Connecting to *** / ***"),
    ("Connecting to SSID lab", "Connecting to SSID ***"),
    ("joined lab", "joined ***"),
    ("SSID \t\tlab", "SSID \t\t***"),
    ("<ssid>lab</ssid>", "<ssid>***</ssid>"),
    ("SSID1 = lab", "SSID1 = ***"),
    ("ssid[lab] rssi[-40]", "ssid[***] rssi[-40]"),
    ("AP name: lab", "AP name: ***"),
    ("mac f412fa001122 up", "mac *** up"),
    ("esp32-F412FA001122.local", "esp32-***.local"),
    ("node_f412fa001122", "node_***"),
    (
      "usb-Espressif_USB_JTAG_serial_debug_unit_F4:12:FA:00:11:22-if00",
      "usb-Espressif_USB_JTAG_serial_debug_unit_***-if00"
    ),
    ("ping fe80::1: ok", "ping ***: ok"),
    ("fd12:3456:789a::1", "***"),
    ("::ffff:a00:7 in", "*** in"),
    ("listening on ::1", "listening on ***"),
    ("gps fix 52.520, 13.405", "gps fix ***"),
    ("52.520008 13.404954", "***"),
    ("-33.8688,151.2093", "***"),
    ("ip=1.2.3.4", "ip=***"),
    ("from 10.0.0.1-10.0.0.9", "from ***-***"),
    ("server version 2 at 1.2.3.4", "server version 2 at ***"),
    ("http://10.0.0.7:8032/ota", "http://***:8032/ota"),
    ("wifi:connected with lab net, aid = 1", "wifi:connected with ***, aid = 1"),
    ("- 'lab' (f4:12:fa:00:11:22) ▂▄▆█", "- '***' (***) ▂▄▆█"),
    ("- 'my lab's' (HIDDEN) (f4:12:fa:00:11:22) ▂▄", "- '***' (HIDDEN) (***) ▂▄"),
    (
      "- \u{1b}[5m'lab'\u{1b}[6m \u{1b}[5m(f4:12:fa:00:11:22) \u{1b}[6m▂▄",
      "- \u{1b}[5m***\u{1b}[6m \u{1b}[5m***\u{1b}[6m▂▄"
    ),
    (#"SSID: \u{1b}[5m'lab'\u{1b}[6m"#, #"SSID: ***"#),
    (#"Hostname \u{1b}[5mlab-7\u{1b}[6m up"#, #"Hostname \u{1b}[5m***\u{1b}[6m up"#),
    ("1: my lab (-60)*", "1: *** (-60)*"),
    (
      " 1 | my lab                           |  -60 |  6 | WPA2",
      " 1 | ***                           |  -60 |  6 | WPA2"
    ),
    ("[lab][rssi=-60]", "[***][rssi=-60]"),
    ("esp32> join lab ***", "esp32> join *** ***"),
    ("esp32> join \"my lab\"", "esp32> join \"***\""),
    ("iperf> sta lab", "iperf> sta ***"),
    ("> wifi connect -s lab -p *** -k 1", "> wifi connect -s *** -p *** -k 1"),
    ("WIFI:S:my lab;T:WPA;P:***;;", "WIFI:S:***;T:WPA;P:***;;"),
    (#"WIFI:T:WPA;S:my\;lab;P:***;;"#, "WIFI:T:WPA;S:***;P:***;;"),
    ("peer f412.fa00.1122 joined", "peer *** joined"),
    ("peer=F412.FA00.1122,", "peer=***,"),
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
    "version 1.2.3.4",
    "version: 1.2.3.4",
    "\"fw_version\":\"1.2.3.4\"",
    "IDF 5.4.2.1",
    "firmware 1.2.3.4-rc1",
    "Firmware v1.2.3.4",
    "lib 1.2.3.4",
    "add::b2(int)",
    "face::d1",
    "dead::beef2",
    "cafe::e5()",
    "feed::a1",
    "fade::b2",
    "ace::d2 called",
    "Foo::add2",
    "a::b::c3",
    "accel 0.0123, 0.9812, 0.1234",
    "0.120, 0.250",
    "free heap 120.512, 80.250",
    "rate 3.3012, 1.8001 V",
    "1.000, 2.000",
    "99.5012, 200.1234",
    "loss 0.512, 0.498",
    "connected to the broker",
    "Connected to MQTT broker",
    "connected to server",
    "Connected to broker.example.com",
    "connecting to mqtt://broker/x",
    "Connected to 3",
    "connected with result 0",
    "connect to AP failed",
    "connected to ap",
    "Connecting to WiFi...",
    "Connecting to node-7.local",
    "commit 1a2b3c4d5e6f",
    "v5.2-12-g1a2b3c4d5e6f",
    "SHA256: 4f3c0a91d012",
    "0x1a2b3c4d5e6f",
    "123456789012",
    "abcdefabcdef",
    "1A2b3c4d5e6F",
    "4f3c0a91d0123456",
    "SSID not found",
    "ssid_len=4",
    "no ssid is set",
    "SSID and password saved",
    "ssids: 12",
    "at 12:34:56",
    "00:11:22",
    "PC : 0x42008c1f  PS : 0x00060c30",
    "Backtrace: 0x42008c1f:0x3fc9a2f0 0x4200d8f0:0x3fc9a310",
    "mode:DIO, clock div:1",
    "load:0x3fce3810,len:0x178c",
    "I (335) main: joined",
    "ratio 1.1234.5678.9abc",
    "v2024.0611.1200",
    "version 2024.0611.12ab",
    "dead.beef.cafe",
    "1234.5678.9012",
    "f412.fa00.1122.3344",
    "usage: > join <ssid> <password>",
    "> wifi status",
    "> connect broker",
    "assoc -> join lab",
    "channel 3: noise floor (-95) dBm",
    "3: 12 (-60)",
    "step 1: offset (-60)",
    "- 'lab' is done",
    "- 'it' (see above)",
    "[wifi][debug]",
    "1 | 2 | 3",
    "class:S:5;",
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
