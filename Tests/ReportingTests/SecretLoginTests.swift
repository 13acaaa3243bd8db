import Testing

@testable import Reporting

@Suite("Secrets of logins, stores and portals")
struct SecretLoginTests {
  static let secrets: [(text: String, masked: String)] = [
    ("nvs: key 'wifi.pass' value 'x1 y2'", "nvs: key 'wifi.pass' value '***'"),
    ("smtp: AUTH LOGIN hunter2hunter", "smtp: AUTH LOGIN ***"),
    ("smtp: > AUTH PLAIN AGJvYgB4MXkyejM=", "smtp: > AUTH PLAIN ***"),
    ("mqtt: auth plain QmFzZTY0VGV4dA", "mqtt: auth plain ***"),
    (#"sent "AUTH PLAIN AGJvYgB4MXkyejM=""#, #"sent "AUTH PLAIN ***""#),
    ("smtp: AUTH LOGIN aHVudGVyMg== (12)", "smtp: AUTH LOGIN *** (12)"),
    (#"smtp: AUTH PLAIN AGJvYgB4MXkyejM\r\n"#, #"smtp: AUTH PLAIN ***\r\n"#),
    ("(AUTH PLAIN AGJvYgB4MXkyejM)", "(AUTH PLAIN ***)"),
    ("password (13): hunter2secret", "password (13): ***"),
    ("password(13)='hunter2secret'", "password(13)='***'"),
    ("password (stored): correcthorse", "password (stored): ***"),
    ("psk[8]: hunter2x", "psk[8]: ***"),
    ("Passwort fuer WLAN: correcthorse", "Passwort fuer WLAN: ***"),
    ("AT+CGAUTH=1,1,bob,hunter2", "AT+CGAUTH=1,1,***"),
    ("blynk auth 0123456789abcdef0123456789abcdef", "blynk auth ***"),
    ("cfg: sta.password (len 13): a b c", "cfg: sta.password (len 13): ***"),
    ("psk (hex)=aabbccdd", "psk (hex)=***"),
    ("password (13 chars): correcthorse", "password (13 chars): ***"),
    ("Passkey on device's display: 123456", "Passkey on device's display: ***"),
    ("Mot de passe WiFi : correcthorse", "Mot de passe WiFi : ***"),
    ("Password AP: correcthorse", "Password AP: ***"),
    ("Clave WiFi: correcthorse", "Clave WiFi: ***"),
    ("WLAN-Schlüssel: correcthorse", "WLAN-Schlüssel: ***"),
    ("clé wifi: correcthorse", "clé wifi: ***"),
    (
      "CMD: Backlog SSID1 lab; Password1 correcthorse; MqttPort 1883",
      "CMD: Backlog SSID1 lab; Password1 ***; MqttPort 1883"
    ),
    ("GET /wifisave?s=lab&p=x1y2z3w4&ip= HTTP/1.1", "GET /wifisave?s=lab&p=***&ip= HTTP/1.1"),
    ("AT+CGAUTH=1,1,\"bob\",\"x\"", "AT+CGAUTH=1,1,***"),
    ("AT+MQTTUSERCFG=0,1,\"id\",\"bob\",\"x\",0,0,\"\"", "AT+MQTTUSERCFG=0,1,***"),
    (
      "ot dataset set active 0e080000000000010000000300001235060004001fffe0",
      "ot dataset set active ***"
    ),
  ]

  @Test("are masked, whoever reads", arguments: secrets.map(\.text))
  func masked(_ text: String) throws {
    let expected = try #require(Self.secrets.first { $0.text == text })
    #expect(Redaction.masked(text) == expected.masked)
    #expect(Redaction.masked(expected.masked) == expected.masked)
  }

  static let ordinary = [
    "250-AUTH LOGIN PLAIN XOAUTH2", "250 AUTH PLAIN CRAM-MD5", "AUTH LOGIN accepted",
    "AUTH PLAIN failed", "AUTH LOGIN 235", "auth mode WPA2", "auth: open", "password (length): 128",
    "pass (3): ok", "token (hex): none", "password (hex): not set", "GET /list?p=3&n=2",
    "GET /a?p=overview", "dataset: 12 rows", "dataset 4 of 9", "password wifi: not set",
    "passkey on device's display", "AT+CGAUTH?", "+CGAUTH: 1", "key 'boots' value '12'",
    "wrong password (15): retrying", "psk[8] = 3", "password (stored): yes", "+CGAUTH: 1,ERROR",
    "AUTH LOGIN failed (535)", "AUTH PLAIN (12)", "(AUTH LOGIN failed)",
    "password required; try again", "password set; restarting",
  ]

  @Test("are not seen where none is", arguments: ordinary)
  func harmless(_ text: String) { #expect(Redaction.masked(text) == text) }
}
