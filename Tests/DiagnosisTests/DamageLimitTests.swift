import BootTimeline
import LineReading
import Testing

@testable import Diagnosis

@Suite("How sure a verdict is of a damaged log")
struct DamageLimitTests {
  private func limit(damaged: Int, of lines: Int) -> Double? {
    var capture = Capture()
    capture.espLines = lines
    capture.damagedLines = damaged
    return DamageLimit.of(capture, for: .ok)?.confidence
  }

  @Test("noise at one reset, and a long log with little damage, take nothing away")
  func untouched() {
    #expect(limit(damaged: 0, of: 100) == nil)
    #expect(limit(damaged: 1, of: 10) == nil)
    #expect(limit(damaged: 5, of: 1_000) == nil)
  }

  @Test("the more lines are damaged, the less is certain")
  func shares() {
    #expect(limit(damaged: 2, of: 100) == 0.8)
    #expect(limit(damaged: 5, of: 100) == 0.5)
    #expect(limit(damaged: 50, of: 100) == 0.3)
  }

  @Test("what comes and goes unreadable takes away its share, and one stretch or another nothing")
  func stretches() {
    var capture = Capture()
    capture.bytes = 1_000
    capture.ruin = RuinedStretches(bytes: 400, count: 5)
    #expect(DamageLimit.of(capture, for: .ok)?.confidence == 0.6)
    #expect(DamageLimit.of(capture, for: .info)?.confidence == 0.6)
    capture.ruin = RuinedStretches(bytes: 400, count: 2)
    #expect(DamageLimit.of(capture, for: .ok) == nil)
  }

  @Test(
    "a fault that was read loses little to what cannot be read elsewhere", arguments: [400, 900])
  func faults(bytes: Int) {
    var capture = Capture()
    capture.bytes = 1_000
    capture.ruin = RuinedStretches(bytes: bytes, count: 5)
    #expect(DamageLimit.of(capture, for: .error)?.confidence == 0.85)
    #expect(DamageLimit.of(capture, for: .critical)?.confidence == 0.85)
    capture.ruin = RuinedStretches(bytes: 100, count: 5)
    #expect(DamageLimit.of(capture, for: .error)?.confidence == 0.9)
  }

  @Test("a verdict about the capture itself is as sure as ever")
  func exempt() {
    #expect(DamageLimit.isExempt(.wrongBaud))
    #expect(!DamageLimit.isExempt(.panic))
  }
}
