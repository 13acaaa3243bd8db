import LineReading
import Testing

@testable import DeviceEvents

@Suite("Reading log prefixes")
struct DispatchMessageTests {
  /// A message as a test compares it: level, time, tag, text.
  private func parts(_ line: String) -> [String]? {
    Array(line.utf8).withUnsafeBufferPointer { bytes in
      LogMessage(ByteText(bytes)).map {
        [
          String(UnicodeScalar($0.level)), $0.time.map(String.init) ?? "-", $0.tag.string,
          $0.message.string,
        ]
      }
    }
  }

  @Test("all forms of ESP-IDF are read")
  func espIDF() {
    #expect(parts("I (1234) main: text: more") == ["I", "1234", "main", "text: more"])
    #expect(parts("W (0) boot.esp32s3: x") == ["W", "0", "boot.esp32s3", "x"])
    #expect(parts("I (12) MSPI Timing: x") == ["I", "12", "MSPI Timing", "x"])
    #expect(parts("I (123) wifi:text") == ["I", "123", "wifi", "text"])
    #expect(parts("I (12:34:56.789) esp-tls: x") == ["I", "-", "esp-tls", "x"])
    #expect(parts("I (26-05-18 12:34:56.789) a: x") == ["I", "-", "a", "x"])
    #expect(parts("I (1718795571035) a: x") == ["I", "-", "a", "x"])
    #expect(parts("E BOD: Brownout") == ["E", "-", "BOD", "Brownout"])
    #expect(parts("I MSPI Timing: x") == ["I", "-", "MSPI Timing", "x"])
    #expect(parts("I (77) no tag here") == ["I", "77", "", "no tag here"])
    #expect(parts("I (77) tag:") == ["I", "77", "tag", ""])
  }

  @Test(
    "brackets in a tag are its own, in pairs and behind a name",
    arguments: [
      ("I (517134) chip[SWU]: x", true), ("I (77) pump (2): x", true), ("I (77) bus#1: x", true),
      ("I (77) motor<a>{b}: x", true), ("I (77) wi[fi: x", false), ("I (77) wi]fi: x", false),
      ("I (77) [note]: x", false), ("I (77) a([)]: x", false), ("I (77) \"main\": x", false),
    ])
  func brackets(line: String, isPlausible: Bool) {
    Array(line.utf8).withUnsafeBufferPointer { bytes in
      #expect(LogMessage(ByteText(bytes))?.hasPlausibleTag == isPlausible)
    }
  }

  @Test("the forms of Arduino and ESPHome are read")
  func frameworks() {
    #expect(
      parts("[  3708][W][file.cpp:639] begin(): late") == ["W", "3708", "file.cpp", "late"])
    #expect(parts("[3708][E][a.c:6] late") == ["E", "3708", "a.c", "late"])
    #expect(
      parts("[E][ArduinoOTA.cpp:321] _runUpdate(): late") == ["E", "-", "ArduinoOTA.cpp", "late"])
    #expect(parts("[D][WiFi.cpp:5] ~A::b(): late") == ["D", "-", "WiFi.cpp", "late"])
    #expect(parts("[I][ota:363]: Starting") == ["I", "-", "ota", "Starting"])
    #expect(parts("[C][logger:224][loopTask]: x") == ["I", "-", "logger", "x"])
  }

  @Test(
    "prose and damage are no log lines",
    arguments: [
      "I am here: yes", "I (x) tag: y", "I (12 tag: y", "I (12)tag: y", "E:", "I", "I (", "I (1",
      "[", "[ ", "[12", "[12][", "[I][", "[I][tag", "[I][tag:1]", "[I][tag:1] text",
      "[I][a.c:1] f() text", "Info: x", "", "[12] x: y",
      "E (12:34) ",
    ])
  func noLogLines(line: String) {
    #expect(parts(line)?[2].isEmpty ?? true)
  }

  @Test("the clock goes back at a new boot, and not at what only looks like one")
  func clock() {
    func steps(_ log: String) -> [DeviceEvent] {
      var decoder = EventDecoder.fake()
      return decoder.events(of: log).filter {
        if case .clockWentBack = $0 { true } else { false }
      }
    }
    #expect(steps("I (93452) a: x\nI (2800) a: x") == [.clockWentBack(from: 93_452, to: 2_800)])
    #expect(steps("I (300) a: x\nI (28) a: x") == [.clockWentBack(from: 300, to: 28)])
    #expect(steps("I (400) a: x\nI (150) boot: x") == [.clockWentBack(from: 400, to: 150)])
    // The hand-over, two cores, the second core's counter, and the end of the count.
    #expect(steps("I (280) boot: x\nI (95) cpu_start: x") == [])
    #expect(steps("I (505) a: x\nI (498) b: x") == [])
    #expect(steps("I (1398) cpu_start: x\nI (0) cpu_start: App cpu up.\nI (1400) a: x") == [])
    #expect(steps("I (4294967290) a: x\nI (5) a: x") == [])
    #expect(steps("I (12:34:56.789) a: x\nI (00:00:01.000) a: x\nI (345) a: x") == [])
  }

  @Test("the step back comes before the line's own events, and the application counts anew")
  func clockOrder() {
    var decoder = EventDecoder.fake()
    #expect(
      decoder.events(of: "I (9000) a: x\nI (2000) a: Backtrace: 1")
        == [
          .application(.running), .clockWentBack(from: 9_000, to: 2_000), .application(.running),
          .panic(.halted),
        ])
    #expect(decoder.clock == 2_000)
    decoder.noteBootBegan()
    #expect(decoder.clock == 2_000)
    #expect(decoder.events(of: "I (10) boot: x") == [.bootloader(.other)])
  }
}
