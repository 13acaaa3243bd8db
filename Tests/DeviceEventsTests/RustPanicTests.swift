import LineReading
import Testing

@testable import DeviceEvents

@Suite("Rust's panics")
struct RustPanicTests {
  private func events(_ log: String) -> [DeviceEvent] {
    var decoder = EventDecoder()
    return decoder.events(of: log)
  }

  @Test(
    "Rust's panic of before 1.73 has its message in quotes",
    arguments: [
      "panicked at 'no free block', src/pool.rs:31:9",
      "[ERROR] - panicked at 'no free block', src/pool.rs:31:9",
      "ERROR - panicked at 'unwrap failed: radio ::",
    ])
  func quotedRust(line: String) {
    let found = events(line)
    #expect(found.first == .foreign(.espHal))
    #expect(found.contains { if case .panic(.wrapperMessage) = $0 { true } else { false } })
  }

  @Test(
    "a quotation of such words is no panic",
    arguments: [
      "the script panicked at 'no free block' and went on", "it panicked at 'x'",
      "the crowd panicked at 'no free block', page 12",
    ])
  func quotedWords(line: String) {
    #expect(events(line).isEmpty)
  }

  @Test("Rust's panic gives its place and its addresses")
  func rust() {
    let found = events(
      """
      ====================== PANIC ======================
      panicked at src/bin/gate.rs:88:14:
      called `Option::unwrap()` on a `None` value

      Backtrace:

      0x42000a1c
      0x42001f30
      """)
    #expect(found.first == .foreign(.espHal))
    #expect(found.contains(.panic(.wrapperMessage("panicked at src/bin/gate.rs:88:14:"))))
    let frames = found.compactMap { event -> [UInt32]? in
      guard case .panic(.backtrace(let backtrace)) = event else { return nil }
      return backtrace.frames.map(\.pc)
    }
    #expect(frames == [[0x4200_0A1C], [0x4200_1F30]])
  }

  @Test("Rust's exceptions have ESP-IDF's names")
  func rustExceptions() {
    #expect(
      events("Exception 'Store/AMO access fault' mepc=0x42001c3a, mtval=0x00000010") == [
        .foreign(.espHal), .panic(.header(reason: "Store access fault", core: nil)),
        .panic(
          .registers([
            Register(name: "MEPC", value: 0x4200_1C3A), Register(name: "MTVAL", value: 0x10),
          ])),
      ])
    #expect(
      events("Exception occurred on AppCpu 'LoadProhibited'") == [
        .foreign(.espHal), .panic(.header(reason: "LoadProhibited", core: 1)),
      ])
    #expect(events("Exception 'x' in worker").isEmpty)
    #expect(events("the task panicked at noon").isEmpty)
  }

  @Test("Rust names the core in front and the number of the cause behind")
  func rustCore() {
    #expect(
      events("[AppCpu] Exception 'Store/AMO access fault (7)' mepc=0x42000e1c, mtval=0x40811234")
        == [
          .foreign(.espHal), .panic(.header(reason: "Store access fault", core: 1)),
          .panic(
            .registers([
              Register(name: "MEPC", value: 0x4200_0E1C),
              Register(name: "MTVAL", value: 0x4081_1234),
            ])),
        ])
  }
}
