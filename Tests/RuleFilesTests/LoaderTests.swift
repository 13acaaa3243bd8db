import Diagnosis
import Foundation
import Testing

@testable import RuleFiles

@Suite("Loading rules")
struct LoaderTests {
  /// The problems of files, with the folder's own path taken off.
  private func problems(
    _ files: [String: String], layout: RuleFolder.Layout = .free, base: RuleSet? = nil
  ) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("esptriage-rules-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in files {
      let url = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    do {
      _ = try RuleFolder(folder.path, layout: layout).load(over: base)
      return []
    } catch {
      return error.problems.map {
        $0.description.replacingOccurrences(of: folder.path + "/", with: "")
      }
    }
  }

  /// A rule with a `when` and further lines.
  private func rule(_ when: String, _ more: String = "", title: String = "T") -> String {
    "id: r\nverdict: panic\ntitle: \"\(title)\"\nwhy: W\nwhen: \(when)\n\(more)"
  }

  private func problem(_ when: String, _ more: String = "", title: String = "T") throws -> [String]
  {
    try problems(["r.yaml": rule(when, more, title: title)])
  }

  @Test("a good rule has no problems")
  func good() throws {
    #expect(try problem("{ crash: { fatal: true } }") == [])
  }

  @Test(
    "a mistake is reported at its place, with what was probably meant",
    arguments: [
      (
        "{ capure: { bytes: 0 } }",
        "r.yaml:5:9: unknown key 'capure' in a condition - did you mean 'capture'?"
      ),
      (
        "{ crash: { knd: assert } }",
        "r.yaml:5:18: unknown key 'knd' in a crash - did you mean 'kind'?"
      ),
      ("{ crash: { kind: asert } }", "r.yaml:5:24: unknown kind 'asert' - did you mean 'assert'?"),
      ("{ crash: { fatal: maybe } }", "r.yaml:5:25: 'fatal' must be true or false, not 'maybe'"),
      ("{ crash: { core: one } }", "r.yaml:5:24: 'core' must be a number, not 'one'"),
      (
        "{ crash: { slot: { at_least: 1 } } }",
        "r.yaml:5:24: 'slot' is no number and cannot be compared"
      ),
      (
        "{ crash: { slot: $a } }",
        "r.yaml:5:24: '$a' is bound here and never used again - use `known` if any value will do"
      ),
      (
        "{ crash: { slot: { not: $a } } }",
        "r.yaml:5:31: '$a' is not bound here - bind it in an item that comes before"
      ),
      ("{ sequence: { crash: {} } }", "r.yaml:5:19: 'sequence' must be a list, not a map"),
      (
        "{ sequence: [ { crash: {}, boot: {} } ] }",
        "r.yaml:5:21: one item needs exactly one of boot, update, crash, notice, log, node"
      ),
      (
        "{ sequence: [ { crash: {}, next_boot: true } ] }",
        "r.yaml:5:34: 'next_boot' needs a step before it"
      ),
      ("{ crash: {}, boot: {}, as: x }", "r.yaml:5:30: 'as' needs exactly one item beside it"),
      ("{ crash: {}, is: trial }", "r.yaml:5:24: no item is called 'trial' here"),
      ("{ count: { of: { crash: {} } } }", "r.yaml:5:16: 'count' needs 'at_least' or 'at_most'"),
      (
        "{ count: { of: { crash: {} }, at_least: 2, same: signatur } }",
        "r.yaml:5:56: a crash has no attribute 'signatur' - did you mean 'signature'?"
      ),
      (
        "{ context: { rollback: maybe } }",
        "r.yaml:5:30: unknown rollback 'maybe' (one of: on, off, unknown)"
      ),
      (
        "{ log: { tag: main } }",
        "r.yaml:5:14: a line of the application lacks 'message' (a literal that stands anywhere in the message, or with `*` a glob over all of it)"
      ),
      ("{ notice: { kind: flash_empt } }", "r.yaml:5:25: unknown kind 'flash_empt'"),
      ("[ crash ]", "r.yaml:5:7: a condition must be a map with keys, not a list"),
    ])
  func mistakes(when: String, expected: String) throws {
    #expect(try problem(when) == [expected])
  }

  @Test("two letters swapped are one slip, so that short words are found too")
  func swaps() throws {
    #expect(
      try problems(["r.yaml": "id: r\ntitle: T\nwhy: W\nseverity: info\nwhne: {}\n"]).contains(
        "r.yaml:5:1: unknown key 'whne' in a rule - did you mean 'when'?"))
    #expect(
      try problem("{ crash: { taks: main } }") == [
        "r.yaml:5:18: unknown key 'taks' in a crash - did you mean 'task'?"
      ])
    #expect(Spelling.distance("dignose", "diagnose") == 1)
    #expect(Spelling.distance("", "abc") == 3)
    #expect(Spelling.distance("abcd", "badc") == 2)
  }

  @Test("an unknown verdict leads to its neighbours, or to the list")
  func verdicts() throws {
    func problem(_ verdict: String) throws -> [String] {
      try problems(["r.yaml": rule("{ crash: {} }").replacing(": panic", with: ": " + verdict)])
    }
    #expect(
      try problem("browout") == [
        "r.yaml:2:10: unknown verdict 'browout' - did you mean 'brownout'?"
      ])
    #expect(try problem("loop").first?.contains("'panic_loop'") == true)
    #expect(try problem("ota_panik").first?.contains("'ota_panic_loop'") == true)
    #expect(
      try problem("zzz") == [
        "r.yaml:2:10: unknown verdict 'zzz' - 'esptriage rules list' names the verdicts"
      ])
  }

  @Test("several problems have a total")
  func total() {
    func problem(_ file: String, _ line: Int) -> RuleProblem {
      RuleProblem(file: file, line: line, column: 1, message: "m")
    }
    let several = RuleProblems([problem("a", 1), problem("b", 1), problem("a", 2)])
    #expect(several.description.hasSuffix("\n3 problems in 2 files"))
    #expect(RuleProblems([problem("a", 1)]).description == "a:1:1: m")
  }

  @Test("a single file is read; what does not exist is said in one sentence")
  func singleFile() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("esptriage-\(UUID().uuidString)/r.yaml")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    try rule("{ crash: {} }").write(to: file, atomically: true, encoding: .utf8)
    let folder = RuleFolder(file.path, layout: .free)
    #expect(try folder.loadAlone(beside: .embedded).rules.map(\.id) == ["r"])
    #expect(try folder.load(over: .embedded).rules.count == RuleSet.embedded.rules.count + 1)
    let error = #expect(throws: RuleProblems.self) {
      try RuleFolder("nosuch", layout: .free).load()
    }
    #expect(error?.description == "There is no folder 'nosuch'.")
  }

  @Test(
    "texts may only speak of what is bound",
    arguments: [
      (
        "{crash.pcc}",
        "r.yaml:3:8: '{crash.pcc}': a crash has no attribute 'pcc' - did you mean 'pc'?"
      ),
      ("{boot.slot}", "r.yaml:3:8: '{boot.slot}': no item is called 'boot' - bound here: crash"),
      ("{new}", "r.yaml:3:8: '{new}' names nothing that is bound - bound here: crash.…"),
      ("{count}", "r.yaml:3:8: '{count}' without a 'count' condition"),
      ("{crash.pc", "r.yaml:3:8: '{' without '}' - write '{{' for a brace that is meant as such"),
    ])
  func texts(title: String, expected: String) throws {
    #expect(try problem("{ crash: {} }", title: title) == [expected])
  }

  @Test("what a rule as a whole lacks is reported")
  func rules() throws {
    #expect(
      try problems(["r.yaml": "id: r\ntitle: T\nwhen: { crash: {} }\n"]) == [
        "r.yaml:1:1: a rule lacks 'why' (what it looks for, and why that means what it says)",
        "r.yaml:1:1: a rule without a verdict is a finding and needs a 'severity'",
      ])
    #expect(
      try problems(["s.yaml": rule("{ crash: {} }")]) == [
        "s.yaml:1:5: id 'r' does not match the file name 's.yaml' - name the file 'r.yaml'"
      ])
    #expect(
      try problem("{ crash: {} }", "severity: eror\nverdct: x\n") == [
        "r.yaml:6:11: unknown severity 'eror' (one of: ok, info, warning, error, critical) - did you mean 'error'?",
        "r.yaml:7:1: unknown key 'verdct' in a rule - did you mean 'verdict'?",
      ])
    #expect(
      try problem("{ crash: {} }", "confidence: 1.5\n") == [
        "r.yaml:6:13: 'confidence' must be at most 1"
      ])
  }

  @Test("a built-in rule lies in its family and brings examples")
  func families() throws {
    #expect(
      try problems(["crsh/r.yaml": rule("{ crash: {} }")], layout: .families) == [
        "crsh/r.yaml: a rule lies in a folder of its family: ota, image, crash, watchdog, power, flash, run, notes, node - did you mean 'crash'?",
        "crsh/r.yaml:1:1: the rule lacks 'examples' (samples that prove it)",
      ])
  }

  @Test("a cause must be defined, in whatever file")
  func causes() throws {
    let causes = "- { id: weak_supply, title: T, explains: E, fix: { summary: S } }\n"
    let text = rule("{ crash: {} }", "causes: [ { id: weak_suply, prior: 0.5 } ]\n")
    #expect(
      try problems(["r.yaml": text, "causes.yaml": causes]) == [
        "r.yaml:6:17: cause 'weak_suply' is not in causes.yaml - did you mean 'weak_supply'?"
      ])
  }

  @Test("two files with one id are a problem")
  func doubles() throws {
    let text = rule("{ crash: {} }")
    #expect(
      try problems(["a/r.yaml": text, "b/r.yaml": text]).first?
        .hasPrefix("b/r.yaml:1:5: id 'r' is taken by ") ?? false)
  }

  @Test("broken YAML is reported with its place, and does not hide other files")
  func broken() throws {
    #expect(
      try problems(["a.yaml": "id: a\nwhen: { crash: {} \n", "b.yaml": "id: b\nid: b\n"]) == [
        "a.yaml:3:1: not YAML: did not find expected ',' or '}' (while parsing a flow mapping)",
        "b.yaml:1:1: key 'id' stands twice",
      ])
  }

  @Test("what is missing at the end is missed where the text ends, with or without a line feed")
  func brokenAtTheEnd() throws {
    let message = "not YAML: did not find expected ',' or ']' (while parsing a flow sequence)"
    #expect(
      try problems([
        "a.yaml": "id: a\nreferences: [é", "b.yaml": "id: b\nreferences: [é\n",
        "c.yaml": "id: c\nreferences: [\u{2028}é",
      ]) == ["a.yaml:2:15: \(message)", "b.yaml:3:1: \(message)", "c.yaml:2:16: \(message)"])
  }

  @Test("a rule of the user replaces the built-in one with its id")
  func override() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("esptriage-own-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = "id: panic\nverdict: panic\ntitle: mine\nwhy: W\nwhen: { crash: {} }\n"
    try text.write(
      to: folder.appendingPathComponent("panic.yaml"), atomically: true, encoding: .utf8)
    let set = try RuleFolder(folder.path, layout: .free).load(over: .embedded)
    #expect(set.rule("panic")?.title == "mine")
    #expect(set.rule("panic")?.family == .crash)
    #expect(set.rules.count == RuleSet.embedded.rules.count)
  }
}
