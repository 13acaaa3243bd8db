import Foundation
import Reporting
import Testing

/// The reports of every sample, word for word.
///
/// `ESPTRIAGE_UPDATE_GOLDENS=1 swift test` writes them anew, and fails, so that somebody looks.
@Suite("Golden reports")
struct GoldenTests {
  static let isUpdating = ProcessInfo.processInfo.environment["ESPTRIAGE_UPDATE_GOLDENS"] == "1"

  @Test("the text report of a sample is the golden one", arguments: Sample.all)
  func text(_ sample: Sample) throws {
    let report = try sample.report()
    try compare(
      TextReport(report, layout: TextLayout(columns: 80)).text, sample, "report.golden.txt")
  }

  @Test("the JSON report of a sample is the golden one", arguments: Sample.all)
  func json(_ sample: Sample) throws {
    let report = try sample.report()
    try compare(JSONReport(report, layout: .indented).text, sample, "report.golden.json")
  }

  @Test("every golden JSON report fits the schema that `esptriage schema` prints")
  func schema() throws {
    let schema = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    defer { try? FileManager.default.removeItem(at: schema) }
    try JSONSchema.text.write(to: schema, atomically: true, encoding: .utf8)
    let script = """
      import json, pathlib, sys
      from jsonschema import Draft202012Validator
      validator = Draft202012Validator(json.load(open(sys.argv[1], encoding="utf-8")))
      goldens = sorted(pathlib.Path(sys.argv[2]).glob("*/report.golden.json"))
      for golden in goldens:
          for error in validator.iter_errors(json.loads(golden.read_text(encoding="utf-8"))):
              print(golden, error.json_path, error.message[:200])
      print(len(goldens), "read")
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, schema.path, Sample.root.path]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(said == "\(Sample.all.count) read\n")
  }

  @Test("no file lies in a sample's folder that nobody reads", arguments: Sample.all)
  func strayFiles(_ sample: Sample) throws {
    let known: Set = [
      "uart.log", "node.json", "expected.json", "report.golden.txt", "report.golden.json",
    ]
    let files = try FileManager.default.contentsOfDirectory(atPath: sample.folder.path)
    #expect(Set(files).subtracting(known).isEmpty)
  }

  private func compare(_ text: String, _ sample: Sample, _ name: String) throws {
    let file = sample.folder.appending(path: name)
    let golden = try? String(contentsOf: file, encoding: .utf8)
    guard Self.isUpdating, golden != text else {
      #expect(
        golden == text, "\(sample.name)/\(name) differs: see how with git diff after an update")
      return
    }
    try text.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("\(sample.name)/\(name) was rewritten: look at it, then run the tests again")
  }
}
