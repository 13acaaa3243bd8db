import BootTimeline
import DeviceEvents
import Testing

@testable import Diagnosis

@Suite("Causes and confidence")
struct CauseTests {
  private var story: Story {
    var story = Story()
    story.boot("ota_0")
    story.crash(pc: 0x4200_0100)
    return story
  }

  private func rule() -> Rule {
    var rule = Rule.test("r", .panic, when: .exists(Step(.crash())), confidence: 0.5)
    rule.causes = [
      CauseCandidate(
        id: "a", priors: [.init(when: nil, value: 0.4)],
        evidence: [
          CauseEvidence(when: .exists(Step(.crash())), weight: .bits(2), says: "PC {crash.pc}"),
          CauseEvidence(
            when: .exists(Step(.boot((.slot, .word("nowhere"))))), weight: .decides, says: "no"),
        ]),
      CauseCandidate(
        id: "b",
        priors: [
          .init(when: .context(ContextMatcher(rollback: [.on])), value: 0.9),
          .init(when: nil, value: 0.5),
        ],
        evidence: [
          CauseEvidence(when: .exists(Step(.boot())), weight: .refutes, says: "it booted")
        ]),
    ]
    rule.unknownPrior = 0.1
    return rule
  }

  @Test("odds multiply, and all causes with unknown add up to one")
  func odds() throws {
    let conclusion = conclude(
      story.timeline, context: Context(), rules: RuleSet(rules: [rule()], causes: []))
    #expect(conclusion.causes.map(\.id) == ["a", "unknown", "b"])
    let sum = conclusion.causes.reduce(0) { $0 + $1.probability }
    #expect(abs(sum - 1) < 1e-12)
    let total = 0.4 * 4 + 0.5 / 30 + 0.1
    #expect(abs(conclusion.causes[0].probability - 1.6 / total) < 1e-12)
    #expect(
      conclusion.causes[0].reasoning == [
        "starts at 40 %", "+2 (four times as likely): PC 0x42000100",
        "ends at 93 % among all causes",
      ])
    #expect(conclusion.causes[0].evidence.first?.line?.number == 2)
  }

  @Test("the first prior whose condition holds wins")
  func priors() throws {
    var context = Context()
    context.rollback = .on
    let conclusion = conclude(
      story.timeline, context: context, rules: RuleSet(rules: [rule()], causes: []))
    let b = try #require(conclusion.causes.first { $0.id == "b" })
    #expect(b.reasoning.first == "starts at 64 %")
  }

  @Test("witnesses combine as noisy-or, limits cap, and nothing is certain")
  func confidence() {
    var rule = rule()
    rule.witnesses = [
      Witness(when: .exists(Step(.boot())), strength: 0.5, says: "a boot"),
      Witness(when: .exists(Step(.update())), strength: 0.9, says: "an update"),
    ]
    let set = RuleSet(rules: [rule], causes: [])
    #expect(conclude(story.timeline, context: Context(), rules: set).verdict.confidence == 0.75)
    rule.limits = [ConfidenceLimit(when: .exists(Step(.boot())), atMost: 0.6, says: "cut")]
    let limited = conclude(
      story.timeline, context: Context(), rules: RuleSet(rules: [rule], causes: []))
    #expect(limited.verdict.confidence == 0.6)
    rule.limits = []
    rule.confidence = 1
    let sure = conclude(
      story.timeline, context: Context(), rules: RuleSet(rules: [rule], causes: []))
    #expect(sure.verdict.confidence == 0.99)
    #expect(sure.verdict.reasoning.last == "at most 99 %: nothing read from a log is certain")
  }

  @Test("texts are filled in, and what is not known says so")
  func interpolation() {
    var rule = rule()
    rule.title = "{crash.kind} at {crash.pc} in {crash.task}, {{braces}}"
    let conclusion = conclude(
      story.timeline, context: Context(), rules: RuleSet(rules: [rule], causes: []))
    #expect(conclusion.verdict.title == "exception at 0x42000100 in unknown, {braces}}")
  }
}
