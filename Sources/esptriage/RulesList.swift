import ArgumentParser
import Diagnosis

/// `esptriage rules list`
struct RulesList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the rules, one a line.",
    discussion: "The columns: id, verdict (or 'finding'), title; separated by tabs for a pipe.")

  @OptionGroup var options: RuleOptions

  func run() throws {
    let rules = try options.library().rules.rules
    let rows = rules.map { ($0.id, $0.verdict?.rawValue ?? "finding", $0.title) }
    let widths = (
      rows.map(\.0.utf8.count).max() ?? 0, rows.map(\.1.utf8.count).max() ?? 0
    )
    var output = StandardOutput()
    for (id, verdict, title) in rows {
      let line =
        Terminal.isOutput
        ? "\(padded(id, widths.0))  \(padded(verdict, widths.1))  \(title)"
        : "\(id)\t\(verdict)\t\(title)"
      try output.write(TextOfName.shown(line, keeping: "\t") + "\n")
    }
    try output.flush()
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}
