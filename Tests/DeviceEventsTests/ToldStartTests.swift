import Testing

@testable import DeviceEvents

@Suite("What applications tell in prose of their start")
struct ToldStartTests {
  @Test(
    "is a reset reason in the first seconds",
    arguments: [
      ("I (500) main: restarted after panic", ResetReason.panic),
      ("W (500) main: Device was restarted after a crash.", .panic),
      ("I (500) app: last reset: TASK_WDT, 0 crashes since flashing", .taskWatchdog),
      ("I (500) app: Last reset was caused by a brownout", .brownout),
      ("I (500) main: Reboot reason: abnormal (panic)", .panic),
      ("I (500) app: boot_reason=interrupt watchdog", .interruptWatchdog),
      ("I (500) app: esp_reset_reason() = 4", .panic),
      ("I (500) app: esp_reset_reason(): 6", .taskWatchdog),
      ("Recovered from panic", .panic), ("System rebooted due to brownout reset!", .brownout),
      ("I (500) main: recovered from watchdog reset", .watchdog),
      ("W (500) main: last run ended with a panic (StoreProhibited at 0x4200d1a0)", .panic),
      ("E (500) diag: Previous boot crashed! exc=StoreProhibited", .panic),
      ("W (500) main: previous run ended by PANIC after 411 s, core dump stored", .panic),
      ("I (500) app: Last boot ended in a crash.", .panic),
      ("I (500) app: previous boot: brownout", .brownout),
      ("I (500) app: last boot crashed (StoreProhibited, pc 0x4200d1a0)", .panic),
      ("I (500) app: last reset: TASK_WDT (task watchdog)", .taskWatchdog),
      ("I (500) app: recovered from a crash on the last boot", .panic),
      ("W (500) main: unexpected restart: INT_WDT", .interruptWatchdog),
      ("W (500) main: Woke after watchdog reset", .watchdog),
      ("I (500) app: Restarted due to: TASK_WDT", .taskWatchdog),
      ("I (500) app: rst cause: WDT", .watchdog),
      ("W (500) app: Crash detected on previous boot", .panic),
      ("W (500) app: recovered from task watchdog timeout in previous session", .taskWatchdog),
      ("I (500) app: Reset Reason: Reset due to exception/panic", .panic),
      ("I (421) app: fw=1.4.2 last_reset=TASK_WDT boots=3", .taskWatchdog),
      ("I (421) boot: fw=1.4.2 last_reset=ESP_RST_PANIC, heap=212332", .panic),
      ("I (421) app: fw=1.4.2 slot=ota_0 rr=6 rr_name=TASK_WDT boots=7", .taskWatchdog),
      ("W (425) crashlog: previous run died: task=rx pc=0x4200a1c2 cause=LoadProhibited", .panic),
      ("E (421) diag: Crash detected in previous boot: StoreProhibited at 0x420a1234", .panic),
      ("W (426) crash: core dump of previous run: task 'rx', PC 0x4200a1c2, cause 28", .panic),
      ("E (421) guard: 5 crashes in a row, starting in safe mode (no tasks)", .panic),
      ("W (421) app: boot after panic (4)", .panic),
      ("W (421) app: wdt reset (task) in previous run", .taskWatchdog),
      ("I (421) boot: reset reason: TASK_WDT", .taskWatchdog),
      ("W (421) boot: last reset: interrupt watchdog", .interruptWatchdog),
      ("W (421) app: rst:6 TASK_WDT", .taskWatchdog),
    ])
  func told(text: String, reason: ResetReason) { #expect(toldReasons(text) == [reason]) }

  @Test(
    "is none where it is late, of somebody else, or of something else",
    arguments: [
      "I (50000) main: restarted after panic", "I (500) hub: kitchen restarted after panic",
      "I (500) hub: child 3: last reset: PANIC", "I (500) app: last reset: 12:30 on Monday",
      "I (500) app: restarted after panic: 0 times", "I (500) app: reboot reason: 4",
      "I (500) app: reboot reason: panic button pressed", "I (500) app: last reset was not a panic",
      "I (500) hub: {\"reboot_reason\":\"panic\"}", "I (500) app: modem restarted after crash",
      "I (500) app: never restarted after a panic", "I (500) app: brownout detector enabled",
      "I (500) app: no crash in last run", "I (500) app: last run crashed? no",
      "I (500) app: last session ended normally", "I (500) app: previous boot crashes: 0",
      "I (500) app: last boot was not a panic", "I (500) app: last run ended without a panic",
      "I (500) app: last boot: power on", "I (500) app: last boot crash count 0",
      "I (500) app: previous run ended by software restart", "I (500) app: last run: 0 panics",
      "I (500) app: unexpected restart: none", "I (500) app: woke after 30 s of deep sleep",
      "I (500) app: crash handler ready, last run fine", "I (500) hub: valve's last run crashed",
      "I (50000) app: last run ended with a panic",
      "I (400) wash: previous run aborted", "I (400) print3d: last run crashed",
      "I (400) alarm: last session: panic", "I (400) lte: Recovered from crash in last session",
      "I (400) app: previous session: brownout", "I (400) app: Our last run: brownout (no)",
      "I (400) app: last boot crashed (slave)", "I (400) app: The last boot crashed (0 times)",
      "I (400) app: last boot: watchdog, feeding every 5 s", "I (400) job: crash in last run",
      "I (400) app: Woke up after brownout, battery 3.6 V",
      "I (400) app: Unexpected reset: WDT (count 0)", "I (400) app: last reset: WDT, count 0",
      "I (400) app: unexpected restart: brownout (modem)", "I (400) app: last boot aborted",
      "I (400) app: restarted due to: crash, 12 restarts so far",
      "I (400) app: last reset: PANIC (0)", "I (400) app: last boot: panic.txt",
      "I (421) hub: id=7 last_reset=PANIC rssi=-70",
      "I (421) hub: fw=1.4.2 last_reset=PANIC node=3",
      "I (421) app: fw=1.4.2 last_reset=WDT_OFF", "I (421) app: fw=1.4.2 last_reset=POWERON",
      "I (421) job: previous run died: disk full", "I (421) app: boot after panic: enabled",
      "I (421) guard: 0 crashes in a row, starting in safe mode",
      "I (421) guard: after 3 crashes in a row, starting in safe mode",
      "I (421) app: modem crash in last boot: pc=0x40001234",
      "I (421) app: boiler reset reason: 4", "I (421) app: reset reason 4 of 12 shown",
      "I (421) app: fan controller reset cause: watchdog",
      "I (500) app: rst:4 TASK_WDT", "I (500) app: rst:1 POWERON", "I (94) boot: reset on update",
      "I (3000) sd: recovered from brownout", "I (3100) main: recovered from watchdog timeout",
    ])
  func silent(text: String) { #expect(toldReasons(text).isEmpty) }

  @Test(
    "is believed against the ROM only behind a name for it",
    arguments: [
      ("I (500) main: restarted after panic", false), ("I (500) main: last reset: PANIC", true),
      ("I (500) vent: last reset: PANIC", false), ("System restarted after panic", false),
      ("I (500) app: ESP32-S3 reset reason: PANIC", true),
      ("I (500) app: kitchen reset reason: PANIC", false),
    ])
  func standing(text: String, isFirm: Bool) {
    let lines = toldEvents(text).compactMap { event -> Bool? in
      if case .bootLine(let line) = event { line.isUnderOwnTag } else { nil }
    }
    #expect(lines == [isFirm])
  }

  private func tellsRollback(_ text: String) -> Bool {
    toldEvents(text).contains { event in
      if case .notice(let notice) = event { notice.kind == .rollbackTold } else { false }
    }
  }

  @Test(
    "is a rollback of the node's own",
    arguments: [
      "W (500) main: rolled back to previous firmware",
      "W (500) ota: Firmware 1.5.0 was rolled back",
      "W (500) app: last update to 1.5.0 failed and has been rolled back",
      "W (500) main: OTA rollback detected!", "Rolled back to the previous firmware",
      "E (900) app: OTA update rolled back", "W (900) app: Rolled back to ota_0",
      "W (500) app: Firmware rollback occurred",
    ])
  func rollback(text: String) { #expect(tellsRollback(text)) }

  @Test(
    "is no rollback where other things are rolled back, or none were",
    arguments: [
      "I (500) cfg: settings were rolled back", "I (500) db: transaction rolled back",
      "I (500) hub: kitchen rolled back to previous firmware",
      "I (500) hub: child 4: firmware rolled back", "I (500) app: rolled back: no",
      "I (500) ui: rolled back to previous colours", "I (500) app: update was not rolled back",
      "I (5000) sqlite: update failed and was rolled back", "I (6000) nvs: image rolled back",
      "I (5000) cfg: new version was rolled back", "I (5000) cfg: version 1.2 was rolled back",
    ])
  func noRollback(text: String) { #expect(!tellsRollback(text)) }
}
