/// Finds out whether conditions hold, with bindings.
///
/// The latest occurrence wins: the first item of a sequence is tried from the end of the log, the
/// following ones as near behind it as possible. Whatever fails once with the same bindings is not
/// tried again, and the number of trials of one condition is bounded, so hostile logs cannot stall
/// it.
struct Solver {
  let facts: FactBase
  /// Whether conclusions say how their numbers came about.
  var reasoning = Reasoning.shown
  /// Which of the facts that rules ask for most there are.
  private(set) var signals = FactSignals()
  /// Items that match apart from names, by matcher; filled as asked for, where there are many items.
  private var candidates: [ItemMatcher: [Int]] = [:]
  /// The values of attributes for all items of their kind, filled as asked for: many rules ask the same.
  private var columns: [FactColumn] = []
  /// Where the column of an attribute stands, by the attribute's number; below 0 where nobody asked for it.
  private var columnOfAttribute = [Int16](repeating: -1, count: Attribute.numbers)
  /// How many items `candidates` holds in all.
  private var candidateCount = 0
  /// Trials left for the condition at hand.
  var budget = Solver.budgetOfCondition
  /// Whether the condition at hand asks for the very items that others of it found.
  private(set) var asksForItems = false

  static let budgetOfCondition = 400_000

  init(facts: FactBase) {
    self.facts = facts
    noteSignals()
  }

  private mutating func noteSignals() {
    for kind in ItemKind.allCases where !facts.items(of: kind).isEmpty {
      signals.insert(kind)
      for signalled in Attribute.signalled(of: kind) {
        let place = column(of: signalled.attribute, kind)
        columns[place].forEachValue { signals.insert(signalled, $0) }
      }
    }
    for pattern in Set(facts.timeline.watched.lazy.map(\.pattern)) {
      guard facts.patterns.indices.contains(pattern) else { continue }
      signals.insert(tag: facts.patterns[pattern].tag, message: facts.patterns[pattern].message)
    }
  }

  /// How a condition holds, given what is bound already; nil if it does not.
  mutating func match(_ prepared: PreparedCondition, given match: Match = Match()) -> Match? {
    guard prepared.screen.admits(signals) else { return nil }
    budget = Self.budgetOfCondition
    asksForItems = prepared.asksForItems
    var found: Match?
    _ = solve(prepared.condition, match) { _, match in
      found = match
      return true
    }
    return found
  }

  /// Whether a condition holds; nil, no condition, always does.
  mutating func holds(_ condition: PreparedCondition?, given match: Match) -> Bool {
    guard let condition else { return true }
    return self.match(condition, given: match) != nil
  }

  /// What to do with a way in which a condition holds; false asks for another way.
  typealias Continuation = (inout Solver, Match) -> Bool

  /// Hands each way in which the condition holds to `body` until one is accepted.
  mutating func solve(
    _ condition: Condition, _ match: Match, _ body: Continuation
  ) -> Bool {
    switch condition {
    case .exists(let step): return solveItem(step, match, body)
    case .sequence(let steps, let without):
      var search = SequenceSearch(steps: steps, without: without)
      return search.run(&self, match, body)
    case .without(let matchers):
      return !contains(matchers, in: facts.items.indices, except: [], match) && body(&self, match)
    case .firstBoot(let step): return solveBoot(facts.firstBoot, step, match, body)
    case .lastBoot(let step): return solveBoot(facts.lastBoot, step, match, body)
    case .count(let count): return solveCount(count, match, body)
    case .any(let conditions):
      for condition in conditions where solve(condition, match, body) { return true }
      return false
    case .all(let conditions): return solveAll(conditions[...], match, body)
    case .not(let condition):
      return !solve(condition, match) { _, _ in true } && body(&self, match)
    case .context(let matcher):
      guard let says = matcher.words(in: facts.context) else { return false }
      var match = match
      match.sightings.append(Match.Sighting(item: nil, attributes: [], says: says))
      return body(&self, match)
    case .capture(let tests):
      var names = match.names
      return tests.allSatisfy { accepts($0, &names) } && body(&self, match)
    }
  }

  private mutating func solveAll(
    _ conditions: ArraySlice<Condition>, _ match: Match, _ body: Continuation
  ) -> Bool {
    guard let first = conditions.first else { return body(&self, match) }
    let rest = conditions.dropFirst()
    return solve(first, match) { $0.solveAll(rest, $1, body) }
  }

  private mutating func solveItem(
    _ step: Step, _ match: Match, _ body: Continuation
  ) -> Bool {
    let indices = candidates(of: step.matcher)
    guard !indices.isEmpty else { return false }
    if let isItem = step.isItem {
      guard let index = match.aliases[isItem], indices.containsSorted(index),
        let found = bind(step, to: index, match)
      else { return false }
      return body(&self, found)
    }
    // What its name stands for already comes first, then the others from the end.
    var first: Int?
    if let bound = match.aliases[step.name], indices.containsSorted(bound) {
      first = bound
      if let found = bind(step, to: bound, match), body(&self, found) { return true }
    }
    for index in indices.reversed() where index != first {
      guard let found = bind(step, to: index, match) else { continue }
      if body(&self, found) { return true }
    }
    return false
  }

  private mutating func solveBoot(
    _ index: Int?, _ step: Step, _ match: Match, _ body: Continuation
  ) -> Bool {
    guard let index, matches(step.matcher, index), let found = bind(step, to: index, match) else {
      return false
    }
    return body(&self, found)
  }

  /// The match with the step's item bound; nil if its names differ.
  mutating func bind(_ step: Step, to index: Int, _ match: Match) -> Match? {
    guard budget > 0 else { return nil }
    budget -= 1
    var names = match.names
    // Before anything is asked of `self`: this may fill columns.
    let tests = nameTests(of: step.matcher)
    guard accepts(tests, index, &names) else { return nil }
    var match = match
    match.names = names
    match.see(index, for: step)
    return match
  }

  /// A test that speaks of names, with the place of the values it asks for in `columns`.
  struct NameTest {
    fileprivate let column: Int
    fileprivate let matcher: ValueMatcher
  }

  /// The tests of a matcher that speak of names: they are asked for each item that may be taken.
  mutating func nameTests(of matcher: ItemMatcher) -> [NameTest] {
    var tests: [NameTest] = []
    for test in matcher.tests where test.needsNames {
      tests.append(
        NameTest(column: column(of: test.attribute, matcher.kind), matcher: test.matcher))
    }
    return tests
  }

  /// Whether tests that speak of names hold for an item.
  func accepts(_ tests: [NameTest], _ index: Int, _ names: inout Bindings<FactValue>) -> Bool {
    for test in tests {
      let value = columns[test.column].value(at: facts.items[index].index)
      guard test.matcher.accepts(value, &names) else { return false }
    }
    return true
  }

  /// From so many items on a matcher's answer is kept: looking it up takes as long as judging some items.
  private static let manyItems = 512

  /// So many items are kept in all: half a megabyte.
  private static let mostCandidates = 65_536

  /// The items that match apart from names, in the order of their lines.
  mutating func candidates(of matcher: ItemMatcher) -> [Int] {
    let items = facts.items(of: matcher.kind)
    if items.isEmpty { return [] }
    guard items.count >= Self.manyItems else { return judge(items, by: matcher) }
    if let known = candidates[matcher] { return known }
    let found = judge(items, by: matcher)
    candidateCount += found.count
    if candidateCount > Self.mostCandidates {
      candidates.removeAll()
      candidateCount = found.count
    }
    candidates[matcher] = found
    return found
  }

  /// Whether one item matches apart from names.
  private mutating func matches(_ matcher: ItemMatcher, _ index: Int) -> Bool {
    let item = facts.items[index]
    guard item.kind == matcher.kind else { return false }
    if item.kind == .log {
      let pattern = facts.timeline.watched[item.index].pattern
      guard facts.patterns.indices.contains(pattern),
        matcher.patterns.contains(facts.patterns[pattern])
      else { return false }
    }
    for test in matcher.tests where !test.needsNames {
      let place = column(of: test.attribute, matcher.kind)
      guard columns[place].isAccepted(item.index, by: test.matcher) else { return false }
    }
    return true
  }

  private mutating func judge(_ items: [Int], by matcher: ItemMatcher) -> [Int] {
    if items.count == 1 { return matches(matcher, items[0]) ? items : [] }
    var found = items
    if matcher.kind == .log {
      let wanted = Set(
        matcher.patterns.compactMap { pattern in facts.patterns.firstIndex(of: pattern) })
      found.removeAll { !wanted.contains(facts.timeline.watched[facts.items[$0].index].pattern) }
    }
    for test in matcher.tests where !test.needsNames {
      guard !found.isEmpty else { break }
      let place = column(of: test.attribute, matcher.kind)
      let accepted = columns[place].accepted(by: test.matcher)
      switch accepted {
      case .none: return []
      case .all: continue
      case .some:
        found.removeAll { !columns[place].isAccepted(facts.items[$0].index, accepted) }
      }
    }
    return found
  }

  /// The place in `columns` of the values of an attribute.
  private mutating func column(of attribute: Attribute, _ kind: ItemKind) -> Int {
    let number = attribute.number
    if columnOfAttribute[number] >= 0 { return Int(columnOfAttribute[number]) }
    let items = facts.items(of: kind)
    var column = FactColumn(count: items.count)
    if let likeness = facts.likeness(in: attribute) {
      for index in facts.likeness.firsts(of: kind) {
        column.set(facts.value(attribute, ofIndex: index), at: index)
      }
      if column.hasManyValues {
        for (index, like) in likeness.enumerated() where like != index {
          column.copy(from: like, to: index)
        }
      }
    } else {
      for place in items {
        let index = facts.items[place].index
        column.set(facts.value(attribute, ofIndex: index), at: index)
      }
    }
    if columns.isEmpty { columns.reserveCapacity(64) }
    columns.append(column)
    columnOfAttribute[number] = Int16(truncatingIfNeeded: columns.count - 1)
    return columns.count - 1
  }

  /// Whether any of the items stands in a range.
  mutating func contains(
    _ matchers: [ItemMatcher], in range: Range<Int>, except: [Int], _ match: Match
  ) -> Bool {
    for matcher in matchers {
      let indices = candidates(of: matcher)
      let tests = nameTests(of: matcher)
      if contains(tests, among: indices, in: range, except: except, match) { return true }
    }
    return false
  }

  /// Whether any of the items that match apart from names, and then pass the tests of these, stands in a range.
  mutating func contains(
    _ tests: [NameTest], among indices: [Int], in range: Range<Int>, except: [Int], _ match: Match
  ) -> Bool {
    for index in indices[indices.firstPlace(from: range.lowerBound)...] {
      guard index < range.upperBound else { break }
      guard !except.contains(index) else { continue }
      budget -= 1
      var names = match.names
      if accepts(tests, index, &names) { return true }
    }
    return false
  }

  private func accepts(_ test: AttributeTest, _ names: inout Bindings<FactValue>) -> Bool {
    guard case .capture(let attribute) = test.attribute else { return false }
    let values = facts.values(of: attribute)
    if values.isEmpty { return test.matcher.accepts(nil, &names) }
    if case .not = test.matcher { return values.allSatisfy { test.matcher.accepts($0, &names) } }
    return values.contains { test.matcher.accepts($0, &names) }
  }
}

extension [Int] {
  /// Where the first number stands that is at least `least`, in a list that is sorted.
  func firstPlace(from least: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < least { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether the number stands in a list that is sorted.
  func containsSorted(_ number: Int) -> Bool {
    let place = firstPlace(from: number)
    return place < count && self[place] == number
  }
}

extension FactBase {
  /// The index of the first boot among the items.
  var firstBoot: Int? { items(of: .boot).first }
  /// The index of the last boot among the items.
  var lastBoot: Int? { items(of: .boot).last }
}
