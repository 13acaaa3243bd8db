import LineReading

/// Decodes what `esp-coredump` and the monitor print after they decoded a core dump.
///
///     ==================== ESP32 CORE DUMP START ====================
///     Crashed task handle: 0x4080fe20, name: 'main', GDB name: 'process 1082195488'
///     Panic reason: abort() was called at PC 0x4200c3d5 on core 0
///     exccause       0x1d (StoreProhibitedCause)
///     pc             0x400e14ed          0x400e14ed <app_main+5>
///     mtval          0x0
///
/// esp-coredump `coredump.py` and `idf.py coredump-info`; the registers are those of GDB, in lower
/// case. The heading says ESP32 for every chip.
enum DecodedCoreDump: PlainDecoder {
  static let markers: [StaticString] = []

  static let plainInterest = PlainInterest.texts(
    FirstBytes(anyOf: "CP=abcdefghijklmnopqrstuvwxyz"))
  static let plainOpenings: [StaticString]? = ["Crashed task ", "Panic reason: "]

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    let line = text.trimmed
    switch line[0] {
    case UInt8(ascii: "C"): return decodeTask(line, body)
    case UInt8(ascii: "P"): return decodeReason(line, body)
    case UInt8(ascii: "="): return isHeading(line)
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return decodeRegister(line, body)
    default: return false
    }
  }

  private static func decodeTask(_ line: ByteText, _ body: EventSink) -> Bool {
    if line.has("Crashed task is not in the interrupt context")
      || line.has("Crashed task has been skipped")
    {
      return true
    }
    guard line.has("Crashed task handle: 0x") else { return false }
    var cursor = TextCursor(line)
    guard cursor.skip(through: "name: '") else { return true }
    let name = cursor.take(until: UInt8(ascii: "'")).slice(from: 0, to: 64)
    body(.panic(.crashedTask(name.string)))
    return true
  }

  /// What stands behind the words is a line of the panic handler, or a cause of the processor alone.
  private static func decodeReason(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    guard cursor.skip("Panic reason: ") else { return false }
    let reason = cursor.rest.trimmed
    guard !reason.isEmpty else { return false }
    if PanicDecoder.decode(reason, body) { return true }
    body(.panic(.header(reason: reason.slice(from: 0, to: 80).string, core: nil)))
    return true
  }

  private static func isHeading(_ line: ByteText) -> Bool {
    var cursor = TextCursor(line)
    while cursor.byte == UInt8(ascii: "=") { cursor.advance() }
    guard cursor.position >= 8, cursor.skip(" ") else { return false }
    return cursor.skip("ESP32 CORE DUMP START =") || cursor.skip("ESP32 CORE DUMP END =")
      || cursor.skip("CURRENT THREAD REGISTERS =") || cursor.skip("CURRENT THREAD STACK =")
      || cursor.skip("THREADS INFO =") || cursor.skip("ALL MEMORY REGIONS =")
  }

  private static func decodeRegister(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    while cursor.byte &- 0x30 < 10 || cursor.byte &- 0x61 < 26 { cursor.advance() }
    guard (2...8).contains(cursor.position), cursor.byte == 0x20 || cursor.byte == 0x09 else {
      return false
    }
    let name = line.slice(from: 0, to: cursor.position).string.uppercased()
    guard RegisterLine.isRegister(name) else { return false }
    cursor.skipBlanks()
    guard cursor.rest.has("0x"), let value = cursor.address() else { return false }
    // Behind the number GDB repeats it, as a number or as an address with its name.
    guard cursor.isAtEnd || cursor.byte == 0x20 || cursor.byte == 0x09 else { return false }
    cursor.skipBlanks()
    let isShown =
      cursor.isAtEnd || cursor.rest.has("0x") || cursor.rest.has("(") || cursor.rest.has("-")
      || cursor.byte &- 0x30 < 10
    guard isShown else { return false }
    body(.panic(.registers([Register(name: name == "FP" ? "S0/FP" : name, value: value)])))
    return true
  }
}
