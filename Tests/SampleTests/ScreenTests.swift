import BootTimeline
import Testing

@testable import Diagnosis

/// What a log does not hold rules out most rules before they are asked.
@Suite("Screens")
struct ScreenTests {
  @Test("no rule that a screen leaves out would have held", arguments: Sample.all)
  func honest(_ sample: Sample) throws {
    let timeline = try sample.report().timeline
    var solver = Solver(
      facts: FactBase(
        timeline: timeline, context: sample.context, patterns: RuleSet.embedded.linePatterns))
    var leftOut = 0
    // Each sample asks a fourth of the rules: all of them would take a minute.
    for (place, rule) in RuleSet.embedded.rules.enumerated()
    where (place + sample.name.utf8.count) % 4 == 0 {
      for condition in rule.conditions where !Screen(condition).admits(solver.signals) {
        leftOut += 1
        #expect(!solver.solve(condition, Match()) { _, _ in true }, "a condition of \(rule.id)")
      }
    }
    #expect(leftOut > 20)
  }

  @Test("the table of all screens admits what each screen alone admits", arguments: Sample.all)
  func table(_ sample: Sample) throws {
    let timeline = try sample.report().timeline
    let solver = Solver(facts: FactBase(timeline: timeline, context: sample.context))
    var admitted: [String] = []
    RuleSet.embedded.forEachAdmitted(by: solver.signals) { admitted.append($0.rule.id) }
    let alone = RuleSet.embedded.rules.filter { Screen($0.when).admits(solver.signals) }
    #expect(admitted == alone.map(\.id))
  }

  @Test("a column keeps each value once, few or many, and says the same of each item")
  func columns() {
    for count in [0, 1, 8, 9, 64, 65, 300] {
      var column = FactColumn(count: count * 2)
      for index in 0..<count * 2 {
        let value = index % 7 == 3 ? nil : FactValue.whole(index % max(count, 1))
        column.set(value, at: index)
      }
      let low = column.accepted(by: .range(NumberRange(below: 40)))
      let unknown = column.accepted(by: .known(false))
      for index in 0..<count * 2 {
        let isUnknown = index % 7 == 3
        #expect(column.isAccepted(index, low) == (!isUnknown && index % count < 40))
        #expect(column.isAccepted(index, unknown) == isUnknown)
      }
    }
  }
}
