/// Recognises lines that the capturing tool wrote itself.
///
/// They must not be decoded: an address that a monitor resolved would look like device text.
enum MonitorLines {
  /// Who wrote the line.
  static func origin(of text: ByteText) -> LogLine.Origin {
    switch text[0] {
    // `--- 0x42001234: app_main at main.c:42` and other lines of esp-idf-monitor;
    // `---- Reopened serial port …` of the Arduino IDE.
    case UInt8(ascii: "-"):
      return text.has("--- ") || text.has("---- ") ? .monitor : .device
    case UInt8(ascii: "0"): return isResolvedAddress(text) ? .monitor : .device
    case UInt8(ascii: "#"), Byte.blank, Byte.tab:
      return isResolvedFrame(text) ? .monitor : .device
    default: return .device
    }
  }

  /// `0x4037c4ce: esp_cpu_wait_for_intr at C:/…:123` of older monitors, `0x400d1234 - app_main` of
  /// espflash. A register or stack row has a number behind its address.
  private static func isResolvedAddress(_ text: ByteText) -> Bool {
    guard text.has("0x"), let end = hexEnd(in: text, from: 2) else { return false }
    if text.has(" - ", at: end) { return isNameStart(text[end + 3]) }
    guard text.has(": ", at: end), isNameStart(text[end + 2]) else { return false }
    return text.contains(" at ")
  }

  /// `  #0  0x400d1234 in app_main at …` of PlatformIO's decoder, ` (inlined by) main at …` of all,
  /// and espflash's `    at main.c:4`.
  private static func isResolvedFrame(_ text: ByteText) -> Bool {
    let frame = text.trimmed
    if frame[0] == UInt8(ascii: "#") {
      var position = 1
      while frame[position] &- 0x30 < 10 { position += 1 }
      guard position > 1, frame[position] == Byte.blank else { return false }
      while frame[position] == Byte.blank { position += 1 }
      return frame.has("0x", at: position)
    }
    if frame.has("(inlined by) ") { return true }
    guard frame.count + 2 <= text.count, frame.has("at ") else { return false }
    var position = frame.count
    while position > 0, frame[position - 1] &- 0x30 < 10 { position -= 1 }
    return position < frame.count && frame[position - 1] == UInt8(ascii: ":")
  }

  /// Where the hexadecimal number that begins at `start` ends, if it has 8 digits.
  private static func hexEnd(in text: ByteText, from start: Int) -> Int? {
    var position = start
    while position < start + 8 {
      let byte = text[position]
      guard byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 else { return nil }
      position += 1
    }
    return position
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "?")
      || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "~")
  }
}
