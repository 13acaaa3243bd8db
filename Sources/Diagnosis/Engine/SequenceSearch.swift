/// Looks for the items of a sequence in a log.
struct SequenceSearch {
  let steps: [Step]
  let without: [ItemMatcher]
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
    let names: [String: FactValue]
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
    for step in steps where solver.candidates(of: step.matcher).isEmpty { return false }
    return extend(&solver, match, found: [], body)
  }

  private mutating func extend(
    _ solver: inout Solver, _ match: Match, found: [Int], _ body: Solver.Continuation
  ) -> Bool {
    guard found.count < steps.count else { return complete(&solver, match, found, body) }
    let step = steps[found.count]
    let state = state(after: found, match, solver)
    if let state, failed.contains(state) { return false }
    for index in candidates(of: step, after: found.last, match, &solver) {
      guard isNear(index, to: found.last, step.distance, solver) else { continue }
      guard solver.budget > 0 else { return false }
      guard let next = solver.bind(step, to: index, match) else { continue }
      if extend(&solver, next, found: found + [index], body) { return true }
    }
    if let state { failed.insert(state) }
    return false
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

  private func candidates(
    of step: Step, after last: Int?, _ match: Match, _ solver: inout Solver
  ) -> [Int] {
    var indices = solver.candidates(of: step.matcher)
    if let isItem = step.isItem {
      guard let index = match.aliases[isItem] else { return [] }
      indices = indices.filter { $0 == index }
    }
    guard let last else { return indices.reversed() }
    // The lists are sorted, so the first behind `last` is found by halving.
    var (low, high) = (0, indices.count)
    while low < high {
      let middle = (low + high) / 2
      if indices[middle] <= last { low = middle + 1 } else { high = middle }
    }
    return Array(indices[low...])
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
    guard remembersFailures, let last = found.last else { return nil }
    return State(
      step: found.count, position: last, bootPlace: solver.facts.items[last].bootPlace,
      start: without.isEmpty ? 0 : found.first ?? 0, names: match.names)
  }
}
