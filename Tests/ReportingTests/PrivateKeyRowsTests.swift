import Testing

@testable import Reporting

@Suite("A private key over several lines")
struct PrivateKeyRowsTests {
  private func masked(_ lines: [String]) -> [String] {
    var secrets = SecretLines()
    return lines.map { line in
      let bytes = Array(line.utf8)
      let masked = bytes.withUnsafeBufferPointer { Redaction.masked(line: $0, following: &secrets) }
      return masked.map { String(decoding: $0, as: UTF8.self) } ?? line
    }
  }

  @Test("is masked row by row, also the short last one, and nothing else is")
  func rows() {
    let shown = masked([
      "I (1) app: -----BEGIN EC PRIVATE KEY-----", "MHcCAQEEIIrYSSNQFaA2", "I (2) app: oUQD",
      "I (3) wifi: connected", "zz==", "I (4) app: -----END EC PRIVATE KEY-----", "abcd",
    ])
    #expect(
      shown == [
        "I (1) app: -----BEGIN EC PRIVATE KEY-----", "***", "I (2) app: ***",
        "I (3) wifi: connected", "***", "I (4) app: -----END EC PRIVATE KEY-----", "abcd",
      ])
  }

  @Test("a certificate stays, short rows and all")
  func certificate() {
    let lines = ["-----BEGIN CERTIFICATE-----", "MIIBszCC", "-----END CERTIFICATE-----"]
    #expect(masked(lines) == lines)
  }
}
