import LineReading
import Testing

@testable import DeviceEvents

@Suite("Lines that lost their prefix")
struct LostPrefixTests {
  private func events(_ log: String) -> [DeviceEvent] {
    var decoder = EventDecoder()
    return decoder.events(of: log)
  }

  @Test("are known by a tag that nobody else has")
  func tags() {
    #expect(
      events("esp_image: Image length 1200000 doesn't fit in partition length 1048576")
        == [.notice(Notice(.imageTooLarge, numbers: [1_200_000, 1_048_576]))])
    #expect(
      events("task_wdt: Task watchdog got triggered. The following tasks did not")
        == [.taskWatchdog(.triggered)])
    #expect(events("cpu_start: Multicore app") == [.application(.starting)])
    #expect(events("(404) main_task: Calling app_main()") == [.application(.mainStarts)])
    #expect(events("4) main_task: Calling app_main()") == [.application(.mainStarts)])
  }

  @Test(
    "are the bootloader's where it prints such a line",
    arguments: [
      "boot: Loaded app from partition at offset 0x210000",
      "I boot: Loaded app from partition at offset 0x210000",
      "(300) boot: Loaded app from partition at offset 0x210000",
      "I (300) boot: Loading app partition at offset 00210000",
      "boot.esp32c3: Fast booting app from partition at offset 0x210000",
    ])
  func bootloader(line: String) {
    #expect(events(line).contains(.bootloader(.loadedApp(offset: 0x21_0000))))
  }

  @Test(
    "are not taken from prose",
    arguments: [
      "boot: it works now", "boot: normal", "task: worker", "error: none", "note: boot: x",
      "I think: yes", "main: hello", "(12) apples: red", "12) point: twelve",
    ])
  func prose(line: String) {
    let found = events(line)
    let isBoot = found.contains { event in
      if case .bootloader = event { true } else { false }
    }
    #expect(!isBoot)
  }

  @Test("count as plain text where they have no known form")
  func plainLines() {
    var decoder = EventDecoder()
    let log = """
      ESP-ROM:esp32s3-20210327
      entry 0x403c8920
      Hello from the sketch
      Temp: 21.4 °C
      42
      0x42001234 0x3fc91000
      3fc93a80 00000030 deadbeef
      --- 0x42001234: app_main at main.c:12
      I (312) cpu_start: Multicore app
      I (412) gate: ready
      ::: ***
      """
    _ = decoder.events(of: log)
    #expect(decoder.plainLines == 2)
    #expect(decoder.applicationLines == 1)
  }
}

@Suite("Panic text that is only told of")
struct RetoldPanicTests {
  @Test(
    "gives no crash",
    arguments: [
      "I (512) store: last crash: Guru Meditation Error: Core  0 panic'ed (StoreProhibited)",
      "I (530) store: uploaded 'abort() was called at PC 0x40081234 on core 0'",
      "I (530) store: reason=\"assert failed: f queue.c:12 (x)\"",
      "W (9) log: Previous panic: ***ERROR*** A stack overflow in task main has been detected.",
    ])
  func retold(line: String) {
    var decoder = EventDecoder()
    let hasPanic = decoder.events(of: line).contains { event in
      if case .panic = event { true } else { false }
    }
    #expect(!hasPanic)
  }

  @Test("gives one where a line was cut by it")
  func cut() {
    var decoder = EventDecoder()
    #expect(
      decoder.events(
        of: "I (8123) app: Value: Guru Meditation Error: Core  0 panic'ed (LoadProhibited)"
      )
      .contains(.panic(.header(reason: "LoadProhibited", core: 0))))
  }
}
