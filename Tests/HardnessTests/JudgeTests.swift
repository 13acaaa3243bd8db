import Reporting
import Testing

@testable import FuzzEntryPoints

/// Laws are worth what their judges are: these see what is wrong.
@Suite("The judges of fuzzed readers")
struct JudgeTests {
  @Test(
    "what is not JSON to the letter is refused",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{\"a\":1,\"a\":2}", "01", "1.", ".5",
      "+1",
      "1e", "nan", "tru", "\"a", "\"\\x\"", "\"\\u12g4\"", "\"a\tb\"", "1 2", "{a:1}", "'a'",
    ])
  func noJSON(_ text: String) {
    #expect(throws: StrictJSON.Refusal.self) { try StrictJSON.value(of: text) }
  }

  @Test("JSON is read as what it says")
  func someJSON() throws {
    let value = try StrictJSON.value(of: #" {"a":[-0.5e+3,true,null], "\u00e4":"\ud83d\ude42\n"} "#)
    #expect(value["a"]?.values == [.number("-0.5e+3"), .truth(true), .null])
    #expect(value["ä"]?.text == "🙂\n")
  }

  private static let schema = """
    {
      "type": "object", "additionalProperties": false, "required": ["id"],
      "properties": {
        "id": {"const": "x"}, "word": {"enum": ["on", "off"]}, "share": {"$ref": "#/$defs/share"},
        "pc": {"type": "string", "pattern": "^0x[0-9a-f]{8}$"},
        "counts": {"type": "array", "items": {"type": "integer", "minimum": 0}},
        "any": {"type": "object", "additionalProperties": {"type": "boolean"}}
      },
      "$defs": {"share": {"type": "number", "minimum": 0, "maximum": 1}}
    }
    """

  @Test("what keeps a schema is accepted")
  func kept() throws {
    let text = """
      {"id": "x", "word": "on", "share": 0.5, "pc": "0x4200a3c5", "counts": [0, 7], \
      "any": {"a": true}}
      """
    #expect(
      SchemaJudge(schema: Self.schema).complaint(about: try StrictJSON.value(of: text)) == nil)
  }

  @Test(
    "what a schema forbids is named with its place",
    arguments: [
      (#"[]"#, "$ "), (#"{}"#, "$ lacks id"), (#"{"id": "y"}"#, "$.id "),
      (#"{"id": "x", "word": "maybe"}"#, "$.word "), (#"{"id": "x", "share": 1.5}"#, "$.share "),
      (#"{"id": "x", "share": "0.5"}"#, "$.share "), (#"{"id": "x", "pc": "0x4200A3C5"}"#, "$.pc "),
      (#"{"id": "x", "counts": [0, -1]}"#, "$.counts[1] "),
      (#"{"id": "x", "counts": [0.5]}"#, "$.counts[0] "), (#"{"id": "x", "new": 1}"#, "$ has new"),
      (#"{"id": "x", "any": {"a": 1}}"#, "$.any.a "),
    ])
  func forbidden(_ text: String, _ place: String) throws {
    let complaint = SchemaJudge(schema: Self.schema).complaint(
      about: try StrictJSON.value(of: text))
    #expect(complaint?.hasPrefix(place) ?? false, "\(complaint ?? "accepted")")
  }

  @Test("the schema of diagnoses uses no word that the judge does not know")
  func ownSchema() throws {
    let judge = SchemaJudge(schema: JSONSchema.text)
    #expect(judge.complaint(about: .object([]))?.hasPrefix("$ lacks schema") ?? false)
  }

  @Test(
    "characters that act on a terminal or hide there are seen",
    arguments: [
      "\u{1b}[2J", "\r", "\u{9b}", "\u{202e}", "\u{200b}", "\u{2066}", "\u{feff}", "\u{ad}",
    ])
  func dangerous(_ text: String) {
    #expect(firstDangerous(in: "a" + text) != nil)
    #expect(firstDangerous(in: "a é 🙂 \n") == nil)
  }
}
