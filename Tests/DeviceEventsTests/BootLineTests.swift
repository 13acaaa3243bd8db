import Testing

@testable import DeviceEvents

@Suite("boot lines")
struct BootLineTests {
  static let lines: [(String, BootLine)] = [
    (
      "boot: reset_reason=SW running_partition=ota_1",
      BootLine(reason: .software, partition: "ota_1")
    ),
    (
      "running_partition=ota_0 reset_reason=PANIC", BootLine(reason: .panic, partition: "ota_0")
    ),
    (
      "boot: reset_reason=TASK_WDT running_partition=?",
      BootLine(reason: .taskWatchdog, partition: nil)
    ),
    (
      "reset_reason=ESP_RST_INT_WDT, running_partition='factory'",
      BootLine(reason: .interruptWatchdog, partition: "factory")
    ),
    (
      "{\"reset_reason\": 4, \"running_partition\": \"app0\"}",
      BootLine(reason: .panic, partition: "app0", reasonNumber: 4)
    ),
    ("Reset reason: 3", BootLine(reason: .software, partition: nil, reasonNumber: 3)),
    ("  Reset Reason:   11", BootLine(reason: .usb, partition: nil, reasonNumber: 11)),
    ("rst reason 9", BootLine(reason: .brownout, partition: nil, reasonNumber: 9)),
    ("Reset reason: 4 (ESP_RST_PANIC)", BootLine(reason: .panic, partition: nil)),
    ("last reset reason: ESP_RST_DEEPSLEEP", BootLine(reason: .deepSleep, partition: nil)),
    ("reset cause = CPU_LOCKUP", BootLine(reason: .cpuLockup, partition: nil)),
    ("Reset Reason: Power-on Reset", BootLine(reason: .powerOn, partition: nil)),
    ("  Reset Reason: power-on event", BootLine(reason: .powerOn, partition: nil)),
    (
      "Reset Reason: Reset after Exiting Deep Sleep Mode",
      BootLine(reason: .deepSleep, partition: nil)
    ),
    (
      "Reset Reason: Brownout Reset (software or hardware)",
      BootLine(reason: .brownout, partition: nil)
    ),
    ("Reset Reason: Software Reset via esp_restart", BootLine(reason: .software, partition: nil)),
    ("Reset Reason: Exception/Panic Reset", BootLine(reason: .panic, partition: nil)),
    ("Reset Reason: Interrupt WDT", BootLine(reason: .interruptWatchdog, partition: nil)),
    ("Reset Reason: Task WDT", BootLine(reason: .taskWatchdog, partition: nil)),
    ("Reset Reason: Other WDT", BootLine(reason: .watchdog, partition: nil)),
    ("Reset Reason: External Pin", BootLine(reason: .external, partition: nil)),
    ("Reset Reason: SDIO Reset", BootLine(reason: .sdio, partition: nil)),
    ("Reset Reason: Reboot request from ota", BootLine(reason: .software, partition: nil)),
    (
      "Last reset was due to brownout - check your power supply!",
      BootLine(reason: .brownout, partition: nil)
    ),
    ("CPU0 reset reason: 12", BootLine(reason: nil, partition: nil, romCode: 12)),
    ("CPU0 reset reason: SW_CPU_RESET", BootLine(reason: nil, partition: nil, romCode: 12)),
    ("Reset reason: Vbat power on reset", BootLine(reason: nil, partition: nil, romCode: 1)),
    ("Reset reason: 16", BootLine(reason: nil, partition: nil, romCode: 16)),
    ("Running partition: ota_0", BootLine(reason: nil, partition: "ota_0")),
    (
      "Running partition: app1 at 0x150000",
      BootLine(reason: nil, partition: "app1", partitionOffset: 0x150000)
    ),
    (
      "Running partition type 0 subtype 16 (offset 0x00010000)",
      BootLine(reason: nil, partition: nil, partitionOffset: 0x10000)
    ),
    ("running from ota_1", BootLine(reason: nil, partition: "ota_1")),
    ("Running from partition 'factory'", BootLine(reason: nil, partition: "factory")),
    (
      "running from offset 0x00210000",
      BootLine(reason: nil, partition: nil, partitionOffset: 0x210000)
    ),
  ]

  @Test("a wording is read under the node's tag, under any other and without", arguments: lines)
  func wordings(text: String, line: BootLine) {
    #expect(Reading.message(BootLineDecoder.self, "main", text) == [.bootLine(line)])
    #expect(Reading.message(BootLineDecoder.self, "my_app", text) == [.bootLine(line)])
    #expect(Reading.plain(BootLineDecoder.self, text) == [.bootLine(line)])
  }

  @Test(
    "words that do not say that they are about a start are the node's own while it is early",
    arguments: [
      ("woke, ESP_RST_POWERON", BootLine(reason: .powerOn, partition: nil)),
      ("Reset due to task watchdog", BootLine(reason: .taskWatchdog, partition: nil)),
      ("Software reset due to exception/panic", BootLine(reason: .panic, partition: nil)),
      (
        "(code 4) Software reset due to panic or unhandled exception (SW error).",
        BootLine(reason: .panic, partition: nil)
      ),
    ])
  func withoutKey(text: String, line: BootLine) {
    var named = line
    named.subject = .named
    #expect(Reading.message(BootLineDecoder.self, "main", text) == [.bootLine(line)])
    #expect(Reading.message(BootLineDecoder.self, "my_app", text) == [.bootLine(named)])
    #expect(Reading.plain(BootLineDecoder.self, text) == [.bootLine(named)])
  }

  @Test("every name of ESP-IDF is read, with and without its prefix, and every number")
  func names() {
    for reason in ResetReason.allCases {
      for value in [reason.rawValue, "ESP_RST_" + reason.rawValue, String(reason.number)] {
        let line = "boot: reset_reason=\(value) running_partition=ota_0"
        let expected = BootLine(
          reason: reason, partition: "ota_0", reasonNumber: Int(value))
        #expect(Reading.plain(BootLineDecoder.self, line) == [.bootLine(expected)])
      }
    }
  }

  @Test(
    "a key that lost a byte is read as if it had it",
    arguments: [
      "boot: running_partition=ota_1 eset_reason=PANIC",
      "boot: reset_reason=PANIC unning_partition=ota_1",
      "boot: reset_reason=PANIC running_partitio=ota_1",
      "boot: reset_reasonPANIC running_partition=ota_1",
    ])
  func mended(text: String) {
    let whole = BootLine(reason: .panic, partition: "ota_1")
    #expect(Reading.message(BootLineDecoder.self, "main", text) == [.bootLine(whole)])
  }

  @Test("two boot lines glued into one line are two")
  func glued() {
    let text =
      "boot: reset_reason=SW running_partition=ota_1reset_reason=PANIC running_partition=ota_0"
    let lines = Reading.plain(
      BootLineDecoder.self, text.replacing("ota_1reset", with: "ota_1 reset"))
    #expect(
      lines == [
        .bootLine(BootLine(reason: .software, partition: "ota_1")),
        .bootLine(BootLine(reason: .panic, partition: "ota_0")),
      ])
  }

  @Test(
    "prose about resets and partitions is no boot line",
    arguments: [
      "Reset reason not recognized", "reset reason handler registered", "printing reset reason",
      "Reset reason panic handler installed", "Running partition table check",
      "running from battery", "running from flash", "CPU1 reset reason: 14",
      "overrunning from 0x10", "Reset reason: 3.3V", "Reset reason: 42%", "reset_reason=",
      "reset the partition", "ESP_RST_", "no ESP_RST_WHATEVER",
    ])
  func lookAlikes(text: String) {
    #expect(Reading.plain(BootLineDecoder.self, text) == [])
    #expect(Reading.message(BootLineDecoder.self, "main", text) == [])
  }

  @Test("a boot line cut at any byte is read without a crash")
  func cuts() {
    for (text, _) in Self.lines {
      for cut in Reading.cuts(of: text) {
        #expect(Reading.plain(BootLineDecoder.self, cut).count <= 2)
      }
    }
  }
}
