// Reset reason: 4 - ESP_RST_PANIC
// RESET_REASON=5 DEEPSLEEP
// Reset reason: 4, software v1.2.3
//
// The numbers of reset reasons: `esp_reset_reason_t` of ESP-IDF's esp_system.h, the codes of the ROM, MicroPython's
// `machine.reset_cause()` (ports/esp32/modmachine.c), and `rst_reason` of the ESP8266, whose texts sketches took along.

import LineReading

extension ResetReasonWording {
  /// Whether what is named behind a number may be what the number stands for: in ESP-IDF's counting, in the ROM's, or in
  /// that of those whose words they are. A number that nobody counts with stands for anything.
  static func mayStand(_ number: Int, for named: PrintedReason, worded words: TextCursor) -> Bool {
    // Nothing else is called so.
    if words.text.has("ESP_RST_", at: words.position) { return true }
    if numbersOfOthers.contains(where: { $0.number == number && has($0.words, words) }) {
      return true
    }
    // The restart behind a panic has the ROM's code 12, and an application may know better.
    let known = ofIDF(number) + ofROM(number) + (number == 12 ? [.panic] : [])
    guard !known.isEmpty else { return true }
    return switch named {
    case .reason(let reason): known.contains { areAlike($0, reason) }
    case .romCode(let code):
      code == number || ofROM(code).contains { reason in known.contains { areAlike($0, reason) } }
    case .number(let other): other == number
    }
  }

  private static func ofIDF(_ number: Int) -> [ResetReason] {
    ResetReason(number: number).map { $0 == .unknown ? [] : [$0] } ?? []
  }

  /// What a code of the ROM's stands for, on whichever chip.
  private static func ofROM(_ code: Int) -> [ResetReason] {
    // The old watchdog of the ESP32, of which ESP-IDF makes nothing.
    if code == 4 { return [.watchdog] }
    let meaning = ResetCauses.meaning(code: code, chip: nil)
    guard meaning != .unknown else { return [] }
    // Why software did it no code tells: a name behind it may be about anything.
    if meaning.cause == .software { return [.software] }
    return meaning.possibleReasons.filter { $0 != .unknown }
  }

  /// Whether two words mean the same or one means less: which watchdog it was, not everybody tells.
  private static func areAlike(_ one: ResetReason, _ other: ResetReason) -> Bool {
    one == other || isWatchdog(one) && isWatchdog(other)
  }

  private static func isWatchdog(_ reason: ResetReason) -> Bool {
    switch reason {
    case .interruptWatchdog, .taskWatchdog, .watchdog: true
    case .unknown, .powerOn, .external, .software, .panic, .deepSleep, .brownout, .sdio, .usb,
      .jtag, .efuse, .powerGlitch, .cpuLockup:
      false
    }
  }

  /// In small letters: numbers that mean something else to everybody but to those who use these words.
  private static let numbersOfOthers: [(number: Int, words: StaticString)] = [
    (3, "wdt_reset"), (4, "deepsleep_reset"), (5, "soft_reset"),
    (1, "hardware watchdog"), (3, "software watchdog"), (4, "software/system restart"),
    (6, "external system"),
  ]
}
