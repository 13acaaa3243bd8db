import BootTimeline
import DeviceEvents
import Measuring
import Testing

@testable import Diagnosis

@Suite("Conditions")
struct ConditionTests {
  /// Update to ota_1, crash there, back in ota_0.
  private var reverted: Story {
    var story = Story()
    story.boot("ota_0", .powerOn)
    story.update(to: "ota_1", from: "ota_0")
    story.boot("ota_1", .software)
    story.crash(pc: 0x4210_1a30)
    story.boot("ota_0", .panic)
    return story
  }

  private let wayBack = [
    Step(.update((.target, .name("new")), (.from, .name("old")))),
    Step(.boot((.slot, .name("new")))),
    Step(.crash((.slot, .name("new")))),
    Step(.boot((.slot, .name("old"))), alias: "back"),
  ]

  @Test("a sequence binds names and keeps them equal")
  func bindings() throws {
    let match = try #require(reverted.match(.sequence(wayBack, without: [])))
    #expect(match.names["new"] == .text("ota_1"))
    #expect(match.names["old"] == .text("ota_0"))
    #expect(match.sightings.count == 4)
    var other = Story()
    other.boot("ota_0")
    other.update(to: "ota_1", from: "ota_0")
    other.boot("ota_1")
    other.crash()
    other.boot("factory")
    #expect(other.match(.sequence(wayBack, without: [])) == nil)
  }

  @Test("the order of the items counts")
  func order() {
    let backwards = Condition.sequence(
      [Step(.crash()), Step(.update())], without: [])
    #expect(reverted.match(backwards) == nil)
  }

  @Test("an item in between that must be absent breaks the sequence")
  func without() {
    let putBack = ItemMatcher.update((.target, .name("old")))
    #expect(reverted.match(.sequence(wayBack, without: [putBack])) != nil)
    var story = Story()
    story.boot("ota_0")
    story.update(to: "ota_1", from: "ota_0")
    story.boot("ota_1")
    story.crash()
    story.update(to: "ota_0", from: "ota_1")
    story.boot("ota_0")
    #expect(story.match(.sequence(wayBack, without: [putBack])) == nil)
    #expect(story.match(.without([.crash()])) == nil)
    #expect(story.match(.without([.crash((.kind, .word("brownout")))])) != nil)
  }

  @Test("the first attempt that fits the front but not the rest is given up")
  func backtracking() throws {
    var story = Story()
    story.boot("ota_0")
    story.update(to: "ota_1", from: "ota_0")
    story.boot("ota_1")
    story.crash()
    story.boot("ota_0")
    story.update(to: "ota_1", from: "ota_0")
    story.boot("ota_1")
    let match = try #require(story.match(.sequence(wayBack, without: [])))
    let update = try #require(match.aliases["update"])
    #expect(FactBase(timeline: story.timeline, context: Context()).items[update].line == 2)
  }

  @Test("conditions side by side agree on a name even if the first choice was wrong")
  func jointBacktracking() throws {
    let condition = Condition.all([
      .exists(Step(.boot((.slot, .name("slot"))))),
      .exists(Step(.crash((.slot, .name("slot"))))),
    ])
    let match = try #require(reverted.match(condition))
    #expect(match.names["slot"] == .text("ota_1"))
  }

  @Test(
    "distances are measured in boots",
    arguments: [
      (Step.Distance.sameBoot, false), (.nextBoot, false), (.withinBoots(1), false),
      (.withinBoots(2), true), (.anywhere, true),
    ])
  func distances(distance: Step.Distance, holds: Bool) {
    let steps = [
      Step(.update()), Step(.boot((.resetReason, .word("PANIC"))), distance: distance),
    ]
    #expect((reverted.match(.sequence(steps, without: [])) != nil) == holds)
  }

  @Test("first and last boot are the ends of the log")
  func edges() {
    #expect(reverted.match(.firstBoot(Step(.boot((.resetReason, .word("POWERON")))))) != nil)
    #expect(reverted.match(.lastBoot(Step(.boot((.resetReason, .word("POWERON")))))) == nil)
    #expect(reverted.match(.lastBoot(Step(.boot((.slot, .word("ota_0")))))) != nil)
  }

  @Test("a count wants crashes of one signature in boots that follow one another")
  func counts() {
    var story = Story()
    for signature in ["a", "b", "b"] {
      story.boot("ota_0")
      story.crash(signature: signature)
    }
    func holds(_ atLeast: Double, same: Attribute?) -> Bool {
      story.match(
        .count(
          Count(
            .crash(), bounds: NumberRange(atLeast: atLeast), grouping: .consecutiveBoots,
            same: same))) != nil
    }
    #expect(holds(3, same: nil))
    #expect(holds(2, same: .crash(.signature)))
    #expect(!holds(3, same: .crash(.signature)))
    story.boot("ota_0")
    story.boot("ota_0")
    story.crash(signature: "b")
    #expect(!holds(3, same: .crash(.signature)))
  }

  @Test("boots that were not kept count")
  func unkept() {
    var story = Story()
    story.boot("ota_0")
    story.crash()
    var timeline = story.timeline
    timeline.boots[0].repeats = 99
    var solver = Solver(facts: FactBase(timeline: timeline, context: Context()))
    let count = Count(
      .crash(), bounds: NumberRange(atLeast: 100), grouping: .consecutiveBoots)
    #expect(solver.match(PreparedCondition(.count(count)))?.count == 100)
  }

  @Test("nothing inside a negation is bound")
  func negation() throws {
    let condition = Condition.not(.exists(Step(.boot((.slot, .word("factory"))))))
    let match = try #require(reverted.match(condition))
    #expect(match.names == Bindings() && match.sightings.isEmpty)
  }

  @Test("an absent value is unknown and is not anything")
  func absence() {
    var story = Story()
    story.boot(nil)
    func holds(_ matcher: ValueMatcher) -> Bool {
      story.match(.exists(Step(.boot((.slot, matcher))))) != nil
    }
    #expect(holds(.known(false)))
    #expect(holds(.not(.word("ota_0"))))
    #expect(!holds(.known(true)))
    #expect(!holds(.word("ota_0")))
    #expect(!holds(.glob("*")))
    #expect(!holds(.name("slot")))
  }

  @Test("the very item of an alias can be asked about")
  func isItem() {
    let condition = Condition.all([
      .sequence(wayBack, without: []),
      .exists(Step(.boot((.resetReason, .word("POWERON"))), isItem: "back")),
    ])
    #expect(reverted.match(condition) == nil)
    let right = Condition.all([
      .sequence(wayBack, without: []),
      .exists(Step(.boot((.resetReason, .word("PANIC"))), isItem: "back")),
    ])
    #expect(reverted.match(right) != nil)
  }

  @Test("five steps over thousands of items that nearly fit end soon")
  func bounded() {
    var story = Story()
    for number in 0..<1_500 {
      story.boot(number % 2 == 0 ? "ota_0" : "ota_1")
      story.crash()
    }
    let boot = Step(.boot((.slot, .name("a"))))
    let steps = [
      boot, Step(.boot((.slot, .not(.name("a"))))), boot, Step(.crash()),
      Step(.boot((.slot, .word("factory")))),
    ]
    let time = computingTime {
      #expect(story.match(.sequence(steps, without: [.crash((.kind, .word("ubsan")))])) == nil)
      let last = Step(.boot((.slot, .name("b")), (.index, .name("b"))))
      #expect(story.match(.sequence([boot, boot, boot, last], without: [.crash()])) == nil)
    }
    #expect(time < .seconds(20))
  }

  @Test(
    "globs match the whole text",
    arguments: [
      ("*abc*", "xxabcxx", true), ("abc*", "xabc", false), ("a*b*c", "a12b3c", true),
      ("a*b*c", "a12b3", false), ("*", "", true), ("", "a", false),
    ])
  func globs(pattern: String, text: String, matches: Bool) {
    #expect(Glob.matches(text, pattern) == matches)
  }
}
