/// Looks for the items of a sequence in a log.
///
/// The first item is tried from the end of the log, each following one from the one before it on. What
/// follows a place was thus tried already for all items behind the first one tried before, and need not be
/// tried again: the time grows with the number of items, not with its square.
struct SequenceSearch {
  let steps: [Step]
  let without: [ItemMatcher]
  /// For each step, the items that match apart from names.
  private var candidates: [[Int]] = []
  /// For each step, its tests that speak of names.
  private var nameTests: [[Solver.NameTest]] = []
  /// For each of `without`, the items that match and the tests that speak of names; empty until somebody asks.
  private var forbidden: [(items: [Int], tests: [Solver.NameTest])] = []
  /// The items taken for the first steps.
  private var found: [Int] = []
  /// What is known ahead of the search of where its first item may stand.
  private var goal: Goal?
  /// States from which the rest of the sequence was not found.
  private var failed: Set<State> = []
  /// From which item on nothing that a step may be led to the rest of the sequence.
  private var exhausted = Exhausted()
  /// Steps that ask for an item by its name depend on more than a state holds.
  private let remembersFailures: Bool
  /// What stands between the first and the last item may be one of those in between, which are allowed:
  /// then what was found for one first item says nothing about another one.
  private let startMatters: Bool

  /// A step that asks for an item found before the sequence, which those in front of it must lead to.
  private struct Goal {
    let index: Int
    /// The line ahead of which the first item is too many boots away; nil is none.
    let firstLine: Int?
  }

  private struct State: Hashable {
    let step: Int
    let position: Int
    let bootPlace: Int
    /// Where the sequence began; only `without` cares.
    let start: Int
    /// The items found since that `without` would not allow if they were none of the sequence's own.
    let spared: [Int]
    let names: Bindings<FactValue>
  }

  /// What decides, beside the place, whether a step that may stand anywhere leads to the rest.
  private struct Front: Hashable {
    let step: Int
    let names: Bindings<FactValue>
  }

  /// Where fronts ended. Most searches have one or two, for which a dictionary takes longer than the search.
  private struct Exhausted {
    private var few: [(front: Front, end: Int)] = []
    private var many: [Front: Int] = [:]

    subscript(front: Front) -> Int? {
      get {
        for entry in few where entry.front == front { return entry.end }
        return many.isEmpty ? nil : many[front]
      }
      set {
        guard let newValue else { return }
        if let place = few.firstIndex(where: { $0.front == front }) {
          few[place].end = newValue
        } else if few.count < 8 {
          few.append((front, newValue))
        } else {
          many[front] = newValue
        }
      }
    }
  }

  init(steps: [Step], without: [ItemMatcher]) {
    self.steps = steps
    self.without = without
    remembersFailures = !steps.contains { $0.isItem != nil }
    let between = steps.dropFirst().dropLast().map(\.matcher.kind)
    startMatters = without.contains { between.contains($0.kind) }
  }

  /// Hands each occurrence to `body` until one is accepted.
  mutating func run(
    _ solver: inout Solver, _ match: Match, _ body: Solver.Continuation
  ) -> Bool {
    // Each step takes an item of its own.
    guard steps.count <= solver.facts.items.count, !asksForTooMany(solver.facts) else {
      return false
    }
    candidates.reserveCapacity(steps.count)
    for step in steps {
      let indices = solver.candidates(of: step.matcher)
      guard !indices.isEmpty else { return false }
      candidates.append(indices)
    }
    for step in steps { nameTests.append(solver.nameTests(of: step.matcher)) }
    found.reserveCapacity(steps.count)
    goal = goal(of: match, solver.facts)
    if startMatters { findForbidden(&solver) }
    return extend(&solver, match, match.names, body)
  }

  /// Whether there are fewer items of some kind than steps that ask for it.
  private func asksForTooMany(_ facts: FactBase) -> Bool {
    for (place, step) in steps.enumerated() {
      var wanted = 1
      for earlier in steps[..<place] where earlier.matcher.kind == step.matcher.kind { wanted += 1 }
      if wanted > facts.items(of: step.matcher.kind).count { return true }
    }
    return false
  }

  /// Looks for the step behind those that were found; `names` is what is bound by then.
  private mutating func extend(
    _ solver: inout Solver, _ match: Match, _ names: Bindings<FactValue>,
    _ body: Solver.Continuation
  ) -> Bool {
    guard found.count < steps.count else { return complete(&solver, match, names, body) }
    let step = steps[found.count]
    let front = front(of: step, names, solver)
    let state = front == nil ? state(with: names, solver) : nil
    if let state, failed.contains(state) { return false }
    let indices = candidates[found.count]
    if let isItem = step.isItem {
      guard let index = item(called: isItem, match), index > found.last ?? -1,
        indices.containsSorted(index)
      else { return false }
      if attempt(index, step, &solver, match, names, body) { return true }
    } else if let last = found.last {
      let end = front.flatMap { exhausted[$0] } ?? Int.max
      for place in indices.firstPlace(from: last + 1)..<indices.count {
        let index = indices[place]
        guard index < end, !isBeyond(index, last, step.distance, solver) else { break }
        if attempt(index, step, &solver, match, names, body) { return true }
        if solver.budget <= 0 { return false }
      }
      if let front { exhausted[front] = min(last + 1, end) }
    } else {
      let end = goal.map { indices.firstPlace(from: $0.index) } ?? indices.count
      for index in indices[..<end].reversed() {
        if let line = goal?.firstLine, solver.facts.items[index].line < line { break }
        if attempt(index, step, &solver, match, names, body) { return true }
        if solver.budget <= 0 { return false }
      }
    }
    if let state { failed.insert(state) }
    return false
  }

  /// Takes an item for the step that comes next, and looks for the rest.
  private mutating func attempt(
    _ index: Int, _ step: Step, _ solver: inout Solver, _ match: Match,
    _ names: Bindings<FactValue>, _ body: Solver.Continuation
  ) -> Bool {
    guard isNear(index, to: found.last, step.distance, solver), solver.budget > 0 else {
      return false
    }
    solver.budget -= 1
    var names = names
    guard solver.accepts(nameTests[found.count], index, &names) else { return false }
    found.append(index)
    defer { found.removeLast() }
    return extend(&solver, match, names, body)
  }

  /// The item that an alias names by now: one of this sequence, or one from before.
  private func item(called alias: String, _ match: Match) -> Int? {
    let step = steps.prefix(found.count).lastIndex { $0.name == alias }
    return step.map { found[$0] } ?? match.aliases[alias]
  }

  /// What the first step need not be looked for beyond. Without it, asking for each boot what stands ahead of it would
  /// take the square of the boots.
  private func goal(of match: Match, _ facts: FactBase) -> Goal? {
    let known = steps.indices.first { place in
      guard let alias = steps[place].isItem else { return false }
      return !steps[..<place].contains { $0.name == alias } && match.aliases[alias] != nil
    }
    guard let known, known > 0, let alias = steps[known].isItem, let index = match.aliases[alias]
    else { return nil }
    var boot = facts.items[index].bootPlace
    for step in steps[1...known] {
      switch step.distance {
      case .anywhere: return Goal(index: index, firstLine: nil)
      case .sameBoot: break
      case .nextBoot: boot -= 1
      case .withinBoots(let boots): boot -= boots
      }
    }
    let isInLog = facts.timeline.boots.indices.contains(boot)
    let line = isInLog ? facts.timeline.boots[boot].firstLine.number : nil
    return Goal(index: index, firstLine: line)
  }

  private mutating func complete(
    _ solver: inout Solver, _ match: Match, _ names: Bindings<FactValue>,
    _ body: Solver.Continuation
  ) -> Bool {
    // Only now: most ways that begin do not end.
    var match = match
    match.names = names
    for (step, index) in zip(steps, found) { match.see(index, for: step) }
    if !without.isEmpty, let first = found.first, let last = found.last, first + 1 < last {
      findForbidden(&solver)
      for (items, tests) in forbidden
      where solver.contains(tests, among: items, in: first + 1..<last, except: found, match) {
        return false
      }
    }
    return body(&solver, match)
  }

  private mutating func findForbidden(_ solver: inout Solver) {
    guard forbidden.isEmpty else { return }
    for matcher in without {
      forbidden.append((solver.candidates(of: matcher), solver.nameTests(of: matcher)))
    }
  }

  private func isNear(
    _ index: Int, to last: Int?, _ distance: Step.Distance, _ solver: Solver
  ) -> Bool {
    guard let last else { return true }
    let (from, to) = (solver.facts.items[last].bootPlace, solver.facts.items[index].bootPlace)
    switch distance {
    case .anywhere: return true
    case .sameBoot: return from >= 0 && to == from
    case .nextBoot: return from >= 0 && to == from + 1
    case .withinBoots(let boots): return from >= 0 && to >= from && to - from <= boots
    }
  }

  /// Whether neither this item nor one behind it is near enough.
  private func isBeyond(
    _ index: Int, _ last: Int, _ distance: Step.Distance, _ solver: Solver
  ) -> Bool {
    let boots: Int
    switch distance {
    case .anywhere: return false
    case .sameBoot: boots = 0
    case .nextBoot: boots = 1
    case .withinBoots(let most): boots = most
    }
    let from = solver.facts.items[last].bootPlace
    guard from >= 0 else { return true }
    let next = from + boots + 1
    // In the line in which a boot begins, the end of the one before may stand.
    return next < solver.facts.timeline.boots.count
      && solver.facts.items[index].line > solver.facts.timeline.boots[next].firstLine.number
  }

  private func front(
    of step: Step, _ names: Bindings<FactValue>, _ solver: Solver
  ) -> Front? {
    guard !found.isEmpty, remembersFailures, !startMatters, !solver.asksForItems,
      case .anywhere = step.distance
    else { return nil }
    return Front(step: found.count, names: names)
  }

  private func state(with names: Bindings<FactValue>, _ solver: Solver) -> State? {
    // Behind the first step each place is tried only once.
    guard remembersFailures, found.count > 1, let last = found.last else { return nil }
    let spared =
      startMatters
      ? found.dropFirst().filter { index in
        forbidden.contains { $0.items.containsSorted(index) }
      } : []
    return State(
      step: found.count, position: last, bootPlace: solver.facts.items[last].bootPlace,
      start: without.isEmpty ? 0 : found.first ?? 0, spared: spared, names: names)
  }
}
