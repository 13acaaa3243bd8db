import BootTimeline
import DeviceEvents
import LineReading

extension FactBase {
  /// The evidence of a match: each item's line and why it counts, without doubles.
  func evidence(of match: Match) -> [Evidence] {
    var evidence: [Evidence] = []
    // What a rule says of a line makes the plain description of the same line needless.
    let told = Set(
      match.sightings.filter { $0.says != nil && $0.says != Match.Sighting.unshown }
        .compactMap { sighting in
          sighting.item.flatMap { line(of: items[$0], asked: sighting.attributes)?.number }
        })
    for sighting in match.sightings where sighting.says != Match.Sighting.unshown {
      guard let index = sighting.item else {
        if let says = sighting.says { evidence.append(Evidence(line: nil, why: says)) }
        continue
      }
      let item = items[index]
      let why = sighting.says.map { expand($0, match) } ?? description(of: item)
      let first = Evidence(line: line(of: item, asked: sighting.attributes), why: why)
      if sighting.says == nil, let number = first.line?.number, told.contains(number) { continue }
      if !evidence.contains(first) { evidence.append(first) }
      guard item.kind == .crash, let extra = registerEvidence(of: item, sighting.attributes),
        !evidence.contains(where: { $0.line == extra.line })
      else { continue }
      evidence.append(extra)
    }
    return evidence
  }

  /// A text of a rule with its `{…}` filled in; what is not known reads "unknown", or as the rule says.
  func expand(_ text: String, _ match: Match) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var expanded = ""
    for piece in Interpolation.pieces(of: text) {
      switch piece {
      case .literal(let literal): expanded += literal
      case .unclosed: expanded += "{"
      case .name("count"): expanded += match.count.map(String.init) ?? "unknown"
      case .name(let name): expanded += match.names[name]?.spelled ?? "unknown"
      case .attribute(let alias, let name, let otherwise):
        expanded += spelled(alias, name, match) ?? otherwise ?? "unknown"
      }
    }
    return expanded
  }

  private func spelled(_ alias: String, _ name: String, _ match: Match) -> String? {
    guard let index = match.aliases[alias] else { return nil }
    let item = items[index]
    guard let attribute = Attribute.named(name, of: item.kind) else { return nil }
    let value = value(attribute, of: item)?.spelled
    // Sentences name a chip as Espressif does.
    guard case .boot(.chip) = attribute else { return value }
    return value.map { Chip(rawValue: $0)?.title ?? $0 }
  }

  /// The line of an item that shows best what was asked for; its first line otherwise.
  private func line(of item: Item, asked attributes: [Attribute]) -> LineReference? {
    for attribute in attributes {
      switch attribute {
      case .boot(let attribute):
        if let line = line(of: attribute, ofBoot: item.index) { return line }
      case .update(let attribute):
        if let line = line(of: attribute, ofUpdate: item.index) { return line }
      case .crash, .notice, .log, .capture, .node: continue
      }
    }
    switch item.kind {
    case .boot:
      // The reset line tells how the boot began; the banner before it is the same for every one.
      let boot = timeline.boots[item.index]
      return boot.romResetLine ?? boot.firstLine
    case .crash: return timeline.crashes[item.index].firstLine
    case .update: return timeline.updates[item.index].firstLine
    case .notice: return timeline.notices[item.index].line
    case .log: return timeline.watched[item.index].line
    case .node: return nil
    }
  }

  private func registerEvidence(of item: Item, _ attributes: [Attribute]) -> Evidence? {
    for case .crash(let attribute) in attributes {
      guard let line = line(of: attribute, ofCrash: item.index) else { continue }
      let crash = timeline.crashes[item.index]
      switch attribute {
      case .backtraceCorrupted, .calls, .site, .suspect, .suspectFunction, .taskEntry, .decoded:
        return Evidence(line: line, why: "the backtrace")
      case .faultAddress, .faultClass, .faultPlace:
        return crash.faultAddress.map {
          Evidence(line: line, why: "the address accessed: \(hexadecimal($0))")
        }
      case .pc, .pcClass, .pcPlace, .imageEndsAboveLastPage:
        return crash.pc.map { Evidence(line: line, why: "PC \(hexadecimal($0))") }
      case .registerPoison, .inBootloader: return Evidence(line: line, why: "the registers")
      case .kind, .fatal, .ranOn, .beginningKnown, .reason, .core, .task, .watchedTask, .slot,
        .boot, .stage,
        .afterFirstAppLine, .updatePhase, .inUpdate, .signature, .nested, .elf, .coreDump,
        .errorName, .errorNumber, .assertionExpression, .assertionFunction, .assertionFile,
        .heapDamage, .message, .memoryDump, .elfMatchesSlot, .repeats, .spInBounds:
        continue
      }
    }
    return nil
  }

  /// What an item is, for evidence that a rule says nothing about.
  func description(of item: Item) -> String {
    switch item.kind {
    case .boot:
      let boot = timeline.boots[item.index]
      if boot.waitsForDownload { return "the ROM waits for a download" }
      let facts = [boot.resetReason?.rawValue, boot.slot].compactMap(\.self)
      let told = facts.isEmpty ? "" : " (" + facts.joined(separator: ", ") + ")"
      return boot.beganInLog ? "boot \(boot.index) begins\(told)" : "the log begins mid-run\(told)"
    case .crash:
      let crash = timeline.crashes[item.index]
      let reason = crash.reason.map { ": \($0)" } ?? ""
      return (crash.isFatal ? "a crash" : "a report that stopped nothing")
        + " (\(crash.kind.rawValue)\(reason))"
    case .update:
      let update = timeline.updates[item.index]
      return "an update of \(update.target ?? "an unnamed partition") (\(update.outcome.rawValue))"
    case .notice: return timeline.notices[item.index].notice.kind.words
    case .log: return "the application says so"
    case .node: return nodeDescription
    }
  }
}

extension NoticeKind {
  /// The kind's name as words.
  fileprivate var words: String { rawValue.split(separator: "_").joined(separator: " ") }
}
