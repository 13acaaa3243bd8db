/// Recognises beginnings that only a device prints.
enum DeviceText {
  /// Whether text that only a device prints begins at `index`, colours aside.
  static func begins(_ text: ByteText, at index: Int) -> Bool {
    var start = index
    while let length = TerminalCodes.length(at: start, in: text)
      ?? TerminalCodes.lengthWithoutEscape(at: start, in: text)
    {
      start += length
    }
    if text.hasLogLine(at: start) { return true }
    switch text[start] {
    case UInt8(ascii: "["): return hasBracketedLevel(text, at: start)
    case UInt8(ascii: "*"): return text.has("***ERROR***", at: start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "f"): return hasRow(text, at: start)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return beginsWithCapital(text, at: start) || hasRegister(text, at: start)
    case UInt8(ascii: "a"):
      return text.has("abort() was called", at: start) || text.has("assert failed:", at: start)
        || text.has("assertion \"", at: start) || text.has("app_init: ", at: start)
    case UInt8(ascii: "b"):
      return text.has("boot: ", at: start) || text.has("boot.esp32", at: start)
    case UInt8(ascii: "c"):
      return text.has("cpu_start: ", at: start) || text.has("configsip:", at: start)
        || text.has("clk_drv:0x", at: start) || text.has("csum err:0x", at: start)
    case UInt8(ascii: "e"):
      return text.has("ets J", at: start) || text.has("entry 0x", at: start)
        || text.has("esp_image: ", at: start) || text.has("ets_main.c ", at: start)
    case UInt8(ascii: "h"): return text.has("ho 0 tail ", at: start)
    case UInt8(ascii: "i"): return text.has("invalid header: 0x", at: start)
    case UInt8(ascii: "l"): return text.has("load:0x", at: start)
    case UInt8(ascii: "m"): return text.has("mode:", at: start)
    case UInt8(ascii: "r"): return text.has("rst:0x", at: start)
    case UInt8(ascii: "s"): return text.has("spi_flash: ", at: start)
    case UInt8(ascii: "t"): return text.has("task_wdt: ", at: start)
    default: return false
    }
  }

  private static func beginsWithCapital(_ text: ByteText, at start: Int) -> Bool {
    switch text[start] {
    case UInt8(ascii: "B"):
      return text.has("Backtrace:", at: start) || text.has("Build:", at: start)
    case UInt8(ascii: "C"):
      return text.has("Core  ", at: start) || text.has("CORRUPT HEAP:", at: start)
        || text.has("Core 0 register dump", at: start)
        || text.has("Core 1 register dump", at: start)
    case UInt8(ascii: "D"): return text.has("Debug exception reason:", at: start)
    case UInt8(ascii: "E"):
      return text.has("ESP-ROM:", at: start) || text.has("ELF file SHA256:", at: start)
        || text.has("ESP_ERROR_CHECK failed:", at: start)
    case UInt8(ascii: "G"): return text.has("Guru Meditation Error", at: start)
    case UInt8(ascii: "M"): return text.has("Memory dump at 0x", at: start)
    case UInt8(ascii: "R"):
      return text.has("Rebooting...", at: start) || text.has("Register dump:", at: start)
        || text.has("Re-entered core dump!", at: start)
    case UInt8(ascii: "S"):
      return text.has("SPIWP:", at: start) || text.has("Saved PC:0x", at: start)
        || text.has("Stack memory:", at: start) || text.has("Setting breakpoint at 0x", at: start)
        || text.has("SHA-256 comparison failed", at: start)
    default: return false
    }
  }

  /// `PC      : 0x4011b968`: a name of a register, a colon and a whole word.
  private static func hasRegister(_ text: ByteText, at start: Int) -> Bool {
    var position = start
    while position < start + 9, isRegisterByte(text[position]) { position += 1 }
    while text[position] == Byte.blank, position < start + 12 { position += 1 }
    guard position > start + 1, text[position] == UInt8(ascii: ":") else { return false }
    position += 1
    while text[position] == Byte.blank, position < start + 16 { position += 1 }
    return text.has("0x", at: position) && hasWord(text, at: position + 2)
  }

  /// `3fc93a80: 0x00000030` of a stack dump, `0x4011b968:0x3ffbf1f0` of a broken backtrace.
  private static func hasRow(_ text: ByteText, at start: Int) -> Bool {
    if text.has("0x", at: start) {
      return hasWord(text, at: start + 2) && text.has(":0x", at: start + 10)
    }
    return hasWord(text, at: start) && text.has(": 0x", at: start + 8)
  }

  private static func hasWord(_ text: ByteText, at start: Int) -> Bool {
    (start..<start + 8).allSatisfy { text[$0] &- 0x30 < 10 || (text[$0] | 0x20) &- 0x61 < 6 }
  }

  private static func isRegisterByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || byte &- 0x41 < 26 || byte == UInt8(ascii: "/")
  }

  /// `[I][ota:363]: …` of ESPHome, `[  3708][W][file.cpp:639] …` of Arduino.
  private static func hasBracketedLevel(_ text: ByteText, at index: Int) -> Bool {
    var position = index + 1
    while text[position] == Byte.blank || text[position] &- 0x30 < 10 { position += 1 }
    if position > index + 1 {
      guard text.has("][", at: position) else { return false }
      position += 2
    }
    return text.has("][", at: position + 1) && (text[position] | 0x20) &- 0x61 < 26
  }
}
