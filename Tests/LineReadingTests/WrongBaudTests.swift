import LineReading
import Testing

/// A line as a receiver with another clock samples it: 8 data bits, no parity, one stop bit.
private struct Receiver {
  /// What a receiver at `rate` makes of text that is sent at `sent`, both in bits per second.
  static func bytes(of text: [UInt8], sentAt sent: Double, readAt rate: Double) -> [UInt8] {
    var levels: [Bool] = []
    for byte in text {
      levels.append(false)
      levels += (0..<8).map { byte >> $0 & 1 == 1 }
      levels.append(true)
      // Between lines the sender has something else to do.
      if byte == 0x0a { levels += repeatElement(true, count: 20) }
    }
    func level(at time: Double) -> Bool {
      let bit = Int(time * sent)
      return bit < levels.count ? levels[bit] : true
    }
    var received: [UInt8] = []
    var time = 0.0
    while let edge = levels[min(Int(time * sent), levels.count)...].firstIndex(of: false) {
      let start = max(time, Double(edge) / sent)
      var byte: UInt8 = 0
      for bit in 0..<8 where level(at: start + (1.5 + Double(bit)) / rate) { byte |= 1 << bit }
      received.append(byte)
      time = start + 9.5 / rate
      // Without a stop bit it waits for the line to be idle.
      while !level(at: time) { time += 0.5 / sent }
    }
    return received
  }
}

@Suite("Bytes that are no text")
struct WrongBaudTests {
  private static let rates: [Double] = [
    9_600, 38_400, 57_600, 74_880, 115_200, 230_400, 460_800, 921_600,
  ]

  private static let log: [UInt8] = {
    var text = "ESP-ROM:esp32s3-20210327\r\nrst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)\r\n"
    for second in 1...150 {
      text +=
        "I (\(second * 1_000 + second % 7)) kiln: \(800 + second % 37) degrees, valve "
        + (second % 3 == 0 ? "open\r\n" : "closed\r\n")
    }
    return Array(text.utf8)
  }()

  private func repetition(_ bytes: [UInt8]) -> Double? { read(bytes).statistics.damage.repetition }

  @Test("a receiver with the sender's clock reads what was sent")
  func right() {
    #expect(Receiver.bytes(of: Self.log, sentAt: 115_200, readAt: 115_200) == Self.log)
    #expect(repetition(Self.log) == nil)
  }

  @Test("a log at another rate is damage that repeats itself", arguments: [115_200, 74_880])
  func wrong(sent: Double) throws {
    for rate in Self.rates where rate != sent {
      let received = Receiver.bytes(of: Self.log, sentAt: sent, readAt: rate)
      let statistics = read(received).statistics
      #expect(Double(statistics.undecodableBytes) > 0.3 * Double(statistics.bytes), "\(rate)")
      let repetition = try #require(statistics.damage.repetition)
      #expect(repetition > 2.4, "\(rate)")
    }
  }

  @Test("noise has every byte alike")
  func noise() throws {
    for (seed, length) in [(1, 400), (2, 4_000), (3, 400_000)] {
      var generator = SeededGenerator(seed: UInt64(seed))
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let found = try #require(repetition(bytes))
      #expect(0.8..<1.3 ~= found, "seed \(seed)")
    }
  }

  @Test("of a few bytes nothing is said")
  func few() { #expect(repetition(Array(repeating: 0xf8, count: 100)) == nil) }
}
