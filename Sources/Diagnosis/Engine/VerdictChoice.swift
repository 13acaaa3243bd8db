import BootTimeline

/// Chooses one verdict among the rules that hold.
struct VerdictChoice {
  let facts: FactBase
  /// The answer; nil if no rule with a verdict holds.
  private(set) var winner: Firing?
  /// The others, that stay as findings, the most severe first.
  private(set) var losers: [Firing] = []

  init(among firings: [Firing], facts: FactBase) {
    self.facts = facts
    let reflash = Reflash(in: facts.timeline)
    let answering = firings.filter { $0.prepared.rule.verdict != nil }
    let strange = withoutDoubles(answering.filter { isRefutedOverHTTP($0, among: answering) })
    let ordered = withoutDoubles(answering.filter { !isRefutedOverHTTP($0, among: answering) })
      .sorted(by: Self.isBetter)
    let standing = ordered.filter { firing in
      !isCleared(firing) && !reflash.ends(firing)
        && !ordered.contains { isExplained(firing, by: $0) }
    }
    // Rows may explain in a circle only by accident of the log; then the order alone decides.
    winner = standing.first ?? ordered.first { !reflash.ends($0) } ?? ordered.first
    // That the node is healthy otherwise is no finding.
    let answer = winner
    losers = (ordered + strange).filter { firing in
      firing.prepared.rule.id != answer?.prepared.rule.id
        && VerdictPrecedence.tier(of: firing.verdict) == 2
    }
    // What the answer explains would only be told twice; what a sag led to is worth knowing.
    if let answer {
      losers = losers.filter { firing in
        speaksForHTTPAlone(firing) || !isExplained(firing, by: answer, unless: [.within])
      }
    }
  }

  /// Whether it stands on a log that shows another slot or build than the one that HTTP proves to run: what that log
  /// tells is worth knowing, and no answer about this update.
  private func isRefutedOverHTTP(_ firing: Firing, among firings: [Firing]) -> Bool {
    guard facts.isLogOfAnotherRun, !speaksForHTTPAlone(firing) else { return false }
    return firings.contains { $0.verdict == .otaOK && speaksForHTTPAlone($0) }
  }

  /// Of rules that give the same verdict for the same stretch, the surest stays; of equally sure
  /// ones the one that asks for more. Where a log and HTTP say the same, the log's lines prove it.
  private func withoutDoubles(_ firings: [Firing]) -> [Firing] {
    let sure = firings.sorted(by: Self.isSurer)
    var kept: [Firing] = []
    for firing in sure.filter({ !speaksForHTTPAlone($0) }) + sure.filter(speaksForHTTPAlone) {
      let isDouble = kept.contains { other in
        other.verdict == firing.verdict && Self.spansOverlap(other, firing)
      }
      if !isDouble { kept.append(firing) }
    }
    return kept
  }

  private static func isSurer(_ left: Firing, _ right: Firing) -> Bool {
    if left.confidence != right.confidence { return left.confidence > right.confidence }
    let (leftTests, rightTests) = (left.prepared.testCount, right.prepared.testCount)
    return leftTests != rightTests
      ? leftTests > rightTests : left.prepared.rule.id < right.prepared.rule.id
  }

  /// Critical before error before warning; the update family before the general one; the latest.
  private static func isBetter(_ left: Firing, _ right: Firing) -> Bool {
    let tiers = (
      VerdictPrecedence.tier(of: left.verdict), VerdictPrecedence.tier(of: right.verdict)
    )
    if tiers.0 != tiers.1 { return tiers.0 > tiers.1 }
    if left.severity != right.severity { return left.severity > right.severity }
    if left.verdict.isAboutUpdate != right.verdict.isAboutUpdate {
      return left.verdict.isAboutUpdate
    }
    if left.lastLine != right.lastLine { return left.lastLine > right.lastLine }
    return isSurer(left, right)
  }

  /// A later successful update clears an earlier failed one.
  private func isCleared(_ firing: Firing) -> Bool {
    guard firing.verdict.isAboutUpdate, firing.severity >= .warning else { return false }
    if speaksForHTTPAlone(firing) { return false }
    let own = firing.items.filter { facts.items[$0].kind == .update }.max()
    return facts.timeline.updates.contains { update in
      guard update.outcome == .success, update.content == .app else { return false }
      guard let own else { return update.firstLine.number > firing.lastLine }
      return update.firstLine.number > facts.items[own].line
        && update.firstLine.number > firing.lastLine
    }
  }

  private func isExplained(
    _ firing: Firing, by other: Firing, unless exempt: Set<VerdictPrecedence.Relation> = []
  ) -> Bool {
    if speaksForHTTPAlone(firing) != speaksForHTTPAlone(other) {
      return speaksForHTTPAlone(firing)
        && VerdictPrecedence.aLog(saying: other.verdict, explainsOverHTTP: firing.verdict)
    }
    return VerdictPrecedence.rows.contains { row in
      !exempt.contains(row.relation) && row.explaining.contains(other.verdict)
        && row.explained.contains(firing.verdict)
        && holds(row.relation, explaining: other, explained: firing)
    }
  }

  private func holds(
    _ relation: VerdictPrecedence.Relation, explaining: Firing, explained: Firing
  ) -> Bool {
    switch relation {
    case .always: return true
    case .overlapping:
      return overlap(explaining, explained)
        || !updates(of: explaining).isDisjoint(with: updates(of: explained))
    case .within:
      guard let span = explained.span, let other = explaining.span else { return false }
      return span.overlaps(other) || touchesLastBoot(of: explained, explaining)
    case .sameCrash: return isSameCrash(explaining, explained)
    case .beforeFirstAppLine: return crashesAreEarly(in: explained)
    case .crashesWithoutCode:
      return facts.timeline.crashes.allSatisfy { crash in
        crash.pc == nil && crash.registers.isEmpty && crash.backtrace == nil
      }
    }
  }

  /// Whether it rests on what was seen over HTTP and on no line of a log.
  private func speaksForHTTPAlone(_ firing: Firing) -> Bool {
    !firing.items.isEmpty && firing.items.allSatisfy { facts.items[$0].kind == .node }
  }

  private static func spansOverlap(_ left: Firing, _ right: Firing) -> Bool {
    guard let one = left.span, let other = right.span else { return true }
    return one.overlaps(other)
  }

  /// Whether their stretches share a boot; what nothing in the log shows overlaps everything.
  private func overlap(_ left: Firing, _ right: Firing) -> Bool {
    guard let one = boots(of: left), let other = boots(of: right) else { return true }
    return one.overlaps(other)
  }

  private func boots(of firing: Firing) -> ClosedRange<Int>? {
    let places = firing.items.filter { facts.items[$0].kind != .node }
      .map { facts.items[$0].bootPlace }
    guard let first = places.min(), let last = places.max() else { return nil }
    return first...last
  }

  private func updates(of firing: Firing) -> Set<Int> {
    firing.items.filter { facts.items[$0].kind == .update }
  }

  private func crashes(of firing: Firing) -> Set<Int> {
    firing.items.filter { facts.items[$0].kind == .crash }
  }

  /// The boots in which what a firing tells happened. A boot that is named for its reset reason
  /// tells how the boot before it ended.
  private func scenes(of firing: Firing) -> Set<Int> {
    let crashes = crashes(of: firing)
    if !crashes.isEmpty { return Set(crashes.map { facts.items[$0].bootPlace }) }
    return Set(
      firing.items.filter { facts.items[$0].kind == .boot }.map { facts.items[$0].bootPlace - 1 })
  }

  private func isSameCrash(_ left: Firing, _ right: Firing) -> Bool {
    let (ours, theirs) = (crashes(of: left), crashes(of: right))
    if !ours.isEmpty, !theirs.isEmpty { return !ours.isDisjoint(with: theirs) }
    return !scenes(of: left).isDisjoint(with: scenes(of: right))
  }

  private func touchesLastBoot(of firing: Firing, _ other: Firing) -> Bool {
    guard let last = firing.items.map({ facts.items[$0].bootPlace }).max() else { return false }
    return other.items.contains { [last, last - 1].contains(facts.items[$0].bootPlace) }
  }

  private func crashesAreEarly(in firing: Firing) -> Bool {
    crashes(of: firing).allSatisfy { index in
      let crash = facts.timeline.crashes[facts.items[index].index]
      return !crash.afterFirstAppLine
    }
  }
}

extension Firing {
  /// The verdict; only asked of rules that have one.
  var verdict: VerdictID { prepared.rule.verdict ?? .inconclusive }
}
