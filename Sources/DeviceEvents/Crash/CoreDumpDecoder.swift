import LineReading

/// Reads the marks of a core dump on the console and what is said while one is written.
///
///     ================= CORE DUMP START =================
///     ================= CORE DUMP END =================
///     Coredump checksum='5e3e6d0c'
///     I (812) esp_core_dump_uart: Print core dump to uart...
///
/// ESP-IDF `espcoredump` of every version; the checksum since v4.3, as `Coredump SHA256` in v4.1 and
/// v4.2. What the start-up says of a dump in flash is not read here: those are notices.
enum CoreDumpDecoder: MessageDecoder, PlainDecoder {
  static let tags: [StaticString] = [
    "esp_core_dump", "esp_core_dump_uart", "esp_core_dump_flash", "esp_core_dump_elf",
    "esp_core_dump_common", "esp_core_dump_port", "esp_core_dump_sha", "esp_core_dump_crc",
    "esp_core_dump_init", "esp_core_dump_binary", "esp_core_dump_port_impl",
  ]
  static let markers: [StaticString] = [
    "= CORE DUMP START =", "= CORE DUMP END =", "Coredump checksum='", "Coredump SHA256",
  ]

  static let plainInterest = PlainInterest.texts(FirstBytes(anyOf: "=C"))
  static let plainOpenings: [StaticString]? = ["Coredump "]

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    guard let line = mark(text.trimmed) else { return false }
    body(.coreDump(line))
    return true
  }

  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    var start = position
    while text[start - 1] == UInt8(ascii: "=") { start -= 1 }
    // A mark at the start of a line was read with the line.
    guard !text.slice(from: 0, to: start).trimmed.isEmpty || position == 0 else { return false }
    return decode(text.slice(from: start), body)
  }

  static func decode(_ message: LogMessage, _ body: EventSink) -> Bool {
    let text = message.message.trimmed
    if let line = mark(text) {
      body(.coreDump(line))
      return true
    }
    if text.has("Re-entered core dump!") {
      body(.panic(.nested))
      return true
    }
    guard text.begins(withAnyOf: progress) || isElfError(text) else { return false }
    body(.coreDump(.progress))
    return true
  }

  private static func mark(_ text: ByteText) -> CoreDumpLine? {
    var cursor = TextCursor(text)
    if cursor.byte == UInt8(ascii: "=") {
      while cursor.byte == UInt8(ascii: "=") { cursor.advance() }
      if cursor.skip(" CORE DUMP START") { return .begins }
      return cursor.skip(" CORE DUMP END") ? .ends : nil
    }
    guard cursor.skip("Coredump checksum=") || cursor.skip("Coredump SHA256") else { return nil }
    while !cursor.isAtEnd, TextCursor.hexDigit(cursor.byte) == nil { cursor.advance() }
    let start = cursor.position
    while TextCursor.hexDigit(cursor.byte) != nil { cursor.advance() }
    let digits = text.slice(from: start, to: min(cursor.position, start + 64))
    return digits.count >= 8 ? .checksum(digits.string) : nil
  }

  /// The elf writer names its function and line: `elf_write_file_header(312): Failed to …`.
  private static func isElfError(_ text: ByteText) -> Bool {
    let length = text.identifierLength(at: 0)
    guard length > 0 else { return false }
    var cursor = TextCursor(text, at: length)
    return cursor.skip("(") && cursor.decimal() != nil && cursor.skip("): ")
  }

  /// How the messages begin that are printed while a dump is written.
  private static let progress: Openings = [
    "Press Enter to print core dump", "Print core dump to uart", "Backing up stack @",
    "Found tasks: ", "Core dump used ", "Restoring stack @", "Core dump has been written to uart",
    "Core dump write failed", "Elf write init failed", "Failed to prepare core dump storage",
    "Failed to start core dump", "Failed to write core dump", "Failed to end core dump",
    "Zero size register dump for task", "Too small stack to keep frame", "Task (TCB:",
    "Block corruption detected in the heap", "Skipped ", "Crashed task has been skipped",
    "Found broken task", "Crashed task ", "Save core dump to flash", "Erase flash ",
    "Write end offset ", "Core dump has been saved to flash", "Core dump flash config is corrupted",
    "Invalid flash partition config", "Not enough space to save core dump",
    "Core dump already exists in flash", "Failed to erase flash", "Failed to write cached data",
    "Failed to flush cached data", "Failed to write data to flash", "Bad TCB", "Corrupted TCB",
  ]
}
