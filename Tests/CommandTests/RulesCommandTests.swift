import Foundation
import Testing

@Suite("esptriage rules and schema")
struct RulesCommandTests {
  let program: BuiltProgram

  init() throws { program = try BuiltProgram() }

  @Test("list names the rules, show and explain tell of each")
  func list() throws {
    let list = try program.run("rules", "list")
    #expect(list.status == 0)
    let first = try #require(list.lines.first?.split(separator: "\t").first)
    #expect(list.lines.allSatisfy { $0.split(separator: "\t").count == 3 })
    let shown = try program.run("rules", "show", String(first))
    #expect(shown.output.contains(first))
    let explained = try program.run("rules", "explain", String(first))
    #expect(explained.status == 0)
    #expect(explained.output.count > 40)
  }

  @Test("an unknown rule ends with 2 and says where the names are")
  func unknown() throws {
    let run = try program.run("rules", "explain", "no-such-rule")
    #expect(run.status == 2)
    #expect(run.errors.contains("rules list"))
    let near = try program.run("rules", "explain", "new-image-crashd")
    #expect(near.errors.contains("Did you mean 'new-image-crashed'?"))
    let shown = try program.run("rules", "show", "new_image_crashed")
    #expect(shown.errors.contains("Did you mean 'new-image-crashed'?"))
  }

  @Test("explain takes the ids of verdicts and causes as reports print them")
  func explainReported() throws {
    let verdict = try program.run("rules", "explain", "ota_new_image_panic")
    #expect(verdict.status == 0)
    #expect(verdict.output.contains("new-image-crashed"))
    let cause = try program.run("rules", "explain", "stale_flash_tail")
    #expect(cause.status == 0)
    #expect(cause.output.contains("Fix: "))
    #expect(cause.output.contains("Rules that name this cause:\n- "))
  }

  @Test("explain prints plain text that fits, for every rule, verdict and cause")
  func plain() throws {
    for id in [
      "new-image-crashed", "panic", "brownout", "stale_flash_tail", "healthy", "unknown",
      "several-nodes",
    ] {
      let lines = try program.run("rules", "explain", id).lines
      #expect(lines.count > 2)
      #expect(
        !lines.contains { $0.hasPrefix("#") || $0.contains("**") || $0.contains("`") }, "\(id)")
      #expect(lines.allSatisfy { $0.count <= 80 || $0.hasPrefix("    ") }, "\(id)")
    }
  }

  @Test("show tells the conditions of a rule")
  func conditions() throws {
    try program.write(Self.valve, to: "valve-stuck.yaml")
    let run = try program.run("rules", "show", "valve-stuck", "--rules", "valve-stuck.yaml")
    #expect(run.output.contains("when        - log with \"no answer\"\n"))
  }

  @Test("check tells what is wrong in a rule file and where")
  func check() throws {
    try program.write("id: my-rule\ntitle: [\n", to: "rules/notes/my-rule.yaml")
    let run = try program.run("rules", "check", "rules")
    #expect(run.status == 2)
    #expect(run.errors.contains("my-rule.yaml:"))
  }

  private static let valve = """
    id: valve-stuck
    severity: warning
    title: The valve did not answer
    why: The actuator task gives up.
    when: { log: { message: "no answer" } }

    """

  @Test("test proves the rules of the given folders only, and names those without examples")
  func testOwn() throws {
    try program.write(Self.valve, to: "rules/valve-stuck.yaml")
    let bare = try program.run("rules", "test", "--rules", "rules")
    #expect(bare.status == 2)
    #expect(bare.output == "valve-stuck has no examples: nothing was proved\n")
    let examples = "examples: { fires: [stuck], silent: [fine] }\n"
    try program.write(Self.valve + examples, to: "rules/valve-stuck.yaml")
    let lost = try program.run("rules", "test", "--rules", "rules/valve-stuck.yaml")
    #expect(lost.status == 2)
    #expect(lost.output == "")
    #expect(lost.errors.split(separator: "\n").count == 1)
    #expect(lost.errors.contains("--samples"))
    try program.write(
      ShortLog.healthy + "W (25000) valve: no answer\n", to: "mine/stuck/uart.log")
    try program.write(ShortLog.healthy, to: "mine/fine/uart.log")
    let proved = try program.run("rules", "test", "--rules", "rules", "--samples", "mine")
    #expect(proved.status == 0)
    #expect(proved.output == "18 of 18 examples hold, 1 rule in 9 variants\n")
  }

  @Test("a folder of rules that does not exist is one plain sentence")
  func noFolder() throws {
    let run = try program.run("rules", "list", "--rules", "nosuch")
    #expect(run.status == 2)
    #expect(run.errors == "esptriage: There is no folder 'nosuch'.\n")
  }

  @Test("check sums up the problems of all files")
  func total() throws {
    try program.write("id: a\ntitel: A\n", to: "rules/a.yaml")
    try program.write(Self.valve + "verdict: loop\n", to: "more/valve-stuck.yaml")
    let run = try program.run("rules", "check", "rules", "more")
    #expect(run.status == 2)
    #expect(run.errors.hasSuffix(" problems in 2 files\n"))
    #expect(run.errors.contains("'panic_loop'"))
  }

  @Test("schema prints JSON that accepts what diagnose prints")
  func schema() throws {
    try program.write(ShortLog.healthy, to: "logs/ok.log")
    try program.write(ShortLog.panic, to: "logs/bad.log")
    // A machine without python3 and jsonschema fails here: a contract nobody checks is none.
    try program.write(
      """
      import json
      from jsonschema import Draft202012Validator
      schema = json.load(open("schema.json"))
      Draft202012Validator.check_schema(schema)
      lines = open("reports.jsonl").read().splitlines()
      for line in lines:
          Draft202012Validator(schema).validate(json.loads(line))
      print(len(lines), "valid")

      """, to: "check.py")
    let run = try program.shell(
      "$esptriage schema >schema.json; "
        + "$esptriage logs --format json --explain >reports.jsonl; python3 check.py")
    #expect(run.output == "2 valid\n", "\(run.errors)")
  }
}
