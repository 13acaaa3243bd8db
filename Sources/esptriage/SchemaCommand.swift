import ArgumentParser
import Reporting

/// `esptriage schema`
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints the JSON Schema of 'diagnose --format json'.",
    discussion: """
      EXAMPLE
        esptriage schema > esptriage.schema.json
      """)

  func run() throws {
    var output = StandardOutput()
    try output.write(JSONSchema.text + "\n")
    try output.flush()
  }
}
