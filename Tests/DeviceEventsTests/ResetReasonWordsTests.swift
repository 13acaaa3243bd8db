import Testing

@testable import DeviceEvents

private func unread(_ log: String) -> [String?] {
  toldEvents(log).compactMap { event in
    guard case .notice(let notice) = event, notice.kind == .resetReasonUnread else { return nil }
    return notice.detail
  }
}

@Suite("A field for the reset reason in an application's own words")
struct ResetReasonWordsTests {
  @Test(
    "is read where all of its words are known, however they are joined",
    arguments: [
      ("Reset reason: software due to exception/panic", ResetReason.panic),
      ("Reset reason: Vdd Brownout", .brownout),
      ("Reset reason: Watchdog reset (interrupt)", .interruptWatchdog),
      ("Reset reason: Watchdog reset (task)", .taskWatchdog),
      ("I (322) main: Reset reason: Software panic", .panic),
      ("W (455) sys: reset cause: PANIC_ABORT", .panic),
      ("I (455) diag: ResetCause=BROWNOUT_RST", .brownout),
      ("BOOT: reset_cause BrownOutReset", .brownout),
      ("I (812) chip: Boot reason: SoftwareWatchdogReset", .watchdog),
      ("I (300) app: Reset reason: RTC watchdog", .watchdog),
      ("I (240) app: Reset reason: TWDT", .taskWatchdog),
      ("I (240) app: Reset reason: IWDT", .interruptWatchdog),
      ("I (240) app: reset_reason=\"task-wdt\" boots=7", .taskWatchdog),
      ("I (388) core: last reboot: task-watchdog", .taskWatchdog),
      ("I (388) core: restart cause = brown out", .brownout),
      ("I (388) diag: boot cause PANIC", .panic),
      ("[I] system: Last reset reason - PANIC", .panic),
      ("I (388) diag: esp_reset_reason() -> 9", .brownout),
      ("Reset reason: Power cycle", .powerOn),
    ])
  func words(text: String, reason: ResetReason) { #expect(toldReasons(text) == [reason]) }

  @Test(
    "is read behind a number that fits, and behind the ROM's short word",
    arguments: [
      ("I (512) app: last reset: 6 (Task WDT)", ResetReason.taskWatchdog),
      ("I (512) app: last reset: 4 (Panic)", .panic),
      ("I (388) core: restart cause = 4 / panic", .panic),
      ("I (300) app: reset cause code 6 (TASK_WDT)", .taskWatchdog),
      ("I (240) app_main: boot reason: 9 (brownout)", .brownout),
      ("I (388) diag: boot rst=TDog heap=212332", .taskWatchdog),
      ("{\"evt\":\"boot\",\"rst\":\"TASK_WDT\",\"heap\":201332}", .taskWatchdog),
      ("[D][text_sensor:069]: 'Reset Reason': Sending state 'task watchdog'", .taskWatchdog),
      ("[D][text_sensor:069]: 'Reset Reason' >> 'Reset due to exception/panic'", .panic),
      ("I (430) sys: reset due to task watchdog", .taskWatchdog),
      ("W (402) node: restarted by task watchdog", .taskWatchdog),
    ])
  func numbers(text: String, reason: ResetReason) { #expect(toldReasons(text) == [reason]) }

  @Test(
    "tells no fault where one word turns the others around, and nothing of others",
    arguments: [
      "I (322) app: boot reason: no watchdog", "I (322) app: restart cause: panic counter 0",
      "I (322) app: restart cause: panic button", "I (322) app: restart reason: none",
      "I (322) app: restart cause: watchdog or brownout",
      "  reset_reason - Panic or watchdog of the last boot",
      "GET /reset_reason -> 4", "I (900) con: reset reason -> 4 in the table",
      "I (388) diag: reset reason: no crash", "I (388) diag: reset reason: power cycle after crash",
      "help: rst - show reset reason (PANIC, TASK_WDT, BROWNOUT)",
      "I (322) app: last reset: 6 days ago", "I (322) app: last reset: 4 kWh",
      "I (322) app: last reset: 4 (kitchen)", "I (322) lcd: rst=4 dc=6 cs=9",
      "I (322) tcp: rst=1 ack=0", "I (322) app: first=PANIC",
      "I (322) app: boot cause: Wi-Fi watchdog",
      "{\"rst\":\"pin\"}", "{\"burst\":\"PANIC\"}", "I (5123) modem: restart cause: watchdog",
      "I (45123) gw: node 7 restart cause = 4 / panic",
    ])
  func silent(text: String) { #expect(toldReasons(text).isEmpty) }

  @Test(
    "is told as unread where it says nothing",
    arguments: [
      ("I (322) main: Reset reason: Gremlin 77", "Gremlin 77"),
      ("Restart reason: XQ_FAULT", "XQ_FAULT"), ("I (322) app: boot reason: 42", "42"),
      ("I (322) main: reset cause: 0x8000", "0x8000"),
      ("I (701) telemetry: {\"reboot_reason\":4,\"fw\":\"1.2.0\"}", "4"),
    ])
  func unreadable(text: String, value: String) {
    #expect(unread(text) == [value])
    #expect(toldReasons(text).isEmpty)
  }

  @Test(
    "is not told as unread where it is read, wanted, late, or another's",
    arguments: [
      "I (322) main: Reset reason: ESP_RST_PANIC", "Reboot reason: OTA update",
      "I (322) main: boot reason: user requested reboot", "I (322) app: restart reason: none",
      "I (322) app: last reset: never", "I (45123) main: Reset reason: Gremlin 77",
      "I (45123) mesh: child 3 reset reason: Gremlin", "Menu: r) reset reason  p) panic now",
      "W (812) wifi: disconnect reason: 201", "I (322) app: Reset Reason (CPU1): Gremlin",
      "I (322) app: reset reason is printed below",
      "I (322) app: restart reason: whatever the user wrote into the field for it",
    ])
  func notUnread(text: String) { #expect(unread(text).isEmpty) }
}
