extension ValueMatcher {
  /// Whether a value is as wanted; binds a name at its first use.
  func accepts(_ value: FactValue?, _ names: inout Bindings<FactValue>) -> Bool {
    switch self {
    case .known(let known): return (value != nil) == known
    case .not(let inner):
      var discarded = names
      return value == nil || !inner.accepts(value, &discarded)
    case .equals(let wanted): return value?.isSame(as: wanted) ?? false
    case .glob(let pattern):
      guard case .text(let text) = value else { return false }
      return Glob.matches(text, pattern)
    case .anyOf(let matchers): return matchers.contains { $0.accepts(value, &names) }
    case .range(let range): return value?.number.map(range.contains) ?? false
    case .name(let name):
      guard let value else { return false }
      guard let bound = names[name] else {
        names[name] = value
        return true
      }
      return bound.isSame(as: value)
    }
  }

  /// Whether it speaks of a name, so that it can only be judged with the names at hand.
  var needsNames: Bool {
    switch self {
    case .name: true
    case .not(let inner): inner.needsNames
    case .anyOf(let matchers): matchers.contains(where: \.needsNames)
    case .equals, .glob, .range, .known: false
    }
  }
}

/// Texts with `*`.
enum Glob {
  /// Whether `text` is `pattern`, where `*` stands for anything. Takes time in the product of the
  /// lengths at worst: only the last star is ever tried again.
  static func matches(_ text: String, _ pattern: String) -> Bool {
    let (text, pattern) = (Array(text.utf8), Array(pattern.utf8))
    var (position, place) = (0, 0)
    var star: (place: Int, position: Int)?
    while position < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        star = (place, position)
        place += 1
      } else if place < pattern.count, pattern[place] == text[position] {
        place += 1
        position += 1
      } else if let last = star {
        star = (last.place, last.position + 1)
        place = last.place + 1
        position = last.position + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
