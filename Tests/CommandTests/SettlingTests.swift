import Analysis
import Diagnosis
import RuleFiles
import Testing

@testable import esptriage

@Suite("A verdict of a log that still grows")
struct SettlingTests {
  private var analysis = LogAnalysis(source: "node", rules: .embedded)
  private var settling = Settling()
  // Last, because what was made before counts from when it was made, and the first analysis takes its time.
  private let start = ContinuousClock.now

  private mutating func feed(_ text: some StringProtocol, at seconds: Double) {
    analysis.feed(Array(text.utf8), inPiecesOf: 1_000)
    settling.look(at: analysis.report(), now: moment(seconds))
  }

  private mutating func hasNews(at seconds: Double) -> Bool {
    settling.hasNews(now: moment(seconds))
  }

  private func moment(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

  private let lines = ShortLog.panic.split(separator: "\n", omittingEmptySubsequences: false)
    .map { $0 + "\n" }

  private var crashEnd: Int { (lines.firstIndex { $0.hasPrefix("Rebooting") } ?? 0) + 1 }

  @Test("settles two seconds after what decided it, and is told once")
  mutating func pause() {
    feed(ShortLog.panic, at: 0)
    let told = [1.9, 2.1, 9].map { hasNews(at: $0) }
    #expect(told == [false, true, false])
    #expect(settling.isFinal(now: moment(2.1)))
  }

  @Test("settles at once when the next boot has told its slot")
  mutating func nextBoot() throws {
    feed(lines[..<crashEnd].joined(), at: 0)
    let boot = lines[crashEnd...]
    let told = try #require(boot.firstIndex { $0.contains("reset_reason=") })
    feed(boot[..<told].joined(), at: 0.2)
    #expect(!settling.isSettled(now: moment(0.3)))
    feed(boot[told...].joined(), at: 0.4)
    #expect(settling.decision?.verdict == .panic)
    #expect(settling.isSettled(now: moment(0.4)))
  }

  @Test("settles though each look finds a later crash of a loop")
  mutating func loop() {
    // What is looked at ends in a crash each time.
    for round in 0..<8 { feed(lines[..<crashEnd].joined(), at: Double(round)) }
    #expect(settling.decision?.verdict == .panicLoop)
    #expect(settling.isSettled(now: moment(7)))
    #expect(settling.isFinal(now: moment(7)))
  }

  @Test("after a crash, scripts are not told before the restart had its chance")
  mutating func restart() {
    feed(lines[..<crashEnd].joined(), at: 0)
    #expect(settling.isSettled(now: moment(2.5)))
    #expect(!settling.isFinal(now: moment(2.5)))
    #expect(settling.isFinal(now: moment(5.5)))
  }

  @Test("of no fault is final only after ten seconds, and no log of an ESP32 never is")
  mutating func health() {
    feed("hello\n", at: 0)
    let early = hasNews(at: 60)
    #expect(!early)
    #expect(!settling.isFinal(now: moment(60)))
    feed(ShortLog.healthy, at: 60)
    let told = hasNews(at: 63)
    #expect(told)
    #expect(!settling.isFinal(now: moment(63)))
    #expect(settling.isFinal(now: moment(71)))
  }
}
