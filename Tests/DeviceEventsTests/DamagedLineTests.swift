import LineReading
import Testing

@testable import DeviceEvents

@Suite("A key line with one wrong byte")
struct DamagedLineTests {
  private func events(_ lines: String...) -> (events: [DeviceEvent], damaged: Int) {
    var decoder = EventDecoder()
    var events: [DeviceEvent] = []
    for (index, line) in lines.enumerated() {
      let bytes = Array(line.utf8)
      bytes.withUnsafeBufferPointer { buffer in
        let line = LogLine(
          number: index + 1, offset: 0, text: ByteText(buffer), ending: .lineFeed)
        decoder.decode(line) { events.append($0) }
      }
    }
    return (events, decoder.damagedLines)
  }

  @Test("is damage once, and an application's own tag from the second time on")
  func ownTags() {
    let lines = [
      "I (101) esp_imag3: Image hash failed - image is corrupt",
      "I (102) cpu_sturt: Pro cpu start user code",
      "I (103) esp_imag3: Image hash failed - image is corrupt",
      "I (104) cpu_sturt: Pro cpu start user code",
    ]
    let first = events(lines[0], lines[1])
    #expect(!first.events.contains(.application(.running)))
    let again = events(lines[0], lines[1], lines[2], lines[3])
    #expect(again.events.contains(.application(.running)))
    #expect(again.damaged == first.damaged)
  }

  @Test("that lists a segment is the bootloader's, as often as the console drops the same letter")
  func segmentsWithoutALetter() {
    let told = events(
      "I (97) ep_image: egment 0: paddr=0x00010020 vaddr=0x3f400020 ize=0x0c1d8 ( 49624) map",
      "I (121) ep_image: egment 1: paddr=0x0001c200 vaddr=0x3ffb0000 ize=0x02420 (  9248) load",
      "I (128) ep_image: egment 2: paddr=0x0001e628 vaddr=0x40080000 ize=0x019f0 (  6640) load")
    #expect(!told.events.contains(.application(.running)))
  }

  @Test(
    "is damage where the head of a log line lost a bracket or a blank",
    arguments: [
      ("I (306 cpu_start: cpu freq: 160000000 Hz", 1), ("I(306) cpu_start: cpu freq", 1),
      ("I 306) cpu_start: cpu freq", 1), ("I (306)cpu_start:cpu freq", 1),
      ("I(306)cpu_start: cpu freq", 1), ("I (306) cpu_start: cpu freq", 0), ("I (306", 0),
      ("I 306 cpu_start: so it goes", 0), ("E(kT) = 3: a formula", 0), ("D(3", 0),
      ("I (am) fine: thanks", 0),
    ])
  func heads(line: String, damaged: Int) {
    #expect(events("rst:0x1 (POWERON_RESET),boot:0x13", line).damaged == damaged)
  }

  @Test(
    "is damage where a row of registers lost bytes of its numbers",
    arguments: [
      ("A2    : x3ff1c58 3     : 0x3f4012a0 4      0x0000014  A5     : x3ffe10", 1),
      ("14    : 000000a8 15    : x0000001 AR    : x000001a EXCUSE 0x00000006", 1),
      ("A2    : 0x3ff1c58 3     : 0x3f4012a0 4      0x0000014  A5     : 0x3ffe10", 0),
      ("A2 x1000 y2000 : 0x3000", 0), ("X x12a", 0), ("12 : x100 : x200", 0),
    ])
  func registers(line: String, damaged: Int) {
    #expect(events("rst:0x1 (POWERON_RESET),boot:0x13", line).damaged == damaged)
  }

  @Test(
    "that ends anywhere is read",
    arguments: [
      "[esp32s3] [INF] [boot] Loaded app", "[  3708][W][file.cpp:639] begin(): text",
      "[00:00:05.252,000] <inf> feeder: text", "[I][ota:363]: text", "I (1234) tag: text",
      "[19:02:51][D][sensor:135][main]: text", "CPU0: Guru Meditation Error: Core  0 panic'ed (a)",
    ])
  func beginnings(_ line: String) {
    for count in 1...line.utf8.count {
      _ = events(String(decoding: Array(line.utf8).prefix(count), as: UTF8.self))
    }
  }

  @Test("is forgotten when more than a few others came after it")
  func manyTags() {
    let others = (0..<6).map { "I (10\($0)) cpu_st\(UnicodeScalar(UInt8(65 + $0)))rt: x" }
    var decoder = EventDecoder()
    let lines = ["I (100) cpu_stzrt: x"] + others + ["I (180) cpu_stzrt: x"]
    let found = decoder.events(of: lines.joined(separator: "\n"))
    #expect(!found.contains(.application(.running)))
  }

  @Test(
    "says what it said",
    arguments: [
      (
        "E (86) boot: OTA app(partition slot 1 is not bootable",
        "E (86) boot: OTA app partition slot 1 is not bootable"
      ),
      (
        "E (31) boot: OTA app partition slo 1 is not bootable",
        "E (31) boot: OTA app partition slot 1 is not bootable"
      ),
      (
        "E (94) bot: No bootable app partitions in the partition table",
        "E (94) boot: No bootable app partitions in the partition table"
      ),
      (
        "E (221) espp_image: Image hash failed - image is corrupt",
        "E (221) esp_image: Image hash failed - image is corrupt"
      ),
      (
        "E (221) esp_image: Image hash faled - image is corrupt",
        "E (221) esp_image: Image hash failed - image is corrupt"
      ),
      (
        "I (432) boot: Loaded pp from partition at offset 0x10000",
        "I (432) boot: Loaded app from partition at offset 0x10000"
      ),
      (
        "I (9) ota_update: OTA update successfu,! Rebooting to partition 'ota_1'...",
        "I (9) ota_update: OTA update successful! Rebooting to partition 'ota_1'..."
      ),
      (
        "I (9) main: boot: reset_reson=INT_WDT running_partition=ota_0",
        "I (9) main: boot: reset_reason=INT_WDT running_partition=ota_0"
      ),
      (
        "I (9) main: boot: reset_reason=INT_WDT runningWpartition=ota_0",
        "I (9) main: boot: reset_reason=INT_WDT running_partition=ota_0"
      ),
      (
        "I (9) main: boot: reset_reason=SW running_partition=ota_00",
        "I (9) main: boot: reset_reason=SW running_partition=ota_0"
      ),
      (
        "rst:0x1 (POWER\u{f}N),boot:0x8 (SPI_FAST_FLASH_BOOT)",
        "rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)"
      ),
      (
        "rst:0xc (RTC_W_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)",
        "rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)"
      ),
    ])
  func mended(_ damaged: String, _ sound: String) {
    #expect(!events(sound).events.isEmpty)
    #expect(events(damaged).events == events(sound).events)
  }

  @Test(
    "under a tag of the start-up's is no sign that the application runs",
    arguments: [
      "I (268) cpu_starrt: Project name:     weather", "I (244) cp_start: App cpu up.",
      "I (268) cpu_start Project name:     weather", "I (36) bot.esp32s3: SPI Mode       : DIO",
      "I (27) oot: compile time Mar  4 2026 09:12:38", "I (75) bboot: End of partition table",
    ])
  func noSignOfLife(_ line: String) {
    #expect(!events(line).events.contains(.application(.running)))
  }

  @Test(
    "of an application stays the application's",
    arguments: ["I (900) books: 3 read", "I (900) otas: OTA update", "I (900) sensor: 20 ms"])
  func applications(_ line: String) {
    #expect(events("I (800) sensor: on", line).damaged == 0)
  }

  @Test(
    "of an application whose tag is like one of the start-up's counts once at most, and shows that it runs",
    arguments: ["main_tasks", "cpu_stat", "app_unit", "ota_updater", "esp_http_ota"])
  func tagsLikeOthers(_ tag: String) {
    let seen = events(
      "I (345) main_task: Calling app_main()", "I (900) \(tag): pump 1 on",
      "I (910) \(tag): pump 1 off",
      "I (920) \(tag): pump 2 on")
    #expect(seen.damaged <= 1)
    #expect(seen.events.contains(.application(.running)))
  }

  @Test("is not taken for that of a stack dump where an application prints bytes")
  func bytesOfApplications() {
    let dump = "3ffb1234: 0x12 0x34 0x56 0x78 0x9a 0xbc 0xde 0xf0"
    #expect(events("I (800) sensor: on", dump, dump, dump).damaged == 0)
    let row = "4ff24b:0: 0x00000000 0xa5a5a5a5 0xa5a5a5a5 0xa5a5a5a5"
    #expect(events("I (800) sensor: on", row).damaged == 1)
  }

  @Test("that leaves two names of a reset possible names neither")
  func ambiguousReset() {
    #expect(Self.resetName("TGXWDT_SYS_RST") == nil)
    #expect(Self.resetName("POWER\u{f}N") == "POWERON")
  }

  private static func resetName(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { ROMResetNames.name(nearly: ByteText($0)) }
  }

  @Test("is counted where it shows, and a whole start-up has none")
  func counted() {
    #expect(
      events(
        "I (60) bo\u{1}t: x", "I (60) boot: SPI Sp\u{2}ed",
        "I (61) espp_image: segment 0: paddr=00010020 vaddr=3c0a0020 size=1d3f8h (119800) map"
      )
      .damaged
        == 2)
    #expect(
      events(
        "I (26) boot: ESP-IDF v5.4.2 2nd stage bootloader",
        "I (325) app_init: Project name:     wärme"
      ).damaged == 0)
  }

  @Test("with a wrong digit in its time is no reset")
  func times() {
    let isReset = { (events: [DeviceEvent]) in
      events.contains { if case .clockWentBack = $0 { true } else { false } }
    }
    #expect(!isReset(events("I (17154) a: x", "I (1715) a: x", "I (17156) a: x").events))
    #expect(!isReset(events("I (323) a: x", "I (3223) a: x", "I (335) a: x").events))
    #expect(isReset(events("I (17154) a: x", "I (335) a: x", "I (340) a: x").events))
    // Ten seconds of silence, and then a boot, are no damage.
    #expect(isReset(events("I (323) a: x", "I (10323) a: x", "I (330) a: x").events))
    // Where the doubtful line is followed by its like, it was right.
    #expect(isReset(events("I (17154) a: x", "I (1715) a: x", "I (1720) a: x").events))
  }

  @Test("a number is told from one that lost, doubled or changed a digit")
  func numbers() {
    #expect(DamagedNumber(1715).mayHaveBeen(in: 17154...18154))
    #expect(DamagedNumber(3223).mayHaveBeen(in: 323...335))
    #expect(DamagedNumber(5234).mayHaveBeen(in: 1230...1240))
    #expect(!DamagedNumber(10323).mayHaveBeen(in: 323...330))
    #expect(!DamagedNumber(335).mayHaveBeen(in: 17154...18154))
  }
}
