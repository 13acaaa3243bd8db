/// The values of an attribute for all items of a kind.
///
/// The boots and crashes of a loop are alike: each value is kept once, and a test is made once for each
/// value rather than for each item.
struct FactColumn {
  /// The value of all items, as long as one is all there is: so in most logs, and then nothing else is kept.
  private var shared: FactValue?
  private var state = State.empty
  /// The values, each once, where there are several.
  private var values: [FactValue?] = []
  /// For each item, by its index in the timeline's list of its kind, the place of its value.
  private var places: [Int] = []
  private var placeOfValue: [FactValue: Int] = [:]
  private var placeOfNone: Int?
  private let count: Int

  private enum State { case empty, oneValue, manyValues }

  /// From so many values on they are found by their hashes.
  private static let many = 8

  init(count: Int) { self.count = count }

  /// Notes the value of an item.
  mutating func set(_ value: FactValue?, at index: Int) {
    switch state {
    case .empty:
      shared = value
      state = .oneValue
    case .oneValue:
      if value == shared { return }
      // Items that have none as yet are given theirs later.
      places = [Int](repeating: 0, count: count)
      _ = place(of: shared)
      places[index] = place(of: value)
      state = .manyValues
    case .manyValues: places[index] = place(of: value)
    }
  }

  /// Whether not all items have the same value.
  var hasManyValues: Bool {
    switch state {
    case .empty, .oneValue: false
    case .manyValues: true
    }
  }

  /// Gives an item the value of another one.
  mutating func copy(from other: Int, to index: Int) {
    switch state {
    case .empty, .oneValue: return
    case .manyValues: places[index] = places[other]
    }
  }

  /// The value of an item.
  func value(at index: Int) -> FactValue? {
    switch state {
    case .empty, .oneValue: shared
    case .manyValues: values[places[index]]
    }
  }

  private mutating func place(of value: FactValue?) -> Int {
    guard let value else {
      if let placeOfNone { return placeOfNone }
      placeOfNone = values.count
      values.append(nil)
      return values.count - 1
    }
    if values.count <= Self.many {
      if let known = values.firstIndex(of: value) { return known }
    } else {
      if placeOfValue.isEmpty {
        for (place, value) in values.enumerated() {
          if let value { placeOfValue[value] = place }
        }
      }
      if let known = placeOfValue[value] { return known }
      placeOfValue[value] = values.count
    }
    values.append(value)
    return values.count - 1
  }

  /// Hands each value that some item has to `body`.
  func forEachValue(_ body: (FactValue) -> Void) {
    switch state {
    case .empty, .oneValue: if let shared { body(shared) }
    case .manyValues: for case .some(let value) in values { body(value) }
    }
  }

  /// Which values a matcher that speaks of no name accepts.
  func accepted(by matcher: ValueMatcher) -> Accepted {
    var names = Bindings<FactValue>()
    switch state {
    case .empty, .oneValue: return matcher.accepts(shared, &names) ? .all : .none
    case .manyValues: break
    }
    guard values.count <= 64 else {
      return .some(Places(flags: values.map { matcher.accepts($0, &names) }))
    }
    var bits: UInt64 = 0
    for (place, value) in values.enumerated() where matcher.accepts(value, &names) {
      bits |= 1 << UInt64(place)
    }
    if bits == 0 { return .none }
    return bits.nonzeroBitCount == values.count ? .all : .some(Places(bits: bits))
  }

  /// Whether a matcher that speaks of no name accepts the value of an item.
  func isAccepted(_ index: Int, by matcher: ValueMatcher) -> Bool {
    var names = Bindings<FactValue>()
    switch state {
    case .empty, .oneValue: return matcher.accepts(shared, &names)
    case .manyValues: return matcher.accepts(values[places[index]], &names)
    }
  }

  /// Whether the value of an item is among the accepted ones.
  func isAccepted(_ index: Int, _ accepted: Accepted) -> Bool {
    switch accepted {
    case .none: false
    case .all: true
    case .some(let accepted): accepted[places[index]]
    }
  }

  /// What a matcher accepts: in most logs all items of a kind have one value, or few.
  enum Accepted {
    case none, all
    case some(Places)
  }

  /// Values, by their places.
  struct Places {
    private var bits: UInt64 = 0
    private var flags: [Bool] = []

    init(bits: UInt64) { self.bits = bits }
    init(flags: [Bool]) { self.flags = flags }

    subscript(place: Int) -> Bool {
      flags.isEmpty ? bits >> UInt64(place) & 1 == 1 : flags[place]
    }
  }
}
