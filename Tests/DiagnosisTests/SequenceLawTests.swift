import BootTimeline
import DeviceEvents
import Measuring
import Testing

@testable import Diagnosis

/// A sequence is looked for without trying anything twice; here everything is tried.
@Suite("Sequences")
struct SequenceLawTests {
  @Test(
    "are found where trying everything finds them, and by the same items",
    arguments: [326_406, 242_578, UInt64.random(in: 0..<1_000_000)])
  func sameItems(seed: UInt64) {
    var chance = Chance(state: seed)
    var found = 0
    for round in 0..<3_000 {
      let story = Self.story(with: &chance)
      let steps = (0..<Int.random(in: 2...4, using: &chance)).map { number in
        Step(
          Self.matcher(with: &chance),
          distance: number == 0 ? .anywhere : Self.distance(with: &chance), alias: "\(number)")
      }
      let without = (0..<Int.random(in: 0...2, using: &chance)).map { _ in
        Self.matcher(with: &chance)
      }
      let items = story.match(.sequence(steps, without: without))?.items
      let expected = Everything(story, steps, without).first
      if expected != nil { found += 1 }
      #expect(items == expected, "seed \(seed), round \(round)")
    }
    #expect((300...2_700).contains(found))
  }

  @Test("are found among others of a rule where trying everything finds them")
  func sameVerdicts() {
    let seed = UInt64.random(in: 0..<1_000_000)
    var chance = Chance(state: seed)
    for round in 0..<2_000 {
      let story = Self.story(with: &chance)
      let steps = (0..<3).map { Step(Self.matcher(with: &chance), alias: "\($0)") }
      let last = Step(Self.matcher(with: &chance))
      // What stands behind the sequence turns down what does not suit it.
      let rule = Condition.all([.sequence(steps, without: []), .lastBoot(last)])
      let picky = Condition.all([
        .sequence(steps, without: []), .exists(Step(last.matcher, isItem: "1")),
      ])
      let all = Everything(story, steps, [])
      #expect(
        story.match(rule)?.items.dropLast() == all.first { all.fits(last, .lastBoot, $0) }?[...],
        "seed \(seed), round \(round)")
      #expect(
        story.match(picky)?.items.dropLast() == all.first { all.fits(last, .item(1), $0) }?[...],
        "seed \(seed), round \(round)")
    }
  }

  @Test("that lead to an item known before are found where trying everything finds them")
  func known() {
    let seed = UInt64.random(in: 0..<1_000_000)
    var chance = Chance(state: seed)
    var found = 0
    for round in 0..<3_000 {
      let story = Self.story(with: &chance)
      var steps = (0..<Int.random(in: 2...4, using: &chance)).map { number in
        Step(
          Self.matcher(with: &chance),
          distance: number == 0 ? .anywhere : Self.distance(with: &chance), alias: "\(number)")
      }
      let place = Int.random(in: 0..<steps.count, using: &chance)
      steps[place].matcher = .boot((.slot, Self.value(with: &chance)))
      let expected = Everything(story, steps, []).first != nil
      // Any boot is tried as the known one, so that the sequence holds as if it asked for none.
      steps[place].isItem = "known"
      let rule = Condition.all([
        .exists(Step(.boot(), alias: "known")), .sequence(steps, without: []),
      ])
      if expected { found += 1 }
      #expect((story.match(rule) != nil) == expected, "seed \(seed), round \(round)")
    }
    #expect((300...2_700).contains(found))
  }

  @Test("that lead to an item known before take time that grows with the number of boots")
  func linearToKnown() {
    func time(ofBoots count: Int) -> Duration {
      var story = Story()
      for _ in 0..<count { story.boot("ota_0", .software) }
      let rule = Condition.all([
        .exists(Step(.boot(), alias: "known")),
        .sequence(
          [
            Step(.boot((.slot, .name("old")))),
            Step(.boot((.slot, .not(.name("old")))), distance: .nextBoot, isItem: "known"),
          ], without: []),
      ])
      return computingTime { #expect(story.match(rule) == nil) }
    }
    let few = (0..<3).map { _ in time(ofBoots: 400) }.min() ?? .zero
    let many = (0..<3).map { _ in time(ofBoots: 3_200) }.min() ?? .zero
    #expect(many < few * 20)
  }

  @Test("take time that grows with the number of boots, not with its square")
  func linear() {
    func time(ofBoots count: Int) -> Duration {
      var story = Story()
      // What the last step asks for is in the log, and stands before all others.
      story.boot("ota_0", .brownout)
      for number in 0..<count {
        story.boot(number % 2 == 0 ? "ota_0" : "ota_1", .software)
        story.update(to: number % 2 == 0 ? "ota_1" : "ota_0", from: "ota_0")
        story.crash()
      }
      let steps = [
        Step(.update((.target, .name("new")))), Step(.boot((.slot, .name("new")))),
        Step(.boot((.slot, .not(.name("new"))))), Step(.crash((.kind, .word("exception")))),
        Step(.boot((.resetReason, .word("BROWNOUT")))),
      ]
      return computingTime {
        #expect(story.match(.sequence(steps, without: [])) == nil)
      }
    }
    let few = (0..<3).map { _ in time(ofBoots: 400) }.min() ?? .zero
    let many = (0..<3).map { _ in time(ofBoots: 3_200) }.min() ?? .zero
    #expect(many < few * 20)
  }

  // MARK: random logs and rules

  private static let slots: [String?] = ["ota_0", "ota_1", nil]

  private static func story(with chance: inout Chance) -> Story {
    var story = Story()
    for _ in 0..<Int.random(in: 1...14, using: &chance) {
      switch Int.random(in: 0..<4, using: &chance) {
      case 0, 1:
        story.boot(
          slots.randomElement(using: &chance) ?? nil,
          [.panic, .software].randomElement(using: &chance))
      case 2 where !story.timeline.boots.isEmpty: story.crash()
      case 3 where !story.timeline.boots.isEmpty:
        let to = Bool.random(using: &chance) ? "ota_0" : "ota_1"
        story.update(to: to, from: to == "ota_0" ? "ota_1" : "ota_0")
      default: story.boot("ota_0")
      }
    }
    return story
  }

  private static func value(with chance: inout Chance) -> ValueMatcher {
    let values: [ValueMatcher] = [
      .name("a"), .name("a"), .not(.name("a")), .name("b"), .word("ota_0"), .known(true),
    ]
    return values.randomElement(using: &chance) ?? .known(true)
  }

  private static func matcher(with chance: inout Chance) -> ItemMatcher {
    switch Int.random(in: 0..<6, using: &chance) {
    case 0: .boot()
    case 1: .boot((.slot, value(with: &chance)), (.resetReason, .word("PANIC")))
    case 2: .boot((.slot, value(with: &chance)))
    case 3: .crash((.slot, value(with: &chance)))
    case 4: .update((.target, value(with: &chance)), (.from, value(with: &chance)))
    default: .update((.target, value(with: &chance)))
    }
  }

  private static func distance(with chance: inout Chance) -> Step.Distance {
    switch Int.random(in: 0..<8, using: &chance) {
    case 0: .sameBoot
    case 1: .nextBoot
    case 2: .withinBoots(2)
    default: .anywhere
    }
  }
}

/// Tries all items for all steps.
private struct Everything {
  let facts: FactBase
  let steps: [Step]
  let without: [ItemMatcher]

  /// Which item a step behind the sequence asks for.
  enum Wanted {
    case lastBoot
    case item(Int)
  }

  init(_ story: Story, _ steps: [Step], _ without: [ItemMatcher]) {
    facts = FactBase(timeline: story.timeline, context: Context())
    self.steps = steps
    self.without = without
  }

  typealias Names = Bindings<FactValue>

  var first: [Int]? { first { _ in true } }

  /// The first occurrence that suits, the first item from the end, the others as near behind it as can be.
  func first(where suits: ((items: [Int], names: Names)) -> Bool) -> [Int]? {
    extend([], Names(), suits)
  }

  func fits(_ step: Step, _ wanted: Wanted, _ found: (items: [Int], names: Names)) -> Bool {
    var names = found.names
    switch wanted {
    case .lastBoot: return facts.lastBoot.map { accepts(step.matcher, $0, &names) } ?? false
    case .item(let place): return accepts(step.matcher, found.items[place], &names)
    }
  }

  private func extend(
    _ found: [Int], _ names: Names, _ suits: ((items: [Int], names: Names)) -> Bool
  ) -> [Int]? {
    guard found.count < steps.count else {
      return isInterrupted(found, names) || !suits((found, names)) ? nil : found
    }
    let step = steps[found.count]
    let places =
      found.last.map { Array(facts.items.indices[($0 + 1)...]) } ?? facts.items.indices.reversed()
    for place in places where isNear(place, to: found.last, step.distance) {
      var names = names
      guard accepts(step.matcher, place, &names) else { continue }
      if let all = extend(found + [place], names, suits) { return all }
    }
    return nil
  }

  private func accepts(_ matcher: ItemMatcher, _ place: Int, _ names: inout Names) -> Bool {
    let item = facts.items[place]
    guard item.kind == matcher.kind else { return false }
    return matcher.tests.allSatisfy {
      $0.matcher.accepts(facts.value($0.attribute, of: item), &names)
    }
  }

  private func isInterrupted(_ found: [Int], _ names: Names) -> Bool {
    guard let first = found.first, let last = found.last else { return false }
    return (first + 1..<last).contains { place in
      !found.contains(place)
        && without.contains { matcher in
          // What one of them took a name for does not bind the next.
          var names = names
          return accepts(matcher, place, &names)
        }
    }
  }

  private func isNear(_ place: Int, to last: Int?, _ distance: Step.Distance) -> Bool {
    guard let last else { return true }
    let (from, to) = (facts.items[last].bootPlace, facts.items[place].bootPlace)
    switch distance {
    case .anywhere: return true
    case .sameBoot: return from == to
    case .nextBoot: return to == from + 1
    case .withinBoots(let boots): return to >= from && to - from <= boots
    }
  }
}

private struct Chance: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
