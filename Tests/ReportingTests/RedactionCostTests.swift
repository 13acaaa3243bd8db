import Foundation
import Testing

@testable import Reporting

@Suite("Looking for secrets")
struct RedactionCostTests {
  private static func masked(_ text: String, _ search: Redaction.Search) -> [UInt8]? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { Redaction.masked(bytes: $0, searching: search) }
  }

  @Test("at a few places finds what looking at every place finds")
  func anchors() throws {
    let samples = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")
    let files = try #require(
      FileManager.default.enumerator(at: samples, includingPropertiesForKeys: nil))
    var lines: Set<Substring> = []
    for case let file as URL in files where file.pathExtension == "log" && lines.count < 1_000 {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      lines.formUnion(text.split(whereSeparator: \.isNewline).prefix(40))
    }
    #expect(lines.count >= 500)
    let told =
      RedactionTests.secrets.map(\.text) + RedactionTests.ordinary
      + SecretWordingTests.secrets.map(\.text) + SecretWordingTests.ordinary
      + SecretLoginTests.secrets.map(\.text) + SecretLoginTests.ordinary
      + SecretRandomTests.secrets.map(\.text) + SecretRandomTests.ordinary
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededRandom(state: seed)
    let mixed = (0..<1_000).map { _ in
      (0..<3).map { _ in
        let piece = Array((told.randomElement(using: &random) ?? "").utf8)
        let start = Int.random(in: 0...piece.count, using: &random)
        return String(decoding: piece[start...].prefix(40), as: UTF8.self)
      }.joined()
    }
    let different = (told + lines.map(String.init) + mixed).filter {
      Self.masked($0, .anchors) != Self.masked($0, .everywhere)
    }
    #expect(different == [], "seed \(seed)")
  }

  /// Each piece asks for what follows it; asked to the end of the text each time, these would take hours.
  @Test(
    "takes no longer for each byte of a line that is made to waste time", .timeLimit(.minutes(30)),
    arguments: [
      "eyJ-", "sk-", "token-", "token_", "psk=,", ",", "bearer=", "authorization:", "://",
      "://a:b@",
      "пароль", "密码", "login=", "pin=x ", "key=a,", ";p:", "wifi:;p:", "/token/", "1:AA", "<psk ",
      "password for a is ", "cmp(", "strcmp(", "strcmp(psk,\"", "password(", "password\",'",
      "> join ",
      "> join '", "password:\n", "pwd=/", "coap token ", "psk!=", "?p=", "&p=a?s=", "auth login ",
      "auth a1", "dataset 00 ",
      "password (len ", "password (len 13)", "passwordaa x; ", "passkey a '", "cgauth=1,",
      "password wifi ", "-p ", "-p a1", "hotspot \"", "hotspot '\"", "wifi_connect(a,", "pass%3d",
      "psk%3d1",
      "using key <", "key is ", "basic auth ", "basic auth a:", "psk\"v\":", "\"v\":\"psk",
      "AKIA000000000000 ",
    ])
  func hostile(_ piece: String) {
    let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
    let masked = HostileText.shown(text + " password: hunter2")
    #expect(!masked.hasSuffix("hunter2"))
  }

  @Test(
    "and none over many lines that announce something and never tell it",
    .timeLimit(.minutes(30)),
    arguments: ["password:", "token for a:", "PMK - hexdump:", "key:", "="])
  func announced(_ line: String) {
    let long = Array((String(repeating: "key ", count: 20_000) + line).utf8)
    var lines = SecretLines()
    for number in 0..<2_000 {
      let bytes = number == 0 ? long : Array(line.utf8)
      bytes.withUnsafeBufferPointer { _ = Redaction.masked(line: $0, following: &lines) }
    }
    let told = Array("correcthorse".utf8)
    let masked = told.withUnsafeBufferPointer { Redaction.masked(line: $0, following: &lines) }
    #expect((masked != nil) == line.hasPrefix("password"))
  }

  @Test(
    "personal data is found in such lines as fast", .timeLimit(.minutes(30)),
    arguments: [
      "ssid ", "1:", "1.2.3.4.", "1.000, ", "connected to a ", "aa:bb:cc:", "::1", "-1.0000",
      "> join ", "> sta 'a ", "- '", "- 'a' (", "1: a ", "[a", "1 | ", "wifi:s:", "\u{1b}[5m",
      "1234.", "user=", "username a ", "identity ", "a@a.", "://a", "DevEUI ", "DevEUI 00 ",
      "peer 00 ", "+1234567890", "esp32-a1b2c3", "_a1b2c3", "1 : ", "0:        ", "52° ",
      "52.5200N ", "lat 52.5 ", "verbinde mit ", "join a", "wlan '", "disconnected from a",
    ])
  func personal(_ piece: String) {
    let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
    #expect(!PersonalData.masked(text + "\nmac aa:bb:cc:dd:ee:ff").contains("dd:ee"))
  }
}
