import Diagnosis

/// Conditions in words.
enum ConditionWords {
  /// A condition as a list, one line an item.
  static func lines(of condition: Condition, depth: Int = 0) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    func nested(_ title: String, _ parts: [Condition]) -> [String] {
      ["\(indent)- \(title):"] + parts.flatMap { lines(of: $0, depth: depth + 1) }
    }
    switch condition {
    case .sequence(let steps, let without):
      var lines = ["\(indent)- in this order:"]
      lines += steps.map { "\(indent)  - \(words(of: $0))" }
      if !without.isEmpty {
        let absent = without.map { words(of: $0) }.joined(separator: ", ")
        lines.append("\(indent)  - and in between none of: \(absent)")
      }
      return lines
    case .any(let parts): return nested("one of", parts)
    case .all(let parts): return nested("all of", parts)
    case .not(let inner): return nested("not", [inner])
    case .exists, .without, .firstBoot, .lastBoot, .count, .context, .capture:
      return ["\(indent)- \(sentence(of: condition))"]
    }
  }

  /// A condition as one sentence.
  static func sentence(of condition: Condition) -> String {
    switch condition {
    case .exists(let step): words(of: step)
    case .sequence(let steps, _): steps.map { words(of: $0) }.joined(separator: ", then ")
    case .without(let matchers): "no \(matchers.map { words(of: $0) }.joined(separator: ", no "))"
    case .firstBoot(let step): "the first boot: \(words(of: step))"
    case .lastBoot(let step): "the last boot: \(words(of: step))"
    case .count(let count):
      "\(words(of: count.bounds)) times \(words(of: count.matcher))"
        + (count.same.map { " with the same `\($0.name)`" } ?? "")
        + (count.grouping == .consecutiveBoots ? " in boots that follow one another" : "")
    case .any(let parts): parts.map { sentence(of: $0) }.joined(separator: " or ")
    case .all(let parts): parts.map { sentence(of: $0) }.joined(separator: " and ")
    case .not(let inner): "not (\(sentence(of: inner)))"
    case .context(let matcher): words(of: matcher)
    case .capture(let tests):
      "a capture with \(tests.map { words(of: $0) }.joined(separator: ", "))"
    }
  }

  private static func words(of step: Step) -> String {
    let place =
      switch step.distance {
      case .anywhere: ""
      case .sameBoot: " in the same boot"
      case .nextBoot: " in the next boot"
      case .withinBoots(let boots): " within \(boots) boots"
      }
    let alias = step.alias.map { " (called \($0))" } ?? ""
    let item = step.isItem.map { " (the same as \($0))" } ?? ""
    return words(of: step.matcher) + place + alias + item
  }

  static func words(of matcher: ItemMatcher) -> String {
    let tests =
      matcher.patterns.map { "\($0.tag.map { "\($0): " } ?? "")\"\($0.message)\"" }
      + matcher.tests.map { words(of: $0) }
    return matcher.kind.rawValue + (tests.isEmpty ? "" : " with " + tests.joined(separator: ", "))
  }

  private static func words(of test: AttributeTest) -> String {
    "`\(test.attribute.name)` \(words(of: test.matcher))"
  }

  private static func words(of matcher: ValueMatcher) -> String {
    switch matcher {
    case .equals(let value): return value.spelled
    case .glob(let pattern): return "like \(pattern)"
    case .anyOf(let matchers): return matchers.map { words(of: $0) }.joined(separator: " or ")
    case .not(let inner): return "not \(words(of: inner))"
    case .range(let range): return words(of: range)
    case .name(let name): return "$\(name)"
    case .known(let known): return known ? "known" : "unknown"
    }
  }

  private static func words(of range: NumberRange) -> String {
    [
      range.atLeast.map { "at least \(NodeReader.spelled($0))" },
      range.atMost.map { "at most \(NodeReader.spelled($0))" },
      range.above.map { "above \(NodeReader.spelled($0))" },
      range.below.map { "below \(NodeReader.spelled($0))" },
    ].compactMap(\.self).joined(separator: " and ")
  }

  private static func words(of matcher: ContextMatcher) -> String {
    var words: [String] = []
    if !matcher.rollback.isEmpty {
      words.append("rollback \(matcher.rollback.map(\.rawValue).joined(separator: " or "))")
    }
    if let expected = matcher.expectsUpdate {
      words.append(expected ? "an update expected" : "no update expected")
    }
    for (option, value) in matcher.sdkconfig.sorted(by: { $0.key < $1.key }) {
      words.append("\(option) \(self.words(of: value))")
    }
    return words.joined(separator: ", ")
  }
}
