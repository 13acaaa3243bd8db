import LineReading

/// Decodes what the mask ROM prints, from the banner to the jump into the second stage.
///
///     ets Jul 29 2019 12:21:46                                   ESP32
///     ESP-ROM:esp32s3-20210327                                   all other chips
///     SP-ROM:esp32s3-20210327                                    pasted without its first letter
///     Build:Mar 27 2021
///     rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)
///     Saved PC:0x40376c10
///     load:0x3fce2820,len:0x1590
///     entry 0x403c8920
///
/// The ROM is closed source: the wordings are those that ESP-IDF's documentation and tests record,
/// and those of posted logs. ROM text has no prefix and follows an interrupted line without a line
/// feed, so banner and reset line are looked for anywhere.
enum ROMDecoder: PlainDecoder {
  static let markers: [StaticString] = [
    "ESP-ROM:", "ESP-ROM-LP:", "ets Ju", "ets Jan", "rst:0x", "invalid header: 0x",
    "flash read err, ", "csum err:0x", "Saved PC:0x", "SHA-256 comparison failed:",
    "Invalid chip id. ",
  ]

  static let plainInterest = PlainInterest.texts(
    FirstBytes(anyOf: "EeBrlSCchmwOFuVANafIis0123456789("))
  static let plainOpenings: [StaticString]? =
    markers + loadingOpenings + ROMFailures.openings + ["Build:", "SP-ROM:", "(POWERON"]

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    guard decodeFirst(cursor.rest, body) else { return false }
    ROMFailures.decodeBehind(cursor.rest, body)
    return true
  }

  private static func decodeFirst(_ text: ByteText, _ body: EventSink) -> Bool {
    switch text[0] {
    case UInt8(ascii: "E"), UInt8(ascii: "e"), UInt8(ascii: "B"):
      return decodeBanner(text, body) || decodeLoading(text, body)
        || ROMFailures.decode(text, body)
    case UInt8(ascii: "S") where text.has("SP-ROM:esp"):
      // Who copies from the first line of a window loses its first letter.
      let name = token(text, from: "SP-ROM:".utf8.count)
      body(.rom(.banner(text: "ESP-ROM:" + name, chip: Chip(romBanner: name))))
      return true
    case UInt8(ascii: "r"):
      return decodeReset(text, body)
    case UInt8(ascii: "("):
      return decodeWrappedReset(text, body)
    case UInt8(ascii: "l"), UInt8(ascii: "S"), UInt8(ascii: "C"), UInt8(ascii: "c"),
      UInt8(ascii: "h"), UInt8(ascii: "m"), UInt8(ascii: "w"), UInt8(ascii: "O"),
      UInt8(ascii: "F"), UInt8(ascii: "u"), UInt8(ascii: "V"):
      return decodeLoading(text, body) || ROMFailures.decode(text, body)
    case UInt8(ascii: "A"), UInt8(ascii: "N"), UInt8(ascii: "a"), UInt8(ascii: "f"),
      UInt8(ascii: "I"), UInt8(ascii: "i"), UInt8(ascii: "s"), 0x30...0x39:
      return ROMFailures.decode(text, body)
    default:
      return false
    }
  }

  /// `Saved PC` may have its core in front: `Core0 Saved PC:0x…`.
  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    guard
      !CrashRetelling.retellsReset(text.slice(from: 0, to: position), text.slice(from: position))
    else { return false }
    let core = position - "Core0 ".utf8.count
    let start = text.has("Core", at: core) && text.has("Saved PC:", at: position) ? core : position
    // What stands behind it is asked for by itself.
    return decodeFirst(text.slice(from: start), body)
  }

  /// Where a banner or reset line begins that is glued behind other text.
  static func gluedStart(in text: ByteText) -> Int? {
    let markers: [StaticString] = ["ESP-ROM:", "rst:0x", "ets Jun  8 2016", "ets Jul 29 2019"]
    return markers.compactMap { text.firstIndex(of: $0, from: 1) }.min()
  }

  /// `ESP-ROM:…`, `ESP-ROM-LP:…`, `ets …` and `Build:…`.
  private static func decodeBanner(_ text: ByteText, _ body: EventSink) -> Bool {
    if text.has("ESP-ROM:") {
      let name = token(text, from: "ESP-ROM:".utf8.count)
      body(.rom(.banner(text: "ESP-ROM:" + name, chip: Chip(romBanner: name))))
      return true
    }
    if text.has("ESP-ROM-LP:") {
      body(.foreign(.lpCore))
      return true
    }
    if text.has("ets Jan"), text.contains("rst cause:") {
      body(.foreign(.esp8266))
      return true
    }
    if isESP32Banner(text) {
      // `ets Jul 29 2019 12:21:46` has 24 bytes; what follows is glued.
      body(.rom(.banner(text: text.slice(from: 0, to: 24).trimmed.string, chip: .esp32)))
      return true
    }
    if text.has("Build:") {
      // `Mar 27 2021`
      let date = text.slice(from: 6, to: 17)
      guard isMonth(date), text.count <= 17 || text.slice(from: 17).trimmed.isEmpty else {
        return false
      }
      body(.rom(.build(date.trimmed.string)))
      return true
    }
    return false
  }

  /// The ESP32 has had two ROMs: `ets Jun  8 2016 00:22:57`, `ets Jul 29 2019 12:21:46`.
  private static func isESP32Banner(_ text: ByteText) -> Bool {
    var cursor = TextCursor(text)
    guard cursor.skip("ets Ju") else { return false }
    let (day, year) =
      switch cursor.byte {
      case UInt8(ascii: "n"): (8, 2016)
      case UInt8(ascii: "l"): (29, 2019)
      default: (0, 0)
      }
    guard day > 0 else { return cursor.isAtEnd }
    cursor.advance()
    guard !cursor.isAtEnd else { return true }
    guard cursor.byte == 0x20 else { return false }
    cursor.skipBlanks()
    let found = cursor.decimal()
    guard !cursor.isAtEnd else { return true }
    guard found == day else { return false }
    cursor.skipBlanks()
    let foundYear = cursor.decimal()
    return cursor.isAtEnd || foundYear == year
  }

  private static func isMonth(_ text: ByteText) -> Bool {
    let months: [StaticString] = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return months.contains { text.has($0) }
  }

  /// Lower-case letters, digits and dashes from `start` on.
  private static func token(_ text: ByteText, from start: Int) -> String {
    var end = start
    while isToken(text[end]) { end += 1 }
    return text.slice(from: start, to: end).string
  }

  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x61...0x7a, UInt8(ascii: "-"): true
    default: false
    }
  }
}
