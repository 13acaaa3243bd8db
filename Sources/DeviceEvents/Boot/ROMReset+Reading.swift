import LineReading

extension ROMDecoder {
  /// `rst:0x%x (%s),boot:0x%x (%s)`, all chips; an LP core prints `rst:0x%x (%s), wakeup:0x%x`.
  ///
  /// A line that is cut behind the number tells it only where no digit can be missing: `0x1` may
  /// have been `0x10`, `0xf` may not.
  static func decodeReset(_ text: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(text)
    guard cursor.skip("rst:0x"), let code = cursor.hexadecimal(limit: 8) else { return false }
    cursor.skipBlanks()
    if cursor.isAtEnd {
      let isWhole = code > 0x1
      body(.rom(isWhole ? .reset(ROMReset(code: code, name: "")) : .settings))
      return true
    }
    guard cursor.skip("(") else { return false }
    // Somebody set it in bold, for a web page.
    let isBold = cursor.skip("**")
    let name = resetName(&cursor)
    if isBold { _ = cursor.skip("**") }
    var reset = ROMReset(code: code, name: name)
    if cursor.isAtEnd {
      body(.rom(.reset(reset)))
      return true
    }
    guard cursor.skip(")") else { return false }
    cursor.skipBlanks()
    guard cursor.skip(",") else {
      // A sentence about a reset is no reset.
      guard cursor.isAtEnd else { return false }
      body(.rom(.reset(reset)))
      return true
    }
    cursor.skipBlanks()
    if cursor.skip("wakeup:") {
      body(.foreign(.lpCore))
      return true
    }
    if cursor.skip("boot:0x"), let mode = cursor.hexadecimal(limit: 8) {
      reset.bootModeCode = mode
      cursor.skipBlanks()
      if cursor.skip("(") { reset.bootMode = bootMode(&cursor) }
    }
    body(.rom(.reset(reset)))
    if let entry = entry(in: cursor.rest) { body(.rom(.entry(entry))) }
    return true
  }

  /// Where the ROM jumped to, in a log of which a web page has eaten the line feeds.
  private static func entry(in text: ByteText) -> UInt32? {
    guard let start = text.firstIndex(of: "entry 0x", from: 0) else { return nil }
    if let next = text.firstIndex(of: "rst:0x", from: 0), next < start { return nil }
    var cursor = TextCursor(text, at: start)
    guard cursor.skip("entry 0x"), let address = cursor.hexadecimal(limit: 8) else { return nil }
    return UInt32(truncatingIfNeeded: address)
  }

  /// `(POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)`, where a page wrapped the line behind `rst:0x1`, which alone may
  /// be the beginning of `0x10`.
  static func decodeWrappedReset(_ text: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(text)
    guard cursor.skip("(POWERON_RESET),") || cursor.skip("(POWERON),") else { return false }
    let name = text.slice(from: 1, to: cursor.position - 2).string
    cursor.skipBlanks()
    guard cursor.skip("boot:0x"), let mode = cursor.hexadecimal(limit: 8) else { return false }
    var reset = ROMReset(code: 0x1, name: name)
    reset.bootModeCode = mode
    cursor.skipBlanks()
    if cursor.skip("(") { reset.bootMode = bootMode(&cursor) }
    body(.rom(.reset(reset)))
    return true
  }

  private static func resetName(_ cursor: inout TextCursor) -> String {
    let start = cursor.position
    while isName(cursor.byte) { cursor.advance() }
    let name = cursor.text.slice(from: start, to: cursor.position).string
    guard ROMResetNames.chips(printing: name).isEmpty else { return name }
    // One wrong byte hides a name, and may end it.
    let end = cursor.text.firstIndex(of: UInt8(ascii: ")"), from: start) ?? cursor.text.count
    guard let meant = ROMResetNames.name(nearly: cursor.text.slice(from: start, to: end)) else {
      return name
    }
    cursor.advance(by: end - cursor.position)
    return meant
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"): true
    default: false
    }
  }

  /// The mode may hold parentheses itself: `DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2)`.
  private static func bootMode(_ cursor: inout TextCursor) -> String {
    let start = cursor.position
    var depth = 1
    while !cursor.isAtEnd, cursor.position - start < 80 {
      if cursor.byte == UInt8(ascii: "(") { depth += 1 }
      if cursor.byte == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0 { break }
      cursor.advance()
    }
    return cursor.text.slice(from: start, to: cursor.position).trimmed.string
  }
}
