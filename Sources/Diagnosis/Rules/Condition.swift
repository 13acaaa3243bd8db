import DeviceEvents

/// What must hold in a log.
public indirect enum Condition: Hashable, Sendable {
  /// At least one such item.
  case exists(Step)
  /// Such items in this order; none of `without` between the first and the last.
  case sequence([Step], without: [ItemMatcher])
  /// No such item in the whole log.
  case without([ItemMatcher])
  /// The first boot of the log matches.
  case firstBoot(Step)
  /// The last boot of the log matches.
  case lastBoot(Step)
  /// So many such items.
  case count(Count)
  /// One of these.
  case any([Condition])
  /// All of these, in this order.
  case all([Condition])
  /// Not this; nothing inside binds a name.
  case not(Condition)
  /// What is known from outside the log.
  case context(ContextMatcher)
  /// What the log covers.
  case capture([AttributeTest])
}

/// One item of a sequence.
public struct Step: Hashable, Sendable {
  /// What the item looks like.
  public var matcher: ItemMatcher
  /// How far from the step before.
  public var distance: Distance
  /// Why its line is evidence; nil takes a plain description.
  public var says: String?
  /// Its name for interpolation; nil takes the kind's.
  public var alias: String?
  /// It must be the very item that this alias names.
  public var isItem: String?

  /// Puts a step together.
  public init(
    _ matcher: ItemMatcher, distance: Distance = .anywhere, says: String? = nil,
    alias: String? = nil, isItem: String? = nil
  ) {
    self.matcher = matcher
    self.distance = distance
    self.says = says
    self.alias = alias
    self.isItem = isItem
  }

  /// The name under which interpolation finds the item.
  public var name: String { alias ?? matcher.kind.rawValue }

  /// How far a step may lie from the one before.
  public enum Distance: Hashable, Sendable {
    /// Anywhere behind it.
    case anywhere
    /// In the same boot.
    case sameBoot
    /// In the boot right after.
    case nextBoot
    /// At most so many boots later.
    case withinBoots(Int)
  }
}

/// What an item looks like.
public struct ItemMatcher: Hashable, Sendable {
  /// Its kind.
  public var kind: ItemKind
  /// What its attributes must be.
  public var tests: [AttributeTest]
  /// For `log`: any of these patterns.
  public var patterns: [LinePattern]

  /// Puts a matcher together.
  public init(_ kind: ItemKind, _ tests: [AttributeTest] = [], patterns: [LinePattern] = []) {
    self.kind = kind
    self.tests = tests
    self.patterns = patterns
  }
}

/// What an attribute must be.
public struct AttributeTest: Hashable, Sendable {
  /// The attribute.
  public let attribute: Attribute
  /// What it must be.
  public let matcher: ValueMatcher
  /// Whether it speaks of a name, so that it can only be judged with the names at hand.
  let needsNames: Bool

  /// Puts a test together.
  public init(_ attribute: Attribute, _ matcher: ValueMatcher) {
    self.attribute = attribute
    self.matcher = matcher
    needsNames = matcher.needsNames
  }
}

/// What a value must be.
public indirect enum ValueMatcher: Hashable, Sendable {
  /// Exactly this.
  case equals(FactValue)
  /// A text with `*` for anything, case-sensitive.
  case glob(String)
  /// One of these.
  case anyOf([ValueMatcher])
  /// Not this; an absent value is not this either.
  case not(ValueMatcher)
  /// A number within these bounds.
  case range(NumberRange)
  /// Binds the name at its first use and must equal it afterwards.
  case name(String)
  /// Whether there is a value at all.
  case known(Bool)
}

/// Bounds of a number; each that is set must hold.
public struct NumberRange: Hashable, Sendable {
  /// Not less than this.
  public var atLeast: Double?
  /// Not more than this.
  public var atMost: Double?
  /// More than this.
  public var above: Double?
  /// Less than this.
  public var below: Double?

  /// Puts bounds together.
  public init(
    atLeast: Double? = nil, atMost: Double? = nil, above: Double? = nil, below: Double? = nil
  ) {
    self.atLeast = atLeast
    self.atMost = atMost
    self.above = above
    self.below = below
  }

  /// Whether `number` lies within.
  public func contains(_ number: Double) -> Bool {
    if let atLeast, number < atLeast { return false }
    if let atMost, number > atMost { return false }
    if let above, number <= above { return false }
    if let below, number >= below { return false }
    return true
  }
}

/// So many items of a kind.
public struct Count: Hashable, Sendable {
  /// What is counted.
  public var matcher: ItemMatcher
  /// How many there must be.
  public var bounds: NumberRange
  /// Whether they must stand in boots that follow one another.
  public var grouping: Grouping
  /// The attribute that the counted items share.
  public var same: Attribute?
  /// The name of the last one for interpolation; nil takes the kind's.
  public var alias: String?
  /// Why their lines are evidence.
  public var says: String?

  /// Puts a count together.
  public init(
    _ matcher: ItemMatcher, bounds: NumberRange, grouping: Grouping = .anywhere,
    same: Attribute? = nil, alias: String? = nil, says: String? = nil
  ) {
    self.matcher = matcher
    self.bounds = bounds
    self.grouping = grouping
    self.same = same
    self.alias = alias
    self.says = says
  }

  /// Where counted items must stand.
  public enum Grouping: Hashable, Sendable {
    /// Anywhere in the log.
    case anywhere
    /// In boots that follow one another; a boot counts once.
    case consecutiveBoots
  }
}

/// What must be known from outside the log.
public struct ContextMatcher: Hashable, Sendable {
  /// The rollback setting must be one of these.
  public var rollback: [Context.Rollback]
  /// Whether an update was sent.
  public var expectsUpdate: Bool?
  /// What options of the sdkconfig must be.
  public var sdkconfig: [String: ValueMatcher]

  /// Puts a matcher together.
  public init(
    rollback: [Context.Rollback] = [], expectsUpdate: Bool? = nil,
    sdkconfig: [String: ValueMatcher] = [:]
  ) {
    self.rollback = rollback
    self.expectsUpdate = expectsUpdate
    self.sdkconfig = sdkconfig
  }
}
