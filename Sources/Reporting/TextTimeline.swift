import Analysis
import BootTimeline
import DeviceEvents
import LineReading

// The story of a log: its boots, updates and crashes.

extension TextPage {
  mutating func updates(of timeline: Timeline) {
    guard !timeline.updates.isEmpty else { return }
    section("Updates")
    for (update, gap) in Excerpt.of(timeline.updates, first: 3, last: 5) {
      if let gap { line(Span(own: "  … \(Quantity.counted(gap, "more update")) …", .faint)) }
      line(
        Span(own: "  line \(update.firstLine.number)  ", .faint),
        Span("boot \(update.boot)  \(update.from ?? "?") → \(update.target ?? "?")  "),
        Span(size(of: update)),
        Span(own: update.outcome.rawValue.spoken, .strong))
    }
  }

  private func size(of update: Update) -> String {
    switch (update.receivedBytes, update.expectedBytes) {
    case (let received?, let expected?) where received != expected:
      "\(Quantity.grouped(received)) of \(Quantity.grouped(expected)) bytes  "
    case (let bytes?, _), (nil, let bytes?): "\(Quantity.grouped(bytes)) bytes  "
    case (nil, nil): ""
    }
  }

  mutating func crashes(of report: Report) {
    let timeline = report.timeline
    guard !timeline.crashes.isEmpty else { return }
    section("Crashes")
    let groups = CrashGroup.groups(of: timeline.crashes)
    for (group, gap) in Excerpt.of(groups, first: 4, last: 2) {
      if let gap { line(Span(own: "  … \(Quantity.counted(gap, "more crash")) …", .faint)) }
      crash(group)
      calls(of: group.first, report)
    }
    if timeline.elided.crashes > 0 {
      let count = Quantity.counted(timeline.elided.crashes, "more crash")
      line(Span(own: "  \(count) like these not shown", .faint))
    }
  }

  private mutating func crash(_ group: CrashGroup) {
    let crash = group.first
    let times = group.count > 1 ? "  ×\(Quantity.grouped(group.count)) at the same place" : ""
    let kind = crash.kind.rawValue.spoken + (crash.isFatal ? "" : " (went on)")
    let slot = crash.slot.map { " in \($0)" } ?? ""
    let place = "  line \(crash.firstLine.number)  "
    line(
      Span(own: place, .faint), Span(own: kind, .strong),
      Span(crash.reason.map { ": " + $0 } ?? ""))
    var facts = ["boot \(crash.boot)\(slot)"]
    if let core = crash.core { facts.append("core \(core)") }
    if let task = crash.task { facts.append("task \(task)") }
    if let task = crash.watchedTask { facts.append("starved: \(task)") }
    if let pc = crash.pc { facts.append("pc \(Hexadecimal.address(pc))") }
    if let address = crash.faultAddress {
      facts.append("fault address \(Hexadecimal.address(address))")
    }
    paragraph(Span(facts.joined(separator: ", ") + times), indent: place.count)
  }

  /// The calls with their names where an ELF knows any, else the addresses.
  private mutating func calls(of crash: Crash, _ report: Report) {
    let indent = "  line \(crash.firstLine.number)  ".count
    if let decoded = report.decodedCrashes[crash.firstLine.number] {
      calls(of: decoded, crash, indent: indent)
    } else if let backtrace = crash.backtrace, !backtrace.frames.isEmpty {
      let margin = String(repeating: " ", count: indent)
      line(Span(own: margin + "backtrace " + frames(of: backtrace, room: columns - indent)))
    }
  }

  private func frames(of backtrace: Backtrace, room: Int) -> String {
    let fitting = max((room - "backtrace  … corrupted".count) / 11, 1)
    var shown = backtrace.frames.prefix(fitting).map { Hexadecimal.address($0.pc) }
    if backtrace.frames.count > fitting || backtrace.ending == .continues { shown.append("…") }
    if backtrace.ending == .corrupted { shown.append("corrupted") }
    return shown.joined(separator: " ")
  }
}

/// Crashes of one signature.
struct CrashGroup {
  let first: Crash
  var count = 1

  static func groups(of crashes: [Crash]) -> [CrashGroup] {
    var groups: [CrashGroup] = []
    var places: [String: Int] = [:]
    for crash in crashes {
      if let place = places[crash.signature], !crash.signature.isEmpty {
        groups[place].count += 1
      } else {
        places[crash.signature] = groups.count
        groups.append(CrashGroup(first: crash))
      }
    }
    return groups
  }
}

/// The beginning and the end of a long list.
enum Excerpt {
  /// The elements to show, each with the number of elements left out before it.
  static func of<Element>(_ all: [Element], first: Int, last: Int) -> [(Element, gap: Int?)] {
    // Leaving out a single element saves nothing: the line that says so takes its place.
    guard all.count > first + last + 1 else { return all.map { ($0, nil) } }
    let gap = all.count - first - last
    return all.prefix(first).map { ($0, nil) }
      + all.suffix(last).enumerated().map { ($1, $0 == 0 ? gap : nil) }
  }
}

extension String {
  /// A public name in words, `rolled back`.
  var spoken: String { String(map { $0 == "_" ? " " : $0 }) }
}
