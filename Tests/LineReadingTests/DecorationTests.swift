import LineReading
import Testing

@Suite("Stripping decorations")
struct DecorationTests {
  private static let deviceLine = "I (1234) main: Node ID: 7"

  @Test(
    "what host tools put before a line goes",
    arguments: [
      "2026-05-18 10:20:30 ", "2026-05-18 10:20:30.123 ", "10:20:30.123 > ", "10:20:30.123 -> ",
      "15:12:17:072 -> ", "[10:20:30]", "[10:20:30.123]", "[10:20:30] ", "[00:00:01.123] ",
      "[18/05/26 10:20:30:123] ", "[05/18/2026 10:20:30] ",
      "[2026-05-18T10:20:30.123] ", "[1747563630.123456] ", "[2026-05-18 10:20:30] ",
      "[2026-05-18 10:20:30.123] ", "06-01-2020 18:37:27.909 [RX] - ", "[2021/09/28 22:43:01.001]",
      "[10:20:30.123]收←◆", "[Mon May 18 10:20:30.123 2026] ", "May 18 10:20:30 ",
      "May  8 10:20:30 ", "1747563630.123456 ", "00:00:05 ", "May 18 10:20:30 host prog[123]: ",
      "2026-05-18T10:20:30+0200 host prog[123]: ", "May 18 10:20:30 host kernel: ",
      "2026-05-18T10:20:30.123456789Z ", "node-1  | ", "> ", "&gt; ", ">", "\t", "   ", "\u{feff}",
      "\u{1b}[0;32m", "[0;32m", "e[0;32m", "\u{241B}[0;32m", "<ESC>[0;32m", "<27>[0;32m",
      "\u{1b}[1;31m", "\r", "\0\0\0", "> > \t", "2026-05-18 10:20:30 \u{1b}[0;32m",
      "node-1 | 2026-05-18 10:20:30 e[0;32m",
    ])
  func prefixes(prefix: String) {
    #expect(stripped(prefix + Self.deviceLine) == Self.deviceLine)
  }

  @Test(
    "what stands behind a line goes",
    arguments: [
      "\u{1b}[0m", "[0m", "<CR><LF>", "\u{1b}[0m<CR><LF>", "<\\r><\\n>", "<27>[0m<\\r><\\n>",
      "<\\r><\\r><\\n>", "\u{241B}[0m", "\r", "\u{1b}[0m\r",
      "\u{240D}\u{240A}", "\u{1b}[0m\u{240A}",
    ])
  func suffixes(suffix: String) {
    #expect(stripped(Self.deviceLine + suffix) == Self.deviceLine)
    #expect(stripped("\u{1b}[0;32m" + Self.deviceLine + suffix) == Self.deviceLine)
  }

  @Test(
    "what is left of a colour goes from the start of a log line",
    arguments: [
      "0;31m", ";31m", "31m", "1m", "m", "[0;31", "[0;3", "[0;", "[", "?[0;31m", "^[[0;31m",
      "\\x1b[0;31m", "\\033[0;31m", "\\e[0;31m", "\\u001b[0;31m", "\u{1b}0;31m", "\u{1b}[0;31",
    ])
  func ruins(left: String) {
    let line = "E (1234) task_wdt:  - IDLE0 (CPU 0)"
    #expect(stripped(left + line) == line)
    #expect(stripped(left + line + "\u{1b}[0m") == line)
    #expect(stripped(left + line + "[0m") == line)
  }

  @Test(
    "what only looks like the rest of a colour stays",
    arguments: ["3", "12", "em", "0;31", "[m", "a[0;31m"])
  func noRuins(text: String) {
    let line = text == "0;31" || text == "[m" ? "value 3" : "E (1234) main: x"
    #expect(stripped(text + line) == text + line)
  }

  @Test("an escape byte that a viewer spelled goes from both ends")
  func spelled() {
    for escape in ["^[", "\\x1b", "\\033", "\\e"] {
      #expect(stripped("\(escape)[0;31mE (1) a: b\(escape)[0m") == "E (1) a: b")
    }
  }

  @Test("a point that a terminal showed for the escape byte goes with its colour")
  func replaced() {
    #expect(
      stripped(".[0m.[32mINFO  .[0m| 10:20:30 1 .[32mBooted, wake cause 0")
        == "INFO  | 10:20:30 1 Booted, wake cause 0")
    #expect(stripped("I (1) a: .[0;32m") == "I (1) a: .[0;32m")
    #expect(stripped("...[see below]") == "...[see below]")
  }

  @Test("bytes of a resetting UART go from the start of a line and are counted")
  func garbage() {
    let (lines, statistics) = read([0, 0xff, 0] + Array("ESP-ROM:esp32s3-20210327\n".utf8))
    #expect(lines.map(\.text) == ["ESP-ROM:esp32s3-20210327"])
    #expect(statistics.undecodableBytes == 3)
  }

  @Test("colours inside a line go")
  func coloursInside() {
    #expect(stripped("I (1) a: \u{1b}[1mbold\u{1b}[0m text") == "I (1) a: bold text")
    #expect(stripped("[0;32mI (1) a: b[0;31mc[0m") == "I (1) a: bc")
    #expect(stripped("I (1) a: \u{241B}[1mbold\u{241B}[0m text") == "I (1) a: bold text")
  }

  @Test("a colour that a reset cut does not eat the banner behind it")
  func cutColour() {
    #expect(stripped("x\u{1b}[0;3ESP-ROM:esp32c6") == "xESP-ROM:esp32c6")
    #expect(stripped("x\u{1b}[0;32Backtrace: 0x4") == "xBacktrace: 0x4")
    #expect(stripped("x\u{1b}ESP-ROM:esp32c6") == "xESP-ROM:esp32c6")
  }

  @Test(
    "the device's own text stays",
    arguments: [
      "[  3708][W][file.cpp:639] begin(): late", "[I][ota:363]: Starting", "[12] values",
      "[00:11:22:33:44:55] rssi -60", " - IDLE0 (CPU 0)", "ets Jun  8 2016 00:22:57",
      "Build:Mar 27 2021", "E BOD: Brownout detector was triggered", "  column | column",
      "name | value", "PC      : 0x400d1234  PS      : 0x00060a30", "0x3ffb1234: 0x00000000 0x1",
      "3fca4a10: 0x00000000 0x1", "array[12m", "Mayday 12 is not a date", "10:20 is no clock",
      "2026-05-18 alone", "assert failed: main main.c:4 (x)", "esp32> help", "<html>", "-- 3 --",
      "I (12) a: [10:20:30] kept", "12:34", "#1 of 4",
    ])
  func deviceText(text: String) {
    #expect(stripped(text) == text)
    #expect(read(text + "\n").map(\.origin) == [.device])
  }

  @Test("a system log's host and program do not eat a line without a number behind them")
  func systemLogAndPlainText() {
    #expect(stripped("May 18 10:20:30 assert failed: main (x)") == "assert failed: main (x)")
    #expect(stripped("May 18 10:20:30 E BOD: Brownout") == "E BOD: Brownout")
  }

  @Test("a count of lines goes from before a device's line")
  func counted() {
    #expect(
      stripped("#73 Guru Meditation Error: Core  0 panic'ed")
        == "Guru Meditation Error: Core  0 panic'ed")
    #expect(stripped("#74 PC      : 0x4200a1f3") == "PC      : 0x4200a1f3")
  }

  @Test("a label before some lines is not learned where others stand bare")
  func labelsOfOthers() {
    let own = (1...4).map { "I (\($0)) a: b\n" }.joined()
    let lines = read(own + "child: E (1) c: d\nchild: E (2) c: d\nchild: E (3) c: d\n")
    #expect(lines.suffix(3).allSatisfy { $0.text.hasPrefix("child: ") })
  }

  @Test("rows of a report under a service name are stripped once the name is known")
  func serviceRows() {
    let lines = read("node-1  | I (1) a: b\nnode-1  | PC      : 0x4\nother | row\n")
    #expect(lines.map(\.text) == ["I (1) a: b", "PC      : 0x4", "other | row"])
  }

  @Test(
    "lines of the monitor are not the device's",
    arguments: [
      "--- 0x42001234: app_main at main.c:42", "--- Warning: no ELF",
      "---- Reopened serial port COM3 ----",
      "0x4037c4ce: esp_cpu_wait_for_intr at C:/esp/cpu.c:145", "0x400d1234 - app_main",
      "    at src/main.c:42", "  #0  0x400d1234 in app_main at main.c:42",
      "#1  0x400d1234:0x3ffb1230 in loop() at main.cpp:7",
    ])
  func monitorLines(text: String) {
    #expect(read(text + "\n").map(\.origin) == [.monitor])
    #expect(read("2026-05-18 10:20:30 " + text + "\n").map(\.origin) == [.monitor])
  }
}
