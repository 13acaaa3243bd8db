import Analysis
import BootTimeline
import Diagnosis

/// Many logs at once: which are not healthy, how often each verdict came, and which crashes recur.
///
/// Reports are added one by one; what is kept of each is small, so a fleet's history fits in memory.
public struct SummaryReport {
  private var logs = 0
  private var counts: [VerdictID: (count: Int, severity: Severity)] = [:]
  private var unhealthy: [UnhealthyLog] = []
  private var crashes: [String: RecurringCrash] = [:]

  private struct UnhealthyLog {
    let source: String
    let verdict: VerdictID
    let severity: Severity
    let confidence: Double
    let line: Int?
    let isIncomplete: Bool
  }

  private struct RecurringCrash {
    let kind: CrashKind
    let reason: String
    /// The function that an ELF blames.
    let site: String?
    let place: String
    var logs: Int
    var crashes: Int
  }

  /// A summary of no logs yet.
  public init() {}

  /// Adds one log.
  public mutating func add(_ report: Report) {
    let verdict = report.conclusion.verdict
    logs += 1
    counts[verdict.id, default: (0, verdict.severity)].count += 1
    // One verdict can differ in severity from log to log: the worst decides where it is listed.
    let worst = max(counts[verdict.id]?.severity ?? .ok, verdict.severity)
    counts[verdict.id]?.severity = worst
    if verdict.severity != .ok || !report.inputProblems.isEmpty {
      unhealthy.append(
        UnhealthyLog(
          source: report.source, verdict: verdict.id, severity: verdict.severity,
          confidence: verdict.confidence,
          line: verdict.evidence.lazy.compactMap(\.line).first?.number,
          isIncomplete: !report.inputProblems.isEmpty))
    }
    addCrashes(of: report)
  }

  /// What an ELF names counts once in all builds; what has only addresses, once a build.
  private mutating func addCrashes(of report: Report) {
    var seen: Set<String> = []
    for group in CrashGroup.groups(of: report.timeline.crashes) {
      let crash = group.first
      let decoded = report.decodedCrashes[crash.firstLine.number]
      let signature = [decoded?.signature, crash.signature].compactMap(\.self)
        .first { !$0.isEmpty }
      guard let signature else { continue }
      var known =
        crashes[signature]
        ?? RecurringCrash(
          kind: crash.kind, reason: crash.reason ?? "",
          site: (decoded?.suspect ?? decoded?.site)?.place,
          place: "\(report.source):\(crash.firstLine.number)", logs: 0, crashes: 0)
      if seen.insert(signature).inserted { known.logs += 1 }
      known.crashes += group.count
      crashes[signature] = known
    }
  }

  /// The summary, with a line feed at its end.
  public func text(_ layout: TextLayout) -> String {
    var page = TextPage(layout: layout)
    writeLogs(to: &page)
    writeCounts(to: &page)
    writeCrashes(to: &page)
    return page.text
  }

  /// The worst first; among equals in the order of the inputs.
  private func writeLogs(to page: inout TextPage) {
    guard !unhealthy.isEmpty else { return }
    page.line(.init(own: "Not healthy", .heading))
    let sorted = unhealthy.enumerated().sorted {
      ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
    }
    for (_, log) in sorted {
      let place = log.line.map { ":\($0)" } ?? ""
      page.unbroken(
        .init(own: "  "),
        .init(
          own: TextWidth.padded(log.severity.rawValue, to: 8), .severity(log.severity)),
        .init("  \(log.source)\(place)  "),
        .init(own: log.verdict.rawValue, .strong),
        .init(own: "  \(Confidence.percent(log.confidence))"),
        .init(own: log.isIncomplete ? "  (not read to its end)" : "", .faint))
    }
    page.line(.init(own: "  'esptriage PATH' tells the whole story of one log.", .faint))
    page.blank()
  }

  private func writeCounts(to page: inout TextPage) {
    page.line(.init(own: "Verdicts of \(Quantity.counted(logs, "log"))", .heading))
    let rows = counts.sorted {
      ($1.value.severity, $1.value.count, $0.key.rawValue)
        < ($0.value.severity, $0.value.count, $1.key.rawValue)
    }
    let digits = rows.map { Quantity.grouped($0.value.count).count }.max() ?? 1
    let longest = rows.map { $0.key.rawValue.count }.max() ?? 1
    for (verdict, row) in rows {
      page.line(
        .init(own: "  " + TextWidth.aligned(Quantity.grouped(row.count), to: digits) + "  "),
        .init(own: TextWidth.padded(verdict.rawValue, to: longest) + "  "),
        .init(own: row.severity.rawValue, .severity(row.severity)))
    }
  }

  private func writeCrashes(to page: inout TextPage) {
    guard !crashes.isEmpty else { return }
    page.section("Crashes, grouped")
    let sorted = crashes.sorted {
      ($1.value.logs, $1.value.crashes, $0.key) < ($0.value.logs, $0.value.crashes, $1.key)
    }
    for (signature, crash) in sorted.prefix(20) {
      let reason = crash.reason.isEmpty ? "" : ": " + crash.reason
      page.line(
        .init(
          own: "  \(Quantity.counted(crash.crashes, "crash")) in "
            + "\(Quantity.counted(crash.logs, "log"))  "),
        .init(crash.kind.rawValue.spoken + reason, .strong))
      if let site = crash.site { page.line(.init("      in \(site)")) }
      page.line(.init("      \(signature)", .faint))
      page.line(.init("      first \(crash.place)", .faint))
    }
    let rest = crashes.count - 20
    if rest > 0 { page.line(.init(own: "  … and \(rest) more places", .faint)) }
  }
}
