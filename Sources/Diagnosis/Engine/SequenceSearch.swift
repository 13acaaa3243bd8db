/// Looks for the items of a sequence in a log.
struct SequenceSearch {
  let steps: [Step]
  let without: [ItemMatcher]
  /// For each step, the items that match apart from names.
  private var candidates: [[Int]] = []
  /// States from which the rest of the sequence was not found.
  private var failed: Set<State> = []
  /// Steps that ask for an item by its name depend on more than a state holds.
  private let remembersFailures: Bool

  private struct State: Hashable {
    let step: Int
    let position: Int
    let bootPlace: Int
    /// Where the sequence began; only `without` cares.
    let start: Int
    let names: Bindings<FactValue>
  }

  init(steps: [Step], without: [ItemMatcher]) {
    self.steps = steps
    self.without = without
    remembersFailures = !steps.contains { $0.isItem != nil }
  }

  /// Hands each occurrence to `body` until one is accepted.
  mutating func run(
    _ solver: inout Solver, _ match: Match, _ body: Solver.Continuation
  ) -> Bool {
    candidates = steps.map { solver.candidates(of: $0.matcher) }
    guard !candidates.contains(where: \.isEmpty) else { return false }
    return extend(&solver, match, found: [], body)
  }

  private mutating func extend(
    _ solver: inout Solver, _ match: Match, found: [Int], _ body: Solver.Continuation
  ) -> Bool {
    guard found.count < steps.count else { return complete(&solver, match, found, body) }
    let step = steps[found.count]
    let state = state(after: found, match, solver)
    if let state, failed.contains(state) { return false }
    let indices = candidates[found.count]
    if let isItem = step.isItem {
      guard let index = match.aliases[isItem], index > found.last ?? -1 else { return false }
      let place = indices.firstPlace(from: index)
      guard place < indices.count, indices[place] == index else { return false }
      if attempt(index, step, &solver, match, found, body) { return true }
    } else if let last = found.last {
      for index in indices[indices.firstPlace(from: last + 1)...] {
        if attempt(index, step, &solver, match, found, body) { return true }
        if solver.budget <= 0 { return false }
      }
    } else {
      for index in indices.reversed() {
        if attempt(index, step, &solver, match, found, body) { return true }
        if solver.budget <= 0 { return false }
      }
    }
    if let state { failed.insert(state) }
    return false
  }

  /// Takes an item for the step that comes next, and looks for the rest.
  private mutating func attempt(
    _ index: Int, _ step: Step, _ solver: inout Solver, _ match: Match, _ found: [Int],
    _ body: Solver.Continuation
  ) -> Bool {
    guard isNear(index, to: found.last, step.distance, solver), solver.budget > 0,
      let next = solver.bind(step, to: index, match)
    else { return false }
    return extend(&solver, next, found: found + [index], body)
  }

  private func complete(
    _ solver: inout Solver, _ match: Match, _ found: [Int], _ body: Solver.Continuation
  ) -> Bool {
    if !without.isEmpty, let first = found.first, let last = found.last, first + 1 < last,
      solver.contains(without, in: first + 1..<last, except: found, match)
    {
      return false
    }
    return body(&solver, match)
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

  private func state(after found: [Int], _ match: Match, _ solver: Solver) -> State? {
    // Behind the first step each place is tried only once.
    guard remembersFailures, found.count > 1, let last = found.last else { return nil }
    return State(
      step: found.count, position: last, bootPlace: solver.facts.items[last].bootPlace,
      start: without.isEmpty ? 0 : found.first ?? 0, names: match.names)
  }
}
