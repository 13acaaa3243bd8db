import Diagnosis

/// The names that are bound at a place of a rule.
struct NameScope {
  /// Where a `$name` was bound, and whether anything used it since.
  struct Binding {
    let node: Node
    var isUsed: Bool
  }

  /// `$name`, by its name without the dollar.
  var names: [String: Binding] = [:]
  /// What `{alias.attribute}` may speak of.
  var aliases: [String: ItemKind] = [:]
  /// A count was taken, so `{count}` means something.
  var hasCount = false
  /// Texts with `{…}` that are checked once everything is bound.
  var pendingTexts: [(text: String, node: Node)] = []

  mutating func use(_ name: String) { names[name]?.isUsed = true }

  /// Takes over what alternatives bound.
  mutating func merge(_ other: NameScope) {
    for (name, binding) in other.names {
      names[name] = Binding(
        node: names[name]?.node ?? binding.node,
        isUsed: binding.isUsed || names[name]?.isUsed ?? false)
    }
    aliases.merge(other.aliases) { old, _ in old }
    hasCount = hasCount || other.hasCount
    pendingTexts = other.pendingTexts
  }

  /// Marks as used what was used inside a scope whose own names end there; returns those.
  mutating func close(_ inner: NameScope) -> [(name: String, binding: Binding)] {
    for (name, binding) in inner.names where binding.isUsed { use(name) }
    return inner.names.filter { names[$0.key] == nil }.map { ($0.key, $0.value) }
  }
}
