import BootTimeline
import DeviceEvents
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
}
