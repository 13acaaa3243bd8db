import Testing

@testable import DeviceEvents

/// The boot lines that a log's decoder hands on.
private func bootLines(_ log: String) -> [BootLine] {
  var decoder = EventDecoder()
  return decoder.events(of: log).compactMap { event in
    if case .bootLine(let line) = event { line } else { nil }
  }
}

@Suite("Reset reasons in the words of cores, components and interpreters")
struct ResetReasonWordingTests {
  private func lines(_ text: String) -> [BootLine] {
    lend(text) { BootLineScan.bootLines(in: $0).map(\.content) }
  }

  @Test(
    "the ROM's code is heard however it is spelled",
    arguments: [
      ("Reset Reason: Voltage Unstable Reset", 15),
      ("Reset Reason: Timer Group 1 Watch Dog Reset Digital Core", 8),
      ("Reset Reason: Super Watchdog Reset Digital Core And RTC Module", 18),
      ("Reset Reason: Software Reset CPU", 12), ("reset reason: Some(CoreRtcWdt)", 9),
      ("reset reason: SysBrownOut", 15), ("reset cause: SOFT_RESET", 12),
    ])
  func romCodes(text: String, code: Int) {
    #expect(lines(text) == [BootLine(reason: nil, partition: nil, romCode: code)])
  }

  @Test("a name behind a bare number says whose number it is")
  func numberAndName() {
    func reasons(_ text: String) -> [ResetReason?] { lines(text).map(\.reason) }
    #expect(reasons("[BOOT] RESET_REASON=5 DEEPSLEEP") == [.deepSleep])
    #expect(reasons("RESET_REASON=PANIC") == [.panic])
    #expect(reasons("Reset after Exiting Deep Sleep Mode") == [.deepSleep])
    #expect(lines("Reset reason: 1 POWERON_RESET").map(\.romCode) == [1])
    #expect(lines("Reset reason: 4 USB hosts follow").map(\.reasonNumber) == [4])
    #expect(lines("RESET_REASON_CORE_SW").isEmpty)
  }

  @Test(
    "what goes on behind a number is not what the number means",
    arguments: [
      ("Reset reason: 4, software v1.2.3", ResetReason.panic),
      ("Reset reason: 4, USB host detected", .panic), ("reset reason 4 EXT", .panic),
      ("reset_reason=4, external antenna=1", .panic), ("{\"reset_reason\":4,\"usb\":1}", .panic),
      ("Reset reason: 4, Software reset CPU", .panic), ("reset_reason=3, watchdog on", .software),
      ("Reset reason: 9, software v1.2.3", .brownout),
    ])
  func numberAlone(text: String, reason: ResetReason) {
    #expect(lines(text).map(\.reason) == [reason])
    #expect(lines(text).map(\.reasonNumber) == [reason.number])
  }

  @Test(
    "a name behind a number counts where anybody has that number for it",
    arguments: [
      ("Reset reason: 4 - ESP_RST_PANIC - Exception or panic", ResetReason.panic),
      ("reset reason: 12 (ESP_RST_PANIC)", .panic), ("Reset reason: 12 - panic", .panic),
      ("Reset reason: 5 (deep sleep)", .deepSleep), ("Reset reason: 8 (deep sleep)", .deepSleep),
      ("reset_reason=6 (task watchdog)", .taskWatchdog),
      ("Reset reason: 7 (task wdt)", .taskWatchdog),
      ("imu: reset reason: 4 (watchdog)", .watchdog), ("reset cause: 3 (WDT_RESET)", .watchdog),
      ("Reset reason: 4 (Software/System restart)", .software),
      ("reset reason: 3 (panic)", .panic), ("Reset reason: 0, brownout", .brownout),
      ("Reset reason: 42 (task watchdog)", .taskWatchdog),
    ])
  func numberOfName(text: String, reason: ResetReason) {
    #expect(lines(text).map(\.reason) == [reason])
  }

  @Test(
    "the same for the ROM's names",
    arguments: [
      ("CPU0 reset reason: 12 (SW_CPU_RESET)", 12), ("Reset reason: 3 (SW_CPU_RESET)", 12),
      ("Reset reason: 7, Timer Group0 Watch dog reset digital core", 7),
      ("reset cause: 4 (DEEPSLEEP_RESET)", 5), ("reset cause: 5 (SOFT_RESET)", 12),
    ])
  func codeOfName(text: String, code: Int) { #expect(lines(text).map(\.romCode) == [code]) }

  @Test(
    "a text without a key word is heard, and marked as such",
    arguments: [
      ("Vbat power on reset", 1), ("Reset when the vdd voltage is not stable", 15),
      ("RTC Watch dog Reset CPU", 13), ("Timer Group1 Watch dog reset digital core", 8),
      ("RTCWDT_BROWN_OUT_RESET", 15), ("  TG0WDT_SYS_RESET", 7),
    ])
  func unnamed(text: String, code: Int) {
    var line = BootLine(reason: nil, partition: nil, romCode: code)
    line.subject = .unnamed
    #expect(lines(text) == [line])
    #expect(line.isOwn(at: nil))
    #expect(line.isOwn(at: 9_999))
    #expect(!line.isOwn(at: 10_000))
  }

  @Test(
    "a text without a key word is none in a log message, whenever it stands there",
    arguments: [
      "I (600) hub: TG0WDT_SYS_RESET", "I (600) main: TG0WDT_SYS_RESET",
      "I (60000) gw: RTCWDT_BROWN_OUT_RESET",
      "I (60000) gw: Reset when the vdd voltage is not stable",
    ])
  func inMessage(text: String) { #expect(bootLines(text).isEmpty) }

  @Test(
    "a reason is heard however it is spelled",
    arguments: [
      ("RestartReason\":\"Fatal exception:28 flag:2", ResetReason.panic),
      ("RestartReason\":\"Hardware Watchdog\"", .watchdog),
      ("RestartReason\":\"Software Watchdog\"", .watchdog),
      ("reset cause: machine.WDT_RESET", .watchdog), ("reset cause: PWRON_RESET", .powerOn),
    ])
  func reasons(text: String, reason: ResetReason) {
    #expect(lines(text) == [BootLine(reason: reason, partition: nil)])
  }

  @Test("a bare number stays known as one, since interpreters count by themselves")
  func number() {
    #expect(
      lines("reset cause: 4")
        == [BootLine(reason: .panic, partition: nil, reasonNumber: 4)])
  }

  @Test(
    "a name inside other words, and the second core's own, are left alone",
    arguments: [
      "EXT_CPU_RESET", "for APP CPU, reseted by PRO CPU", "SW_RESET", "MY_POWERON_RESET",
      "POWERON_RESET pin is high", "no Vbat power on reset seen", "gw: Vbat power on reset",
    ])
  func silent(text: String) { #expect(lines(text).isEmpty) }
}

@Suite("Reset reasons of other nodes")
struct OtherNodesTests {
  private func lines(_ text: String, at time: Int? = 60_000) -> [BootLine] {
    lend(text) { text in
      BootLineScan.bootLines(in: text, at: time).filter { !$0.isOfAnother }.map(\.content)
    }
  }

  @Test(
    "what is told of a child, a peer or another chip is not this node's",
    arguments: [
      "child 3 reset_reason=PANIC", "node 7 reset_reason=TASK_WDT", "Node #7: reset reason: 4",
      "peer 24:6f:28:0b:40:1e reset_reason=PANIC", "{\"node\":7,\"reset_reason\":\"PANIC\"}",
      "slave 3 reset reason 4", "sensor 4: reset reason: BROWNOUT", "PMIC reset reason: 4",
      "co-processor reset reason: PANIC", "rx: reset_reason=PANIC",
    ])
  func others(text: String) { #expect(lines(text).isEmpty) }

  @Test(
    "what a node says of itself is its own",
    arguments: [
      "reset_reason=PANIC", "previous reset reason: PANIC", "this node's reset reason: PANIC",
      "this node 3 reset_reason=PANIC", "node3: reset reason: PANIC", "device reset reason: PANIC",
      "{\"node\":\"shed\",\"reset_reason\":\"PANIC\"}", "boot: reset_reason=PANIC",
    ])
  func own(text: String) { #expect(lines(text).map(\.reason) == [.panic]) }

  @Test("a line of another node's is no boot line of the log's")
  func decoded() {
    var decoder = EventDecoder()
    let found = decoder.events(
      of:
        "I (60000) hub: sensor 4: reset reason: BROWNOUT\nI (61000) hub: child 3 reset_reason=PANIC"
    )
    #expect(
      !found.contains { event in
        if case .bootLine = event { true } else { false }
      })
  }

  @Test(
    "a whole boot line is the node's own, whatever the node calls itself",
    arguments: [
      "device 3 boot: reset_reason=PANIC running_partition=ota_0",
      "node 7 boot: reset_reason=PANIC",
      "Sensor 3: reset_reason=PANIC running_partition=ota_0",
      "[24:6f:28:aa:bb:cc] boot: reset_reason=PANIC running_partition=ota_0",
    ])
  func whole(text: String) {
    #expect(lines(text).map(\.reason) == [.panic])
    #expect(lines(text, at: nil).map(\.subject) == [.thisNode])
    #expect(bootLines("I (31000) main: " + text).map(\.reason) == [.panic])
    #expect(bootLines("I (31000) hub: " + text).map(\.reason) == [.panic])
  }

  @Test("a whole boot line that was passed on is another's")
  func passedOn() {
    #expect(lines("child 3 boot: reset_reason=PANIC running_partition=ota_0").isEmpty)
    #expect(lines("rx from n2: boot: reset_reason=PANIC running_partition=ota_0").isEmpty)
  }

  @Test("without a clock, the name that opens a line is rather the node's own")
  func withoutClock() {
    #expect(lines("Sensor 3: reset_reason=PANIC", at: nil).map(\.subject) == [.named])
    #expect(lines("[24:6f:28:aa:bb:cc] reset_reason=PANIC", at: nil).map(\.subject) == [.named])
    #expect(lines("hub: node 3 reset_reason=PANIC", at: nil).map(\.subject) == [.mentioned])
    #expect(lines("child 3 reset_reason=PANIC", at: nil).isEmpty)
    #expect(bootLines("Sensor 3: reset_reason=PANIC").map { $0.isOwn(at: 60_000) } == [false])
    #expect(bootLines("hub: node 3 reset_reason=PANIC").map { $0.isOwn(at: nil) } == [false])
  }

  @Test("a log message tells of a numbered node itself while it is early")
  func messages() {
    #expect(bootLines("I (500) hub: Sensor 3: reset_reason=PANIC").map(\.reason) == [.panic])
    #expect(bootLines("I (15000) hub: Sensor 3: reset_reason=PANIC").isEmpty)
    let withoutTime = bootLines("[I][hub:12]: Sensor 3: reset_reason=PANIC")
    #expect(withoutTime.map(\.subject) == [.named])
  }

  @Test(
    "a line of another node's in a message is not this log's",
    arguments: [
      "I (60000) gw: rx from n2: E (500) task_wdt: Task watchdog got triggered. The following tasks",
      "I (60000) gw: rx from n2: CORRUPT HEAP: Bad tail at 0x3ffb8a2c. Expected 0xbaad5678 got 0x0",
      "I (60000) gw: rx: E (99000) task_wdt: Task watchdog got triggered. The following tasks",
    ])
  func quoted(text: String) {
    var decoder = EventDecoder()
    let found = decoder.events(of: "I (59000) gw: alive\n" + text)
    #expect(
      !found.contains { event in
        switch event {
        case .panic, .taskWatchdog, .clockWentBack: true
        default: false
        }
      })
  }

  @Test("a line of this node's own that is glued to a cut one goes on with its clock")
  func glued() {
    var decoder = EventDecoder()
    let found = decoder.events(
      of: "I (60000) gw: rx from n2: E (60010) task_wdt: Task watchdog got triggered. The following"
    )
    #expect(found.contains(.taskWatchdog(.triggered)))
  }

  @Test("in its first seconds a node speaks of itself, whatever number it has")
  func early() {
    #expect(lines("node 3 boot: reset_reason=PANIC", at: 320).map(\.reason) == [.panic])
  }
}
