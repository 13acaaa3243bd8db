import BootTimeline
import DeviceEvents
import LineReading
import Testing

@testable import Diagnosis

@Suite("Facts of crashes")
struct CrashFactTests {
  @Test(
    "a crash is the bootloader's in the code that the ROM loaded, but not where an ESP32's application lies",
    arguments: [
      (.esp32c3, 0x403C_BF10, 0x403C_BF2E, true), (.esp32c3, 0x403C_BF10, 0x403C_CF10, false),
      (.esp32c3, 0x3FCD_5820, 0x3FCD_5830, false), (.esp32, 0x4007_8000, 0x4007_8A10, true),
      (.esp32, 0x4008_0404, 0x4008_0500, false),
    ] as [(Chip, UInt32, UInt32, Bool)])
  func inBootloader(chip: Chip, load: UInt32, address: UInt32, isThere: Bool) {
    let line = LineReference(number: 1, offset: 0, text: "Guru Meditation Error")
    var boot = Boot(index: 0, firstLine: line, beganInLog: true)
    boot.chip = chip
    boot.bootloaderSegments = [LoadedSegment(address: load, length: 0x1000)]
    var crash = Crash(firstLine: line, boot: 0, slot: nil)
    crash.pc = 0
    crash.registers = [Register(name: "RA", value: address)]
    var timeline = Timeline()
    timeline.boots = [boot]
    timeline.crashes = [crash]
    let facts = FactBase(timeline: timeline, context: Context())
    #expect(facts.value(.inBootloader, ofCrash: 0) == .flag(isThere))
  }
}
