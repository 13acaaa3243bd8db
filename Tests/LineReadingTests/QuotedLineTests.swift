import Testing

@testable import LineReading

@Suite("Lines that an author quoted")
struct QuotedLineTests {
  private static let lines = [
    "I (1234) main: Node ID: 7", "Guru Meditation Error: Core  0 panic'ed (LoadProhibited).",
    "PC      : 0x4200a1b4  PS      : 0x00060e30", "MEPC    : 0x42001c3a  RA      : 0x42001b20",
    "Backtrace: 0x4200a1b1:0x3fcaf2c0", "3fc9a1c0: 0x00000000 0x3fc9a1f4",
    "***ERROR*** A stack overflow in task main has been detected.",
    "CORRUPT HEAP: Bad tail at 0x3ffb8a10. Expected 0xbaad5678 got 0x00000000",
    "Core  1 register dump:", "rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)",
    "entry 0x403c8920", "esp_image: image at 0x20000 has invalid magic byte",
  ]

  @Test(
    "lose the marks of comments, lists, tables, inline code and editors",
    arguments: [
      "// ", "  // ", "//", "# ", "## ", " * ", "| ", "- ", "+ ", "; ", "• ", "│ ", "  12: ",
      "12:", "12\t", "3. ", " 12 | ", "      ", "<pre><code>", "<p>", "\t// ", "> > ",
      "     [10:11:12]", "10:11:12.123 | ",
    ])
  func marks(mark: String) {
    for line in Self.lines { #expect(stripped(mark + line) == line, "\(mark)\(line)") }
  }

  @Test("lose a mark without a blank where all of them have it")
  func marksWithoutBlanks() {
    let quoted = [">Sketch runs", ">Progress: 0%", ">Error[2]:", ">Connect Failed", ">End Failed"]
    #expect(
      Self.texts(quoted).suffix(3) == ["Error[2]:", "Connect Failed", "End Failed"])
    let typed = [">help", "commands: ota", ">ota status", "idle", ">End", "done", ">reboot"]
    #expect(Self.texts(typed) == typed)
  }

  @Test("lose a mail's mark behind lines that stand bare")
  func behindBareLines() {
    let bare = [
      "rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)", "I (24) boot: chip revision: v0.1",
    ]
    #expect(Self.texts(bare + Self.lines.map { "> " + $0 }) == bare + Self.lines)
  }

  private static func texts(_ lines: [String]) -> [String] {
    read(Array((lines.joined(separator: "\n") + "\n").utf8)).lines.map(\.text)
  }

  @Test(
    "lose what surrounds them",
    arguments: [
      ("\"", "\""), ("\"", "\","), ("\"", "\\n\","), ("\"", "\\r\\n\""), ("b'", "\\r\\n'"),
      ("b\"", "\\n\""), ("'", "'"), ("`", "`"), ("<code>", "</code>"), ("", "<br>"),
      ("  \"", "\";"), ("> `", "`"),
    ])
  func surroundings(before: String, behind: String) {
    for line in Self.lines {
      #expect(stripped(before + line + behind) == line, "\(before)\(line)\(behind)")
    }
  }

  @Test("joined in one line come apart")
  func joined() {
    let joined = Self.lines.map { "\"\($0)\"" }.joined(separator: " ")
    #expect(read(joined + "\n").map(\.text) == Self.lines)
    #expect(Set(read(joined + "\n").map(\.number)) == [1])
    let list = Self.lines.map { "\"\($0)\\n\"" }.joined(separator: ", ")
    #expect(read(list + "\n").map(\.text) == Self.lines)
  }

  @Test("that only carriage returns end come apart")
  func returns() {
    #expect(
      read("ESP-ROM:esp32s3-20210327\rBuild:Mar 27 2021\rready\r\n").map(\.text)
        == ["ESP-ROM:esp32s3-20210327", "Build:Mar 27 2021", "ready"])
    #expect(read("10 %\r20 %\r\n").map(\.text) == ["10 %\r20 %"])
  }

  @Test(
    "lose a label once two log lines had it",
    arguments: ["RX: ", "[COM5] ", "INFO:serial:", "<- ", "node-3: ", "dev 3\t"])
  func labels(label: String) {
    let rows = ["I (1) a: b", "I (2) a: b", "PC  : x", "I (3) a: b"]
    let texts = read(rows.map { label + $0 }.joined(separator: "\n") + "\n").map(\.text)
    #expect(Array(texts.dropFirst()) == Array(rows.dropFirst()))
  }

  @Test("get plain blanks for those of web pages")
  func wideBlanks() {
    #expect(stripped("PC\u{A0}\u{A0}: 0x4200\u{200B}a1b4") == "PC  : 0x4200a1b4")
  }

  @Test(
    "keep marks that are their own",
    arguments: [
      "# Temperature: 21", "* done", "- item", "12: twelve", "\"quoted\" \"text\"", "// comment",
      "  indented", "***", "| a | b |", "'", "\"", "b'", "`", "<pre>", "5 apples", "• point",
    ])
  func otherText(text: String) {
    #expect(stripped(text) == text)
  }
}
