import Testing

@testable import Reporting

@Suite("Secrets that look as if they had been drawn")
struct SecretRandomTests {
  static let secrets: [(text: String, masked: String)] = [
    ("tuya local_key: Wq7rT2b91Xy", "tuya local_key: ***"),
    ("LocalKey Wq7rT2b91Xy", "LocalKey ***"),
    (#"{"k":"psk","v":"correcthorse"}"#, #"{"k":"psk","v":"***"}"#),
    (
      #"{"k": "wifi_pass", "t": "str", "v": "s3cr3t"}"#,
      #"{"k": "wifi_pass", "t": "str", "v": "***"}"#
    ),
    (#"{\"k\":\"psk\",\"v\":\"s3cr3t\"}"#, #"{\"k\":\"psk\",\"v\":\"***\"}"#),
    ("GET /s?u=lab%26pass%3Ds3cr3t%26x%3D1", "GET /s?u=lab%26pass%3D***%26x%3D1"),
    ("(api_key%3ds3cr3t)", "(api_key%3d***)"),
    ("basic auth bob Wq7rT2b91Xy", "basic auth bob ***"),
    ("basic auth: bob:Wq7rT2b91Xy", "basic auth: bob:***"),
    (
      "load cfg.c:12 (AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY)",
      "load cfg.c:12 (***)"
    ),
    (
      #"["AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"]"#, #"["***"]"#
    ),
    ("Key is Wq7rT2b91Xy", "Key is ***"),
    ("(the key is: \"Wq7rT2b91Xy\")", "(the key is: \"***\")"),
    ("using key <Wq7rT2b91Xy>", "using key <***>"),
    ("using key Wq7rT2b91Xy, slot 2", "using key ***, slot 2"),
    ("wifi_connect(lab, Wq7rT2b91Xy)", "wifi_connect(lab, ***)"),
    ("WiFi.connect(\"my lab\", \"Wq7rT2b91Xy\")", "WiFi.connect(\"my lab\", \"***\")"),
    ("mosquitto_pub -h broker -P Wq7rT2b91Xy -t a", "mosquitto_pub -h broker -P *** -t a"),
    ("wifi_connect(\"lab\", \"hunter2hunter16\")", "wifi_connect(\"lab\", \"***\")"),
    ("wifi_connect( \"my, lab\" , \"Wq7rT2b91Xy\")", "wifi_connect( \"my, lab\" , \"***\")"),
    ("wifi_connect('lab', 'correct horse')", "wifi_connect('lab', '***')"),
    (#"wifi_connect(\"lab\", \"correct horse\")"#, #"wifi_connect(\"lab\", \"***\")"#),
    ("wifi_connect(\"lab\", Wq7rT2b91Xy)", "wifi_connect(\"lab\", ***)"),
    ("hotspot \"lab\" / \"correcthorse\"", "hotspot \"lab\" / \"***\""),
    ("hotspot \"lab\"/\"abcdefgh19\"", "hotspot \"lab\"/\"***\""),
    ("hotspot 'lab' / 'abcd efgh18'", "hotspot 'lab' / '***'"),
  ]

  @Test("are masked behind words that stand in sentences as well", arguments: secrets.map(\.text))
  func masked(_ text: String) throws {
    let expected = try #require(Self.secrets.first { $0.text == text })
    #expect(Redaction.masked(text) == expected.masked)
    #expect(Redaction.masked(expected.masked) == expected.masked)
  }

  static let ordinary = [
    "Key is pressed", "key is 12345678", "Key is 0x3ffb1234", "the key is esp32s3box",
    "the key is wifi_cfg_2024", "key is GPIO_NUM_21", "key is: none", "using key device_cfg2",
    "using key 3", "using key <name>", "using keyboard2024", "using key slot1234",
    "basic auth enabled", "basic auth for esp32-web-server1", "basic auth failed (401)",
    "basic auth: required", "basic auth user admin2024", "local key not found", "local_key: 3",
    "localkeys=5", "local keypair 2", #"{"k":"psk","v":3}"#, #"{"k":"psk","v":""}"#,
    #"{"k":"boots","v":"correcthorse"}"#, #"{"pass":1,"v":"1.2.3"}"#,
    "pass%3d fail%3d", "pass%3dms", "pass%3d%%", "token%20count", "wifi_connect(ssid, timeout)",
    "assert failed: f a.c:1 (wifi_connect(cfg, 10000) == ESP_OK)", "wifi_connect(lab, psk_field)",
    "esptool -p /dev/ttyUSB0", "nc -p 12345678", "-p COM3", "hotspot \"lab\" / \"192.168.4.1\"",
    "hotspot \"lab\" / \"not configured\"", "hotspot started",
    "wifi_connect(\"lab\", \"none\")", "wifi_connect(\"lab\", \"not configured\")",
    "wifi_connect(\"lab\", timeout_ms)", "connected(lab, Wq7rT2b91Xy)",
    "compile -p esp32s3-devkit", "mkdir -p build", "i2c: using key is at 0x3c",
    "ELF file SHA256: 3f2a9c1d7e5b4081", "AKIA is a prefix",
  ]

  @Test("are not seen in words and names", arguments: ordinary)
  func harmless(_ text: String) { #expect(Redaction.masked(text) == text) }
}
