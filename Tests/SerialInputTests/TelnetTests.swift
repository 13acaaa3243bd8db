import Testing

@testable import SerialInput

@Suite("Telnet and RFC 2217")
struct TelnetTests {
  private func parse(
    _ bytes: [UInt8], binary: Bool = true
  ) -> (data: [UInt8], talk: [TelnetParser.Talk]) {
    var parser = TelnetParser()
    parser.isBinary = binary
    var data: [UInt8] = []
    var talk: [TelnetParser.Talk] = []
    for byte in bytes {
      if let said = parser.take(byte, data: &data) { talk.append(said) }
    }
    return (data, talk)
  }

  @Test("data and talk come apart")
  func dataAndTalk() {
    let bytes: [UInt8] =
      [0x61, 255, 255, 255, 251, 0, 0x62, 255, 250, 44, 106, 255, 255, 1, 255, 240, 255, 241, 0x63]
    let (data, talk) = parse(bytes)
    #expect(data == [0x61, 255, 0x62, 0x63])
    #expect(
      talk == [
        .negotiation(verb: 251, option: 0), .subnegotiation(option: 44, bytes: [106, 255, 1]),
      ])
  }

  @Test("a NUL after a return is padding, unless the other side sends binary")
  func returns() {
    let bytes: [UInt8] = [0x61, 0x0D, 0, 0x0D, 0x0A, 0]
    #expect(parse(bytes, binary: false).data == [0x61, 0x0D, 0x0D, 0x0A, 0])
    #expect(parse(bytes).data == bytes)
  }

  @Test(
    "what was settled holds from the next byte on, whatever the pieces", arguments: [1, 4, 100])
  func settledAtOnce(size: Int) {
    var session = ComPortSession()
    // Binary comes into force between two returns that a NUL follows.
    let said: [UInt8] = [0x0D, 0, 255, 251, 0, 0x0D, 0]
    var data: [UInt8] = []
    for start in stride(from: 0, to: said.count, by: size) {
      said[start..<min(start + size, said.count)].withUnsafeBytes {
        _ = session.receive($0, data: &data)
      }
    }
    #expect(data == [0x0D, 0x0D, 0])
  }

  @Test("talk without an end is bounded, and what follows is read")
  func endless() {
    let flood: [UInt8] = [255, 250, 44] + Array(repeating: 7, count: 1 << 20) + [255, 240, 0x61]
    let (data, talk) = parse(flood)
    #expect(data == [0x61])
    #expect(talk.isEmpty)
  }

  @Test("an option is answered once, and those that are not known are declined")
  func options() {
    var session = ComPortSession()
    session.sent(session.outgoing.count)
    var data: [UInt8] = []
    // Both agree to what was asked; they echo, and ask for the window's size.
    let said: [UInt8] = [255, 253, 44, 255, 251, 0, 255, 251, 1, 255, 253, 31]
    for _ in 0..<3 { _ = said.withUnsafeBytes { session.receive($0, data: &data) } }
    #expect(session.outgoing == [255, 254, 1, 255, 252, 31])
    #expect(data.isEmpty)
  }

  @Test("a rate is read from the server's answer, and 255 within it is doubled on the wire")
  func baud() {
    var session = ComPortSession()
    session.sent(session.outgoing.count)
    session.setBaud(0x0001_FF00)
    #expect(session.outgoing == [255, 250, 44, 1, 0, 1, 255, 255, 0, 255, 240])
    var data: [UInt8] = []
    let answer: [UInt8] = [255, 250, 44, 101, 0, 1, 255, 255, 0, 255, 240]
    let news = answer.withUnsafeBytes { session.receive($0, data: &data) }
    #expect(news == [.baud(0x0001_FF00)])
    let cut: [UInt8] = [255, 250, 44, 101, 0, 255, 240, 255, 250, 44, 255, 240]
    #expect(cut.withUnsafeBytes { session.receive($0, data: &data) }.isEmpty)
  }

  @Test("no bytes of a server can make it fail, or answer without limit")
  func hostile() {
    var random = Generator(state: 20_261_121)
    var session = ComPortSession()
    var data: [UInt8] = []
    let telling: [UInt8] = [255, 250, 240, 251, 252, 253, 254, 44, 101, 0, 1, 3, 0x0D, 0x61]
    for _ in 0..<2000 {
      let bytes = (0..<64).map { _ in telling[Int(random.next() % UInt64(telling.count))] }
      _ = bytes.withUnsafeBytes { session.receive($0, data: &data) }
    }
    // At most one answer of three bytes to three bytes of talk.
    #expect(session.outgoing.count <= 2000 * 64 + 15)
    #expect(data.count <= 2000 * 64)
  }

  private struct Generator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}
