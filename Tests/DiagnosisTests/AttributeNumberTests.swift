import Testing

@testable import Diagnosis

@Suite("The numbers of attributes")
struct AttributeNumberTests {
  @Test("no two attributes share one, and the table that they lead to has a place for each")
  func numbers() {
    let all =
      ItemKind.allCases.flatMap(Attribute.all) + CaptureAttribute.allCases.map(Attribute.capture)
    #expect(Set(all.map(\.number)).count == all.count)
    #expect(all.allSatisfy { 0..<Attribute.numbers ~= $0.number })
  }
}
