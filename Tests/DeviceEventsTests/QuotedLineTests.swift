import LineReading
import Testing

@testable import DeviceEvents

@Suite("Lines of other nodes, log heads and all")
struct QuotedLineTests {
  private func events(_ text: String) -> [DeviceEvent] {
    var decoder = EventDecoder()
    return decoder.events(of: "I (59000) gw: alive\n" + text)
  }

  /// What would be a fault or another start of the node whose log it is.
  private func tellsOfThisNode(_ event: DeviceEvent) -> Bool {
    switch event {
    case .panic, .taskWatchdog, .clockWentBack, .update, .bootLine, .notice, .bootloader: true
    default: false
    }
  }

  @Test(
    "a log line behind words and a mark is another node's",
    arguments: [
      "I (60000) mqtt: DATA=E (1222) task_wdt: Task watchdog got triggered. The following tasks",
      "I (60000) mqtt: DATA=E (122) boot: No bootable app partitions in the partition table",
      "I (60000) syslogd: 10.0.4.17 <11>E (4456) task_wdt: Task watchdog got triggered. Some",
      "I (60000) udp_log: shed> E (1222) esp_image: Checksum failed. Calculated 0x5e read 0x3c",
      "[D][uart_debug:114]: <<< \"E (1222) task_wdt: Task watchdog got triggered. The following\"",
      "[D][uart_debug:114]: <<< \"Guru Meditation Error: Core  0 panic'ed (LoadProhibited).\"",
      "I (60000) udp_log: shed> OTA update started, content_length=891234",
      "I (60000) mqtt: DATA=boot: reset_reason=PANIC running_partition=ota_0",
      "I (60000) relay: n4: E (125003) esp_https_ota: Complete data was not received",
      "I (60000) hub: child 3 says: E (125003) esp_https_ota: Complete data was not received",
      "I (60000) hub: log='E (125003) esp_https_ota: Complete data was not received'",
      "I (60000) hub: n4: E (9125003) esp_https_ota: Complete data was not received",
      "I (60000) mqtt: {\"log\":\"I (301) esp_ota_ops: Rollback to previously worked partition\"}",
      "I (60000) mqtt: DATA=[11:20:05][D][debug:085]: Reset Reason: Exception/panic",
      "I (60000) fleet: node shed: esp_https_ota: Complete data was not received",
    ])
  func quoted(text: String) { #expect(!events(text).contains(where: tellsOfThisNode)) }

  /// A start of this node's own, bare, and a line of its application.
  private let start =
    "I (24) boot: ESP-IDF v5.4.2 2nd stage bootloader\nI (25) boot: Multicore bootloader\n"
    + "I (311) boot: Loaded app from partition at offset 0x10000\n"
    + "I (324) cpu_start: Multicore app\nI (333) cpu_start: Pro cpu start user code\n"
    + "I (2000) gw: up\n"

  /// A line of each kind that would be this node's, were it not for the head before it.
  private static let wholeLines = [
    "ESP-ROM:esp32s3-20210327", "rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)",
    "ets Jul 29 2019 12:21:46", "I (450) main: Reset reason: ESP_RST_PANIC",
    "E (90430) task_wdt: Task watchdog got triggered. The following tasks",
  ]

  private func isOwn(_ event: DeviceEvent) -> Bool {
    if case .rom = event { return true }
    return tellsOfThisNode(event)
  }

  @Test("a whole line behind a whole head is another device's", arguments: wholeLines)
  func whole(line: String) {
    var decoder = EventDecoder()
    _ = decoder.events(of: start)
    for time in [5_000, 6_000] {
      let found = decoder.events(of: "I (\(time)) c6: \(line)\nI (\(time + 9)) gw: alive")
      #expect(!found.contains(where: isOwn))
      #expect(decoder.clock == time + 9)
    }
  }

  @Test("behind the heads of a tool it is this node's", arguments: wholeLines)
  func ownBehindTool(line: String) {
    #expect(events("I (60000) c6: " + line).contains(where: isOwn))
  }

  @Test(
    "so it is within a run of which four other lines show that the heads are the node's own",
    arguments: wholeLines)
  func wholeInRun(line: String) {
    let run = (1...4).map { "I (\($0 * 1_000)) app: 2 nodes\n" }.joined()
    for tag in ["c6", "app"] {
      var decoder = EventDecoder()
      _ = decoder.events(of: run)
      let found = decoder.events(of: "I (5000) \(tag): \(line)\nI (5009) app: 2 nodes")
      #expect(!found.contains(where: isOwn), "\(tag)")
      #expect(decoder.clock == 5_009)
    }
  }

  @Test(
    "where most lines under a tag hold log lines, the heads are a tool's", arguments: wholeLines)
  func tool(line: String) {
    let words = (1...4).map { "I (\($0)) rx: 2 nodes\n" }
    let lines = (11...16).map { "I (\($0)) rx: I (\($0 * 3_000)) gw: up\n" }
    var decoder = EventDecoder()
    _ = decoder.events(of: words.joined() + lines.joined())
    #expect(decoder.events(of: "I (40000) rx: " + line).contains(where: isOwn))
  }

  @Test(
    "behind other words or one of the start-up's tags a reset is this node's",
    arguments: ["I (5000) c6: up", "I (5000) c6: up: 4", "I (5000) task_wdt: "])
  func ownReset(before: String) {
    for line in ["ESP-ROM:esp32s3-20210327", "rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (X)"] {
      var decoder = EventDecoder()
      _ = decoder.events(of: start)
      #expect(decoder.events(of: before + line).contains(where: isOwn), "\(line)")
    }
  }

  @Test("a line of the node's own glued to a bare head stays its own by its clock")
  func ownClock() {
    var decoder = EventDecoder()
    let line = "I (5000) c6: E (5003) task_wdt: Task watchdog got triggered. The following tasks"
    #expect(decoder.events(of: start + line).contains(.taskWatchdog(.triggered)))
  }

  @Test(
    "what ESPHome received from a topic or a peer is another node's",
    arguments: [
      "[D][mqtt:200]: [shed/debug] Reset reason: Brownout",
      "[D][mqtt:200]: [shed/debug] abort() was called at PC 0x400d1234 on core 0",
      "[D][mqtt:200]: [shed/debug] [E][ota:117]: Error receiving data for update",
      "[I][espnow:200]: shed: reset reason: PANIC",
    ])
  func received(text: String) { #expect(!events(text).contains(where: isOwn)) }

  @Test(
    "what ESPHome says of itself is its own",
    arguments: [
      "[D][debug:085]: Reset Reason: Brownout",
      "[D][debug:085]: [shed/debug] Reset reason: Brownout",
    ])
  func ownESPHome(text: String) { #expect(events(text).contains(where: isOwn)) }

  @Test(
    "a reset reason behind an arrow that points inwards is another device's, unless a tool puts it there",
    arguments: [("", false), ("<< I (3000) gw: alive\n", true)])
  func arrow(before: String, isOwn: Bool) {
    let run = (1...4).map { "I (\($0 * 500)) gw: up\n" }.joined()
    for beginning in [start, run] {
      var decoder = EventDecoder()
      let found = decoder.events(of: beginning + before + "<< Reset reason: Brownout")
      #expect(found.contains { if case .bootLine = $0 { true } else { false } } == isOwn)
    }
  }

  @Test("the clock of a quoted line is not the log's")
  func clock() {
    var decoder = EventDecoder()
    _ = decoder.events(of: "I (60000) mqtt: DATA=E (1222) task_wdt: Task watchdog got triggered.")
    #expect(decoder.clock == 60_000)
  }

  @Test(
    "a line of the node's own stays its own",
    arguments: [
      // Glued to a line that was cut behind a label: its clock goes on.
      "I (60000) printer: state: E (60004) task_wdt: Task watchdog got triggered. The following",
      // Two cores print at once.
      "I (60000) printer: state: E (59990) task_wdt: Task watchdog got triggered. The following",
      // A task that spoke no sooner.
      "I (60000) printer: state: E (71000) task_wdt: Task watchdog got triggered. The following",
      "I (60000) printer: len=E (71000) task_wdt: Task watchdog got triggered. The following",
      "I (60000) printer: level (A): E (99000) task_wdt: Task watchdog got triggered. The following",
      // The prompt of its own console.
      "I (60000) cli: esp32s3> E (60004) task_wdt: Task watchdog got triggered. The following",
      // Cut within a word.
      "I (60000) printer: nozzE (60004) task_wdt: Task watchdog got triggered. The following",
      // Some tools put a head before every line.
      "I (60000) uart_rx: E (99) task_wdt: Task watchdog got triggered. The following tasks",
    ])
  func own(text: String) { #expect(events(text).contains(.taskWatchdog(.triggered))) }

  @Test(
    "behind a prompt of the node's own console, or its name, its words are its own",
    arguments: [
      "I (60000) cli: esp32s3> abort() was called at PC 0x400d1234 on core 0",
      "E (60000) app: ota> Image validation failed, image is corrupted",
      "E (60000) app: ota> esp_ota_begin failed (ESP_ERR_OTA_PARTITION_CONFLICT)",
      "E (60000) gw: node 1: esp_ota_begin failed (ESP_ERR_OTA_PARTITION_CONFLICT)",
      "I (60000) udp_log: esp32s3> abort() was called at PC 0x400d1234 on core 0",
    ])
  func prompt(text: String) { #expect(events(text).contains(where: tellsOfThisNode)) }

  @Test(
    "a line that stands behind a name outside any message is another device's",
    arguments: [
      "child: E (31200) task_wdt: Task watchdog got triggered. The following tasks",
      "link2 -> \"E (305) esp_image: Image hash failed - image is corrupt\"",
      "link2 -> E (31200) task_wdt: Task watchdog got triggered. The following tasks",
      "<< E (31200) task_wdt: Task watchdog got triggered. The following tasks",
      "D (60000) rs485: slave 3 says: reset_reason=TASK_WDT running_partition=ota_1",
    ])
  func relayed(text: String) {
    let found = events(text)
    #expect(!found.contains(where: tellsOfThisNode))
    #expect(!found.contains { if case .rom = $0 { true } else { false } })
  }

  @Test(
    "a reset or a crash is another device's behind words that stood before another clock, beside own lines",
    arguments: [
      "rst:0x10 (RTCWDT_RTC_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\n[pump] flash read err, 1000",
      "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.",
      "I (24) boot: ESP-IDF v5.4.2 2nd stage bootloader",
    ])
  func known(text: String) {
    let found = events("[pump] W (31200) pump: flow low\nI (62000) gw: alive\n[pump] " + text)
    #expect(!found.contains(where: tellsOfThisNode))
    #expect(!found.contains { if case .rom = $0 { true } else { false } })
  }

  @Test(
    "behind a prompt, a label or an arrow a reset or a crash alone is this node's",
    arguments: [
      "[app] ", "[cli] ", "state IDLE -> ", "<< ", ">> ", ">>> ", "esp32>> ",
      // No bare line came since: a tool puts this before each.
      "[COM3] I (31200) gw: alive\n[COM3] ",
      // Behind these words this node's clock goes on.
      "[net] I (31200) net: up\nI (60000) gw: alive\n[net] I (61000) net: up\n[net] ",
    ])
  func begins(words: String) {
    let reset = events(words + "rst:0x8 (TG1WDT_SYS_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)")
    #expect(reset.contains { if case .rom = $0 { true } else { false } })
    for crash in [
      "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.",
      "abort() was called at PC 0x42001234 on core 0",
      "***ERROR*** A stack overflow in task gw has been detected.",
    ] {
      #expect(events(words + crash).contains { if case .panic = $0 { true } else { false } })
    }
  }

  @Test("words behind which heads came one after the other are a tool's, and taken back")
  func takenBack() {
    let heads = (1...8).map { "[COM3] I (\($0 * 3_000)) gw: alive\n" }.joined()
    let watchdog = "E (25000) task_wdt: Task watchdog got triggered. The following tasks"
    #expect(events(heads + "[COM3] " + watchdog).contains(.taskWatchdog(.triggered)))
    #expect(events(heads + "child: " + watchdog).contains(.taskWatchdog(.triggered)))
  }

  @Test(
    "a line of the node's own behind a line that was cut stays its own",
    arguments: [
      "Soil: E (60004) task_wdt: Task watchdog got triggered. The following tasks",
      "Soil: E (58100) task_wdt: Task watchdog got triggered. The following tasks",
      "Soil: E (705) task_wdt: Task watchdog got triggered. The following tasks",
      "state IDLE -> E (60004) task_wdt: Task watchdog got triggered. The following tasks",
      "state IDLE -> E (705) task_wdt: Task watchdog got triggered. The following tasks",
      ">>> E (31200) task_wdt: Task watchdog got triggered. The following tasks",
      "esp32>> E (31200) task_wdt: Task watchdog got triggered. The following tasks",
      "[0] E (60004) task_wdt: Task watchdog got triggered. The following tasks",
    ])
  func cut(text: String) { #expect(events(text).contains(.taskWatchdog(.triggered))) }

  @Test("a reset behind a label of the node's own counts")
  func reset() {
    let found = events("Soil: rst:0x7 (TG0WDT_SYS_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)")
    #expect(found.contains { if case .rom = $0 { true } else { false } })
  }

  @Test("where a tool puts a number before every line, none is another device's")
  func numbered() {
    let head = (1...20).map { "line \($0): I (\($0 * 3_000)) gw: alive" }.joined(separator: "\n")
    var decoder = EventDecoder()
    let found = decoder.events(
      of: head + "\nline 21: E (3311) task_wdt: Task watchdog got triggered. The following tasks")
    #expect(found.contains(.taskWatchdog(.triggered)))
  }

  @Test("what stands before a quotation counts")
  func before() {
    let found = events(
      "I (500) main: boot: reset_reason=SW running_partition=ota_1 log='E (9) x: y'")
    #expect(found.contains { if case .bootLine = $0 { true } else { false } })
  }

  @Test("the same message is a quotation or not by its time each time it comes")
  func again() {
    let message = "task_wdt: Task watchdog got triggered. The following tasks"
    let own = "I (60000) gw: state: E (60010) \(message)\n"
    let other = "I (80000) gw: state: E (60010) \(message)\n"
    var decoder = EventDecoder()
    let counts = [own, other, own, other].map { line in
      decoder.events(of: line).count { $0 == .taskWatchdog(.triggered) }
    }
    #expect(counts == [1, 0, 1, 0])
  }
}

@Suite("Reset reasons of chips beside the node's own")
struct OtherChipsTests {
  private func isHeard(_ text: String) -> Bool {
    var decoder = EventDecoder()
    return decoder.events(of: text).contains { if case .bootLine = $0 { true } else { false } }
  }

  @Test(
    "what a driver tells of its chip is not the node's, however early",
    arguments: [
      "I (900) modem: reset reason: BROWNOUT", "I (900) app: RCP reset reason: PANIC",
      "I (900) host: reset reason: 4 (ESP_RST_PANIC) on co-processor at its last start",
      "I (900) pmic: reset_reason=BROWNOUT",
    ])
  func early(text: String) { #expect(!isHeard(text)) }

  @Test(
    "late, what a receiver or nobody says is not the node's",
    arguments: [
      "D (60000) mqtt_rx: shed/status: {\"reset_reason\":\"PANIC\"}",
      "I (60000) mqtt: DATA={\"esp_reset_reason\":4,\"id\":\"n7\"}",
      "I (60000) gw: Reset due to task watchdog", "I (60000) gw: something ESP_RST_BROWNOUT",
    ])
  func late(text: String) { #expect(!isHeard(text)) }

  @Test(
    "the node's own words are heard",
    arguments: [
      "I (500) main: GPS tracker: reset reason: PANIC",
      "I (500) main: modem hub, reset reason: PANIC",
      "I (500) gw: reset reason: PANIC, now checking the modem",
      "I (500) gw: Reset due to task watchdog", "I (500) slave: reset reason: PANIC",
      "I (60000) gw: reset reason: ESP_RST_BROWNOUT", "I (500) gw: ESP_RST_BROWNOUT",
      "I (60000) main: boot: reset_reason=PANIC running_partition=ota_0",
    ])
  func own(text: String) { #expect(isHeard(text)) }
}
