// ESP_RST_PANIC | PANIC | 4 | task watchdog | Reset due to task watchdog | SW_CPU_RESET
//
// How firmwares word `esp_reset_reason()`: the names of ESP-IDF's esp_system.h and the sentences of
// its comments (3.1 to 6.1), ESPHome's component debug, Tasmota, MicroPython, esp-hal, and the texts
// of arduino-esp32's example ResetReason, which prints the ROM's code and not ESP-IDF's reason.

import LineReading

/// A reset reason as printed: ESP-IDF's, or the ROM's code.
enum PrintedReason: Hashable {
  case reason(ResetReason)
  case romCode(Int)
  /// A bare number, which is ESP-IDF's unless an interpreter with numbers of its own printed it.
  case number(Int)

  /// Whether it is one that nobody asks for.
  var tellsFailure: Bool {
    switch self {
    case .reason(let reason):
      switch reason {
      case .panic, .interruptWatchdog, .taskWatchdog, .watchdog, .brownout, .cpuLockup,
        .powerGlitch:
        true
      case .unknown, .powerOn, .external, .software, .deepSleep, .sdio, .usb, .jtag, .efuse: false
      }
    case .romCode, .number: false
    }
  }
}

/// Reads the wordings of a reset reason.
enum ResetReasonWording {
  /// The reason that stands at the cursor, which is then behind it.
  static func read(_ cursor: inout TextCursor, numbersAre numbers: NumberMeaning) -> PrintedReason?
  {
    let start = cursor.position
    while opens(cursor.byte), !cursor.isAtEnd { cursor.advance() }
    _ = cursor.skip("machine.")
    if let number = smallNumber(&cursor) {
      var behind = cursor
      var isSeparated = false
      while separates(behind.byte), !behind.isAtEnd {
        isSeparated = isSeparated || behind.byte != 0x20
        behind.advance()
      }
      let words = behind
      // `5 DEEPSLEEP`: the number is the one that the name has, ESP-IDF's or the ROM's.
      let named = isSeparated ? name(&behind) ?? prose(&behind) : nameAtEnd(&behind)
      // `3 (panic)`: whoever numbers them in another way names them so.
      let isExplained =
        words.text[words.position - 1] == UInt8(ascii: "(") && behind.byte == UInt8(ascii: ")")
      if let named, isExplained || mayStand(number, for: named, worded: words) {
        cursor = behind
        return named
      }
      // `4, USB host detected`: what goes on behind the number is about something else.
      return meaning(of: number, numbers)
    }
    if let found = name(&cursor) ?? enumerator(&cursor) ?? prose(&cursor) { return found }
    cursor = TextCursor(cursor.text, at: start)
    return nil
  }

  /// The reason that is the value of a field named for it: as `read`, and in whatever known words to the end of the
  /// statement. Where both say something, the words say more: of `software due to exception` a name reads the first.
  static func readField(_ cursor: inout TextCursor, numbersAre numbers: NumberMeaning)
    -> PrintedReason?
  {
    let words = ResetReasonWords(at: cursor.position, in: cursor.text)
    var trial = cursor
    let plain = read(&trial, numbersAre: numbers)
    if case .reason(let reason) = words.reading, words.end >= trial.position,
      plain == nil || saysLess(plain, than: reason)
    {
      cursor = TextCursor(cursor.text, at: words.end)
      return .reason(reason)
    }
    if plain != nil { cursor = trial }
    return plain
  }

  /// Whether the first words of a field say less than all of them.
  private static func saysLess(_ plain: PrintedReason?, than whole: ResetReason) -> Bool {
    switch plain {
    case .reason(.software), .reason(.watchdog), .reason(.external), .reason(.unknown):
      plain != .reason(whole) && PrintedReason.reason(whole).tellsFailure
    case .reason, .romCode, .number, nil: false
    }
  }

  /// What a text says that is nothing but one of the ROM's names, as arduino-esp32's example prints it behind a line
  /// of its own for each core. What the second core says alone is left out.
  static func nameAlone(_ text: ByteText) -> PrintedReason? {
    let text = text.trimmed
    guard let name = namesAlone.first(where: { text.isExactly($0) }) else { return nil }
    return romNames[name.description].map(PrintedReason.romCode)
  }

  /// The names that nothing else is called by, `SW_RESET` may be a switch.
  static let namesAlone: [StaticString] = [
    "POWERON_RESET", "DEEPSLEEP_RESET", "TG0WDT_SYS_RESET", "TG1WDT_SYS_RESET",
    "RTCWDT_SYS_RESET", "TGWDT_CPU_RESET", "SW_CPU_RESET", "RTC_SW_CPU_RESET", "RTCWDT_CPU_RESET",
    "RTCWDT_BROWN_OUT_RESET", "RTCWDT_RTC_RESET",
  ]

  /// What a bare number counts.
  enum NumberMeaning {
    /// ESP-IDF's `esp_reset_reason_t`.
    case reasons
    /// The ROM's codes.
    case romCodes
  }

  /// The texts that say why without any words around them.
  static let sentences: [StaticString] = [
    "Reset due to power-on event", "Reset by external pin", "Software reset via esp_restart",
    "Software reset due to exception/panic", "Software reset due to panic or unhandled exception",
    "Reset (software or hardware) due to interrupt watchdog", "Reset due to task watchdog",
    "Reset due to other watchdogs", "Reset after exiting deep sleep mode",
    "Reset after Exiting Deep Sleep Mode",
    "Brownout reset (software or hardware)", "Reset over SDIO",
    "Last reset was due to brownout",
  ]

  /// The texts of arduino-esp32's example, which stand alone in a line. Their words say less surely that they are about
  /// the node itself.
  static let sentencesOfExample: [StaticString] = [
    "Vbat power on reset", "Software reset digital core", "Legacy watch dog reset digital core",
    "Deep Sleep reset digital core", "Reset by SLC module, reset digital core",
    "Timer Group0 Watch dog reset digital core", "Timer Group1 Watch dog reset digital core",
    "RTC Watch dog Reset digital core", "RTC Watch dog reset digital core",
    "Time Group reset CPU", "Software reset CPU", "RTC Watch dog Reset CPU",
    "Reset when the vdd voltage is not stable",
  ]

  private static func meaning(of number: Int, _ numbers: NumberMeaning) -> PrintedReason? {
    switch numbers {
    case .reasons: ResetReason(number: number) == nil ? .romCode(number) : .number(number)
    case .romCodes: .romCode(number)
    }
  }

  private static func opens(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "("),
      UInt8(ascii: "["), UInt8(ascii: "<"):
      true
    default: false
    }
  }

  private static func separates(_ byte: UInt8) -> Bool {
    opens(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
      || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ")")
      || byte == UInt8(ascii: "/")
  }

  /// One or two digits, or `0x` and as many hexadecimal ones, that no word or fraction continues.
  private static func smallNumber(_ cursor: inout TextCursor) -> Int? {
    var trial = cursor
    let value = trial.skip("0x") ? trial.hexadecimal(limit: 2) : trial.decimal()
    guard let value, (0...99).contains(value), !Letters.isWord(trial.byte) else { return nil }
    let isFraction =
      trial.byte == UInt8(ascii: ".") && (0x30...0x39).contains(trial.text[trial.position + 1])
    guard !isFraction, trial.byte != UInt8(ascii: "%") else { return nil }
    // `4 of 12` is a place in a list.
    var behind = trial
    if behind.skip(" of "), (0x30...0x39).contains(behind.byte) { return nil }
    cursor = trial
    return value
  }

  /// A name in capitals, ESP-IDF's or the ROM's.
  private static func name(_ cursor: inout TextCursor) -> PrintedReason? {
    var trial = cursor
    let start = trial.position
    while isCapital(trial.byte), trial.position < start + longestName { trial.advance() }
    guard trial.position > start, !Letters.isWord(trial.byte) else {
      return damagedName(&cursor)
    }
    var word = trial.text.slice(from: start, to: trial.position).string
    if word.hasPrefix("ESP_RST_") { word.removeFirst("ESP_RST_".count) }
    if let reason = ResetReason(rawValue: word) {
      cursor = trial
      return .reason(reason)
    }
    if let reason = interpretersNames[word] {
      cursor = trial
      return .reason(reason)
    }
    guard let code = romNames[word] else { return damagedName(&cursor) }
    cursor = trial
    return .romCode(code)
  }

  /// In bytes, with room for more.
  private static let longestName = 40

  /// A name in capitals that ends its line, or its part of one.
  private static func nameAtEnd(_ cursor: inout TextCursor) -> PrintedReason? {
    var trial = cursor
    guard (0x41...0x5a).contains(trial.byte), let found = name(&trial) else { return nil }
    let rest = trial.rest.trimmed
    guard rest.isEmpty || isClosing(rest[0]) else { return nil }
    cursor = trial
    return found
  }

  private static func isClosing(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ";"),
      UInt8(ascii: "|"), UInt8(ascii: "'"), UInt8(ascii: "\""):
      true
    default: false
    }
  }

  /// A name in capitals and small letters, `Some(CoreMwdt0)`.
  private static func enumerator(_ cursor: inout TextCursor) -> PrintedReason? {
    var trial = cursor
    let isWrapped = trial.skip("Some(")
    let start = trial.position
    while Letters.isWord(trial.byte), trial.position < start + longestName { trial.advance() }
    guard (3...16).contains(trial.position - start),
      let code = codesOfEspHal[trial.text.slice(from: start, to: trial.position).string]
    else { return nil }
    if isWrapped { _ = trial.skip(")") }
    cursor = trial
    return .romCode(code)
  }

  /// A name up to the next blank, with one byte of it wrong.
  private static func damagedName(_ cursor: inout TextCursor) -> PrintedReason? {
    var end = cursor.position
    while end < cursor.text.count, cursor.text[end] != 0x20, end < cursor.position + 16 { end += 1 }
    guard let reason = ResetReason(nearly: cursor.text.slice(from: cursor.position, to: end)) else {
      return nil
    }
    cursor = TextCursor(cursor.text, at: end)
    return .reason(reason)
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x5f: true
    default: false
    }
  }

  /// Words in any case; the first entry that fits counts, so longer ones stand first.
  private static func prose(_ cursor: inout TextCursor) -> PrintedReason? {
    for (words, meaning) in phrases where has(words, cursor) {
      let end = cursor.position + words.utf8CodeUnitCount
      guard !Letters.isWord(cursor.text[end]) else { continue }
      cursor = TextCursor(cursor.text, at: end)
      return meaning
    }
    return nil
  }

  static func has(_ words: StaticString, _ cursor: TextCursor) -> Bool {
    for offset in 0..<words.utf8CodeUnitCount {
      let byte = cursor.text[cursor.position + offset]
      let lower = (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
      guard lower == words.utf8Start[offset] else { return false }
    }
    return true
  }

  /// `RESET_REASON` of the ESP32's rom/rtc.h, which arduino-esp32's example prints.
  private static let romNames: [String: Int] = [
    "POWERON_RESET": 1, "SW_RESET": 3, "OWDT_RESET": 4, "DEEPSLEEP_RESET": 5, "SDIO_RESET": 6,
    "TG0WDT_SYS_RESET": 7, "TG1WDT_SYS_RESET": 8, "RTCWDT_SYS_RESET": 9, "INTRUSION_RESET": 10,
    "TGWDT_CPU_RESET": 11, "SW_CPU_RESET": 12, "RTCWDT_CPU_RESET": 13, "EXT_CPU_RESET": 14,
    "RTCWDT_BROWN_OUT_RESET": 15, "RTCWDT_RTC_RESET": 16,
    // Those of the later chips that differ.
    "RTC_SW_SYS_RESET": 3, "TG0WDT_CPU_RESET": 11, "RTC_SW_CPU_RESET": 12, "TG1WDT_CPU_RESET": 17,
    "SUPER_WDT_RESET": 18, "GLITCH_RTC_RESET": 19, "EFUSE_RESET": 20, "USB_UART_CHIP_RESET": 21,
    "USB_JTAG_CHIP_RESET": 22, "POWER_GLITCH_RESET": 23,
    // MicroPython's name for all that software does, a panic among it.
    "SOFT_RESET": 12,
  ]

  /// MicroPython's `machine.reset_cause()`, ports/esp32/modmachine.c.
  private static let interpretersNames: [String: ResetReason] = [
    "PWRON_RESET": .powerOn, "HARD_RESET": .external, "WDT_RESET": .watchdog,
  ]

  /// `SocResetReason` of esp-hal, all chips.
  private static let codesOfEspHal: [String: Int] = [
    "ChipPowerOn": 1, "CoreSw": 3, "CoreDeepSleep": 5, "CoreSDIO": 6, "CoreSdio": 6,
    "CoreMwdt0": 7, "CoreMwdt1": 8, "CoreRtcWdt": 9, "CoreRwdt": 9, "Cpu0Mwdt0": 11,
    "CpuMwdt": 11, "Cpu0Sw": 12, "CpuSw": 12, "Cpu0RtcWdt": 13, "CpuRwdt": 13, "SysBrownOut": 15,
    "SysRtcWdt": 16, "Cpu0Mwdt1": 17, "SysSuperWdt": 18, "SysClkGlitch": 19, "CoreEfuseCrc": 20,
    "CoreUsbUart": 21, "CoreUsbJtag": 22, "CorePwrGlitch": 23,
  ]
}
