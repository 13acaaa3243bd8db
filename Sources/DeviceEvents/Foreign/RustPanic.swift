import LineReading

/// Reads what Rust on the bare chip prints when it fails.
///
///     ====================== PANIC ======================
///     panicked at src/main.rs:12:5:
///     [ERROR] - panicked at 'no free block', src/main.rs:12:5
///     !! A panic occured in 'src/main.rs', at line 12, column 5:
///     Exception 'Load access fault' mepc=0x42001234, mtval=0x00000010
///     [ProCpu] Exception 'Load access fault (5)' mepc=0x42001234, mtval=0x00000010
///     Exception occurred on ProCpu 'LoadProhibited'
///     Stack overflow detected at 0x42001234 called by 0x42001200
///
/// esp-hal's crate `esp-backtrace`, all versions. Before Rust 1.73 the message stood in quotes ahead of the place, and
/// in a line of its own each, with the logger's prefix, where it had several. A backtrace follows, one address a line.
/// The standard library's `thread 'main' panicked at` is ESP-IDF's: see `RuntimeLine`.
enum RustPanic {
  static let markers: [StaticString] = [
    "= PANIC =", "panicked at ", "!! A panic occured", "Exception occured '",
    "[ProCpu] Exception '", "[AppCpu] Exception '",
  ]

  static func decode(_ line: ByteText, _ body: EventSink) -> Bool {
    switch line[0] {
    case UInt8(ascii: "="): return decodeFrame(line, body)
    case UInt8(ascii: "E"), UInt8(ascii: "["): return decodeException(line, body)
    case UInt8(ascii: "S"): return decodeStackOverflow(line, body)
    case UInt8(ascii: "!"):
      guard line.has("!! A panic occured ") || line.has("!! A panic occurred ") else {
        return false
      }
    default:
      guard line.has("panicked at ") else { return false }
      let rest = line.slice(from: "panicked at ".utf8.count)
      guard isPlace(rest) || isQuotedMessage(rest.trimmed) else { return false }
    }
    tell(line, body)
    return true
  }

  /// The same for words inside a line: behind a logger's `ERROR - ` the message may go on in the next line.
  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    let line = text.slice(from: position).trimmed.slice(from: 0, to: 1_024)
    guard line.has("panicked at '") else { return false }
    let before = text.slice(from: 0, to: position).trimmed
    guard before.isExactly("ERROR -") || before.isExactly("[ERROR] -") else { return false }
    let message = line.slice(from: "panicked at '".utf8.count)
    guard message.firstIndex(of: UInt8(ascii: "'")) == nil,
      languageOwn.contains(where: { message.has($0) })
    else { return false }
    tell(line, body)
    return true
  }

  /// How the messages begin that the language and its macros give; others are anybody's words.
  private static let languageOwn: [StaticString] = [
    "unwrap failed: ", "called `Option::unwrap()`", "called `Result::unwrap()`",
    "assertion failed: ", "index out of bounds: ", "attempt to ",
  ]

  private static func tell(_ line: ByteText, _ body: EventSink) {
    body(.foreign(.espHal))
    body(.panic(.wrapperMessage(line.sentence)))
  }

  private static func decodeFrame(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    while cursor.byte == UInt8(ascii: "=") { cursor.advance() }
    guard cursor.skip(" PANIC =") else { return false }
    body(.foreign(.espHal))
    return true
  }

  /// `src/main.rs:12:5`.
  private static func isPlace(_ text: ByteText) -> Bool {
    guard let found = text.firstIndex(of: ".rs:") else { return false }
    return text[found + 4] &- 0x30 < 10
  }

  /// `'no free block', src/main.rs:12:5`.
  private static func isQuotedMessage(_ text: ByteText) -> Bool {
    guard text[0] == UInt8(ascii: "'"), text.count > 8 else { return false }
    guard let end = text.firstIndex(of: "', ", from: 1) else { return false }
    return isPlace(text.slice(from: end + 3))
  }

  private static func decodeException(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    var core: Int?
    if cursor.skip("[ProCpu] ") { core = 0 } else if cursor.skip("[AppCpu] ") { core = 1 }
    guard cursor.skip("Exception ") else { return false }
    let isXtensa = cursor.skip("occured ") || cursor.skip("occurred ")
    if isXtensa, cursor.skip("on ") {
      core = cursor.rest.has("ProCpu") ? 0 : cursor.rest.has("AppCpu") ? 1 : nil
      _ = cursor.take(until: UInt8(ascii: "'"))
    }
    guard cursor.skip("'") else { return false }
    let name = withoutNumber(cursor.take(until: UInt8(ascii: "'")).slice(from: 0, to: 80))
    guard cursor.skip("'") else { return false }
    var registers: [Register] = []
    if !isXtensa {
      guard cursor.skip(" mepc="), let pc = cursor.address() else { return false }
      registers.append(Register(name: "MEPC", value: pc))
      if cursor.skip(", mtval="), let value = cursor.address() {
        registers.append(Register(name: "MTVAL", value: value))
      }
    }
    body(.foreign(.espHal))
    body(.panic(.header(reason: reasons[name] ?? name, core: core)))
    if !registers.isEmpty { body(.panic(.registers(registers))) }
    return true
  }

  /// `Load access fault (5)` without the number of its cause.
  private static func withoutNumber(_ name: ByteText) -> String {
    var cursor = TextCursor(name)
    let words = cursor.take(until: UInt8(ascii: "("))
    guard cursor.skip("("), cursor.decimal() != nil, cursor.skip(")"), cursor.isAtEnd else {
      return name.string
    }
    return words.trimmed.string
  }

  private static func decodeStackOverflow(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    guard cursor.skip("Stack overflow detected at "), let pc = cursor.wholeAddress(),
      cursor.skip(" called by ")
    else { return false }
    body(.foreign(.espHal))
    body(.panic(.stackOverflow(task: "")))
    body(.panic(.registers([Register(name: "MEPC", value: pc)])))
    return true
  }

  /// Names that differ from those of ESP-IDF.
  private static let reasons: [String: String] = [
    "Illegal": "IllegalInstruction", "InstrProhibited": "InstrFetchProhibited",
    "Unaligned": "LoadStoreAlignment", "DivideByZero": "IntegerDivideByZero",
    "Store/AMO access fault": "Store access fault",
    "Store/AMO address misaligned": "Store address misaligned",
  ]
}
