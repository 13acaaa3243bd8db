import Testing

@testable import Reporting

@Suite("Users, networks in other words, and numbers of one device")
struct PersonalIdentityTests {
  static let personal: [(text: String, masked: String)] = [
    ("Verbinde mit WLAN 'my lab', Passwort ***", "Verbinde mit WLAN '***', Passwort ***"),
    ("Verbunden mit lab", "Verbunden mit ***"),
    ("WLAN-Name: lab", "WLAN-Name: ***"),
    ("I (400) main: WLAN: lab", "I (400) main: WLAN: ***"),
    ("Connecté à lab", "Connecté à ***"),
    ("cli: join lab ***", "cli: join *** ***"),
    ("Disconnected from lab, reason 201", "Disconnected from ***, reason 201"),
    ("*wm:Connecting to SAVED AP: lab", "*wm:Connecting to SAVED AP: ***"),
    ("scan: 0: my lab  -52 dBm  WPA2", "scan: 0: ***  -52 dBm  WPA2"),
    ("02: lab                 -67 dBm  ch 6", "02: ***                 -67 dBm  ch 6"),
    ("  1 : lab (-52) *", "  1 : *** (-52) *"),
    (
      "{\"msg\":\"connected with ***, bssid = aa:bb:cc:dd:ee:0f\"}",
      "{\"msg\":\"connected with ***, bssid = ***\"}"
    ),
    ("gps: lat 52.52 lon 13.40", "gps: lat *** lon ***"),
    ("position: 52.5200N 13.4050E", "position: ***"),
    ("gps: 52° 31' 12\" N 13° 24' 18\" E", "gps: *** ***"),
    (
      "eap: identity bob@lab.example username bob password ***",
      "eap: identity *** username *** password ***"
    ),
    ("MQTT: user=bob pass=***", "MQTT: user=*** pass=***"),
    ("mqtt user 'bob' client 'x'", "mqtt user '***' client 'x'"),
    ("MqttUser bob", "MqttUser ***"),
    ("{\"user\":\"bob\",\"n\":1}", "{\"user\":\"***\",\"n\":1}"),
    ("mqtts://bob:***@broker.example.org", "mqtts://***:***@broker.example.org"),
    ("mail from bob.x+y@example.org.", "mail from ***."),
    ("DevEUI 70B3D57ED0001234", "DevEUI ***"),
    ("DevEUI = 70 B3 D5 7E D0 00 12 34 up", "DevEUI = *** up"),
    ("dev eui 70-B3-D5-7E-D0-00-12-34", "dev eui ***"),
    ("DevAddr: 26011BDA", "DevAddr: ***"),
    ("{extaddr:0011223344556677, version:4}", "{extaddr:***, version:4}"),
    ("IMEI 490154203237518, ICCID 8949000000000000000", "IMEI ***, ICCID ***"),
    ("IMSI: 262011234567890", "IMSI: ***"),
    ("sms to +491701234567", "sms to ***"),
    ("tel +49 170 1234567", "tel ***"),
    ("user: bob (admin)", "user: *** (admin)"),
    ("mac: 0xa0, 0xb1, 0xc2, 0xd3, 0xe4, 0xf5", "mac: ***"),
    ("peer a0 b1 c2 d3 e4 f5 added", "peer *** added"),
    ("as tasmota-D3E4F5-1234...", "as tasmota-***-1234..."),
    ("mdns: lamp-112233.local", "mdns: lamp-***.local"),
    ("Hostname: 'lamp-42c59c'", "Hostname: 'lamp-***'"),
    ("{\"name\":\"PROV_112233\"}", "{\"name\":\"PROV_***\"}"),
  ]

  @Test("are masked in formats for sharing", arguments: personal.map(\.text))
  func masked(_ text: String) throws {
    let expected = try #require(Self.personal.first { $0.text == text })
    #expect(PersonalData.masked(text) == expected.masked)
    #expect(PersonalData.masked(expected.masked) == expected.masked)
  }

  static let ordinary = [
    "wlan: connected", "I (400) main: WLAN: connected",
    "I (400) WLAN: lab", "WLAN verbunden", "Verbunden mit dem Broker", "join group 3",
    "Disconnected from API", "Disconnected from MQTT, reason 3", "2: RSSI -60 dBm",
    "1: noise floor -95 dBm", "lat 3.41 ms", "lat 12 ms p99 20.25 ms", "late 52.52",
    "temperature 23.5° C", "turn 90° left", "I (12) user: started", "user task is up",
    "users: 5", "User-Agent: esp32", "user: not set", "username is missing", "superuser=0x1",
    "identity verified", "espressif/mdns@1.4.0", "esp@v5.2", "a @ b.c", "+12345", "+1.5e9",
    "addr 0x3ffb1234", "addr: 00 11", "mac: not set", "machine 0011223344556677", "peer 3 joined",
    "esp32-202411", "task-123456", "v5.2-12-gabcdef0", "imei: unknown", "DevAddr: none",
    "addr 000000000000", "offsets +49 170 1234567", "user: idle (core 0)",
    "peer: 42008c1f", "address 0x42008c1f", "mqtt://broker.example.org:1883",
  ]

  @Test("are not seen in what tells nothing", arguments: ordinary)
  func harmless(_ text: String) { #expect(PersonalData.masked(text) == text) }
}
