import DeviceEvents
import Foundation
import Testing

@testable import Reporting

@Suite("The JSON Schema")
struct JSONSchemaTests {
  /// Checks documents with the `jsonschema` package of Python, the judge that users have as well.
  ///
  /// A machine without it fails the test: a schema that nobody checked is worse than a red line.
  static func errors(of documents: [String]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let schema = folder.appending(path: "schema.json")
    let lines = folder.appending(path: "reports.jsonl")
    try Data(JSONSchema.text.utf8).write(to: schema)
    try Data(documents.joined(separator: "\n").utf8).write(to: lines)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, schema.path, lines.path]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said)")
    return said
  }

  static let script = """
    import json, sys
    from jsonschema import Draft202012Validator
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for number, line in enumerate(open(sys.argv[2], encoding="utf-8"), 1):
        for error in validator.iter_errors(json.loads(line)):
            print(number, error.json_path, error.message[:200])
    """

  @Test("accepts every report")
  func accepts() throws {
    var wide = SampleReports.newImagePanic
    wide.inputProblems = ["cut short"]
    wide.timeline.elided.boots = 3
    wide.timeline.boots[0].repeats = 4
    wide.timeline.boots[0].resetReason = nil
    wide.timeline.boots[0].resetReasonSource = nil
    wide.timeline.crashes[0].otherCores = [.init(core: 1), .init(core: nil)]
    let reports =
      [SampleReports.healthy, SampleReports.newImagePanic, wide]
      + HostileTextTests.hostile.map { SampleReports.saying($0) }
    #expect(try Self.errors(of: reports.map { JSONReport($0, reasoning: .shown).text }) == "")
  }

  @Test("refuses keys it does not know, and verdicts that do not exist")
  func refuses() throws {
    let text = JSONReport(SampleReports.healthy).text
    let said = try Self.errors(of: [
      text.replacing(#""lines":40"#, with: #""lines":40, "surprise":1"#),
      text.replacing(#""id":"healthy""#, with: #""id":"fine""#),
    ])
    #expect(said.contains("1 $ "))
    #expect(said.contains("2 $.verdict.id"))
  }
}
