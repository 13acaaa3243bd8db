import LineReading
import Testing

@testable import DeviceEvents

@Suite("Exceptions that the ROM tells of")
struct ROMExceptionTests {
  private func events(_ log: String) -> [DeviceEvent] {
    var decoder = EventDecoder()
    return decoder.events(of: log)
  }

  @Test("the ESP32's ROM names an exception, the ESP8266's does not")
  func exceptionInROM() {
    #expect(
      events("Fatal exception (0): IllegalInstruction")
        == [.panic(.header(reason: "IllegalInstruction", core: nil))])
    #expect(
      events(
        "epc1=0x400d41f8, epc2=0x00000000, epc3=0x00000000, excvaddr=0x00000008, depc=0x00000000")
        == [
          .panic(
            .registers([
              Register(name: "PC", value: 0x400d_41f8), Register(name: "EXCVADDR", value: 8),
            ]))
        ])
    for line in [
      "epc1=0x40223d8c, epc2=0x00000000, epc3=0x00000000, excvaddr=0x00000008, depc=0x00000000",
      "epc1=0x40103d8c epc2=0x00000000 epc3=0x00000000 excvaddr=0x00000008 depc=0x00000000",
    ] {
      #expect(events(line) == [.foreign(.esp8266)])
    }
    #expect(events("Fatal exception (28):").isEmpty)
    #expect(events("Fatal exception (0): out of paper").isEmpty)
  }

  @Test(
    "code where an ESP8266 has none is an ESP32's",
    arguments: ["40080400", "40123aa4", "401f0010", "40301234", "403ffffc"])
  func codeOfESP32(address: String) {
    let found = events(
      "epc1=0x\(address), epc2=0x00000000, epc3=0x00000000, excvaddr=0x00000004, depc=0x00000000")
    #expect(!found.contains(.foreign(.esp8266)))
    #expect(
      found.contains { if case .panic(.registers) = $0 { true } else { false } })
  }
}
