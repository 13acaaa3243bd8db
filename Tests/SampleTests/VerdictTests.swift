import Diagnosis
import Foundation
import Testing

@Suite("Samples")
struct VerdictTests {
  @Test("a sample gets its verdict, with a fitting confidence", arguments: Sample.all)
  func verdict(_ sample: Sample) throws {
    let report = try sample.report()
    let verdict = report.conclusion.verdict
    let accepted = [sample.expected.verdict] + (sample.expected.alternatives ?? [])
    #expect(
      accepted.contains(verdict.id.rawValue),
      "\(sample.expected.about) Rule \(verdict.rule) says \(verdict.id.rawValue).")
    #expect(verdict.confidence >= sample.expected.minConfidence ?? 0)
    #expect(verdict.confidence <= sample.expected.maxConfidence ?? 0.99)
    #expect(verdict.confidence > 0)
  }

  @Test("a sample's first cause is the expected one", arguments: Sample.all)
  func cause(_ sample: Sample) throws {
    guard let expected = sample.expected.firstCause else { return }
    let causes = try sample.report().conclusion.causes
    #expect(
      causes.first { $0.id != "unknown" }?.id == expected,
      "\(causes.map { "\($0.id) \($0.probability)" })")
  }

  @Test("a sample's boots run the expected slots", arguments: Sample.all)
  func slots(_ sample: Sample) throws {
    guard let expected = sample.expected.slots else { return }
    let slots = try sample.report().timeline.boots.compactMap(\.slot)
    #expect(slots == expected)
  }

  @Test("the probabilities of a verdict's causes add up to one", arguments: Sample.all)
  func probabilities(_ sample: Sample) throws {
    let causes = try sample.report().conclusion.causes
    guard !causes.isEmpty else { return }
    let sum = causes.map(\.probability).reduce(0, +)
    #expect(abs(sum - 1) < 0.000_001)
  }

  @Test(
    "every row of the flowchart's second question has a sample",
    arguments: [
      "POWERON, old slot, update expected", "POWERON, slot that was updated",
      "SW, slot that was updated", "SW, old slot", "SW, old slot, new slot seen running",
      "PANIC, old slot, crash of the new slot seen", "PANIC, old slot, rollback on",
      "PANIC, old slot, crash between started and success", "PANIC, old slot, rollback off",
      "PANIC, old slot, neither known", "PANIC, new slot, crash seen",
      "PANIC, new slot, second such boot", "PANIC, new slot, old image crashed after success",
      "PANIC, no update in sight, boot line alone", "TASK_WDT while an update was open",
      "TASK_WDT, no update in sight", "INT_WDT, old slot, rollback on",
      "CPU_LOCKUP, old slot, rolled back", "BROWNOUT", "BROWNOUT with rollback",
      "USB, slot that was updated", "UNKNOWN, slot that was updated",
      "only the ROM line and the boot line",
      "no boot line: ROM reason and slot from bootloader lines",
    ])
  func leaf(_ leaf: String) {
    #expect(Sample.all.contains { $0.expected.leaf == "question 2: " + leaf })
  }

  @Test("every verdict that a log can show has a sample")
  func coverage() {
    let onlyOverHTTP: Set<VerdictID> = [.nodeUnreachable, .noOTAEndpoint]
    let shown = Set(Sample.all.map(\.expected.verdict))
    for verdict in VerdictID.allCases where !onlyOverHTTP.contains(verdict) {
      #expect(shown.contains(verdict.rawValue), "no sample for \(verdict.rawValue)")
    }
  }
}
