import DeviceEvents
import LineReading
import Testing

@testable import BootTimeline

@Suite("Shared parts")
struct SharedPartsTests {
  @Test("share what two boots say alike, and change nothing of what they say")
  func sharing() {
    var shared = SharedParts()
    var first = Self.record(at: 1, task: "task-with-a-long-name")
    var second = Self.record(at: 60, task: "another-task-of-a-long-name")
    let before = (first.boot, first.crashes, second.boot, second.crashes, second.notices)
    shared.share(&first)
    shared.share(&second)
    #expect(first.boot == before.0)
    #expect(first.crashes == before.1)
    #expect(second.boot == before.2)
    #expect(second.crashes == before.3)
    #expect(second.notices == before.4)
    // One table in memory, not two that are equal.
    let tables = (first.boot.partitions, second.boot.partitions)
    #expect(
      tables.0.withUnsafeBufferPointer { $0.baseAddress }
        == tables.1.withUnsafeBufferPointer { $0.baseAddress })
  }

  @Test("keep what one has from changing with another one")
  func independence() {
    var record = Self.record(at: 1, task: "task-with-a-long-name")
    let copy = record
    record.boot.slot = "ota_1"
    record.crashes[0].task = "another-task-of-a-long-name"
    #expect(copy.boot.slot == "ota_0")
    #expect(copy.crashes[0].task == "task-with-a-long-name")
  }

  private static func record(at number: Int, task: String) -> BootRecord {
    func line(_ distance: Int, _ text: String) -> LineReference {
      LineReference(number: number + distance, offset: 40 * (number + distance), text: text)
    }
    var boot = Boot(index: number, firstLine: line(0, "ESP-ROM:esp32s3-20210327"), beganInLog: true)
    boot.slot = "ota_0"
    boot.romReset = ROMReset(
      code: 12, name: "RTC_SW_CPU_RST", bootModeCode: 8, bootMode: "SPI_FAST_FLASH_BOOT")
    boot.romResetLine = line(1, "rst:0xc (RTC_SW_CPU_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)")
    boot.partitions = [
      PartitionRow(label: "ota_0", type: 0, subtype: 0x10, offset: 0x1_0000, size: 0x10_0000),
      PartitionRow(label: "ota_1", type: 0, subtype: 0x11, offset: 0x11_0000, size: 0x10_0000),
    ]
    boot.app.elfSHA256 = "0123456789abcdef0123456789abcdef"
    var record = BootRecord(boot: boot)
    var crash = Crash(
      firstLine: line(20, "Guru Meditation Error: Core  0 panic'ed (LoadProhibited)."),
      boot: number,
      slot: "ota_0")
    crash.task = task
    crash.details = [line(21, "Detail: this is a sentence of some length")]
    record.add(crash)
    let text = Array("E (900) wifi: this is a sentence of some length".utf8)
    text.withUnsafeBufferPointer {
      record.add(
        Notice(.earlierCrashReported, detail: "a detail of some more length"), stage: .application,
        line: LogLine(number: number + 22, offset: 0, text: ByteText($0), ending: .lineFeed))
    }
    return record
  }
}
