import Testing

@testable import Reporting

@Suite("Secrets are masked in every output")
struct RedactionTests {
  static let secrets: [(text: String, masked: String)] = [
    ("Authorization: Bearer s3cr3t-Tok.en", "Authorization: Bearer ***"),
    ("header Authorization: Basic dXNlcjpwYXNz", "header Authorization: Basic ***"),
    ("sent bearer s3cr3t now", "sent bearer *** now"),
    ("wifi: ssid=lab psk=s3cr3t", "wifi: ssid=lab psk=***"),
    ("SSID:lab password:s3cr3t", "SSID:lab password:***"),
    ("SSID: lab, Password: my s3cr3t word", "SSID: lab, Password: ***"),
    ("password: s3,cr3t word rssi=-40", "password: *** rssi=-40"),
    ("connecting with password 's3cr3t'...", "connecting with password '***'..."),
    ("the password is s3cr3t", "the password is ***"),
    ("WiFi password is: latte1234", "WiFi password is: ***"),
    ("Wifi key is: latte1234", "Wifi key is: ***"),
    ("Password set to latte1234", "Password set to ***"),
    ("passwd=s3cr3t,channel=6", "passwd=***,channel=6"),
    ("ssid/password: lab/s3cr3t", "ssid/password: ***"),
    ("GET /ota?token=s3cr3t&x=1", "GET /ota?token=***&x=1"),
    ("{\"ota_psk\":\"s3cr3t\",\"ssid\":\"lab\"}", "{\"ota_psk\":\"***\",\"ssid\":\"lab\"}"),
    ("{\"pwd\": \"s3 \\\" cr3t\"}", "{\"pwd\": \"***\"}"),
    ("CONFIG_OTA_PSK=\"s3cr3t\"", "CONFIG_OTA_PSK=\"***\""),
    ("OTA_PSK: s3cr3t", "OTA_PSK: ***"),
    ("ota key = 0123456789abcdef0123456789abcdef", "ota key = ***"),
    ("loaded key 0123456789abcdef01 for AES", "loaded key *** for AES"),
    ("nvs_key: de ad be ef 01 23 45 67 89", "nvs_key: ***"),
    ("mqtt://user:s3cr3t@broker:1883/", "mqtt://user:***@broker:1883/"),
    ("wifiPassword => s3cr3t", "wifiPassword => ***"),
    ("passwords: s3cr3t", "passwords: ***"),
    ("psk=Grüße123", "psk=***"),
    ("wifi creds lab/s3cr3t", "wifi creds ***"),
    ("wifi creds lab s3cr3t1", "wifi creds lab ***"),
    ("login admin s3cr3t1", "login admin ***"),
    ("mot de passe : s3cr3t", "mot de passe : ***"),
    ("Kennwort: s3cr3t", "Kennwort: ***"), ("Contraseña: s3cr3t", "Contraseña: ***"),
    ("Пароль от сети: s3cr3t", "Пароль от сети: ***"), ("密码：s3cr3t", "密码：***"),
    ("pin=1234", "pin=***"), ("pairing: pin=12", "pairing: pin=***"),
    ("pairing code: 3497-011-2332", "pairing code: ***"), ("PIN code 20202021", "PIN code ***"),
    ("SetupQRCode: [MT:Y.K9042C00KA0648G00]", "SetupQRCode: ***"),
    ("BLE passkey 123456", "BLE passkey ***"), ("AT+CPIN=1234", "AT+CPIN=***"),
    ("AT+CWJAP=\"lab\",\"s3cr3t\"", "AT+CWJAP=***"),
    ("WIFI:S:lab;T:WPA;P:s3cr3t;;", "WIFI:S:lab;T:WPA;P:***;;"),
    ("mqtt username/password admin/s3cr3t", "mqtt username/password ***"),
    ("connecting with password correcthorse", "connecting with password ***"),
    ("password for lab: s3cr3t", "password for lab: ***"),
    (
      "got -----BEGIN EC PRIVATE KEY-----\\nMHcCAQ\\n-----END EC PRIVATE KEY-----",
      "got -----BEGIN EC PRIVATE KEY-----***-----END EC PRIVATE KEY-----"
    ),
    (
      "I (420) app: oUQDQgAEPR3tU2Fta9ktY+6P9G0cWO+0kETA6SFs38GecTyudlHz6xvCdz8q",
      "I (420) app: ***"
    ),
    ("key AKIAIOSFODNN7EXAMPLE used", "key *** used"),
    ("remote: ghp_abcdefghijklmnopqrstuvwx", "remote: ***"),
    ("slack xoxb-123456789012-abc", "slack ***"),
    ("telegram 123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawA", "telegram ***"),
    ("Authorization: Digest username=\"a\", response=\"s3cr3t\"", "Authorization: Digest ***"),
    (
      "uri=\"sip:a@b\", response=\"6629fae49393a05397450978507c4ef1\"",
      "uri=\"sip:a@b\", response=\"***\""
    ),
    ("AppKey: 2B7E151628AED2A6ABF7158809CF4F3C", "AppKey: ***"),
    (
      "(send \"Authorization: Bearer\"). Either way", "(send \"Authorization: Bearer\"). Either way"
    ),
  ]

  @Test("passwords, keys and tokens are masked", arguments: secrets.map(\.text))
  func masked(_ text: String) throws {
    let expected = try #require(Self.secrets.first { $0.text == text })
    #expect(Redaction.masked(text) == expected.masked)
  }

  @Test("masking twice changes nothing", arguments: secrets.map(\.masked))
  func masksOnce(_ masked: String) { #expect(Redaction.masked(masked) == masked) }

  static let ordinary: [String] = [
    "Backtrace: 0x42008c1f:0x3fc9a2f0 0x4200d8f0:0x3fc9a310",
    "ELF file SHA256: 4f3c0a91d0123456789abcdef0123456789abcdef0123456789abcdef0123456",
    "403: send Authorization: Bearer", "self test passed", "bypass: on", "compass=12",
    "I (335) main: boot: reset_reason=PANIC running_partition=ota_0", "key 12 pressed",
    "pin=4", "pin: 21", "GPIO pin 5", "pin = GPIO_NUM_21", "pin=IO21", "pins: 4,5,12,13",
    "led pin: LED_BUILTIN", "error code: 5", "http status code=500",
    "login failed after 3 attempts",
    "tests pass: 12 fail: 0", "the password is not set", "tokens=512", "GET http://host:8080/fw@v2",
    "write_pass core_dump_elf.c:561", "[do_write_pass main/core_dump_elf.c:561]", "wrong password",
    "password accepted",
    "wifi password changed", "Token::next(int)", "Secret::operator=(Secret const&)",
    "key=device_cfg", "population: 1000", "credits: 12", "token expired", "auth mode: WPA2_PSK",
    "SensorManagerHandleEvent2WithArgument", "password_field", "WPA2-PSK, phy: bgn, rssi: -40",
    "open http://10.0.0.7:8032/ota/status", "task httpd overflowed", "password", "token",
  ]

  @Test("what is no secret stays", arguments: ordinary)
  func harmless(_ text: String) { #expect(Redaction.masked(text) == text) }

  @Test("no report lets a secret through, wherever it stands")
  func reports() {
    let report = SampleReports.saying("ssid=lab password=hunter2hunter2")
    var summary = SummaryReport()
    summary.add(report)
    for columns in [40, 80, 120] {
      let layout = TextLayout(columns: columns)
      let texts = [
        TextReport(report, layout: layout, reasoning: .shown).text,
        TextReport(report, layout: layout).bulletin, TextReport(report, layout: layout).verdictLine,
        summary.text(layout), JSONReport(report, reasoning: .shown).text,
      ]
      for text in texts { #expect(!text.contains("hunter2")) }
    }
  }

  @Test("no mixture of words and garbage crashes it, and no secret behind a name survives")
  func garbage() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededRandom(state: seed)
    let parts = [
      "password", "psk", "key", "token", "bearer", "authorization", "://", "@", ":", "=", "\"", "'",
      " ", ",", "0x", "de ad be ef", "is ", "\\", "\n", "\u{1b}[", "Grüße", "0123456789abcdef01",
    ]
    for _ in 0..<20_000 {
      let text = (0..<8).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      let masked = HostileText.shown(text)
      #expect(!masked.unicodeScalars.contains { HostileText.mustNotBeShown($0) }, "seed \(seed)")
      let named = Redaction.masked(text + " password: hunter2")
      #expect(!named.hasSuffix("hunter2"), "seed \(seed): \(text)")
    }
  }
}

/// Xorshift: the same numbers for the same seed, on every machine.
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    if state == 0 { state = 0x9e37_79b9_7f4a_7c15 }
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
