import LineReading

extension ROMDecoder {
  /// How the lines below begin.
  static let loadingOpenings: [StaticString] = [
    "load", "entry", "waiting for download", "wait uart", "wait usb", "wait spi", "wdt reset",
    "Core", "Saved PC:", "configsip:", "clk_drv:", "ho 0 tail ", "SPIWP:", "SPI mode:", "mode:",
    "Octal Flash Mode", "For OPI Flash", "use legacy", "Valid secure boot",
  ]

  /// The lines between the reset line and the jump:
  ///
  ///     Saved PC:0x40376c10                       S2, S3, C2, C3, C6, H2, H21
  ///     Core0 Saved PC:0x4ff0a2b4                 P4, C5, C61, S31
  ///     configsip: 0, SPIWP:0xee                  ESP32
  ///     clk_drv:0x00,q_drv:0x00,…                 ESP32
  ///     mode:DIO, clock div:1                     SPI mode:… on P4, C5, C61, H4, S31
  ///     load:0x3fff0030,len:1184                  ESP32; 0x… on all others
  ///     ho 0 tail 12 room 4                       ESP32, and the ESP8266
  ///     waiting for download                      also wait uart|usb|spi download
  ///     entry 0x403c8920
  static func decodeLoading(_ text: ByteText, _ body: EventSink) -> Bool {
    switch text[0] {
    case UInt8(ascii: "l"): decodeLoad(text, body)
    case UInt8(ascii: "e"): decodeEntry(text, body)
    case UInt8(ascii: "w"): decodeWaiting(text, body)
    case UInt8(ascii: "S"), UInt8(ascii: "C"):
      decodeSavedPC(text, body) || decodeSettings(text, body)
    default: decodeSettings(text, body)
    }
  }

  /// A segment; one that cannot be loaded is a complaint as well.
  static func decodeLoad(_ text: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(text)
    if cursor.skip("load 0x") {
      // `load 0x4010f000, len 3460, room 16`
      guard text.contains(", room ") else { return false }
      body(.foreign(.esp8266))
      return true
    }
    guard cursor.skip("load:0x"), let address = cursor.hexadecimal(limit: 8) else { return false }
    guard cursor.skip(",len:") else {
      guard cursor.isAtEnd || cursor.byte == UInt8(ascii: ",") else { return false }
      body(.rom(.settings))
      return true
    }
    let isHexadecimal = cursor.skip("0x")
    guard let length = isHexadecimal ? cursor.hexadecimal(limit: 8) : cursor.decimal() else {
      body(.rom(.settings))
      return true
    }
    // A length cut behind its first 0 would look decimal.
    let isDecimal = !isHexadecimal && (length > 0 || !cursor.isAtEnd)
    if isDecimal { body(.rom(.chip(.esp32))) }
    body(.rom(.load(address: UInt32(truncatingIfNeeded: address), length: max(length, 0))))
    if isNonsense(address: address, length: length) {
      body(.notice(Notice(.romLoaderRejected, numbers: [address])))
    }
    return true
  }

  /// Whether no chip can load such a segment: `load:0xffffffff,len:-1`. The ROM says no more, its watchdog ends it.
  /// One of the two may be a damaged digit.
  private static func isNonsense(address: Int, length: Int) -> Bool {
    let memory = 0x2000_0000..<0x6000_0000
    let longest = 0x10_0000
    return !memory.contains(address) && !(0...longest).contains(length)
  }

  private static func decodeEntry(_ text: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(text)
    if cursor.skip("entry:0x") {
      body(.foreign(.lpCore))
      return true
    }
    guard cursor.skip("entry 0x"), let address = cursor.hexadecimal(limit: 8) else { return false }
    body(.rom(.entry(UInt32(truncatingIfNeeded: address))))
    return true
  }

  private static func decodeWaiting(_ text: ByteText, _ body: EventSink) -> Bool {
    let waits: [StaticString] = [
      "waiting for download", "wait uart download", "wait usb download", "wait spi download",
    ]
    for wait in waits where text.has(wait) {
      let rest = text.slice(from: wait.utf8CodeUnitCount).trimmed
      // Applications speak of downloads too, in longer sentences.
      guard rest.isEmpty || rest[0] == UInt8(ascii: "(") || rest[0] == UInt8(ascii: ".") else {
        return false
      }
      body(.rom(.waitsForDownload))
      return true
    }
    if text.trimmed.count == "wdt reset".utf8.count, text.has("wdt reset") {
      body(.foreign(.esp8266))
      return true
    }
    return false
  }

  private static func decodeSavedPC(_ text: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(text)
    var core: Int?
    if cursor.skip("Core") {
      guard let number = cursor.decimal(), cursor.skip(" ") else { return false }
      core = number
    }
    guard cursor.skip("Saved PC:"), let address = cursor.address() else { return false }
    body(.rom(.savedPC(address: address, core: core)))
    return true
  }

  private static func decodeSettings(_ text: ByteText, _ body: EventSink) -> Bool {
    if text.has("configsip:") || text.has("clk_drv:0x") {
      body(.rom(.chip(.esp32)))
      return true
    }
    let settings: [StaticString] = [
      "SPIWP:0x", "SPI mode:", "mode:DIO", "mode:DOUT", "mode:QIO", "mode:QOUT", "mode:FAST_RD",
      "mode:SLOW_RD", "Octal Flash Mode Enabled", "For OPI Flash, Use Default Flash Boot Mode",
      "use legacy efuse key", "Valid secure boot key blocks:", "ho 0 tail ",
    ]
    guard settings.contains(where: { text.has($0) }) else { return false }
    body(.rom(.settings))
    // The header at the bootloader's offset asks for it, which itself is read over one line.
    if text.has("mode:Q") || text.has("SPI mode:Q") { body(.notice(Notice(.romReadsQuad))) }
    return true
  }
}
