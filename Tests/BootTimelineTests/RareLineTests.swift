import BootTimeline
import DeviceEvents
import Testing

@Suite("Rare lines that tell of a boot")
struct RareLineTests {
  @Test(
    "a firmware that says in its own words that it restarts has a boot before the first banner",
    arguments: [
      "00:41:07.204 APP: Restarting\n", "[09:14:02]00:41:07.204 APP: Restarting\n",
      "502113 : Info  : Command: reboot\n502140 : Info  : PLUG : closed\n",
    ])
  func ownWords(of log: String) {
    let boots = timeline(of: log + Block.software + Block.start).boots
    #expect(boots.count == 2)
    #expect(boots.first?.ending == .restart)
    #expect(boots.last?.resetReason == .software)
    #expect(boots.last?.resetReasonSource == .text)
  }

  @Test(
    "MCUboot's revert counts before an application, and where ESP-IDF's bootloader does not run",
    arguments: ["I: Swap type: revert", "[esp32s3] [INF] Image index: 0, Swap type: revert"])
  func revert(line: String) {
    func isTold(_ log: String) -> Bool {
      let found = timeline(of: log)
      let isTold = found.notices.contains { $0.notice.kind == .mcubootReverts }
      #expect((found.foreign[.mcuboot] != nil) == isTold)
      return isTold
    }
    let banner = "I (26) boot: ESP-IDF v5.4.2 2nd stage bootloader\n"
    #expect(isTold(line + "\n"))
    #expect(isTold(Block.powerOn + line + "\n"))
    #expect(isTold(Block.powerOn + "[esp32s3] [INF] [boot] chip revision: v0.2\n" + line + "\n"))
    #expect(!isTold(Block.powerOn + banner + line + "\n"))
    #expect(!isTold(Block.powerOn + Block.start + "I (900) app: up\n" + line + "\n"))
    #expect(!isTold("I (900) app: up\n" + line + "\nI (12000) app: up\n"))
  }

  @Test("a stream or a command that is named like it is no restart")
  func otherWords() {
    #expect(
      timeline(of: "00:41:07.204 APP: Restarting Berry\n").boots.allSatisfy {
        $0.ending == .endOfLog
      })
    #expect(timeline(of: "web: Command: reboot\n").boots.allSatisfy { $0.ending == .endOfLog })
  }

  @Test("what a sketch prints before it crashes shows that it ran")
  func sketchThatCrashes() {
    let lines = "Level sensor found\nOpening the valve\nWaiting for the pump\n"
    let ran = timeline(of: Block.powerOn + lines + Block.panic)
    #expect(ran.boots.map(\.reachedApp) == [true])
    #expect(ran.crashes.map(\.stage) == [.rom])
    let silent = timeline(of: Block.powerOn + Block.panic + lines)
    #expect(silent.boots.map(\.reachedApp) == [false])
  }

  @Test("a reset line that a page wrapped begins a boot")
  func wrappedReset() {
    let line = "rst:0x1\n(POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\n"
    let boots = timeline(of: line + "load:0x3fff0030,len:1184\n" + line).boots
    #expect(boots.map(\.romReset?.code) == [0x1, 0x1])
    #expect(boots.first?.romReset?.bootModeCode == 0x13)
    #expect(boots.first?.resetReason == .powerOn)
  }

  @Test("resets and jumps of the ROM are found in a log that lost its line feeds")
  func flattened() {
    let boot = "rst:0x8 (TG1WDT_SYS_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT) mode:DIO, clock div:1"
    let boots = timeline(of: boot + " entry 0x400805b8 ets Jul 29 2019 12:21:46 " + boot + "\n")
      .boots
    #expect(boots.map(\.romFinished) == [true, false])
  }

  @Test("a segment that no chip can load is refused by the ROM, whatever it says")
  func nonsense() {
    let notices = timeline(
      of:
        "load:0x3fff0018,len:4\nload:0x0413c2a0,len:-91\nload:0x0fff0018,len:4\nload:0x3fff001c,len:-4\n"
    ).notices
    #expect(notices.map(\.notice) == [Notice(.romLoaderRejected, numbers: [0x0413_c2a0])])
  }
}

@Suite("Chips that are told beside a boot")
struct ToldChipTests {
  @Test(
    "MicroPython names the chip ahead of a crash, behind the board",
    arguments: [
      ("Generic ESP32S3 module with Octal-SPIRAM with ESP32S3", Chip.esp32s3),
      ("Small Board C6 with ESP32C6", .esp32c6), ("Generic ESP32 module with ESP32", .esp32),
    ])
  func machine(_ name: String, chip: Chip) {
    #expect(timeline(of: "Machine     : \(name)\n" + Block.panic).device.chip == chip)
  }

  @Test("MCUboot names the chip in front of each line")
  func mcuboot() {
    let log = "[esp32c3] [INF] Image index: 0, Swap type: none\n"
    #expect(timeline(of: log).device.chip == .esp32c3)
  }

  @Test("calls in code from 0x42000000 on, on an Xtensa core, are an S3's; one of them may be wild")
  func calls() {
    func log(_ calls: String) -> String {
      """
      Core  1 register dump:
      PC      : 0x42031776  PS      : 0x00060b30  A0      : 0x82024734  A1      : 0x3fceb0f0
      EXCVADDR: 0x00000005  LBEG    : 0x400556d5  LEND    : 0x400556e5  LCOUNT  : 0xfffffffb

      Backtrace: \(calls)

      """
    }
    let s3 = "0x42031773:0x3fceb0f0 0x42024731:0x3fceb480 0x42007d51:0x3fceb540"
    #expect(timeline(of: log(s3)).device.chip == .esp32s3)
    #expect(timeline(of: log("0x42424242:0x3ffb0f00 0x400d8b1e:0x3ffb0f20")).device.chip == nil)
    #expect(timeline(of: log(s3 + " 0x400d8b1e:0x3ffb0f20")).device.chip == nil)
  }
}
