import Analysis
import Testing

/// A node's log: a boot, then a line of work every so many milliseconds.
private func log(of tag: String, every step: Int, lines: Int = 60) -> [String] {
  ["ESP-ROM:esp32c3-api1-20210207", "rst:0x1 (POWERON),boot:0xc (SPI_FAST_FLASH_BOOT)"]
    + ["I (30) boot: ESP-IDF v5.2.2 2nd stage bootloader", "I (390) main_task: Calling app_main()"]
    + (1...lines).map { "I (\(400 + $0 * step)) \(tag): round \($0)" }
}

private let crash = [
  "Guru Meditation Error: Core  0 panic'ed (Load access fault). Exception was unhandled.",
  "MEPC    : 0x4200c1f2  RA      : 0x4200c1e8  SP      : 0x3fc95e70  GP      : 0x3fc8d400",
  "MSTATUS : 0x00001881  MTVEC   : 0x40380001  MCAUSE  : 0x00000005  MTVAL   : 0x00000008",
  "ELF file SHA256: 9c1e22d07", "Rebooting...",
]

/// The lines of both in turn, each behind what stands before that node's.
private func mixed(_ one: [String], _ prefix: String, _ other: [String], _ otherPrefix: String)
  -> String
{
  var text = ""
  for index in 0..<max(one.count, other.count) {
    if index < one.count { text += prefix + one[index] + "\n" }
    if index < other.count { text += otherPrefix + other[index] + "\n" }
  }
  return text
}

private func report(on text: String, inPiecesOf size: Int = 1 << 16) -> Report {
  var analysis = LogAnalysis(source: "nodes.log")
  analysis.feed(Array(text.utf8), inPiecesOf: size)
  return analysis.finish()
}

extension Report {
  fileprivate var names: String? {
    conclusion.findings.first { $0.rule == "several-nodes" }?.title
  }
}

@Suite("A node behind the heads of what records it")
struct RecorderHeadsTests {
  private func recorded(_ lines: [String], tag: String = "rec") -> String {
    lines.enumerated().map { "I (\(70_000 + $0 * 37)) \(tag): \($1)\n" }.joined()
  }

  @Test("is read as if they were not there, however its log comes", arguments: [1 << 16, 40])
  func stripped(size: Int) {
    let run = (1...40).map { "I (\(90_000 + $0 * 500)) pump: round \($0)" }
    let told = report(on: recorded(run + crash), inPiecesOf: size)
    #expect(told.conclusion.verdict.id == .panic)
    #expect(told.timeline.boots.count == 1)
    #expect(told.timeline.boots.first?.clockAtEnd == 110_000)
    let again = report(on: recorded(run + log(of: "pump", every: 500)), inPiecesOf: size)
    #expect(again.timeline.boots.count == 2)
  }

  @Test("is not taken for one where a node has its own to say")
  func own() {
    let own = (1...40).flatMap {
      [
        "I (\(70_000 + $0 * 500)) hub: I (\(90_000 + $0 * 500)) leaf: x",
        "I (\(70_100 + $0 * 500)) pump: on",
      ]
    }
    let told = report(on: own.map { "\($0)\n" }.joined())
    #expect(told.timeline.boots.first?.clockAtEnd == 90_100)
  }
}

@Suite("Several nodes in one log")
struct SeveralNodesTests {
  @Test(
    "are told apart by what stands before each line, and the worst is the verdict",
    arguments: [
      ("[cellar] ", "[attic] "), ("/dev/ttyUSB0| ", "/dev/ttyUSB1| "),
      ("farm/1/log ", "farm/2/log "), ("node1  | ", "node2  | "),
      ("Feb 11 07:02:44 cellar uart: ", "Feb 11 07:02:45 attic uart: "),
      ("2026-02-11 07:02:44 [dut-0] ", "2026-02-11 07:02:44 [dut-1] "),
      ("cellar.log:", "attic.log:"), ("n1: ", "n10: "),
      ("192.168.7.20: ", "192.168.7.21: "), ("[10.0.0.5] ", "[10.0.0.15] "),
      (
        "<134>1 2026-02-11T07:02:44.1Z cellar uart - - - ",
        "<134>1 2026-02-11T07:02:44.2Z attic uart - - - "
      ),
      ("<30>Feb 11 07:02:44 cellar ", "<30>Feb 11 07:02:44 attic "),
      ("2026-02-11T07:02:44Z {device=\"cellar\",job=\"uart\"} ", "{device=\"attic\"} "),
    ])
  func apart(one: String, other: String) {
    let crashed = log(of: "pump", every: 900, lines: 20) + crash
    let text = mixed(crashed, one, log(of: "lamp", every: 1_300), other)
    let report = report(on: text)
    #expect(report.conclusion.verdict.id == .panic)
    #expect(report.timeline.boots.count == 1)
    #expect(report.timeline.crashes.count == 1)
    #expect(report.names != nil)
    let line = report.timeline.crashes.first?.firstLine
    #expect(line?.text == crash[0])
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = String(lines[(line?.number ?? 1) - 1])
    #expect(shown.hasSuffix(crash[0]))
  }

  @Test(
    "are told apart where a record, a row or a pair holds the line",
    arguments: [
      ("farm/1/log {\"line\": \"", "farm/2/log {\"line\": \"", "\"}"),
      ("2026-02-11T07:02:44Z,cellar,\"", "2026-02-11T07:02:45Z,attic,\"", "\""),
      ("cellar;", "attic;", ""),
      (
        "ts=2026-02-11T07:02:44Z level=info host=cellar msg=\"",
        "ts=2026-02-11T07:02:45Z host=attic msg=\"", "\""
      ),
    ])
  func held(one: String, other: String, end: String) {
    let crashed = (log(of: "pump", every: 900, lines: 20) + crash).map { $0 + end }
    let lamp = log(of: "lamp", every: 1_300).map { $0 + end }
    let report = report(on: mixed(crashed, one, lamp, other))
    #expect(report.conclusion.verdict.id == .panic)
    #expect(report.timeline.boots.count == 1)
    #expect(report.timeline.crashes.first?.registers.count == 8)
    #expect(report.names != nil)
  }

  @Test("are one node whose address changes as it goes on")
  func movingAddress() {
    let lines = log(of: "pump", every: 900)
    let text = lines.enumerated()
      .map { ($0.offset < 30 ? "192.168.7.20: " : "192.168.7.33: ") + $0.element }
      .joined(separator: "\n")
    #expect(report(on: text).names == nil)
  }

  @Test("show the one that was updated where all are well")
  func updated() {
    let update =
      log(of: "pump", every: 900, lines: 20) + [
        "I (20000) esp_https_ota: Starting OTA...",
        "I (20010) esp_https_ota: Writing to <ota_1> partition at offset 0x1f0000",
        "I (48000) ota: ESP_HTTPS_OTA upgrade successful. Rebooting ...",
      ] + log(of: "pump", every: 900)
    let text = mixed(update, "[cellar] ", log(of: "lamp", every: 1_300, lines: 90), "[attic] ")
    let report = report(on: text)
    #expect(report.conclusion.verdict.id == .otaOK)
    #expect(report.names != nil)
  }

  @Test("are told apart the same in pieces of any size", arguments: [1, 7, 100, 4_096, 40_000])
  func pieces(size: Int) {
    let text = mixed(
      log(of: "pump", every: 900, lines: 300) + crash, "[cellar] ",
      log(of: "lamp", every: 1_300, lines: 900), "[attic] ")
    #expect(report(on: text, inPiecesOf: size) == report(on: text))
  }

  @Test("are named by the words in which their labels differ")
  func names() {
    let text = mixed(
      log(of: "pump", every: 900), "Feb 11 07:02:44 cellar uart: ",
      log(of: "lamp", every: 1_300), "Feb 11 07:02:45 attic uart: ")
    #expect(
      report(on: text).names
        == "The lines of 2 nodes are mixed in the log: cellar (healthy), attic (healthy)")
  }

  @Test("are one node where the clock shows that one node wrote all lines")
  func levels() {
    let lines = log(of: "pump", every: 900)
    let text = lines.enumerated()
      .map { ($0.offset.isMultiple(of: 3) ? "WARNING serial: " : "INFO serial: ") + $0.element }
      .joined(separator: "\n")
    let report = report(on: text)
    #expect(report.names == nil)
    #expect(report.conclusion.verdict.id == .healthy)
  }

  @Test("are one node where its cores' lines are a little out of order")
  func cores() {
    let times = (1...80).map { $0 * 500 + ($0.isMultiple(of: 2) ? 0 : 520) }
    let text = times.enumerated()
      .map { "core\($0.offset % 2): I (\($0.element)) pump: round \($0.offset)" }
      .joined(separator: "\n")
    #expect(report(on: text).names == nil)
  }

  @Test("are one node where each run of it has a label of its own")
  func runs() {
    let run =
      ["I (317) main_task: Calling app_main()", "I (417) main: Reset reason: ESP_RST_PANIC"]
      + ["I (600) app: hello", "I (900) app: work", "I (1900) app: work"] + crash.dropLast()
    let lines = (0..<8).flatMap { index in run.map { "run\(index)| \($0)" } }
    let text = lines.joined(separator: "\n")
    #expect(report(on: text).names == nil)
  }

  @Test("are one node where its runs have labels of their own and their starts share one")
  func sharedStart() {
    let lines = (0..<8).flatMap { index in
      ["start| I (317) main_task: Calling app_main()"]
        + (1...6).map { "run\(index)| I (\(900 * $0)) app: work" }
    }
    #expect(report(on: lines.joined(separator: "\n")).names == nil)
  }

  @Test("are not looked for where a line of a device stands bare")
  func bare() {
    let text =
      "I (20) boot: ESP-IDF v5.2.2 2nd stage bootloader\n"
      + mixed(log(of: "pump", every: 900), "[cellar] ", log(of: "lamp", every: 1_300), "[attic] ")
    #expect(report(on: text).names == nil)
  }
}
