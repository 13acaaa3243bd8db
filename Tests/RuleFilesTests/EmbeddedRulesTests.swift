import Diagnosis
import Foundation
import Testing

@testable import RuleFiles

@Suite("The project's own rules")
struct EmbeddedRulesTests {
  private static let project = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private func loaded() throws -> RuleSet {
    try RuleFolder(Self.project + "/rules", layout: .families).load()
  }

  @Test("the embedded rules are the rules of the folder")
  func embedded() throws {
    let loaded = try loaded()
    #expect(loaded.rules.map(\.id) == RuleSet.embedded.rules.map(\.id))
    for rule in loaded.rules {
      #expect(RuleSet.embedded.rule(rule.id) == rule, "\(rule.id) is stale")
    }
    #expect(loaded.causes == RuleSet.embedded.causes)
  }

  @Test("every generated file is fresh")
  func fresh() throws {
    for (path, content) in GeneratedFiles(rules: try loaded()).files {
      let old = try String(contentsOfFile: Self.project + "/" + path, encoding: .utf8)
      #expect(old == content, "\(path) is stale: run 'swift run esptriage-dev generate'")
    }
  }

  @Test("every rule can be explained")
  func explained() throws {
    let set = RuleSet.embedded
    for rule in set.rules {
      let text = try #require(RuleExplanation(rules: set).text(for: rule.id))
      #expect(text.contains(rule.why))
      for cause in rule.causes { #expect(text.contains(cause.id)) }
    }
  }

  @Test("the schemas are JSON")
  func schemas() throws {
    for schema in [JSONSchema.ruleSchema, JSONSchema.causesSchema] {
      let object = try JSONSerialization.jsonObject(with: Data(schema.utf8))
      #expect((object as? [String: Any])?["$defs"] != nil)
    }
  }
}
