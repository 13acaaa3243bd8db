import BootTimeline
import DeviceEvents
import Testing

@Suite("What a gateway passes on of other chips")
struct RelayedTextTests {
  private let boot = Block.powerOn + Block.start + "I (1000) gateway: 2 nodes\n"
  private let later = "I (9000) gateway: 2 nodes\nI (19000) gateway: 2 nodes\n"

  @Test(
    "begins no boot and ends none",
    arguments: [
      "node7: ESP-ROM:esp32c3-api1-20210207", "DATA=ets Jul 29 2019 12:21:46",
      "node7 said \"ESP-ROM:esp32c3-api1-20210207\"",
      "[node7] rst:0xf (BROWNOUT_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)",
      "node7: rst:0x8 (TG1WDT_SYS_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)",
      "node7 said \"rst:0x8 (TG1WDT_SYS_RST),boot:0x8\"", "[node7] Brownout detector was triggered",
      "Brownout detector was triggered", "node7: Brownout detector was triggered",
    ])
  func relayed(text: String) {
    let story = timeline(of: boot + "I (5000) gateway: \(text)\n" + later)
    #expect(story.boots.map(\.ending) == [.endOfLog])
    #expect(!story.notices.map(\.notice.kind).contains(.brownoutDetected))
  }

  @Test("is known by the run that goes on, where words of any kind stand before it")
  func outlived() {
    let later =
      "I (9000) gateway: 2 nodes\nI (19000) gateway: 2 nodes\nI (29000) gateway: 2 nodes\n"
    let reset = "[sub] rst:0x10 (RTCWDT_RTC_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\n"
    let run = boot + "I (8000) gateway: 2 nodes\n"
    let sag = timeline(of: run + "child: E (8600) BOD: Brownout detector was triggered\n" + later)
    #expect(sag.boots.map(\.ending) == [.endOfLog])
    #expect(sag.notices.map(\.notice.kind).contains(.brownoutOutlived))
    let other = timeline(of: run + reset + later)
    #expect(other.boots.map(\.romReset?.code) == [1])
    #expect(other.notices.contains { $0.notice == Notice(.wordsOfAnother, detail: "a reset") })
    // The node's own: what follows is a start, or a clock that began anew.
    let own = timeline(of: run + reset + Block.start + "I (1000) gateway: 2 nodes\n" + later)
    #expect(own.boots.last?.romReset?.code == 0x10)
    let bare = timeline(of: run + reset + "load:0x3fcd5820,len:0x1560\n" + later)
    #expect(bare.boots.last?.romReset?.code == 0x10)
  }

  @Test(
    "is this node's own where the clock falls or a start shows behind it, or a cut line stands before it",
    arguments: [
      "sensor> E (600) BOD: ", "rssi: E (600) BOD: ", "rssi=-70\u{fffd}", "\u{fffd}\u{fffd}",
      "Connecting\u{fffd}",
    ])
  func notOutlived(words: String) {
    let first = "I (480) gateway: starts\n"
    let sag = "\(words)Brownout detector was triggered\n\n"
    let again = "I (312) cpu_start: Multicore app\nI (404) main_task: Calling app_main()\n"
    let early = Block.powerOn + Block.start + first + sag
    let late = boot + "I (8000) gateway: 2 nodes\n" + sag
    for log in [
      early + again + first + later, early + first + later, late + again + first + later,
      late + "I (8900) gateway: 2 nodes\nI (9100) gateway: 2 nodes\n",
    ] {
      let story = timeline(of: log)
      #expect(story.boots.map(\.ending).contains(.brownout), "\(log)")
      #expect(!story.notices.map(\.notice.kind).contains(.brownoutOutlived), "\(log)")
    }
  }

  @Test("no boot that may hold another's reset is made of one that was read")
  func notCast() {
    let loop = Block.powerOn + Block.start + "I (4000) gateway: 2 nodes\n"
    let told = "[sub] rst:0x10 (RTCWDT_RTC_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\n" + later
    let log = String(repeating: loop, count: 40) + loop + told + loop
    let story = timeline(of: log)
    #expect(!story.boots.contains { $0.romReset?.code == 0x10 })
    #expect(story.notices.contains { $0.notice == Notice(.wordsOfAnother, detail: "a reset") })
  }

  @Test("is told from what cuts a line of its own")
  func cut() {
    let reset = "rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\n"
    for text in ["2 no" + reset, "2 ets Jul 29 2019 12:21:46 " + reset] {
      let story = timeline(of: boot + "I (5000) gateway: \(text)" + Block.start)
      #expect(story.boots.count == 2, "\(text)")
    }
    for text in [
      "E BOD: Brownout detector was triggered\n", "E (5100) BOD: Brownout detector was triggered\n",
      "Brownout detector was triggered\n",
      "I (5000) gateway: 2 no\u{fffd}Brownout detector was triggered\n",
    ] {
      #expect(timeline(of: boot + text).boots.map(\.ending) == [.brownout], "\(text)")
    }
  }

  @Test(
    "is told from what a tool's label stands before, from one line on",
    arguments: ["[COM3] ", "<< ", ">> ", "RX -> "])
  func tool(label: String) {
    let run =
      Block.bootloader(slotAt: 0x20000) + Block.start
      + (1...8).map { "I (\($0 * 3_000)) gateway: 2 nodes\n" }.joined()
    let crash = Block.panic + Block.software + run
    func labelled(_ log: String) -> String {
      log.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map { "\(label)\($0)\n" }.joined()
    }
    for log in [
      "I (900) gateway: 2 nodes\n" + labelled(Block.powerOn + run + crash),
      Block.powerOn + run + labelled(crash),
    ] {
      let story = timeline(of: log)
      #expect(story.crashes.contains { $0.kind == .exception })
      #expect(story.boots.last?.slot == "ota_0")
    }
  }

  @Test("stands in records that name a node; those that name none may tell of its own panic")
  func records() {
    func told(_ field: String) -> [NoticeKind] {
      let texts = [
        "Guru Meditation Error: Core  0 panic'ed (LoadProhibited).",
        "Backtrace: 0x400d1234:0x3ffb0000", "Rebooting...",
      ]
      let records = texts.map { "{\(field)\"text\":\"\($0)\"}\n" }.joined()
      return timeline(of: boot + records).notices.map(\.notice.kind)
    }
    for field in [
      "\"node\":3,", "\"child\" : 3,", "\"peer\":\"a1\",", "\"nodeId\":3,",
      "\"t\":1,\"from\":\"b\",",
    ] {
      #expect(!told(field).contains(.crashRetold), "\(field)")
    }
    for field in ["", "\"t\":17,\"src\":\"console\","] {
      #expect(told(field).contains(.crashRetold), "\(field)")
    }
  }

  @Test("a reason that a power-on excludes is another chip's, once the start is over")
  func contradicted() {
    for reason in ["PANIC", "BROWNOUT", "watchdog"] {
      let story = timeline(of: boot + "I (5000) imu: reset reason: \(reason)\n" + later)
      #expect(story.boots.map(\.resetReason) == [.powerOn], "\(reason)")
    }
    let restarted = "rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\n" + Block.start
    let watchdog = timeline(of: restarted + "I (5000) imu: reset reason: 4 (watchdog)\n" + later)
    #expect(watchdog.boots.map(\.resetReason) == [nil])
    let restart = Block.software + Block.start + "I (5000) app: reset reason: PANIC\n"
    #expect(timeline(of: restart + later).boots.map(\.resetReason) == [.panic])
    let early = boot + "I (1200) app: reset reason: PANIC\n"
    #expect(timeline(of: early + later).boots.map(\.resetReason) == [.panic])
    let whole = boot + "I (5000) main: boot: reset_reason=PANIC running_partition=ota_0\n"
    #expect(timeline(of: whole + later).boots.map(\.resetReason) == [.panic])
  }
}
