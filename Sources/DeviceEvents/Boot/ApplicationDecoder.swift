import LineReading

/// Decodes the start-up of an application.
///
///     I (312) cpu_start: Multicore app                        4.4.6, 5.0.3, 5.1 and later
///     I (322) cpu_start: Pro cpu start user code              3.3 to 6.1
///     I (322) app_init: Application information:              tag cpu_start up to 5.2
///     I (325) app_init: Project name:     esp32-csi-node
///     I (330) app_init: App version:      0.6.5
///     I (334) app_init: Compile time:     May 18 2026 10:11:40
///     I (339) app_init: ELF file SHA256:  0a1b2c3d4...        16 digits up to 5.1, 9 from 5.2
///     I (343) app_init: ESP-IDF:          v5.4.2
///     I (350) efuse_init: Chip rev:         v0.2              tag cpu_start up to 5.2
///     I (404) main_task: Calling app_main()                   5.0.4 and later
///     I (404) cpu_start: Starting scheduler on PRO CPU.       up to 4.4; app_start: … CPU0 in 5.0, 5.1
///
/// ESP-IDF `components/esp_system/port/cpu_start.c`, `startup.c`, `components/esp_app_format`,
/// `components/efuse/src/esp_efuse_startup.c`, `components/freertos/app_startup.c`.
enum ApplicationDecoder: MessageDecoder {
  /// Tags of which every line belongs to the start-up.
  private static let startTags: [StaticString] = [
    "cpu_start", "app_init", "app_start", "efuse_init", "heap_init", "main_task",
  ]
  /// Tags that are also used later on; only known messages count.
  private static let sharedTags: [StaticString] = [
    "spi_flash", "memspi", "esp_psram", "spiram", "psram", "sleep", "sleep_gpio", "coexist", "clk",
    "esp_core_dump_flash", "esp_core_dump_common", "esp_core_dump_uart", "wifi",
  ]

  /// Tags of the memory drivers: what is no fault belongs to the start-up.
  private static let memoryTags: [StaticString] = [
    "quad_psram", "octal_psram", "hex_psram", "MSPI Timing", "MSPI DQS",
  ]

  static let tags: [StaticString] = startTags + memoryTags + sharedTags

  /// How the line begins under `wifi`, the busiest of all tags, that tells the station's address.
  private static let stationMode: StaticString = "mode : sta ("

  static func openings(under tag: StaticString) -> [StaticString]? {
    tag.bytes == Array("wifi".utf8) ? [stationMode] : nil
  }

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    guard message.style == .espIDF else { return false }
    // Wi-Fi is busy enough to be looked at first, and briefly.
    if message.tag.isExactly("wifi") {
      guard let mac = stationMAC(message.message) else { return false }
      body(.application(.mac(mac)))
      return true
    }
    let glued = ROMDecoder.gluedStart(in: message.message)
    let text = message.message.slice(from: 0, to: glued ?? Int.max)
    let isStart = startTags.contains { message.tag.isExactly($0) }
    let isOurs =
      isStart
      ? decodeStart(text, isMain: message.tag.isExactly("main_task"), body)
      : decodeShared(text, tag: message.tag, body)
    return isOurs && glued == nil
  }

  private static func decodeStart(
    _ text: ByteText, isMain: Bool, _ body: EventSink
  ) -> Bool {
    if let line = information(text) {
      body(.application(line))
      return true
    }
    if text.has("Starting scheduler on ") || isMain && text.has("Calling app_main") {
      body(.application(.mainStarts))
      return true
    }
    if isMain, text.has("Returned from app_main") {
      body(.application(.mainReturned))
      return true
    }
    body(.application(.starting))
    _ = ApplicationNotices.start.decode(text, body)
    return true
  }

  private static func decodeShared(
    _ text: ByteText, tag: ByteText, _ body: EventSink
  ) -> Bool {
    if ApplicationNotices.isStartSign(text) {
      body(.application(.starting))
      return true
    }
    if ApplicationNotices.shared.decode(text, body) { return true }
    guard memoryTags.contains(where: { tag.isExactly($0) }) else { return false }
    body(.application(.starting))
    return true
  }

  /// The application's description.
  private static func information(_ text: ByteText) -> ApplicationLine? {
    if text.has("Application information:") { return .informationBegins }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon < 20 else { return nil }
    let value = text.slice(from: colon + 1).trimmed
    guard !value.isEmpty else { return nil }
    let field = text.slice(from: 0, to: colon)
    if field.isExactly("Project name") { return .project(value.string) }
    if field.isExactly("App version") { return .version(value.string) }
    if field.isExactly("Compile time") { return .compileTime(value.string) }
    if field.isExactly("ESP-IDF") { return .idf(value.string) }
    // `Chip Revision` up to 4.1.
    if field.isExactly("Chip rev") || field.isExactly("Chip Revision") {
      return .chipRevision(value.string)
    }
    if field.isExactly("ELF file SHA256") {
      var end = 0
      while TextCursor.hexDigit(value[end]) != nil { end += 1 }
      return end >= 8 ? .elfSHA256(value.slice(from: 0, to: end).string) : nil
    }
    return nil
  }

  /// `wifi:mode : sta (f4:12:fa:00:11:22)`, all versions: the station's address is the chip's own.
  private static func stationMAC(_ text: ByteText) -> String? {
    var cursor = TextCursor(text)
    guard cursor.skip(stationMode) else { return nil }
    let start = cursor.position
    for pair in 0..<6 {
      guard pair == 0 || cursor.skip(":") else { return nil }
      for _ in 0..<2 {
        guard TextCursor.hexDigit(cursor.byte) != nil else { return nil }
        cursor.advance()
      }
    }
    return text.slice(from: start, to: cursor.position).string
  }
}

extension ByteText {
  /// Whether the text is the literal, and nothing more.
  func isExactly(_ literal: StaticString) -> Bool {
    count == literal.utf8CodeUnitCount && has(literal)
  }
}
