import Diagnosis
import Foundation
import Testing

@testable import RuleFiles

@Suite("Examples of rules")
struct ExampleTests {
  private let text = Array("I (1) main: a\nplain\n\nlast".utf8)

  @Test("variants keep every line's text")
  func variants() {
    for variant in SampleVariant.allCases {
      let out = String(decoding: variant.disturb(text), as: UTF8.self)
      #expect(out.contains("I (1) main: a") && out.contains("plain"), "\(variant)")
      #expect(!out.hasSuffix("\n"))
    }
    #expect(
      SampleVariant.carriageReturns.disturb(text)
        == Array("I (1) main: a\r\nplain\r\n\r\nlast\r".utf8))
    #expect(
      SampleVariant.colours.disturb(text)
        == Array("\u{1b}[0;32mI (1) main: a\u{1b}[0m\nplain\n\nlast".utf8))
  }

  @Test("an example is right when the rule fires as it says, in each variant")
  func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("esptriage-samples-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let sample = folder.appendingPathComponent("one")
    try FileManager.default.createDirectory(at: sample, withIntermediateDirectories: true)
    try "boot\n".write(
      to: sample.appendingPathComponent("uart.log"), atomically: true, encoding: .utf8)
    try #"{"arguments": ["--rollback", "on"]}"#.write(
      to: sample.appendingPathComponent("expected.json"), atomically: true, encoding: .utf8)
    var rule = Rule(
      id: "r", family: .custom, verdict: .panic, severity: nil, title: "t", why: "w",
      when: .any([]), confidence: 1)
    rule.examples = Rule.Examples(fires: ["one"], silent: ["missing"])
    let nothing = conclude(.init(), context: Context(), rules: RuleSet(rules: [], causes: []))
    let results = RuleExamples.run([rule], samplesDirectory: folder.path) { input in
      #expect(input.context.rollback == .on)
      return RuleExamples.Outcome(
        conclusion: nothing, firedRules: input.chunkSize == 7 ? [] : ["r"])
    }
    #expect(results.count == SampleVariant.allCases.count + 1)
    #expect(results.filter { !$0.isRight }.map(\.variant) == [.asIs, .sevenBytes])
    let missing = try #require(results.first { $0.example == "missing" })
    #expect(missing.got == nil)
    #expect(
      missing.description == "r: missing: not tested: there is no folder \(folder.path)/missing")
  }
}
