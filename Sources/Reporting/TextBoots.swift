import BootTimeline
import DeviceEvents
import LineReading

extension TextPage {
  /// One row a boot, and the way through the slots below.
  mutating func boots(of timeline: Timeline) {
    guard !timeline.boots.isEmpty else { return }
    section("Boots")
    let rows = timeline.boots.map(BootRow.init)
    let shown = Excerpt.of(rows, first: 4, last: 7)
    let widths = BootRow.widths(of: shown.map(\.0))
    line(BootRow.titles.spans(widths).map { Span(own: $0.text, .faint) })
    for (row, gap) in shown {
      if let gap { line(Span(own: "  … \(Quantity.counted(gap, "more boot")) …", .faint)) }
      line(row.spans(widths))
    }
    if timeline.elided.boots > 0 {
      let count = Quantity.counted(timeline.elided.boots, "boot")
      line(Span(own: "  \(count) like these not kept", .faint))
    }
    if let path = slotPath(timeline.boots) {
      paragraph(Span(path), indent: 9, first: [Span(own: "  Slots  ", .faint)])
    }
  }

  /// `ota_0 → ota_1 ×2 → ota_0`; nil where no slot is known.
  private func slotPath(_ boots: [Boot]) -> String? {
    var runs: [(slot: String, count: Int)] = []
    for boot in boots {
      let slot = boot.slot ?? "?"
      if let last = runs.last, last.slot == slot {
        runs[runs.count - 1].count += 1 + boot.repeats
      } else {
        runs.append((slot, 1 + boot.repeats))
      }
    }
    guard runs.contains(where: { $0.slot != "?" }) else { return nil }
    let names = Excerpt.of(runs, first: 4, last: 4).map { run, gap in
      let name = run.count > 1 ? "\(run.slot) ×\(run.count)" : run.slot
      return gap == nil ? name : "… → " + name
    }
    return names.joined(separator: " → ")
  }
}

/// A boot in words.
private struct BootRow {
  let cells: [String]

  static let titles = BootRow(cells: ["#", "line", "reset", "slot", "app", "ended by"])

  private init(cells: [String]) { self.cells = cells }

  init(_ boot: Boot) {
    cells = [
      "\(boot.index)", "\(boot.firstLine.number)", Self.reset(of: boot), Self.slot(of: boot),
      Self.app(of: boot), Self.ending(of: boot),
    ].map { HostileText.shown($0) }
  }

  static func widths(of rows: [BootRow]) -> [Int] {
    titles.cells.indices.map { column in
      let widest = ([titles] + rows).map { TextWidth.columns($0.cells[column]) }.max() ?? 0
      return min(widest, 24)
    }
  }

  func spans(_ widths: [Int]) -> [TextPage.Span] {
    cells.enumerated().map { column, cell in
      let cell = column < cells.count - 1 ? TextWidth.cut(cell, to: widths[column]) : cell
      let filled =
        column < 2
        ? TextWidth.aligned(cell, to: widths[column]) : TextWidth.padded(cell, to: widths[column])
      return TextPage.Span(own: (column == 0 ? "  " : "") + filled + "  ")
    }
  }

  private static func reset(of boot: Boot) -> String {
    if let reason = boot.resetReason {
      let witness = boot.resetReasonSource.map { " (\($0.rawValue))" } ?? ""
      return reason.rawValue + witness
    }
    if let reset = boot.romReset {
      return "rst:0x\(String(reset.code, radix: 16)) \(reset.name)"
    }
    return boot.beganInLog ? "?" : "before this log"
  }

  private static func slot(of boot: Boot) -> String {
    guard let slot = boot.slot else { return "?" }
    return slot + (boot.slotSource.map { " (\($0.rawValue))" } ?? "")
  }

  private static func app(of boot: Boot) -> String {
    if let version = boot.app.version { return version }
    if let hash = boot.app.elfSHA256 { return String(hash.prefix(9)) }
    switch boot.stage {
    case .rom: return "ROM only"
    case .bootloader: return "not reached"
    case .startup: return "start-up only"
    case .application: return "?"
    }
  }

  private static func ending(of boot: Boot) -> String {
    // What the next boot tells about this end stands in the next boot's lines.
    let lastLine = boot.firstLine.number + boot.lineCount - 1
    let line =
      boot.endingLine.flatMap { $0.number <= lastLine ? ", line \($0.number)" : nil } ?? ""
    let repeats = boot.repeats > 0 ? "  (×\(Quantity.grouped(boot.repeats + 1)))" : ""
    return boot.ending.rawValue.spoken + line + repeats
  }
}
