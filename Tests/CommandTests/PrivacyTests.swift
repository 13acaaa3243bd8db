import Foundation
import Testing

/// Secrets of every kind, planted in a log and looked for in every output.
@Suite("Secrets in a log")
struct PrivacyTests {
  /// `%` is the secret's place.
  static let lines = [
    "wifi password=%", "Authorization: Bearer %", "header Authorization: Basic %", "OTA_PSK: %",
    "nvs: key=ota_psk value=%", "nvs_set_str(security, ota_psk, %)", "nvs: write ota_psk = \"%\"",
    "nvs: namespace security key ota_psk type str data %",
    "Starting OTA from https://user:%@host/fw.bin",
    "GET /fw.bin?token=%&x=1", "GET /fw.bin?access_token=%", "GET https://h/fw?api_key=%",
    "GET https://h/fw?key=%", "GET https://h/fw?sig=%", "GET https://h/fw?X-Amz-Signature=%",
    "X-Api-Key: %",
    "{\"ota_psk\":\"%\"}", "connect to lab pass %", "connecting to ssid lab with password %",
    "WPA2 passphrase '%'", "aws_secret_access_key=%", "Set-Cookie: sid=%", "client_secret=%",
    "mqtt: user=a pass=%", "PSK %", "auth token: %", "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.%",
    "private key: %",
    "sta password [%]", "password -> %", "CONFIG_WIFI_PASSWORD=%", "SSID:lab PWD:%",
    "mqtts://:%@broker",
    "wifi creds lab/%", "pin=%", "pairing code: %", "login admin %", "mot de passe: %",
    "AT+CWJAP=\"lab\",\"%\"", "WIFI:S:lab;T:WPA;P:%;;", "Kennwort: %", "пароль: %",
    "{\"name\":\"PROV_1\",\"pop\":\"%\"}", "mqtt username/password admin/%", "AppKey: %",
    "-----BEGIN PRIVATE KEY-----%", "xoxb-1234567890-%", "ghp_abcdefghijklmnopqrst%",
    "Authorization: Digest response=\"%\"", "key=0011223344556677%", "LTK: %",
    "credentials: %", "WEP key: %", "hmac key=%", "Auth-Token: %", "PASSWORD %", "wpa_psk %",
    "ap_password:%", "Connecting to lab / %", "Connecting to \"lab\" with code \"%\"",
    "WiFi.begin(lab, %)", "ssid: lab, key: %", "<password>%</password>", "ssid[lab] password[%]",
    "esp32> join lab %", "Password1 = %", "wifiPassSta=%",
    "api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K%/getMe",
    "the password for lab is \"% a\"", "cmd> set_wifi Net %", "iperf> ap_set lab %",
    "assert failed: login auth.c:12 (strcmp(pass, \"%\") == 0)", "password != \"%\"",
    "nvs_set_str(h, \"wifi_pass\", \"%\")",
  ]

  private let program: BuiltProgram
  private let secrets: [String]

  init() throws {
    program = try BuiltProgram()
    secrets = Self.lines.indices.map { "hunTer2x\($0)yZq" }
    let told = zip(Self.lines, secrets).map { line, secret in
      "I (420) app: " + line.replacing("%", with: secret)
    }
    try program.write(
      ShortLog.panic.replacing(
        "I (420) sensor: sampling every 20 ms\n", with: told.joined(separator: "\n") + "\n")
        + "abort: token=\(secrets[0])\n", to: "a.log")
    // A rule that makes evidence of every such line.
    try program.write(
      """
      id: sees-all
      severity: error
      title: "It talks"
      why: "Every line is evidence."
      when:
        log: { tag: app, message: "*" }

      """, to: "rules/sees-all.yaml")
  }

  private func expectNone(_ run: BuiltProgram.Run, _ what: String) {
    for (line, secret) in zip(Self.lines, secrets) {
      #expect(!run.output.contains(secret), "\(what) tells the secret of: \(line)")
      #expect(!run.errors.contains(secret), "\(what) tells the secret of: \(line)")
    }
  }

  @Test("none of them stands in any output")
  func outputs() throws {
    for line in [
      "diagnose a.log --rules rules --explain", "diagnose a.log --rules rules --format json",
      "diagnose a.log --rules rules --format json --explain --pretty", "diagnose a.log --quiet",
      "diagnose a.log a.log . --rules rules", "diagnose a.log --rules rules --redact --explain",
      "diagnose a.log --rules rules --redact --format json", "diagnose --follow - <a.log",
      "a.log --rules rules", "diagnose a.log --as-one --rules rules --color always",
      "diagnose - --rules rules --format json <a.log",
      "diagnose a.log --expect-update --rollback on",
      "watch - --explain --redact --rules rules <a.log", "watch - --format json --pretty <a.log",
      "watch - --rules rules <a.log",
      "watch - --format json <a.log",
      "watch - --quiet <a.log",
    ] {
      let run = try program.shell("$esptriage \(line)")
      #expect(!run.output.isEmpty)
      expectNone(run, line)
    }
  }

  @Test("each of them is masked where it alone is the evidence", arguments: Self.lines.indices)
  func alone(_ index: Int) throws {
    let line = Self.lines[index].replacing("%", with: secrets[index])
    try program.write(ShortLog.healthy + "I (24500) app: \(line)\n", to: "one.log")
    let run = try program.run("diagnose", "one.log", "--rules", "rules", "--format", "json")
    #expect(run.output.contains("***"), "\(line)")
    expectNone(run, line)
  }
}
