import Testing

@testable import RuleFiles

@Suite("YAML of rule files")
struct YAMLTests {
  private func node(_ text: String) throws -> Node? {
    try YAMLReader.document(of: Array(text.utf8))
  }

  private func message(_ bytes: [UInt8]) -> String? {
    do {
      _ = try YAMLReader.document(of: bytes)
      return nil
    } catch {
      return error.message
    }
  }

  @Test("every node knows where it begins")
  func marks() throws {
    let root = try #require(try node("a: 1\nb:\n  - x\n  - { c: y }\n"))
    let list = try #require(root.mapping?["b"]?.sequence)
    #expect(list.map(\.mark) == [Mark(line: 3, column: 5), Mark(line: 4, column: 5)])
    #expect(list.last?.mapping?["c"]?.mark == Mark(line: 4, column: 10))
  }

  @Test(
    "only plain words are numbers, flags and nothing",
    arguments: [
      ("7", 7), ("-7", -7), ("+7", 7), ("0", 0), ("1_000", 1_000), ("0x1F", 31), ("-0x10", -16),
      ("0b101", 5), ("0o17", 15), ("017", 15), ("'7'", nil), ("--7", nil), ("0x-1", nil),
      ("seven", nil), ("1.5", nil), ("!!str 7", nil), ("1:30", nil), ("", nil),
      ("99999999999999999999", nil),
    ] as [(String, Int?)])
  func numbers(_ text: String, _ number: Int?) throws {
    let value = try node("a: \(text)\n")?.mapping?["a"]
    #expect(value?.int == number)
  }

  @Test("fractions, flags and nothing")
  func words() throws {
    let root = try #require(
      try node("[1.5, 1e3, '1.5', yes, Off, 'on', ~, null, 'null', word]")?.sequence)
    #expect(root.map(\.float) == [1.5, 1_000] + Array(repeating: nil, count: 8))
    #expect(root.map(\.bool) == [nil, nil, nil, true, false] + Array(repeating: nil, count: 5))
    #expect(root.map(\.isNull) == (0..<10).map { $0 == 6 || $0 == 7 })
  }

  @Test("an alias stands for what its anchor names")
  func aliases() throws {
    let root = try node("a: &x [1, 2]\nb: *x\n")
    #expect(root?.mapping?["b"]?.sequence?.map(\.int) == [1, 2])
    #expect(message(Array("a: *x".utf8)) == "not YAML: found undefined alias")
  }

  @Test("aliases of aliases that come to billions are refused")
  func bomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(message(Array(text.utf8))?.hasPrefix("more than 100000 values") ?? false)
  }

  @Test("what cannot be read is said, and nothing is read over")
  func broken() throws {
    #expect(try node("") == nil)
    #expect(try node("# nothing\n") == nil)
    #expect(message([0x61, 0xff, 0x0a])?.hasSuffix("at byte 1") ?? false)
    #expect(message(Array("a: 1\n---\nb: 2\n".utf8))?.contains("another document") ?? false)
    #expect(message(Array("a: 1\n'a': 2\n".utf8)) == "key 'a' stands twice")
    #expect(message([UInt8](repeating: UInt8(ascii: "["), count: 100_000)) != nil)
  }

  @Test("a NUL and an empty text are kept")
  func odd() throws {
    let root = try node("[\"a\\0b\", '']")?.sequence
    #expect(root?.map { $0.scalar?.string } == ["a\0b", ""])
  }
}
