import BootTimeline
import DeviceEvents
import Measuring
import Testing

@Suite("Where boots begin and end")
struct BootTests {
  @Test("banner and reset line begin one boot together")
  func strong() {
    let boots = timeline(of: Block.powerOn + Block.start + Block.software + Block.start).boots
    #expect(boots.count == 2)
    #expect(boots.allSatisfy { $0.beganInLog && $0.reachedApp })
    #expect(boots.map(\.romReset?.code) == [0x1, 0xc])
  }

  @Test("each reset line begins a boot, also without a banner")
  func resetLineAlone() {
    let line = "rst:0x7 (TG0WDT_SYS_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)\n"
    #expect(timeline(of: line + line + line).boots.count == 3)
  }

  @Test("what a tool prints while it writes the chip is no boot, and no sign of an application")
  func writingTool() throws {
    let tool = """
      Serial port /dev/ttyACM0:
      Chip type:          ESP32-S3 (QFN56) (revision v0.2)
      Features:           Wi-Fi, BT 5 (LE), Dual Core + LP Core, 240MHz
      Crystal frequency:  40MHz
      Stub flasher running.
      Auto-detected flash size: 8MB
      Compressed 811264 bytes to 530412...
      Wrote 811264 bytes (530412 compressed) at 0x00010000 in 9.8 seconds
      Hash of data verified.
      Hard resetting via RTS pin...

      """
    let log = timeline(of: tool + Block.powerOn + Block.start)
    #expect(log.boots.count == 1)
    #expect(log.boots.first?.beganInLog == true)
    #expect(log.boots.first?.firstLine.number == 11)
    #expect(log.notices.contains { $0.notice.kind == .flashedByTool })
    let silent = timeline(of: Block.powerOn + tool)
    #expect(silent.boots.map(\.reachedApp) == [false])
  }

  @Test("a second bootloader banner begins a boot when the ROM is silent")
  func medium() {
    let one = Block.bootloader(slotAt: 0x20000) + Block.start
    let boots = timeline(of: one + one).boots
    #expect(boots.count == 2)
    #expect(boots.map(\.slot) == ["ota_0", "ota_0"])
  }

  @Test("a start-up that begins again is a boot whose beginning is not in the log")
  func weak() {
    let boots = timeline(of: Block.start + "I (93452) main: working\n" + Block.start).boots
    #expect(boots.count == 2)
    #expect(boots.last?.beganInLog == false)
  }

  @Test("what prose tells of a start does not stand against the ROM")
  func toldAgainstROM() {
    for told in ["restarted after panic", "recovered from brownout", "rebooted due to watchdog"] {
      let boots = timeline(of: Block.powerOn + Block.start + "W (500) main: \(told)\n").boots
      #expect(boots.map(\.resetReason) == [.powerOn], "\(told)")
    }
  }

  @Test("a brownout behind a name stands beside a power-on of chips that have one code for both")
  func brownoutAtPowerOn() {
    func boot(_ rom: String, _ told: String) -> Boot {
      timeline(of: rom + Block.start + told + "\n").boots[0]
    }
    let s3 = "ESP-ROM:esp32s3-20210327\nrst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)\n"
    let esp32 =
      "ets Jul 29 2019 12:21:46\n\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\n"
    for told in [
      "W (500) app: last reset: BROWNOUT", "W (500) app: rst=ESP_RST_BROWNOUT",
      "W (500) app: boot reason: brownout", "W (500) app: reset: brownout",
      "W (500) pwr: last shutdown: brown-out (ESP_RST_BROWNOUT), count=4",
    ] {
      #expect(boot(s3, told).resetReason == .brownout, "\(told)")
      #expect(boot(s3, told).isReasonProse, "\(told)")
      #expect(boot(esp32, told).resetReason == .powerOn, "\(told)")
    }
    for other in [
      "W (500) vent: last reset: BROWNOUT", "W (500) app: boiler reset reason: BROWNOUT",
      "W (500) app: kitchen reset reason: BROWNOUT", "W (50000) app: last reset: BROWNOUT",
    ] { #expect(boot(s3, other).resetReason == .powerOn, "\(other)") }
  }

  @Test("what is told as the last reset is of an earlier start where the ROM rules it out")
  func keptReset() {
    for told in ["last reset: TASK_WDT", "last_reset=TASK_WDT", "last_reset=\"TASK_WDT\""] {
      let kept = timeline(of: Block.powerOn + Block.start + "I (500) main: \(told)\n")
      #expect(kept.boots.map(\.resetReason) == [.powerOn], "\(told)")
      #expect(
        kept.notices.map(\.notice) == [Notice(.earlierResetTold, detail: "TASK_WDT")], "\(told)")
      let fits = timeline(of: Block.software + Block.start + "I (500) main: \(told)\n")
      #expect(fits.boots.map(\.resetReason) == [.taskWatchdog], "\(told)")
      let late = timeline(of: Block.powerOn + Block.start + "I (50000) main: \(told)\n")
      #expect(late.notices.isEmpty, "\(told)")
    }
    let own = Block.powerOn + Block.start + "I (500) main: reset reason: PANIC\n"
    #expect(timeline(of: own).boots.map(\.resetReason) == [.panic])
  }

  @Test("two cores that start one app are one boot")
  func dualCore() {
    let text = """
      I (300) cpu_start: Pro cpu up.
      I (304) cpu_start: Application information:
      I (330) cpu_start: Starting app cpu, entry point is 0x40081234
      I (330) cpu_start: App cpu up.
      I (350) cpu_start: Pro cpu start user code
      I (22) cpu_start: Starting scheduler on PRO CPU.
      I (0) cpu_start: Starting scheduler on APP CPU.
      I (30) main: hello
      """
    #expect(timeline(of: text).boots.count == 1)
  }

  @Test("a log that starts mid-run has a first boot that did not begin in it")
  func midRun() {
    let boots = timeline(of: "I (50000) main: tick\n" + Block.powerOn + Block.start).boots
    #expect(boots.map(\.beganInLog) == [false, true])
    #expect(boots.first?.ending == .power)
  }

  @Test(
    "the end of a boot is what it printed last",
    arguments: [
      (Block.panic, BootEnding.panic),
      ("E BOD: Brownout detector was triggered\n", .brownout),
      (Block.update(to: "ota_1"), .restart),
      ("", .unknown),
    ])
  func endings(text: String, ending: BootEnding) {
    let boots = timeline(of: Block.powerOn + Block.start + text + Block.software).boots
    #expect(boots.first?.ending == ending)
  }

  @Test("a software reset with no text before it proves no reason")
  func hint() {
    let boots = timeline(of: Block.powerOn + Block.start + Block.software + Block.start).boots
    #expect(boots[0].resetReason == .powerOn)
    #expect(boots[0].resetReasonSource == .rom)
    #expect(boots[1].resetReason == nil)
  }

  @Test("what the boot before printed tells the reason of a software reset")
  func textualReason() {
    let boots = timeline(of: Block.powerOn + Block.start + Block.panic + Block.software).boots
    #expect(boots[1].resetReason == .panic)
    #expect(boots[1].resetReasonSource == .text)
  }

  @Test("the app's own line is the best witness of the reason, and the bootloader's of the slot")
  func bootLine() {
    let text =
      Block.software + Block.bootloader(slotAt: 0x20000) + Block.start
      + Block.bootLine("PANIC", "ota_1")
    let boot = timeline(of: text).boots[0]
    #expect(boot.resetReason == .panic)
    #expect(boot.resetReasonSource == .app)
    #expect(boot.slot == "ota_0")
    #expect(boot.slotSource == .offset)
    #expect(boot.overruledLabel == "ota_1")
    #expect(boot.loadedOffset == 0x20000)
  }

  @Test("without `Loaded app` the first segment's address tells the slot")
  func segment() {
    let text =
      Block.powerOn
      + Block.bootloader(slotAt: 0x220000).split(separator: "\n").dropLast().joined(separator: "\n")
      + "\n" + Block.start
    let boot = timeline(of: text).boots[0]
    #expect(boot.slot == "ota_1")
    #expect(boot.slotSource == .segment)
  }

  @Test("a reset reason that nothing introduces is believed in a boot's first seconds alone")
  func unnamedReason() {
    let name = "RTCWDT_BROWN_OUT_RESET\n"
    let run = "I (1000) thermo: temp=21\nI (39000) thermo: temp=22\n"
    #expect(timeline(of: name + "motor on\n").boots.map(\.toldResetCode) == [15])
    #expect(timeline(of: run + name).boots.map(\.toldResetCode) == [nil])
    #expect(timeline(of: run + "Sensor 3: reset_reason=PANIC\n").boots.map(\.resetReason) == [nil])
    // The clock of the boot before says nothing about the next one.
    let again = timeline(of: Block.powerOn + Block.start + run + Block.software + name)
    #expect(again.boots.map(\.toldResetCode) == [nil, 15])
  }

  @Test("a history of any length is kept in bounded memory, with its count")
  func longHistory() {
    var text = ""
    for _ in 0..<400 { text += Block.software + Block.start + Block.panic }
    let story = timeline(of: text)
    #expect(story.boots.count + story.elided.boots == 400)
    #expect(story.boots.count < 150)
    #expect(story.boots.first?.index == 0)
    #expect(story.boots.last?.index == 399)
    #expect(story.crashes.count + story.elided.crashes == 400)
  }

  @Test("a panic behind the reboot of another is the next boot's where nothing else prints")
  func silentStart() {
    let story = timeline(of: Block.panic + Block.panic + Block.panic)
    #expect(story.boots.map(\.ending) == [.panic, .panic, .panic])
    #expect(story.crashes.map(\.boot) == [0, 1, 2])
    // Where the start-up prints, its next one would be seen.
    #expect(timeline(of: Block.powerOn + Block.start + Block.panic + Block.panic).boots.count == 1)
    let debugger = Block.panic.replacing("Rebooting...", with: "Entering gdb stub now.")
    #expect(timeline(of: debugger + Block.panic).boots.count == 1)
  }

  @Test("a start that is told again in the same words, and counted, is another start")
  func reasonToldAgain() {
    func told(_ reason: String, _ count: Int) -> String {
      "[PUMP] [2.1.0] REBOOT reason: \(reason) - Reset | reboots: \(count)\n"
    }
    let run = "Wifi Starting\nWifi Connected\nPump: idle\nPump: on\n"
    let restart = told("3 - ESP_RST_SW", 8) + run
    let boots = timeline(of: restart + told("4 - ESP_RST_PANIC", 9) + run).boots
    #expect(boots.map(\.resetReason) == [.software, .panic])
    #expect(timeline(of: restart + restart).boots.count == 1)
    let again = told("4 - ESP_RST_PANIC", 8) + run + told("4 - ESP_RST_PANIC", 9) + run
    #expect(timeline(of: again).boots.map(\.resetReason) == [.panic, .panic])
    // Other words tell of something else, and what stands side by side is a list.
    #expect(timeline(of: restart + "Stored reason: 4 - ESP_RST_PANIC\n" + run).boots.count == 1)
    let list = told("3 - ESP_RST_SW", 8) + told("4 - ESP_RST_PANIC", 9) + run
    #expect(timeline(of: list).boots.count == 1)
    // So does what counts no starts, or counts others, or has a number for each entry.
    for second in [
      told("4 - ESP_RST_PANIC", 8), told("4 - ESP_RST_PANIC", 7), told("4 - ESP_RST_PANIC", 11),
      "[PUMP] [2.1.0] REBOOT reason: 4 - ESP_RST_PANIC\n",
      told("4 - ESP_RST_PANIC", 9).replacing("2.1.0", with: "2.1.1"),
    ] {
      #expect(timeline(of: restart + second + run).boots.count == 1, "\(second)")
    }
    let entry = "  date 2024-01-01\n  heap 1000\n  uptime 12\n"
    let table =
      "Entry 1\n  Reset reason: PANIC\n" + entry + "Entry 2\n  Reset reason: BROWNOUT\n" + entry
    #expect(timeline(of: table).boots.count <= 1)
  }

  @Test("a line begins one start, however often it tells a reason")
  func toldInOneLine() {
    let once = "Booting, reset reason: SW\nwifi ok\nidle\n"
    let again = "Booting, reset reason: PANIC | Booting, reset reason: BROWNOUT\nwifi ok\n"
    #expect(timeline(of: once + again).boots.map(\.resetReason) == [.software, .panic])
    // What is asked for at each of thousands is to cost less than to find them.
    let row = String(repeating: "[a] << Reset reason: 4 << reset_reason=SW ", count: 1_000) + "\n"
    let rows = String(repeating: row, count: 3)
    let known = computingTime { _ = timeline(of: Block.powerOn + rows) }
    let asked = computingTime { _ = timeline(of: rows) }
    #expect(asked < known * 2, "\(known), \(asked)")
  }

  @Test("another reason alone is another start only of a program that says that it starts")
  func reasonAlone() {
    func told(_ words: String) -> [ResetReason?] {
      timeline(of: "Pump 1.2\n\(words): SW\nwifi ok\nidle\n\(words): PANIC\nwifi ok\nidle\n")
        .boots.map(\.resetReason)
    }
    #expect(told("Booting, reset reason") == [.software, .panic])
    for words in [
      "Reset reason", "> reset reason", "[x] reset reason", "Node booting, reset reason",
      "Booting node 7, reset reason", "{\"node\":\"a\",\"reset_reason\"",
    ] {
      #expect(told(words).count <= 1, "\(words)")
    }
  }

  /// 9335 without its first digit is 335 too: the next line would tell which of the two it is, but for what is said.
  @Test(
    "a program's word of its start begins a boot, however short the one before was",
    arguments: [1_336, 5_200, 9_000, 9_334, 15_000])
  func saidAfterShortRun(_ end: Int) {
    func boot(_ words: String) -> String {
      "I (335) main: \(words)\nI (400) app: starting\nI (\(end)) app: tick\n"
    }
    let story = timeline(
      of: boot("boot: reset_reason=SW running_partition=ota_1")
        + boot("boot: reset_reason=PANIC running_partition=ota_0")
        + boot("Reset reason: TASK_WDT"))
    #expect(story.boots.map(\.resetReason) == [.software, .panic, .taskWatchdog])
    #expect(story.boots.map(\.slot) == ["ota_1", "ota_0", nil])
  }

  @Test("a program that tells of its start again, as early as before, has started again")
  func saidAgain() {
    func boot(_ clock: Int, _ words: String, _ end: Int) -> String {
      "I (\(clock)) main: boot: \(words)\nI (\(clock + 9)) sht: 21.0 C\nI (\(end)) main: sent\n"
    }
    let short = timeline(
      of: boot(381, "reset_reason=POWERON", 903) + boot(381, "reset_reason=PANIC", 903)
        + boot(379, "reset_reason=PANIC", 903))
    #expect(short.boots.map(\.resetReason) == [.powerOn, .panic, .panic])
    // It died at once, so that the next start has a later time.
    let line = "I (379) main: boot: reset_reason=SW running_partition=ota_1\n"
    let slots = timeline(of: line + boot(388, "reset_reason=PANIC running_partition=ota_0", 9_400))
    #expect(slots.boots.map(\.slot) == ["ota_1", "ota_0"])
    // Told again while it runs.
    let status =
      boot(381, "reset_reason=POWERON", 903) + boot(60_381, "reset_reason=POWERON", 61_000)
    #expect(timeline(of: status).boots.count == 1)
  }

  /// Where each start shows, a program's word alone may be a stored line, or another chip's.
  @Test("a program's word of a start begins no boot where starts show")
  func saidWhereStartsShow() {
    let boot = Block.powerOn + Block.start
    let story = timeline(
      of: boot + "I (5000) app: tick\nI (312) stm32: reset_reason=PANIC\nI (5400) app: tick\n"
        + "I (6000) app: tick\n")
    #expect(story.boots.count == 1)
  }
}
