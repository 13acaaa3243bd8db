import Glibc
import SerialInput
import Testing

@Suite("Finding a baud rate")
struct BaudSearchTests {
  private static let text = Array(
    """
    I (312) main_task: Calling app_main()\r
    I (335) main: boot: reset_reason=POWERON running_partition=ota_0\r
    I (420) sensor: sampling every 20 ms\r
    W (512) wifi: rssi -71 dBm, channel 6\r

    """.utf8)

  private static func time(_ milliseconds: Int64) -> ArrivalTime {
    ArrivalTime(monotonicNanoseconds: milliseconds * 1_000_000, unixMilliseconds: milliseconds)
  }

  /// How a search went.
  private struct Outcome {
    let end: BaudSearch.Step
    let tried: [UInt32]
    /// Milliseconds after its beginning.
    let at: Int64

    /// The rate that was found.
    var found: BaudSearch.Trial? { if case .found(let trial) = end { trial } else { nil } }
  }

  /// Plays a node that prints a piece so often; how the search ended, the rates it tried, and when.
  private static func search(
    first: UInt32 = 115_200, every interval: Int64 = 50, seconds: Int64 = 120,
    _ print: (_ baud: UInt32, _ time: Int64) -> [UInt8]
  ) -> Outcome {
    var search = BaudSearch(first: first, at: time(0))
    var tried = [first]
    var last = BaudSearch.Step.stay
    for now in stride(from: Int64(10), to: seconds * 1000, by: 10) {
      var steps = [search.pass(at: time(now))]
      if now % interval == 0 {
        let bytes = print(search.baud, now)
        steps.append(bytes.withUnsafeBytes { search.take($0, at: time(now)) })
      }
      for step in steps {
        switch step {
        case .stay: break
        case .listen(let baud): tried.append(baud)
        case .silent: last = step
        case .found, .noneReadsWell: return Outcome(end: step, tried: tried, at: now)
        }
      }
    }
    return Outcome(end: last, tried: tried, at: seconds * 1000)
  }

  @Test("every usual rate is found by what the line carries", arguments: BaudSearch.usualRates)
  func found(rate: UInt32) throws {
    let outcome = Self.search { baud, _ in
      SimulatedWire.received(Self.text, sentAt: Double(rate), readAt: Double(baud))
    }
    let trial = try #require(outcome.found)
    #expect(trial.baud == rate)
    #expect(trial.readability > 0.99)
    #expect(trial.heard == Self.text)
    #expect(outcome.at < 20_000)
  }

  @Test("a rate that reads well is not left, and a rate of one's own is tried first")
  func first() {
    let outcome = Self.search(first: 250_000) { baud, _ in
      SimulatedWire.received(Self.text, sentAt: 250_000, readAt: Double(baud))
    }
    #expect(outcome.tried == [250_000])
    #expect(outcome.found?.baud == 250_000)
  }

  @Test("a ROM at 74880 before an application at 115200 leads back to 115200")
  func romFirst() {
    let outcome = Self.search { baud, now in
      let sender: Double = now < 100 ? 74_880 : 115_200
      return SimulatedWire.received(Self.text, sentAt: sender, readAt: Double(baud))
    }
    #expect(outcome.tried.count > 2)
    #expect(outcome.found?.baud == 115_200)
  }

  @Test("a node that says one short line now and then is enough")
  func sparse() {
    let line = Array("I (24420) sensor: 1200 samples sent\r\n".utf8)
    let outcome = Self.search(every: 1000) { baud, _ in
      SimulatedWire.received(line, sentAt: 74_880, readAt: Double(baud))
    }
    #expect(outcome.found?.baud == 74_880)
  }

  @Test("silence changes nothing and is told")
  func silence() {
    let outcome = Self.search(seconds: 30) { _, _ in [] }
    #expect(outcome.tried == [115_200])
    #expect(outcome.end == .silent)
  }

  @Test("noise at every rate ends with the best of it, not with a rate")
  func noise() {
    var state: UInt32 = 2_463_534_242
    let outcome = Self.search { _, _ in
      (0..<100).map { _ in
        state ^= state << 13
        state ^= state >> 17
        state ^= state << 5
        return UInt8(truncatingIfNeeded: state)
      }
    }
    guard case .noneReadsWell(let best) = outcome.end else {
      Issue.record("noise was taken for text: \(outcome.end)")
      return
    }
    #expect(best.readability < 0.7)
    #expect(Set(outcome.tried) == Set(BaudSearch.usualRates))
  }

  @Test("what arrives just after a change of rate is not judged: it was received before")
  func settles() {
    var search = BaudSearch(first: 115_200, at: Self.time(0))
    let noise = [UInt8](repeating: 0xF8, count: 300)
    #expect(
      noise.withUnsafeBytes { search.take($0, at: Self.time(5)) } == .listen(baud: 74_880))
    #expect(noise.withUnsafeBytes { search.take($0, at: Self.time(15)) } == .stay)
    let step = Self.text.withUnsafeBytes { search.take($0, at: Self.time(60)) }
    #expect(step == .found(search.best))
    #expect(search.best.heard == Self.text)
  }

  @Test("a rate that was found is doubted when a kilobyte of noise comes, not for a ROM's lines")
  func doubt() {
    let noise = SimulatedWire.received(Self.text, sentAt: 74_880, readAt: 115_200)
    func isDoubted(_ noisy: Int, then quiet: Int) -> Bool {
      var doubt = BaudDoubt()
      let pieces = Array(repeating: noise, count: noisy) + Array(repeating: Self.text, count: quiet)
      return pieces.contains { $0.withUnsafeBytes { doubt.isRaised(by: $0) } }
    }
    #expect(noise.count > 200)
    #expect(!isDoubted(0, then: 100))
    #expect(!isDoubted(1, then: 100))
    #expect(isDoubted(6, then: 0))
  }
}
