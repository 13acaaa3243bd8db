/// How a condition holds: what it bound and what it saw.
struct Match: Hashable {
  /// Values of `$name`.
  var names = Bindings<FactValue>()
  /// The item behind `{alias.…}`, by its index among the facts.
  var aliases = Bindings<Int>()
  /// The number behind `{count}`.
  var count: Int?
  /// What was seen, in the order of the condition.
  var sightings: [Sighting] = []

  /// Something that was seen.
  struct Sighting: Hashable {
    /// The item, by its index among the facts; nil for facts from outside the log.
    var item: Int?
    /// The attributes that were asked for: they choose the line.
    var attributes: [Attribute]
    /// Why it counts, as the rule says it; nil takes a plain description.
    var says: String?
  }

  /// The items seen, by their indices among the facts.
  var items: [Int] { sightings.compactMap(\.item) }

  /// Notes that an item was seen that a step asks for.
  mutating func see(_ index: Int, for step: Step) {
    aliases[step.name] = index
    sightings.append(
      Sighting(item: index, attributes: step.matcher.tests.map(\.attribute), says: step.says))
  }
}
