import Diagnosis

/// Turns `causes.yaml` into cause definitions.
struct CauseDecoder {
  var reader: NodeReader

  init(file: String) { reader = NodeReader(file: file) }

  /// The causes in the order of the file; `reader.problems` has what is wrong.
  mutating func causes(from node: Node) -> [CauseDefinition] {
    guard let entries = reader.list(node, of: "causes.yaml") else { return [] }
    var seen: Set<String> = []
    var causes: [CauseDefinition] = []
    for entry in entries {
      guard let fields = reader.fields(of: entry, as: .causeDefinition) else { continue }
      guard let cause = cause(from: fields) else { continue }
      if cause.id == "unknown" {
        reader.report("'unknown' is what remains, and no cause", at: fields["id"])
      }
      guard seen.insert(cause.id).inserted else {
        reader.report("cause '\(cause.id)' is defined twice", at: fields["id"])
        continue
      }
      causes.append(cause)
    }
    return causes
  }

  private mutating func cause(from fields: Fields) -> CauseDefinition? {
    let id = reader.text(fields["id"], of: "id")
    let title = reader.text(fields["title"], of: "title")
    let explains = reader.text(fields["explains"], of: "explains")
    let fix = fields["fix"].flatMap { self.fix($0) }
    let references = reader.texts(fields["references"], of: "references")
    guard let id, let title, let explains, let fix else { return nil }
    return CauseDefinition(
      id: id, title: title, explains: explains, fix: fix, references: references)
  }

  private mutating func fix(_ node: Node) -> Fix? {
    guard let fields = reader.fields(of: node, as: .fix) else { return nil }
    let summary = reader.text(fields["summary"], of: "summary")
    var steps: [String] = []
    for entry in reader.list(fields["steps"], of: "steps") ?? [] {
      if let step = step(entry) { steps.append(step) }
    }
    let commands = reader.texts(fields["commands"], of: "commands")
    return summary.map { Fix(summary: $0, steps: steps, commands: commands) }
  }

  private mutating func step(_ node: Node) -> String? {
    guard node.mapping != nil else { return reader.text(node, of: "steps") }
    guard let fields = reader.fields(of: node, as: .fixStep) else { return nil }
    let action = reader.text(fields["do"], of: "do")
    let check = reader.text(fields["check"], of: "check")
    guard let action, let check else { return nil }
    return "\(action) Check: \(check)"
  }
}
