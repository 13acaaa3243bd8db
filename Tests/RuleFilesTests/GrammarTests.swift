import Testing

@testable import RuleFiles

@Suite("The grammar")
struct GrammarTests {
  @Test("every map of the grammar is described, with each key once", arguments: FormName.allCases)
  func forms(name: FormName) throws {
    let form = try #require(Grammar.forms[name])
    #expect(!form.explains.isEmpty)
    #expect(Set(form.keys.map(\.name)).count == form.keys.count)
    #expect(form.name == name)
  }
}
