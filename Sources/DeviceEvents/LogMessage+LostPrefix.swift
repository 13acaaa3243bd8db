import LineReading

extension LogMessage {
  /// Takes a line apart that lost the beginning of its prefix, in the capture or by its author's
  /// hand: `esp_image: Image length …`, `(1234) boot: …`, `34) cpu_start: …`; or a line
  /// that somebody typed anew: `e(132) spi_flash: …`.
  ///
  /// Any prose may have this form; the caller decides by the tag whether to believe it.
  init?(withLostPrefix text: ByteText) {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    // A capital there is a log line that lost its blank in the capture.
    if cursor.byte & 0x20 != 0, Self.isLevel(cursor.byte & 0xdf),
      text[cursor.position + 1] == UInt8(ascii: "(")
    {
      cursor.advance()
    }
    let isWhole = cursor.skip("(")
    var time = cursor.decimal()
    if cursor.skip(")") {
      guard cursor.skip(" ") else { return nil }
      if !isWhole { time = nil }
    } else {
      guard time == nil, !isWhole else { return nil }
    }
    let start = cursor.position
    while cursor.position - start < 32, Self.isTagByte(cursor.byte) { cursor.advance() }
    let tag = text.slice(from: start, to: cursor.position)
    guard tag.count >= 3, cursor.skip(": ") else { return nil }
    if let known = time, known < 0 { time = nil }
    self.init(level: 0, time: time, tag: tag, message: cursor.rest, style: .espIDF)
  }
}
