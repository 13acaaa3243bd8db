import Testing

@testable import Reporting

@Suite("Text of a device cannot act on its reader's screen")
struct HostileTextTests {
  static let hostile: [String] = [
    "\u{1b}[2J", "\u{1b}]0;title\u{7}", "\u{0}", "\u{8}", "\u{7f}", "\r", "\n", "\u{85}",
    "\u{9b}31m", "\u{200e}", "\u{200f}", "\u{202a}", "\u{202e}", "\u{2066}", "\u{2069}",
    "\u{200b}", "\u{200d}", "\u{2060}", "\u{feff}", "\u{61c}", "\u{2028}", "\u{2029}", "\u{ad}",
    "\u{e0041}", "\u{fe0f}", "\u{3164}", "\u{e000}",
  ]

  @Test("every control, bidirectional and invisible character becomes visible", arguments: hostile)
  func escaped(_ text: String) {
    let shown = HostileText.shown("a" + text + "b")
    #expect(!shown.unicodeScalars.contains { HostileText.mustNotBeShown($0) })
    #expect(shown.hasPrefix("a\\u{"))
    #expect(shown.hasSuffix("b"))
  }

  @Test(
    "no line becomes a command to a CI service, wherever it is broken",
    arguments: [
      "::error file=a.c::x", "  ::add-mask::x", "a ::set-output name=b::c", "x ##[command]rm",
      "::stop-commands::", "##teamcity[publishArtifacts 'x']",
      "##vso[task.setvariable variable=a]b",
    ])
  func commands(_ text: String) {
    let shown = HostileText.shown(text)
    #expect(shown.split(separator: " ").allSatisfy { !$0.hasPrefix("::") })
    #expect(!shown.contains("##"))
  }

  @Test(
    "names of C++ stay as they are",
    arguments: [
      "::operator new(unsigned int)", "std::vector<int>::push_back", "in ::main", "C::d", "## x",
      "###",
    ])
  func names(_ text: String) { #expect(HostileText.shown(text) == text) }

  @Test("ordinary text stays as it is")
  func ordinary() {
    let text = "I (335) wifi: Grüße, 世界 \u{fffd} 🙂 {\"a\": \\n}"
    #expect(HostileText.shown(text) == text)
    #expect(HostileText.shown("a\tb") == "a b")
  }

  @Test("nothing hostile reaches any report, wherever it stands", arguments: hostile)
  func reports(_ text: String) {
    let report = SampleReports.saying("x" + text + "y")
    var summary = SummaryReport()
    summary.add(report)
    let texts = [
      TextReport(report, layout: .init(), reasoning: .shown).text,
      TextReport(report, layout: .init()).bulletin, TextReport(report, layout: .init()).verdictLine,
      summary.text(.init()), JSONReport(report, layout: .indented, reasoning: .shown).text,
    ]
    for text in texts {
      #expect(!text.unicodeScalars.contains { $0 != "\n" && HostileText.mustNotBeShown($0) })
    }
    #expect(!JSONReport(report, reasoning: .shown).text.contains("\n"))
  }

  @Test("a name of a file is escaped as well")
  func fileName() {
    var report = SampleReports.healthy
    report.source = "evil\u{1b}[31m.log"
    #expect(TextReport(report, layout: .init()).text.hasPrefix("evil\\u{1b}[31m.log"))
  }

  @Test("width counts columns, not characters")
  func width() {
    #expect(TextWidth.columns("a界e\u{301}") == 4)
    #expect(TextWidth.cut("界界界", to: 5) == "界界…")
    #expect(TextWidth.cut("abc", to: 3) == "abc")
    #expect(TextWidth.wrapped("one two three", to: 8) == ["one two", "three"])
    #expect(TextWidth.wrapped("abcdefghijkl m", to: 8) == ["abcdefgh", "ijkl m"])
  }
}
