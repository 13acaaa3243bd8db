import Testing

@testable import Reporting

@Suite("A secret on the line after its label")
struct SecretLinesTests {
  private func masked(_ lines: [String]) -> [String] {
    var secrets = SecretLines()
    return lines.map { line in
      let bytes = Array(line.utf8)
      let masked = bytes.withUnsafeBufferPointer { Redaction.masked(line: $0, following: &secrets) }
      return masked.map { String(decoding: $0, as: UTF8.self) } ?? line
    }
  }

  @Test(
    "is masked, whatever the label is",
    arguments: [
      ("password:", "correcthorse", "***"),
      ("I (420) app: Password:", "I (421) app: correcthorse", "I (421) app: ***"),
      ("I (420) app: The WiFi password is: ", "I (421) app: s3cr3t", "I (421) app: ***"),
      ("passphrase for my lab:", "  correcthorse", "  ***"),
      ("wifi key =", "\"s3cr3t99\"", "\"***\""),
      ("ota_psk:", "s3cr3t99", "***"),
      ("API token:", "s3cr3t99abc", "***"),
      ("wifi psk:", "12345678", "***"),
      ("I (420) app: password:", "I (421) app: 12345678", "I (421) app: ***"),
      ("password:", "\"my secret pass\"", "\"***\""),
      ("I (420) app: password:", "I (421) app: 'my secret pass'", "I (421) app: '***'"),
      ("Passkey:", "123456", "***"),
      ("Contraseña:", "s3cr3t", "***"),
      ("encryption key (hex):", "00112233445566778899aabbccddeeff", "***"),
      (
        "D (512) wpa: PMK - hexdump(len=32):", "D (512) wpa: 4a 7f 00 11 22 33 44 55",
        "D (512) wpa: ***"
      ),
      (
        "psk[32]:", "0x3ffb1234   4a 7f 00 11 22 33 44 55  66 77 88 99 aa bb cc dd  |J...\"3DU|",
        "0x3ffb1234   ***"
      ),
    ])
  func told(_ label: String, _ line: String, _ expected: String) {
    #expect(masked([label, line]) == [label, expected])
    // Only there, and only behind the label.
    #expect(masked([line]).first == Redaction.masked(line))
    #expect(masked([label, "", line, line]).dropFirst(2).first == expected)
    #expect(masked([label, expected]) == [label, expected])
  }

  @Test("goes on over all rows of bytes, and ends with them")
  func rows() {
    let row = "I (9) wpa: 4a 7f 00 11 22 33 44 55  66 77 88 99 aa bb cc dd"
    let shown = masked(["I (9) wpa: PTK:", row, row, "I (9) wpa: installed", row])
    #expect(
      shown == [
        "I (9) wpa: PTK:", "I (9) wpa: ***", "I (9) wpa: ***", "I (9) wpa: installed", row,
      ])
  }

  @Test("is found behind a line or two of other tasks, and no more")
  func interleaved() {
    let other = "I (513) other: hi"
    let label = "I (9) wpa: PTK:"
    let row = "I (9) wpa: 4a 7f 00 11 22 33 44 55  66 77 88 99 aa bb cc dd"
    let hidden = "I (9) wpa: ***"
    #expect(
      masked([label, other, row, other, other, row])
        == [label, other, hidden, other, other, hidden])
    #expect(masked([label, other, other, other, row]).last == row)
    #expect(masked(["password:", other, "correcthorse"]).last == "***")
    #expect(masked(["password:", "ready", "correcthorse"]).last == "correcthorse")
    let told = "I (9) app: correcthorse"
    #expect(masked(["I (8) app: password:", other, told]).last == "I (9) app: ***")
    #expect(masked(["I (8) app: password:", other, "correcthorse"]).last == "correcthorse")
    #expect(masked(["password:", other, told]).last == told)
  }

  @Test(
    "is not seen in what a log goes on with",
    arguments: [
      ("password:", "accepted"), ("Enter password:", "Login successful"),
      ("I (4) app: password:", "I (5) wifi: connected"), ("password:", "I (5) wifi: state: run"),
      ("password:", "password:"), ("token:", "refreshing"), ("token:", "OK"),
      ("Passkey:", "confirmed"), ("password:", "********"), ("pin:", "1234"),
      ("key:", "correcthorse"),
      ("password_len:", "correcthorse"), ("bypass:", "correcthorse"),
      ("wrong password", "correcthorse"),
      ("no password for you, sorry, try:", "correcthorse"), ("tokens:", "12345"),
      ("password:", "1234567"), ("password:", "\"accepted\""), ("token:", "\"my kitchen lamp\""),
      ("key 3 of 5:", "correcthorse"), ("digest:", "4a 7f 00 11 22 33 44 55"),
      ("nvs: key index:", "4a 7f 00 11 22 33 44 55"),
    ])
  func harmless(_ label: String, _ line: String) {
    #expect(masked([label, line]) == [label, line])
  }
}
