import ArgumentParser
import Reporting

/// `esptriage schema`
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the JSON Schema of what --format json writes.",
    discussion: """
      EXAMPLES
        esptriage schema > esptriage.schema.json
        esptriage schema ports
        esptriage schema deploy > deploy.schema.json
      """)

  /// What can be written as JSON.
  enum Document: String, CaseIterable, ExpressibleByArgument {
    /// What `diagnose`, `watch` and `probe` write.
    case diagnosis
    /// What `ports` writes.
    case ports
    /// What `deploy` writes.
    case deploy
  }

  @Argument(help: "What of: a diagnosis (of diagnose, watch and probe), ports, or deploy.")
  var document = Document.diagnosis

  func run() throws {
    var output = StandardOutput()
    switch document {
    case .diagnosis: try output.write(JSONSchema.text + "\n")
    case .ports: try output.write(PortSchema.text + "\n")
    case .deploy: try output.write(DeploySchema.text + "\n")
    }
    try output.flush()
  }
}
