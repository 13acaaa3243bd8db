import LineReading
import Testing

@Suite("Reading lines")
struct LineReaderTests {
  @Test("lines end at line feeds, and carriage returns before them go")
  func lineEnds() {
    let lines = read("one\r\ntwo\r\r\n\nfo\rur\nlast")
    #expect(lines.map(\.text) == ["one", "two", "", "fo\rur", "last"])
    #expect(lines.map(\.number) == [1, 2, 3, 4, 5])
    #expect(lines.map(\.offset) == [0, 5, 11, 12, 18])
    #expect(lines.map(\.ending) == [.lineFeed, .lineFeed, .lineFeed, .lineFeed, .endOfInput])
  }

  @Test("an input that ends with a line feed has no line behind it")
  func endsWithLineFeed() {
    let (lines, statistics) = read(Array("one\ntwo\n".utf8))
    #expect(lines.count == 2)
    #expect(!statistics.endsMidLine)
    #expect(statistics.bytes == 8)
    #expect(statistics.lines == 2)
  }

  @Test("an input that ends within a line says so")
  func endsMidLine() {
    #expect(read(Array("one\ntwo".utf8)).statistics.endsMidLine)
    #expect(!read([]).statistics.endsMidLine)
  }

  @Test("a line longer than 64 KiB comes in pieces with one number")
  func longLine() {
    let length = 2 * LineReader.longestPiece + 100
    let input = Array("a\n".utf8) + [UInt8](repeating: 0x78, count: length) + Array("\nb\n".utf8)
    for pieces in [[Int.max], [1_000], [LineReader.longestPiece + 1]] {
      let lines = read(input, pieces: pieces).lines
      #expect(lines.map(\.number) == [1, 2, 2, 2, 3])
      #expect(lines.map(\.bytes.count) == [1, 65_536, 65_536, 100, 1])
      #expect(lines.map(\.offset) == [0, 2, 65_538, 131_074, 131_175])
      #expect(lines.map(\.ending) == [.lineFeed, .tooLong, .tooLong, .lineFeed, .lineFeed])
    }
  }

  @Test("a line of exactly 64 KiB is one line")
  func longestLine() {
    let input = [UInt8](repeating: 0x78, count: LineReader.longestPiece) + [0x0a]
    for pieces in [[Int.max], [777], [LineReader.longestPiece]] {
      #expect(read(input, pieces: pieces).lines.map(\.ending) == [.lineFeed])
    }
  }

  @Test("what stands behind the last line of text is counted by itself")
  func garbledEnd() {
    func end(_ bytes: [UInt8]) -> GarbledEnd { read(bytes).statistics.garbledEnd }
    let text = Array("I (1) app: ready\n".utf8)
    let garbage: [UInt8] = [0xff, 0x80, 0x41, 0x0a]
    #expect(end(text + garbage + garbage + [0x42, 0x0a]).bytes == 7)
    #expect(end(text + garbage + garbage).undecodable == 4)
    #expect(end(garbage + text).bytes == 0)
    #expect(end(garbage + Array("entry 0x4008063c\n".utf8)).bytes == 0)
    #expect(end(garbage + text + [0x0a] + garbage).lastTextLine == 2)
    // A clock that the capture put before a short line is no text.
    let clock = Array("2026-05-18 10:20:30 ".utf8)
    #expect(end(clock + text + clock + garbage + clock + [0x42, 0x0a]).undecodable == 2)
    // Neither is what a monitor says of an address.
    let named = Array("0x4008032c: _KernelExceptionVector at ??:?\n".utf8)
    #expect(end(text + named + garbage).lastTextLine == 1)
    #expect(end([]).bytes == 0)
  }

  @Test("bytes that are no text are counted, text in any language is not")
  func damage() {
    func damage(_ bytes: [UInt8]) -> Int { read(bytes).statistics.undecodableBytes }
    #expect(damage(Array("I (1) a: \u{1b}[0;32m→ 21 °C — größer 漢字 😀\t\u{8}\r\n".utf8)) == 0)
    #expect(damage([0, 0, 0xff, 0x41, 0x0a]) == 3)
    #expect(damage([0x41, 0xc3, 0x0a]) == 1)
    #expect(damage([0x41, 0xe2, 0x86, 0x0a]) == 2)
    #expect(damage([0xed, 0xa0, 0x80, 0x0a]) == 3)
    #expect(damage(Array("a\u{fffd}b\n".utf8)) == 3)
    #expect(damage(Array("a\u{1}b".utf8)) == 1)
  }

  @Test("cutting the input anywhere gives the same lines", arguments: [7, 1_234, 987_654_321])
  func chunking(seed: UInt64) {
    print("seed", seed)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<25 {
      let input = messyInput(&random)
      let whole = read(input)
      for _ in 0..<6 {
        let longest = [1, 3, 20, 300, 20_000].randomElement(using: &random) ?? 1
        let pieces = (0..<200).map { _ in Int.random(in: 1...longest, using: &random) }
        let cut = read(input, pieces: pieces)
        #expect(cut.lines == whole.lines)
        #expect(cut.statistics == whole.statistics)
      }
    }
  }

  @Test("what cannot be read counts between lines that can, and another alphabet's letters do not")
  func ruin() {
    let noise = [UInt8](repeating: 0x93, count: 40) + [0x0a]
    let text = Array("21.5 \u{b0}C in the kiln, and all is well there\n".utf8)
    func ruin(_ pieces: [[UInt8]]) -> RuinedStretches {
      read(pieces.flatMap(\.self)).statistics.ruin
    }
    #expect(ruin([noise, text, text, noise]).count == 0)
    let found = ruin([text, noise, text, noise, noise, text, noise])
    #expect(found.count == 2)
    #expect(found.bytes == 120)
    #expect(
      ruin([text, Array("21 \u{b0}C in the kiln\n".unicodeScalars.map { UInt8($0.value) }), text])
        .count == 0)
  }

  @Test("another encoding's text is none that cannot be read")
  func otherEncodings() {
    let text = Array("21.5 \u{b0}C in the kiln, and all is well there\n".utf8)
    func stretches(_ line: [UInt8]) -> Int {
      read(text + line + [0x0a] + text + line + [0x0a]).statistics.ruin.count
    }
    let latin: [UInt8] = [0xe4, 0xf6, 0xfc, 0x20, 0xdf, 0xe4, 0x2e]
    #expect(stretches(latin) == 0)
    let head = Array("I (600) app: ".utf8)
    let wide: [UInt8] = [0xce, 0xc2, 0x81, 0xc8, 0xb6, 0x8d, 0xb6, 0xc8]
    #expect(stretches(head + wide) == 0)
    #expect(stretches(wide) == 1)
    for noise: [UInt8] in [[0xff, 0xe4, 0xf6, 0xfc], [0xe4, 0x02, 0xf6, 0xfc]] {
      #expect(stretches(noise) == 1)
    }
    #expect(stretches(Array("\u{fffd}\u{fffd}\u{fffd} 2".utf8)) == 1)
  }

  @Test(
    "words are made out where other letters of them are no text, and whole ones are none of noise")
  func ruinedWords() {
    func words(_ line: [UInt8]) -> Int { read(line + [0x0a]).statistics.ruinedWords }
    let text = Array("I (309) cpu_start: Multicore app".utf8)
    let ruined = text.enumerated().map { $0.isMultiple(of: 2) ? $1 : 0 }
    #expect(words(ruined) == 1)
    #expect(words(text) == 0)
    #expect(words(text + [0x93, 0x02]) == 0)
    #expect(words([UInt8](repeating: 0x93, count: 400)) == 0)
  }

  @Test("no bytes crash, numbers and offsets grow, and offsets point at the lines")
  func laws() {
    let seed: UInt64 = 42
    print("seed", seed)
    var random = SeededGenerator(seed: seed)
    for round in 0..<200 {
      let input =
        round.isMultiple(of: 2)
        ? messyInput(&random)
        : (0..<Int.random(in: 0...400, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
      let (lines, statistics) = read(input)
      let starts = [0] + input.indices.filter { input[$0] == 0x0a }.map { $0 + 1 }
      for line in lines {
        #expect(line.number >= 1 && line.number <= statistics.lines)
        #expect(line.ending == .tooLong || starts[line.number - 1] <= line.offset)
        if line.offset == starts[line.number - 1] {
          let end = input[line.offset...].firstIndex(of: 0x0a) ?? input.endIndex
          #expect(line.bytes.count <= end - line.offset)
          #expect(Set(line.bytes).isSubset(of: input[line.offset..<end]))
        }
      }
      #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.offset < $1.offset })
      #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.number <= $1.number })
      #expect(statistics.lines == starts.count - (starts.last == input.count ? 1 : 0))
      #expect(statistics.undecodableBytes <= input.count)
    }
  }
}

/// A log with all that may befall one.
func messyInput(_ random: inout SeededGenerator) -> [UInt8] {
  let parts = [
    "I (1234) wifi:state: run -> init", "\u{1b}[0;32mI (42) boot: ESP-IDF v5.4.2\u{1b}[0m",
    "2026-05-18 10:20:30 ", "[10:20:30.123] ", "10:20:30.123 -> ", "e[0;32m", "[0m", "> ", "&gt; ",
    "\u{feff}", "\r", "\r\r", "\n", "\n", "\n", "\r\n", "<ESC>[0;31m", "<CR><LF>", "node-1  | ",
    "May 18 10:20:30 host prog[12]: ", "[  3708][W][file.cpp:639] f(): ", "[I][ota:363]: text",
    "--- 0x42001234: app_main at main.c:42", "Backtrace: 0x4008:0x3ffb", "␛[0;33m", "größer",
    "\u{1b}", "\u{1b}[", "ESP-ROM:esp32s3-20210327", "    at main.c:4", "\t", "   ",
    "[Mon May 18 10:20:30.123 2026] ", "1747563630.123456 ", "收←◆",
  ]
  var input: [UInt8] = []
  for _ in 0..<Int.random(in: 1...60, using: &random) {
    switch Int.random(in: 0..<40, using: &random) {
    case 0: input += (0..<9).map { _ in UInt8.random(in: 0...255, using: &random) }
    case 1: input += [UInt8](repeating: 0, count: 5)
    case 2:
      input += [UInt8](repeating: 0x61, count: Int.random(in: 60_000...140_000, using: &random))
    default: input += Array((parts.randomElement(using: &random) ?? "").utf8)
    }
  }
  return input
}
