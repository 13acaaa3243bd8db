import Foundation
import Testing

@testable import LogFiles

@Suite("Answers of Loki")
struct LokiAnswerTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
  }

  static let answer =
    #"{"status":"success","data":{"resultType":"streams","result":[{"stream":{"node":"7"},"#
    + #""values":[["1714023043000000000","I (12) main: \"b\" \u2013 x"],"#
    + #"["1714023041000000000","rst:0x1 (POWERON)\r"],"#
    + #"["1714023042000000000","I (11) main: a\ttab",{"level":"info"}]]}],"stats":{}}}"#

  static let lines = "rst:0x1 (POWERON)\nI (11) main: a\ttab\nI (12) main: \"b\" – x\n"

  @Test(
    "become lines in the order of their times, whatever the cuts", arguments: [1, 2, 7, 64, 4096])
  func ordered(chunkSize: Int) throws {
    let path = try bench.file("answer.json", Self.answer + "\n")
    let read = contents(of: path, chunkSize: chunkSize)
    #expect(String(decoding: read.bytes, as: UTF8.self) == Self.lines)
  }

  @Test("are known with blanks and line feeds between their words, too")
  func spread() throws {
    let spread = Self.answer.replacingOccurrences(of: ":[[", with: " : [\n  [ ")
      .replacingOccurrences(of: "{\"status\":", with: "{\n  \"status\": ")
    let read = contents(of: try bench.file("answer.json", spread), chunkSize: 4096)
    #expect(String(decoding: read.bytes, as: UTF8.self) == Self.lines)
  }

  @Test(
    "are told from everything else that is JSON",
    arguments: [
      #"{"status":"success","data":{"resultType":"matrix","result":[]}}"#,
      #"{"status":"error"}"#, #"{"msg":"I (12) main: a"}"#, "{", "\n{\n",
    ])
  func others(text: String) throws {
    let read = contents(of: try bench.file("other.log", text), chunkSize: 3)
    #expect(String(decoding: read.bytes, as: UTF8.self) == text)
  }

  static let opening = #"{"status":"success","data":{"resultType":"streams","result":["#

  @Test(
    "stay as they are where something would be lost",
    arguments: [
      #"{"stream":{"node":"7"},"values":[["1714023043000000000","a"]]}]}}\#nRebooting...\#n"#,
      #"{"stream":{"node":"7"},"values":[["1714023043000000000","a"],\#nI (12) main: b\#n"#,
      #"{"stream":{"node":"7"},"values":[["1714023043000000000","a\#nI (12) main: b\#n"#,
      #"{"stream":{"node":"7"},"values":[["1714023043000000000","a"],["12","b"]]}]}}"#,
      #"{"stream":{"node":"7"},"values":[["1","I (12) main: a"]]}]}}"#, "]}}",
    ])
  func asItIs(result: String) throws {
    let text = Self.opening + result
    let read = contents(of: try bench.file("answer.json", text), chunkSize: 64)
    #expect(String(decoding: read.bytes, as: UTF8.self) == text)
  }

  @Test("stay as they are where lines of several nodes would be mixed")
  func streams() throws {
    let text =
      Self.opening
      + #"{"stream":{"node":"7"},"values":[["1714023043000000000","I (12) main: a"]]},"#
      + #"{"stream":{"node":"8"},"values":[["1714023042000000000","I (11) main: b"]]}]}}"#
    let read = contents(of: try bench.file("answer.json", text), chunkSize: 64)
    #expect(String(decoding: read.bytes, as: UTF8.self) == text)
  }

  @Test("may have a label named like a stream, and a stream without entries")
  func labels() throws {
    let text =
      #"{"status":"success","data":{"resultType":"streams","result":[{"stream":{"node":"8"},"#
      + #""values":[]},{"stream":{"stream":"stdout"},"values":[["1714023043000000000","b"],"#
      + #"["1714023042000000000","a"]]}]}}"#
    let read = contents(of: try bench.file("answer.json", text), chunkSize: 64)
    #expect(String(decoding: read.bytes, as: UTF8.self) == "a\nb\n")
  }

  @Test("that are cut give what they hold")
  func cut() throws {
    let half = String(Self.answer.prefix(Self.answer.count * 4 / 5))
    let read = contents(of: try bench.file("answer.json", half), chunkSize: 4096)
    #expect(String(decoding: read.bytes, as: UTF8.self).hasPrefix("rst:0x1 (POWERON)\n"))
  }
}
