import Testing

@testable import DeviceEvents

/// The boot lines that a log's decoder hands on.
private func bootLines(_ log: String) -> [BootLine] {
  var decoder = EventDecoder()
  return decoder.events(of: log).compactMap { event in
    if case .bootLine(let line) = event { line } else { nil }
  }
}

@Suite("Reset reasons in rare spellings")
struct ResetReasonSpellingTests {
  @Test(
    "a known name behind an unmistakable key is heard",
    arguments: [
      ("I (290) main: boot reason INT_WDT", ResetReason.interruptWatchdog),
      ("I (290) main: Restart reason TASK_WDT", .taskWatchdog),
      ("I (290) main: Last reset: Software/panic exception", .panic),
      ("I (290) main: Reset reason: Panic/exception", .panic),
      ("I (290) main: Reset: PANIC", .panic),
      ("I (290) main: reset=WDT", .watchdog), ("I (290) main: reset=TASK_WDT", .taskWatchdog),
      ("I (290) main: Reason of reset: Reset due to exception/panic", .panic),
      ("I (290) main: Reason for reset: brownout", .brownout),
      ("I (290) main: last_reset: \"TASK_WDT\"", .taskWatchdog),
      ("I (290) main: previous_reset=PANIC", .panic),
      ("I (290) main: Reset reason: reset (software) due to exception/panic", .panic),
      ("I (290) main: Reset reason (CPU0): ESP_RST_PANIC", .panic),
    ])
  func reasons(text: String, reason: ResetReason) {
    #expect(bootLines(text).map(\.reason) == [reason])
  }

  @Test(
    "the first core's code is heard on either side of the key",
    arguments: [
      ("I (290) main: Reset Reason (CPU0): SW_CPU_RESET", 12),
      ("I (290) main: Reset reason (PRO CPU): 15", 15),
      ("I (290) main: Reset reason [CPU 0] = RTCWDT_BROWN_OUT_RESET", 15),
      ("I (290) main: CPU0 reset reason: 12", 12),
      ("I (290) main: Reset: RTCWDT_BROWN_OUT_RESET", 15),
    ])
  func codes(text: String, code: Int) { #expect(bootLines(text).map(\.romCode) == [code]) }

  @Test(
    "prose, commands, counts and the second core are left alone",
    arguments: [
      "I (290) main: the last reset: none", "I (290) main: last_reset: 1731600000",
      "I (290) main: last_reset: \"none\"", "I (290) main: last_reset: \"4\"",
      "I (290) main: last_reset: \"12:30\"",
      "I (290) main: Reset: done", "I (290) main: reset=0", "I (290) main: reset=4",
      "I (290) main: Reset: WDT", "I (290) main: Reset: USB", "I (290) main: reset=SW",
      "I (290) main: Reset: PANIC flag", "I (290) main: Reset: PANIC count 0",
      "I (290) main: no Reset: PANIC", "I (290) alarm: Reset: PANIC",
      "I (60000) main: Reset: PANIC", "Reset: PANIC", "I (290) main: boot reason unknown to us",
      "I (290) main: boot reason USB connected", "I (290) main: boot reasons PANIC",
      "I (290) main: last reset PANIC", "I (290) hub: child 3: boot reason PANIC",
      "I (290) main: reason of reset: none", "I (290) main: the reason for reset is open",
      "I (290) main: Reset Reason (CPU1): SW_CPU_RESET", "I (290) main: Reset reason (CPU0) 12 MHz",
      "I (290) main: Last reset: Software/panic exceptions are counted",
    ])
  func silent(text: String) { #expect(bootLines(text).isEmpty) }

  @Test("a bare label is prose, which the ROM may contradict; a name behind a key is not")
  func standing() {
    #expect(bootLines("I (290) main: Reset: PANIC").map(\.isProse) == [true])
    #expect(bootLines("I (290) main: Reset: PANIC").map(\.isUnderOwnTag) == [false])
    #expect(bootLines("I (290) main: boot reason PANIC").map(\.isProse) == [false])
    #expect(bootLines("I (290) main: Reason of reset: brownout").map(\.isProse) == [true])
  }
}
