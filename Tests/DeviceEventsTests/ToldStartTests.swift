import Testing

@testable import DeviceEvents

private func events(_ log: String) -> [DeviceEvent] {
  var decoder = EventDecoder()
  return decoder.events(of: log)
}

private func reasons(_ log: String) -> [ResetReason?] {
  events(log).compactMap { event in
    if case .bootLine(let line) = event { line.reason } else { nil }
  }
}

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
    ])
  func told(text: String, reason: ResetReason) { #expect(reasons(text) == [reason]) }

  @Test(
    "is none where it is late, of somebody else, or of something else",
    arguments: [
      "I (50000) main: restarted after panic", "I (500) hub: kitchen restarted after panic",
      "I (500) hub: child 3: last reset: PANIC", "I (500) app: last reset: 12:30 on Monday",
      "I (500) app: restarted after panic: 0 times", "I (500) app: reboot reason: 4",
      "I (500) app: reboot reason: panic button pressed", "I (500) app: last reset was not a panic",
      "I (500) hub: {\"reboot_reason\":\"panic\"}", "I (500) app: modem restarted after crash",
      "I (500) app: never restarted after a panic", "I (500) app: brownout detector enabled",
      "I (3000) sd: recovered from brownout", "I (3100) main: recovered from watchdog timeout",
    ])
  func silent(text: String) { #expect(reasons(text).isEmpty) }

  @Test(
    "is believed against the ROM only behind a name for it",
    arguments: [
      ("I (500) main: restarted after panic", false), ("I (500) main: last reset: PANIC", true),
      ("I (500) vent: last reset: PANIC", false), ("System restarted after panic", false),
    ])
  func standing(text: String, isFirm: Bool) {
    let lines = events(text).compactMap { event -> Bool? in
      if case .bootLine(let line) = event { line.isUnderOwnTag } else { nil }
    }
    #expect(lines == [isFirm])
  }

  private func tellsRollback(_ text: String) -> Bool {
    events(text).contains { event in
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
