import NodeHTTP
import Reporting

/// The result of a deployment for people.
struct DeployTable {
  let record: DeployRecord
  let columns: Int
  let colouring: TextLayout.Colouring
  let naming: DeployNaming
  let statePath: String

  /// One line a node, then what to do about those that are not confirmed.
  var text: String {
    var rows = rows(detail: .slotAndBuild)
    if width(rows) > columns { rows = self.rows(detail: .slotAndVersion) }
    let widths = widths(rows)
    var text = line(Self.head, widths) + "\n"
    for (node, row) in zip(record.nodes, rows) {
      text += inked(line(row, widths), node.step) + "\n"
    }
    for (index, node) in record.nodes.enumerated() where !node.step.isGood {
      guard let judgement = node.judgement else { continue }
      text += "\n\(naming.name(of: node, index))  \(judgement.verdict)\n"
      text += paragraph(judgement.why)
      if !judgement.next.isEmpty { text += paragraph("→ " + judgement.next) }
    }
    return text + "\n" + paragraph(summary, indent: "")
  }

  private var readers: Privacy { naming.readers }

  private static let head = ["node", "before", "after", "result", "verdict"]

  /// How much is said of what runs on a node: a narrow screen has no room for build times.
  private enum Detail { case slotAndBuild, slotAndVersion }

  private func rows(detail: Detail) -> [[String]] {
    record.nodes.enumerated().map { index, node in
      [
        naming.name(of: node, index), Self.short(node.before, detail),
        Self.short(node.after, detail),
        Self.words(node.step), node.judgement?.verdict ?? "",
      ].map(readers.safe)
    }
  }

  private func widths(_ rows: [[String]]) -> [Int] {
    Self.head.indices.map { column in
      ([Self.head] + rows).map { TextWidth.columns($0[column]) }.max() ?? 0
    }
  }

  private func width(_ rows: [[String]]) -> Int {
    widths(rows).reduce(0, +) + 2 * (Self.head.count - 1)
  }

  /// All in a sentence or two.
  var summary: String {
    let good = record.nodes.count { $0.step.isGood }
    let count = record.nodes.count
    var text =
      good == count
      ? (count == 1 ? "The node is confirmed." : "All \(count) nodes confirmed.")
      : "\(good) of \(count) \(count == 1 ? "node" : "nodes") confirmed."
    switch record.condition {
    case .running, .finished: break
    case .paused where record.stage == record.stages.percents.count - 1 && record.beyondPlan > 0:
      text += " The plan ends at \(record.stages.text.split(separator: ",").last ?? ""): "
      text +=
        "\(record.beyondPlan == 1 ? "1 node was left as it is" : "\(record.beyondPlan) nodes were left as they are"). "
      text += "Go on with --stage \(record.stages.text),100%."
    case .paused:
      text += " Paused: the same command goes on, without sending to a confirmed node again "
      text += "(state: \(HostileText.shown(statePath)))."
    case .stopped:
      text += " Stopped: \(HostileText.shown(record.reason ?? "too many failures")). "
      text += "--continue goes on in spite of it, --restart begins anew."
    }
    if record.nodes.contains(where: { $0.step == .confirmed }) {
      let rhythm = DeploySettings()
      let seconds = rhythm.provingInterval * (rhythm.provingReads - 1) / .seconds(1)
      text +=
        " Confirmed are those that \(rhythm.provingReads) reads over \(Int(seconds)) s showed with "
      text += "the new build; one that panics every minute needs 'esptriage probe NODE --watch 5m'."
    }
    return text
  }

  static func words(_ step: NodeStep) -> String {
    switch step {
    case .pending: "not begun"
    case .sending: "cut off while sending"
    case .sent: "sent, not proven"
    case .confirmed: "confirmed"
    case .upToDate: "up to date"
    case .unreachable: "unreachable"
    case .refused: "refused"
    case .failed: "NOT CONFIRMED"
    }
  }

  private static func short(_ status: NodeStatus?, _ detail: Detail) -> String {
    guard let status else { return "-" }
    var words = [status.runningPartition, status.version]
    switch detail {
    case .slotAndBuild: words.append(status.build?.description)
    // Something has to name it.
    case .slotAndVersion: if status.version == nil { words.append(status.build?.description) }
    }
    return words.compactMap { $0.map { String($0.prefix(40)) } }.joined(separator: " ")
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = zip(cells, widths).map { TextWidth.padded($0, to: $1) }.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }

  private func inked(_ line: String, _ step: NodeStep) -> String {
    guard colouring == .ansi else { return line }
    let code =
      switch step {
      case .confirmed, .upToDate: "32"
      case .pending, .sending, .sent: "33"
      case .unreachable, .refused, .failed: "31"
      }
    return "\u{1b}[\(code)m" + line + "\u{1b}[0m"
  }

  private func paragraph(_ text: String, indent: String = "  ") -> String {
    TextWidth.wrapped(readers.safe(text), to: columns - indent.count)
      .map { indent + $0 + "\n" }.joined()
  }
}
