import BootTimeline
import Testing

@testable import Diagnosis

@Suite("How sure a verdict is where the log calls a slot by two names")
struct LabelLimitTests {
  private func conclusion(
    _ verdict: VerdictID, confidence: Double, calling label: String?, slot: String? = "ota_1"
  ) -> Verdict {
    var story = Story()
    story.boot("ota_0")
    story.update(to: "ota_1", from: "ota_0", .success)
    story.boot(slot)
    var timeline = story.timeline
    timeline.boots[1].overruledLabel = label
    let rule = Rule.test("x", verdict, when: .exists(Step(.boot())), confidence: confidence)
    return conclude(timeline, context: Context(), rules: RuleSet(rules: [rule], causes: [])).verdict
  }

  @Test(
    "a verdict about an update is at most 75 % sure, and says which boot is at odds with itself")
  func limited() {
    let verdict = conclusion(.otaOK, confidence: 0.95, calling: "ota_O")
    #expect(verdict.confidence == 0.75)
    let reason =
      "at most 75 %: boot 1 calls its slot ota_O, and what else the log tells of the slot says ota_1"
    #expect(verdict.reasoning.last == reason)
    let nameless = conclusion(.otaOK, confidence: 0.95, calling: "ota_O", slot: nil)
    #expect(nameless.reasoning.last?.hasSuffix("and the log knows no such slot") == true)
  }

  @Test("one that is less sure anyway, one about other things, and a log at one with itself stay")
  func untouched() {
    #expect(conclusion(.otaOK, confidence: 0.6, calling: "ota_O").confidence == 0.6)
    #expect(conclusion(.healthy, confidence: 0.95, calling: "ota_O").confidence == 0.95)
    #expect(conclusion(.otaOK, confidence: 0.95, calling: nil).confidence == 0.95)
  }
}
