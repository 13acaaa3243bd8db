import LineReading
import Testing

@testable import DeviceEvents

@Suite("Dispatching lines")
struct DispatchTests {
  private func events(_ log: String) -> [DeviceEvent] {
    var decoder = EventDecoder.fake()
    return decoder.events(of: log)
  }

  @Test("a message goes to the decoders of its tag, in order, until one takes it")
  func messageOrder() {
    #expect(events("I (28) boot: ESP-IDF v5.4") == [.bootloader(.banner(idf: "ESP-IDF v5.4"))])
    #expect(events("I (28) boot: chip revision") == [.bootloader(.other)])
    #expect(events("I (28) boot.esp32s3: SPI Mode") == [.bootloader(.other)])
    #expect(events("I (28) spi_flash: ESP-IDF") == [])
  }

  @Test("a decoder that only wants messages with markers sees no others")
  func reluctantDecoder() {
    #expect(events("I (28) main: hello") == [.application(.running)])
    #expect(
      events("I (28) main: a Backtrace: b")
        == [.application(.running), .application(.project("a Backtrace: b"))])
  }

  @Test("text without a log prefix goes to the plain decoders")
  func plainText() {
    #expect(events("ESP-ROM:esp32s3") == [.rom(.banner(text: "ESP-ROM:esp32s3", chip: nil))])
    #expect(events("nothing") == [])
  }

  @Test("a marker inside text that no decoder took is decoded where it stands")
  func markers() {
    #expect(events("xx Backtrace: 0x4") == [.panic(.halted)])
    #expect(
      events("I (5) app: xx Backtrace: 0x4") == [.application(.running), .panic(.halted)])
    #expect(
      events("I (5) app: x=1 running_partition=ota_0")
        == [.application(.running), .application(.version("x=1 "))])
  }

  @Test("a boot banner ends the line it is glued to")
  func gluedBanner() {
    #expect(
      events("\u{1b}[0;32mI (42) boot: ESP-IDF v5.1ESP-ROM:esp32c6-20220919\n")
        == [
          .bootloader(.banner(idf: "ESP-IDF v5.1")),
          .rom(.banner(text: "ESP-ROM:esp32c6-20220919", chip: nil)),
        ])
    #expect(
      events("invalid header: 0ESP-ROM:esp32c6rst:0x1")
        == [
          .rom(.banner(text: "ESP-ROM:esp32c6", chip: nil)),
          .rom(.banner(text: "rst:0x1", chip: nil)),
        ])
  }

  @Test("a log line glued behind other text is found")
  func gluedLogLine() {
    #expect(events("rubbish 208I (123) boot: x") == [.bootloader(.other)])
    #expect(
      events("I (12) boot: ESP-IDF v5I (123) boot: x")
        == [.bootloader(.banner(idf: "ESP-IDF v5")), .bootloader(.other)])
    #expect(events("I (12) boot: a WIFI (2) x: y") == [.bootloader(.other)])
  }

  @Test("lines of the monitor are not decoded")
  func monitorLines() {
    #expect(events("--- ESP-ROM:esp32s3\n---- Backtrace: 0x\n") == [])
  }

  @Test("between the marks of a core dump, rows are only data")
  func coreDump() {
    let log = """
      ================= CORE DUMP START =================
      ZAAAAAAAAAA=
      BACKBACK
      dam@ged row
      ================= CORE DUMP END =================
      BACKBACK
      """
    #expect(
      events(log)
        == [.begins, .data, .data, .data, .ends].map { DeviceEvent.coreDump($0) })
  }

  @Test(
    "a boot, a panic or a log line inside a core dump ends it",
    arguments: [
      "ESP-ROM:esp32s3", "Guru Meditation Error: x", "I (28) boot: x", "I (9) spi_flash: x",
      "AAAAESP-ROM:esp32s3",
    ])
  func cutCoreDump(line: String) {
    let all = events("=== CORE DUMP START ===\nAAAA\n" + line + "\nAAAA\n")
    #expect(all.prefix(2) == [.coreDump(.begins), .coreDump(.data)])
    #expect(all.last != .coreDump(.data) || all.count == 2)
  }

  @Test("words of the core dump writer do not end the block")
  func coreDumpLog() {
    #expect(
      events("=== CORE DUMP START ===\nI (9) esp_core_dump_uart: x\nAAAA").last == .coreDump(.data))
  }

  @Test("lines under an application's tag are counted, start-up lines are not")
  func applicationLines() {
    var decoder = EventDecoder.fake()
    let log = """
      I (20) boot: x
      I (30) boot.esp32s3: x
      I (200) cpu_start: Multicore app
      I (210) MSPI Timing: x
      I (300) heap_init: x
      plain
      """
    #expect(!decoder.events(of: log).contains(.application(.running)))
    #expect(decoder.applicationLines == 0)
    #expect(decoder.espLines == 5)
    let running = decoder.events(
      of: "I (400) my-app.x: a\n[  500][W][f.cpp:1] f(): b\n[I][ota:3]: c")
    #expect(running == [.application(.running)])
    #expect(decoder.applicationLines == 3)
    decoder.noteBootBegan()
    #expect(decoder.events(of: "I (10) wifi:x") == [.application(.running)])
  }

  @Test("no bytes crash the dispatch, and chunking does not show in the events")
  func laws() {
    let seed: UInt64 = 2_026
    print("seed", seed)
    var state = seed
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let parts = [
      "I (1234) app: text", "I (", "(12", ") tag: ", "E BOD: x", "[  3708][W][f.cpp:6] f(): x",
      "[I][ota:363]: x", "ESP-ROM:", "rst:0x", "Guru Meditation Error", "Backtrace:", "\n", "\n",
      "= CORE DUMP START =", "= CORE DUMP END =", "===", "AAAA=", "I (1) boot: ESP-IDF", "D (9",
      "running_partition=", "[", "][", ":", " ", "I (12:34:56.789) a: ",
    ]
    for _ in 0..<300 {
      var log: [UInt8] = []
      for _ in 0..<random(60) {
        if random(8) == 0 {
          log.append(UInt8(random(256)))
        } else {
          log += Array(parts[random(parts.count)].utf8)
        }
      }
      let pattern = LinePattern(tag: nil, message: "*text*")
      var whole = EventDecoder.fake(watching: [pattern])
      let expected = whole.events(of: log)
      var reader = LineReader()
      var decoder = EventDecoder.fake(watching: [pattern])
      var events: [DeviceEvent] = []
      var start = 0
      while start < log.count {
        let end = min(log.count, start + 1 + random(20))
        Array(log[start..<end]).withUnsafeBufferPointer {
          reader.feed($0) { line in decoder.decode(line) { events.append($0) } }
        }
        start = end
      }
      reader.finish { line in decoder.decode(line) { events.append($0) } }
      #expect(events == expected)
    }
  }
}
