extension Solver {
  /// Counts items, takes the largest group, and binds its last item.
  mutating func solveCount(_ count: Count, _ match: Match, _ body: Continuation) -> Bool {
    if let least = count.bounds.atLeast, asksForMore(than: least, count.matcher.kind) {
      return false
    }
    var matching = candidates(of: count.matcher)
    let tests = nameTests(of: count.matcher)
    if !tests.isEmpty {
      matching.removeAll { index in
        var names = match.names
        return !accepts(tests, index, &names)
      }
    }
    let best = groups(of: matching, count).max { left, right in
      (left.total, left.items.last ?? 0) < (right.total, right.items.last ?? 0)
    }
    let group = best ?? Group(items: [], total: 0)
    guard count.bounds.contains(Double(group.total)) else { return false }
    var match = match
    match.count = group.total
    if let last = group.items.last {
      match.aliases[count.alias ?? count.matcher.kind.rawValue] = last
    }
    // All items belong to the match; the report shows the first, the second and the last.
    let attributes = count.matcher.tests.map(\.attribute)
    match.sightings.reserveCapacity(match.sightings.count + group.items.count)
    for (place, index) in group.items.enumerated() {
      let isShown = place < 2 || place == group.items.count - 1
      match.sightings.append(
        Match.Sighting(
          item: index, attributes: attributes,
          says: isShown ? count.says : Match.Sighting.unshown))
    }
    return body(&self, match)
  }

  /// Whether there cannot be so many items of a kind: where all were kept, those there are are all.
  private func asksForMore(than least: Double, _ kind: ItemKind) -> Bool {
    facts.keptAllBoots && Double(facts.items(of: kind).count) < least
  }

  private struct Group {
    var items: [Int]
    /// The items, and those that were not kept because they were like their neighbours.
    var total: Int
  }

  private func groups(of indices: [Int], _ count: Count) -> [Group] {
    guard let same = count.same else { return runs(of: indices, count) }
    var byValue: [FactValue: [Int]] = [:]
    for index in indices {
      guard let value = facts.value(same, of: facts.items[index]) else { continue }
      byValue[value, default: []].append(index)
    }
    return byValue.values.flatMap { runs(of: $0, count) }
  }

  private func runs(of indices: [Int], _ count: Count) -> [Group] {
    switch count.grouping {
    case .anywhere:
      return [Group(items: indices, total: indices.reduce(0) { $0 + 1 + unkept(like: $1) })]
    case .consecutiveBoots:
      var groups: [Group] = []
      var lastPlace: Int?
      for index in indices {
        let place = facts.items[index].bootPlace
        if let lastPlace, place == lastPlace, !groups.isEmpty {
          groups[groups.count - 1].items.append(index)
          continue
        }
        if let lastPlace, place == lastPlace + 1, !groups.isEmpty {
          groups[groups.count - 1].items.append(index)
          groups[groups.count - 1].total += 1 + unkept(like: index)
        } else {
          groups.append(Group(items: [index], total: 1 + unkept(like: index)))
        }
        lastPlace = place
      }
      return groups
    }
  }

  /// Boots like this one that were counted and not kept; their crashes went with them.
  private func unkept(like index: Int) -> Int {
    let item = facts.items[index]
    switch item.kind {
    case .boot, .crash: return facts.boot(of: item)?.repeats ?? 0
    case .update, .notice, .log, .node: return 0
    }
  }
}

extension Match.Sighting {
  /// Marks an item that belongs to the match and is not shown.
  static let unshown = "\u{0}unshown"
}
