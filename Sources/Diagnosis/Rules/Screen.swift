/// What a log must hold for a condition to be worth a closer look.
///
/// Most rules ask for something that most logs do not hold. Each clause is a set of facts of which the
/// log must hold one; a condition whose screen does not admit a log cannot hold in it.
struct Screen: Hashable, Sendable {
  /// One of each of these must be among the log's facts.
  private(set) var clauses: [FactSignals]

  /// The screen of a condition.
  init(_ condition: Condition) {
    clauses = []
    for clause in Self.clauses(of: condition) where !clauses.contains(clause) {
      clauses.append(clause)
    }
  }

  /// Whether the condition may hold in a log with these facts.
  func admits(_ signals: FactSignals) -> Bool {
    clauses.allSatisfy { signals.meets($0.words) }
  }

  private static func clauses(of condition: Condition) -> [FactSignals] {
    switch condition {
    case .exists(let step), .firstBoot(let step), .lastBoot(let step):
      return clauses(of: step.matcher)
    case .sequence(let steps, _): return steps.flatMap { clauses(of: $0.matcher) }
    case .count(let count): return count.bounds.contains(0) ? [] : clauses(of: count.matcher)
    case .all(let conditions): return conditions.flatMap(clauses)
    case .any(let conditions):
      var union = FactSignals()
      for condition in conditions {
        // Of each alternative the clause that asks for most.
        guard let rarest = clauses(of: condition).min(by: { $0.count < $1.count }) else {
          return []
        }
        union.formUnion(rarest)
      }
      return [union]
    case .without, .not, .context, .capture: return []
    }
  }

  private static func clauses(of matcher: ItemMatcher) -> [FactSignals] {
    var clauses: [FactSignals] = []
    for test in matcher.tests where test.attribute.isSignalled {
      guard let values = test.matcher.wantedValues else { continue }
      var clause = FactSignals()
      let signalled = SignalledAttribute(test.attribute, of: matcher.kind)
      for value in values { clause.insert(signalled, value) }
      clauses.append(clause)
    }
    if matcher.kind == .log, !matcher.patterns.isEmpty {
      var clause = FactSignals()
      for pattern in matcher.patterns { clause.insert(tag: pattern.tag, message: pattern.message) }
      clauses.append(clause)
    }
    guard clauses.isEmpty else { return clauses }
    var clause = FactSignals()
    clause.insert(matcher.kind)
    return [clause]
  }
}

extension ValueMatcher {
  /// The texts or flags of which a value must be one; nil where others are accepted as well.
  fileprivate var wantedValues: [FactValue]? {
    switch self {
    case .equals(let value):
      switch value {
      case .text, .flag: return [value]
      case .number, .address: return nil
      }
    case .anyOf(let matchers):
      var values: [FactValue] = []
      for matcher in matchers {
        guard let wanted = matcher.wantedValues else { return nil }
        values += wanted
      }
      return values
    case .glob, .not, .range, .name, .known: return nil
    }
  }
}

/// The screens of many rules in one block of words, as the generated tables hold it.
struct ScreenTable: Sendable {
  /// The clauses of all rules, four words each.
  let words: [UInt64]
  /// For each rule, the number of clauses of it and all before it.
  let ends: [Int]

  /// A table that was written down before.
  init(words: [UInt64], ends: [Int]) {
    self.words = words
    self.ends = ends
  }

  /// The screens of these rules.
  init(_ rules: [Rule]) {
    var words: [UInt64] = []
    var ends: [Int] = []
    for rule in rules {
      for clause in Screen(rule.when).clauses {
        for place in 0..<4 { words.append(clause.words[place]) }
      }
      ends.append(words.count / 4)
    }
    self.init(words: words, ends: ends)
  }

  /// Hands the places of the rules that may hold in a log with these facts to `body`, in order.
  func forEachAdmitted(by signals: FactSignals, _ body: (Int) -> Void) {
    words.withUnsafeBufferPointer { words in
      var clause = 0
      for (place, end) in ends.enumerated() {
        var isAdmitted = true
        while clause < end, isAdmitted {
          let word = clause * 4
          isAdmitted = signals.meets(
            SIMD4(words[word], words[word + 1], words[word + 2], words[word + 3]))
          clause += 1
        }
        clause = end
        if isAdmitted { body(place) }
      }
    }
  }
}
