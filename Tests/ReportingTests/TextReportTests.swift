import Diagnosis
import Testing

@testable import Reporting

@Suite("The report for people")
struct TextReportTests {
  static let goldens: [(name: String, text: @Sendable () -> String)] = [
    ("new-image-panic-80.txt", { TextReport(SampleReports.newImagePanic, layout: .init()).text }),
    (
      "new-image-panic-120-explained.txt",
      {
        TextReport(
          SampleReports.newImagePanic, layout: .init(columns: 120), reasoning: .shown
        ).text
      }
    ),
    (
      "new-image-panic-colours.txt",
      { TextReport(SampleReports.newImagePanic, layout: .init(colouring: .ansi)).text }
    ),
    ("healthy-80.txt", { TextReport(SampleReports.healthy, layout: .init()).text }),
    (
      "summary-80.txt",
      {
        var summary = SummaryReport()
        summary.add(SampleReports.healthy)
        summary.add(SampleReports.newImagePanic)
        summary.add(SampleReports.newImagePanic)
        return summary.text(.init())
      }
    ),
  ]

  @Test("reads as the golden files show it", arguments: goldens.map(\.name))
  func golden(_ name: String) throws {
    let golden = try #require(Self.goldens.first { $0.name == name })
    try Golden.expect(golden.text(), is: name)
  }

  @Test("no golden file is without its test")
  func goldenFilesAreReferenced() throws {
    #expect(try Golden.names() == Set(Self.goldens.map(\.name)))
  }

  @Test("a secret in the reason of a crash does not hide the rest of a sentence")
  func secretInSentence() {
    var report = SampleReports.newImagePanic
    for index in report.timeline.crashes.indices {
      report.timeline.crashes[index].reason = "password=hunter2222"
    }
    let sentence = "It crashed (password=hunter2222) and the chip restarted. It crashed again."
    report.conclusion.verdict.summary = sentence
    report.conclusion.findings = [
      Finding(rule: "x", severity: .info, title: "x", advice: sentence, evidence: [])
    ]
    let masked = "It crashed (password=***) and the chip restarted. It crashed again."
    for text in [
      TextReport(report, layout: .init(columns: 120)).text, JSONReport(report).text,
    ] {
      #expect(text.ranges(of: masked).count == 2)
      #expect(!text.contains("hunter"))
    }
    #expect(Redaction.masked("password=***hunter2222) and") == "password=***")
  }

  @Test("no line is wider than the screen", arguments: [40, 60, 80, 120])
  func width(columns: Int) {
    let texts = [
      SampleReports.newImagePanic, SampleReports.saying(String(repeating: "界", count: 300)),
    ]
    for report in texts {
      let text = TextReport(report, layout: .init(columns: columns), reasoning: .shown).text
      // Commands are there to be copied, and stay whole.
      for line in text.split(separator: "\n") where !line.hasPrefix("       esp_ota_begin") {
        #expect(TextWidth.columns(String(line)) <= columns, "\(line)")
      }
    }
  }

  @Test("without colours there is no escape sequence, with them each one is closed")
  func colours() {
    let plain = TextReport(SampleReports.newImagePanic, layout: .init()).text
    #expect(!plain.unicodeScalars.contains("\u{1b}"))
    let coloured = TextReport(SampleReports.newImagePanic, layout: .init(colouring: .ansi)).text
    let switches = coloured.split(separator: "\u{1b}[", omittingEmptySubsequences: false)
      .dropFirst()
    #expect(!switches.isEmpty)
    for (index, text) in switches.enumerated() {
      #expect(text.hasPrefix("0m") == !index.isMultiple(of: 2), "\(text)")
    }
  }

  @Test("the verdict line names source, severity, verdict and confidence")
  func verdictLine() {
    #expect(
      TextReport(SampleReports.newImagePanic, layout: .init()).verdictLine
        == "logs/node-7.log: error ota_new_image_panic 97 %: "
        + "The new image crashed, and the old slot runs again\n")
  }

  @Test("a long history keeps its beginning and its end")
  func longHistory() throws {
    var report = SampleReports.healthy
    let boot = try #require(report.timeline.boots.first)
    report.timeline.boots = (0..<40).map { index in
      var copy = boot
      copy.index = index
      copy.slot = index.isMultiple(of: 2) ? "ota_0" : "ota_1"
      return copy
    }
    report.timeline.elided.boots = 99_812
    let text = TextReport(report, layout: .init()).text
    #expect(text.contains("… 29 more boots …"))
    #expect(text.contains("99,812 boots like these not kept"))
    #expect(text.contains("ota_0 → ota_1 → ota_0 → ota_1 → … → ota_0 → ota_1 → ota_0 → ota_1"))
  }
}
