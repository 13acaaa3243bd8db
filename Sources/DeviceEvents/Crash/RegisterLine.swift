import LineReading

/// Reads register dumps: what stands above them and their rows.
///
///     Core  0 panic'ed (LoadProhibited)                  (pasted without its first words)
///     Register dump:
///     Core 0 register dump:
///     Core  0 register dump:
///     PC      : 0x4011b968  PS      : 0x00060035  A0      : 0x800814ae  A1      : 0x3ffbf1f0
///     PC              :  00000000     PS              :  00060030           (2016, with tabs)
///     MEPC    : 0x420068aa  RA      : 0x420068a4  SP      : 0x3fc94b30  GP      : 0x3fc8c200
///     MHARTID : 0x00000000
///     Core  1 was running in ISR context:
///     EPC1    : 0x4008a1f3  EPC2    : 0x00000000  EPC3    : 0x00000000  EPC4    : 0x4008a1f3
///
/// ESP-IDF `panic.c` and `panic_arch.c`: no core up to v3.0, one blank before it up to v4.1, two
/// since; RISC-V since v4.3. Pasted logs lose the blanks between cells, or break rows.
enum RegisterLine {
  static func decode(_ text: ByteText) -> PanicLine? {
    if text.has("Register dump:") { return .registerDump(core: nil) }
    if text.has("Core") { return ofCore(text) }
    return row(text)
  }

  private static func ofCore(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    guard let core = CoreName.read(&cursor) else { return nil }
    cursor.skipBlanks()
    if cursor.skip("register dump") { return .registerDump(core: core) }
    if cursor.skip("was running in ISR context") { return .interruptContext(core: core) }
    // A header that lost its first words, as pasted logs do.
    if cursor.skip("panic'ed (") {
      let reason = cursor.take(until: UInt8(ascii: ")")).slice(from: 0, to: 80)
      return .header(reason: reason.trimmed.string, core: core)
    }
    return nil
  }

  /// A row of cells; the first that is damaged ends it.
  private static func row(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    let registers = cells(&cursor)
    guard let first = registers.first else { return nil }
    // A lone cell must be padded as the panic code pads: applications print `SP: 0x…` too.
    let isPadded = first.name.utf8.count == 8 || text[first.name.utf8.count] <= 0x20
    return registers.count > 1 || isPadded ? .registers(registers) : nil
  }

  /// The cells at the cursor, as many as a row has at most.
  static func cells(_ cursor: inout TextCursor) -> [Register] {
    var registers: [Register] = []
    while registers.count < 8, let cell = cell(&cursor) {
      if registers.isEmpty { registers.reserveCapacity(4) }
      registers.append(cell)
      cursor.skipBlanks()
    }
    return registers
  }

  private static func cell(_ cursor: inout TextCursor) -> Register? {
    var step = cursor
    guard let name = name(&step) else { return nil }
    // The equals sign is that of Rust's `esp-backtrace`.
    let hasEquals = step.skip("=")
    step.skipBlanks()
    guard hasEquals || step.skip(":") else { return nil }
    step.skipBlanks()
    guard let value = step.wholeAddress() ?? step.wholeWord() else { return nil }
    cursor = step
    return Register(name: name, value: value)
  }

  /// The register's name that stands at the cursor.
  private static func name(_ cursor: inout TextCursor) -> String? {
    let text = cursor.text
    var length = 0
    var bytes: UInt64 = 0
    while length < 9, case let byte = text[cursor.position + length], isNameByte(byte) {
      bytes = bytes << 8 | UInt64(byte)
      length += 1
    }
    let start = cursor.position
    cursor.advance(by: length)
    if length <= 8, let known = RegisterNames.usual[bytes] { return known.name }
    let word = text.slice(from: start, to: cursor.position)
    return isRegister(word) ? word.string : nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "/")
  }

  private static func isRegister(_ word: ByteText) -> Bool {
    switch word.count {
    case 2...3 where word[0] == UInt8(ascii: "A"), 2...3 where word[0] == UInt8(ascii: "S"),
      2 where word[0] == UInt8(ascii: "T"):
      if isDigits(word.slice(from: 1)) { return true }
    case 4 where word.has("EPC"), 4 where word.has("EPS"):
      return isDigits(word.slice(from: 3))
    default:
      break
    }
    return named.contains { word.count == $0.utf8CodeUnitCount && word.has($0) }
  }

  /// Whether the name, in capitals, is one of a register that panics print.
  static func isRegister(_ name: String) -> Bool {
    var name = name
    return name == "FP" || name.withUTF8 { isRegister(ByteText($0)) }
  }

  private static func isDigits(_ word: ByteText) -> Bool {
    for index in 0..<word.count where !(0x30...0x39).contains(word[index]) { return false }
    return !word.isEmpty
  }

  /// The registers that are not a letter and a number.
  static let named: [StaticString] = [
    "PC", "PS", "SAR", "EXCCAUSE", "EXCVADDR", "LBEG", "LEND", "LCOUNT",
    "MEPC", "RA", "SP", "GP", "TP", "S0/FP", "MSTATUS", "MTVEC", "MCAUSE", "MTVAL", "MHARTID",
    "MSCRATCH", "UEPC", "USTATUS", "UTVEC", "UCAUSE", "UTVAL", "USCRATCH",
  ]
}
