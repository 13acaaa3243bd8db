import BootTimeline
import DeviceEvents
import Testing

@testable import Diagnosis

@Suite("The choice of the verdict")
struct VerdictTests {
  private func verdict(_ story: Story, _ rules: Rule...) -> Conclusion {
    conclude(story.timeline, context: Context(), rules: RuleSet(rules: rules, causes: []))
  }

  private let crashed = Condition.exists(Step(.crash()))
  private let healthy = Rule.test("healthy", .healthy, when: .exists(Step(.boot())))

  @Test("without any rule the answer is inconclusive and says what would settle it")
  func unanswered() {
    let conclusion = verdict(Story())
    #expect(conclusion.verdict.id == .inconclusive)
    #expect(!conclusion.settledBy.isEmpty)
    #expect(conclusion.verdict.severity == .warning)
  }

  @Test("a fault beats a healthy boot, and healthy is no finding")
  func faultBeatsHealthy() {
    var story = Story()
    story.boot("ota_0")
    story.crash()
    let conclusion = verdict(story, healthy, .test("panic", .panic, when: crashed))
    #expect(conclusion.verdict.id == .panic)
    #expect(conclusion.findings.isEmpty)
    #expect(
      verdict(story, healthy, .test("x", .inconclusive, when: crashed)).verdict.id == .healthy)
  }

  @Test("critical comes before error, the update family before the general one, then the latest")
  func order() {
    var story = Story()
    story.boot("ota_0")
    story.crash(.assert)
    story.boot("ota_0")
    story.crash(.abort)
    let early = Condition.exists(Step(.crash((.kind, .word("assert")))))
    let late = Condition.exists(Step(.crash((.kind, .word("abort")))))
    #expect(
      verdict(story, .test("a", .panic, when: late), .test("b", .flashReadError, when: early))
        .verdict.id == .flashReadError)
    #expect(
      verdict(story, .test("a", .panic, when: late), .test("b", .otaWriteFailed, when: early))
        .verdict.id == .otaWriteFailed)
    let latest = verdict(
      story, .test("a", .bootloaderMismatch, when: early),
      .test("b", .flashSizeMismatch, when: late))
    #expect(latest.verdict.id == .flashSizeMismatch)
    #expect(latest.findings.map(\.rule) == ["a"])
  }

  @Test("the crash of an update is not told a second time as a plain crash")
  func sameCrash() {
    var story = Story()
    story.boot("ota_0")
    story.update(to: "ota_1", from: "ota_0")
    story.boot("ota_1")
    story.crash()
    story.boot("ota_0", .panic)
    let newImage = Condition.sequence(
      [Step(.update()), Step(.crash()), Step(.boot())], without: [])
    let rules = [
      Rule.test("new", .otaNewImagePanic, when: newImage),
      Rule.test("loop", .panicLoop, when: crashed),
      Rule.test("back", .otaNotTaken, when: .exists(Step(.update()))),
    ]
    let conclusion = conclude(
      story.timeline, context: Context(), rules: RuleSet(rules: rules, causes: []))
    #expect(conclusion.verdict.id == .otaNewImagePanic)
    // A loop of another crash is another story, and worse.
    story.crash(.abort, signature: "t")
    let other = Condition.exists(Step(.crash((.kind, .word("abort")))))
    let first = Condition.sequence(
      [Step(.update()), Step(.crash((.kind, .word("exception"))))], without: [])
    #expect(
      verdict(
        story, .test("new", .otaNewImagePanic, when: first), .test("l", .panicLoop, when: other)
      )
      .verdict.id == .panicLoop)
  }

  @Test("a brownout explains the rollback that it causes")
  func brownout() {
    var story = Story()
    story.boot("ota_0")
    story.update(to: "ota_1", from: "ota_0")
    story.boot("ota_1")
    story.crash(.brownout)
    story.boot("ota_0", .brownout)
    let rollback = Condition.sequence(
      [
        Step(.update()), Step(.boot((.slot, .word("ota_1")))), Step(.boot((.slot, .word("ota_0")))),
      ],
      without: [])
    let conclusion = verdict(
      story, .test("rollback", .otaRollbackUnconfirmed, when: rollback),
      .test("brownout", .brownout, when: .exists(Step(.crash((.kind, .word("brownout")))))))
    #expect(conclusion.verdict.id == .brownout)
    #expect(conclusion.findings.map(\.rule) == ["rollback"])
  }

  @Test("a bootloader mismatch explains only crashes before the app's own first line")
  func mismatch() {
    for isLate in [false, true] {
      var story = Story()
      story.boot("ota_0", reachedApp: false)
      story.crash(afterFirstAppLine: isLate)
      let conclusion = verdict(
        story, .test("mismatch", .bootloaderMismatch, when: .firstBoot(Step(.boot()))),
        .test("loop", .panicLoop, when: crashed))
      #expect(conclusion.verdict.id == (isLate ? .panicLoop : .bootloaderMismatch))
    }
  }

  @Test("a later successful update clears an earlier failed one, which stays a finding")
  func cleared() {
    var story = Story()
    story.boot("ota_0")
    story.update(to: "ota_1", from: "ota_0", .validationFailed)
    let failed = Rule.test(
      "failed", .otaValidationFailed,
      when: .exists(Step(.update((.outcome, .word("validation_failed"))))))
    let took = Rule.test(
      "took", .otaOK, when: .exists(Step(.update((.outcome, .word("success"))))))
    #expect(verdict(story, failed, took, healthy).verdict.id == .otaValidationFailed)
    story.update(to: "ota_1", from: "ota_0", .success)
    story.boot("ota_1")
    let conclusion = verdict(story, failed, took, healthy)
    #expect(conclusion.verdict.id == .otaOK)
    #expect(conclusion.findings.map(\.rule) == ["failed"])
  }

  @Test("a fault that a good run follows is still the answer and says when it was seen")
  func sequel() {
    var story = Story()
    story.boot("ota_0")
    story.crash()
    story.boot("ota_0", .panic)
    let conclusion = verdict(story, healthy, .test("panic", .panic, when: crashed))
    #expect(conclusion.verdict.id == .panic)
    #expect(conclusion.verdict.summary.contains("last seen at line 2"))
  }

  @Test("of two rules with one verdict for the same lines the surer one answers, once")
  func doubles() {
    var story = Story()
    story.boot("ota_0")
    story.crash()
    let conclusion = verdict(
      story, .test("plain", .panic, when: crashed, confidence: 0.8),
      .test("precise", .panic, when: crashed, confidence: 0.9))
    #expect(conclusion.verdict.rule == "precise")
    #expect(conclusion.findings.isEmpty)
  }

  @Test("another family's chip explains a crash only where nothing shows that ESP-IDF told it")
  func otherFamily() {
    let other = Rule.test("other", .noESPLog, when: .exists(Step(.boot())))
    let panic = Rule.test("panic", .panic, when: crashed)
    var story = Story()
    story.boot(nil)
    story.crash(.stackOverflow)
    #expect(verdict(story, other, panic).verdict.id == .noESPLog)
    story.crash(.exception, pc: 0x400D_6A18)
    #expect(verdict(story, other, panic).verdict.id == .panic)
  }

  @Test("no verdict explains itself, and no two explain each other the same way")
  func rows() {
    for row in VerdictPrecedence.rows {
      let (explaining, explained) = (Set(row.explaining), Set(row.explained))
      #expect(explaining.isDisjoint(with: explained), "\(row.reason)")
      for other in VerdictPrecedence.rows {
        let circular =
          !explaining.isDisjoint(with: other.explained)
          && !explained.isDisjoint(with: other.explaining)
        #expect(!circular, "\(row.reason) / \(other.reason)")
      }
    }
  }
}
