import Testing

@Suite("Lines in records")
struct HostRecordTests {
  private let rows = [
    "I (1) a: b", "hello, \"you\"", "PC  : x", "", "I (2) a: {\"msg\":\"I (3) c: d\"}",
    "Backtrace: 0x4200a1b1:0x3fcaf2c0",
  ]

  private func texts(_ lines: [String]) -> [String] {
    read(lines.joined(separator: "\n") + "\n").map(\.text)
  }

  private func quoted(_ text: String, _ quote: String) -> String {
    text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: quote)
  }

  @Test(
    "are read from objects of JSON, whatever the field is called and wherever it stands",
    arguments: [
      "{\"log\":\"*\\n\",\"stream\":\"stdout\",\"time\":\"x\"}",
      "{\"ts\": 7, \"node\": \"n7\", \"msg\": \"*\"}",
      "{\"__CURSOR\": \"s=1;i=2\", \"_PID\": \"123\", \"MESSAGE\": \"*\"}",
      "{ \"a\": {\"deep\": [1, \"two\"], \"line\": \"*\" }, \"b\": null}",
      "nodes/7/log {\"time\":0,\"line\":\"*\\r\\n\"}", "2026-05-18T10:20:30Z {\"raw\":\"*\"}",
      "[{\"message\":\"*\"},", "svc-1 | {\"level\":30,\"msg\":\"*\"}",
    ])
  func objects(form: String) {
    let lines = rows.map { form.split(separator: "*").joined(separator: quoted($0, "\\\"")) }
    #expect(texts(lines) == rows)
  }

  @Test(
    "stay as they are where the node says that it publishes them",
    arguments: [
      "00:00:07.120 MQT: tele/porch/RESULT = {\"SerialReceived\":\"*\"}",
      "10:20:30.123 00:00:07 RSL: RESULT = {\"SerialReceived\":\"*\"}",
    ])
  func published(form: String) {
    let line = form.split(separator: "*").joined(separator: "I (31) boot: x")
    #expect(texts([line])[0].hasSuffix("= {\"SerialReceived\":\"I (31) boot: x\"}"))
  }

  @Test("are read from rows of CSV, once two rows had one in the same column")
  func columns() {
    for form in ["7,COM7,\"*\"", "\"12:00;x\";\"*\";1", "3\tdev\t\"*\""] {
      let lines = rows.map { form.split(separator: "*").joined(separator: quoted($0, "\"\"")) }
      let whole = texts([lines[0]] + lines)
      #expect(Array(whole.dropFirst()) == rows, "\(form)")
    }
    let bare = rows.map { "10:20:30.5x,dev-7,\($0)" }
    #expect(Array(texts([bare[0]] + bare).dropFirst()) == rows)
  }

  @Test("begin where the record begins, also behind a carriage return")
  func places() {
    let record = "{\"log\":\"I (1) a: b\"}"
    let first = String(repeating: "x", count: 200)
    let found = read(first + "\r" + record + "\rI (5) boot: c\n")
    #expect(found.map(\.offset) == [0, 201, 202 + record.utf8.count])
    #expect(found.map(\.text) == [first, "I (1) a: b", "I (5) boot: c"])
  }

  @Test("lose their escapes, and the colours that were spelled by them")
  func escapes() {
    let line =
      "{\"m\":\"\\u001b[0;32mI (1) a: \\u00e4\\ud83d\\ude00\\/\\\\ \\ud83d\\tx\\u001b[0m\"}"
    #expect(texts([line]) == ["I (1) a: ä😀/\\ \u{FFFD}\tx"])
    let bytes = "{\"MESSAGE\":[27,91,48,59,51,49,109,69,32,40,49,41,32,97,58,32,98]}"
    #expect(texts([bytes]) == ["E (1) a: b"])
  }

  @Test("that one record holds are lines of their own, with its number")
  func several() {
    let lines = read("x\n{\"m\":\"I (1) a: b\\nI (2) a: c\\n\"}\n")
    #expect(lines.map(\.text) == ["x", "I (1) a: b", "I (2) a: c"])
    #expect(lines.map(\.number) == [1, 2, 2])
    #expect(lines.map(\.offset) == [0, 2, 2])
  }

  @Test(
    "are not sought in what a device prints itself",
    arguments: [
      "{\"msg\":\"ready\",\"t\":21.5}", "I (7) mqtt: {\"msg\":\"I (3) c: d\"}", "1,2,3", "{", "{\"",
      "{\"a",
      "{\"a\":", "{\"a\":\"\\", "\"", "1,\"", "clk_drv:0x00,q_drv:0x00,d_drv:0x00",
      "12:00:01 I (7) mqtt: {\"msg\":\"I (3) c: d\"}",
    ])
  func ownRecords(text: String) {
    let read = texts([text, text, text])
    #expect(read == Array(repeating: read[0], count: 3))
    #expect(text.hasSuffix(read[0]))
  }

  @Test("are a device's own where other lines of it stand bare")
  func alternating() {
    let lines = [
      "rst:0x1 (POWERON),boot:0x13", "{\"msg\":\"Guru Meditation Error: x\"}", "I (5) a: b",
    ]
    #expect(texts(lines + lines) == lines + lines)
  }

  @Test("are read from lists, and from whatever field surely has one")
  func lists() {
    let form = "{\"stream\":{\"job\":\"x\"},\"values\":[[\"17\",\"*\"]]}"
    let lines = rows.map { form.split(separator: "*").joined(separator: quoted($0, "\\\"")) }
    #expect(texts(lines) == rows)
    let two = ["{\"a\":\"I (1) a: b\",\"c\":\"\"}", "{\"a\":\"sent\",\"c\":\"E (2) a: b\"}"]
    #expect(texts(two) == ["I (1) a: b", "E (2) a: b"])
  }

  @Test("end where a cut record ends")
  func cut() {
    #expect(texts(["{\"msg\":\"I (1) a: b"]) == ["I (1) a: b"])
  }
}
