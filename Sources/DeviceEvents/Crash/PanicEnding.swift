import LineReading

/// Reads how a panic ends.
///
///     ELF file SHA256: 4f3c0a91d
///     Re-entered core dump! Exception happened during core dump!
///     Panic handler entered multiple times. Abort panic handling. Rebooting ...
///     Entering gdb stub now.
///     $T0b#e6
///     Rebooting...
///     Rebooting in  5 seconds...
///     CPU halted.
///
/// ESP-IDF `panic.c`. The hash (v3.3+) has 64, 16 or 9 digits by version and 8 to 64 by option. The
/// start-up prints it too, with two blanks and behind a log tag: that one belongs to the start-up.
enum PanicEnding {
  static func decode(_ text: ByteText) -> PanicLine? {
    if text.has("ELF file SHA256:") { return elfSHA256(text) }
    if text.has("Re-entered core dump!") || text.has("Panic handler entered multiple times") {
      return .nested
    }
    if text.has("Entering gdb stub now") || isStopReply(text) { return .gdbStub }
    if text.has("CPU halted.") { return .halted }
    return isRebooting(text.trimmed) ? .rebooting : nil
  }

  private static func elfSHA256(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    guard cursor.skip("ELF file SHA256:") else { return nil }
    // An image that was not built by esptool has none.
    if cursor.rest.trimmed.isEmpty { return .detail(text.sentence, address: nil) }
    guard cursor.skip(" ") else { return nil }
    // Issues are written in Markdown: some quote the digits.
    while cursor.byte == UInt8(ascii: "`") { cursor.advance() }
    let start = cursor.position
    while TextCursor.hexDigit(cursor.byte) != nil { cursor.advance() }
    let digits = text.slice(from: start, to: cursor.position)
    guard (8...64).contains(digits.count), !cursor.rest.has("...") else { return nil }
    return .elfSHA256(digits.string)
  }

  /// `$T` and a signal number: the stub waits for a debugger.
  private static func isStopReply(_ text: ByteText) -> Bool {
    var cursor = TextCursor(text)
    return cursor.skip("$T") && cursor.hexadecimal(limit: 2) != nil && cursor.skip("#")
      && cursor.hexadecimal(limit: 2) != nil && cursor.isAtEnd
  }

  /// The whole line, for applications announce restarts in many other words.
  private static func isRebooting(_ text: ByteText) -> Bool {
    var cursor = TextCursor(text)
    if cursor.skip("Rebooting...") { return cursor.isAtEnd }
    guard cursor.skip("Rebooting in ") else { return false }
    cursor.skipBlanks()
    return cursor.decimal() != nil && cursor.skip(" seconds...") && cursor.isAtEnd
  }
}
