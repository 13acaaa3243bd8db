import LineReading

/// Reads the first line of a panic with a cause of the processor.
///
///     Guru Meditation Error of type LoadProhibited occurred on core  0. Exception was unhandled.
///     Guru Meditation Error: Core  0 panic'ed (LoadProhibited)
///     . Exception was unhandled.
///     Guru Meditation Error: Core  0 panic'ed (Interrupt wdt timeout on CPU0)
///     Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.
///     Guru Meditation Error: Core  / panic'ed (Cache error).
///     Guru Meditation Error: Core 0 panic'ed (Load access fault). Exception was unhandled.
///
/// ESP-IDF `panic.c`: `of type` up to v2.1, the break before the dot in v3.0, the bare form up to
/// v4.1, the dotted ones since; one blank before the core in ESP-TEE (v5.5+). `/` is the number -1
/// through a printer of two digits: the core is not known.
enum PanicHeader {
  static func decode(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    guard cursor.skip(opening) else { return damaged(text) }
    if cursor.skip(" of type ") { return oldest(cursor) }
    guard cursor.skip(":") else { return nil }
    cursor.skipBlanks()
    guard cursor.skip("Core") else { return nil }
    cursor = TextCursor(text, at: cursor.position - 4)
    let core = CoreName.read(&cursor) ?? nil
    guard cursor.skip(through: "(") else { return .header(reason: "", core: core) }
    let reason = cursor.take(until: UInt8(ascii: ")")).slice(from: 0, to: 80)
    return .header(reason: reason.trimmed.string, core: core)
  }

  private static let opening: StaticString = "Guru Meditation Error"

  /// A header with one wrong byte in its first words: what follows them stands nowhere else.
  private static func damaged(_ text: ByteText) -> PanicLine? {
    guard text.has("Guru"), text.contains(" panic'ed ("), !text.contains(opening) else {
      return nil
    }
    let mended = text.mended(opening.buffer, at: 0)
    return mended?.withUnsafeBufferPointer { decode(ByteText($0)) }
  }

  private static func oldest(_ start: TextCursor) -> PanicLine {
    let rest = start.rest
    let end = rest.firstIndex(of: " occurred on ")
    let reason = rest.slice(from: 0, to: min(end ?? rest.count, 80)).trimmed.string
    var cursor = TextCursor(rest, at: (end ?? rest.count) + 13)
    return .header(reason: reason, core: CoreName.read(&cursor) ?? nil)
  }

  /// What stands behind the header in its line: `MMU entry fault error` behind `(Cache error). `.
  static func behind(_ text: ByteText) -> ByteText {
    guard let end = text.firstIndex(of: "). ") else { return text.slice(from: text.count) }
    return text.slice(from: end + 3).trimmed
  }

  /// Whether the line is the end of a header that stands on a line of its own, and so adds nothing:
  /// v3.0 breaks the line before the dot, terminals break it where they are narrow.
  static func isRest(_ text: ByteText) -> Bool {
    guard let found = text.firstIndex(of: "Exception was unhandled.") else { return false }
    return found <= 24 && text.trimmed.count <= found + 24
      && (found == 0 || text.slice(from: 0, to: found).contains("."))
  }
}
