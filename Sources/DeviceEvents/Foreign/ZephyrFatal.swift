import LineReading

/// Reads what Zephyr prints when it fails; a log prefix stands before it, `E: ` or a long one.
///
///      ** FATAL EXCEPTION
///      ** CPU 0 EXCCAUSE 28 (load prohibited)
///      **  PC 0x420012ab VADDR 0x10
///      ** CPU 0 EXCCAUSE 28 PS 0x00060020 PC 0x420012ab VADDR 0x00000010
///      mcause: 5, Load access fault
///       mtval: 10
///        mepc: 42001234
///     >>> ZEPHYR FATAL ERROR 0: CPU exception on CPU 0
///     r0/a1:  0x00000003  r1/a2:  0x00000000  r2/a3:  0x00000000     on Arm: another family's chip
///     Current thread: 0x3fc91c28 (main)
///     Halting system
///
/// Zephyr `arch/xtensa/core`, `arch/riscv/core/fatal.c`, `arch/arm/core/fatal.c`, `kernel/fatal.c`.
enum ZephyrFatal {
  static let markers: [StaticString] = [
    "** FATAL EXCEPTION", "** CPU 0 EXCCAUSE ", "** CPU 1 EXCCAUSE ", "**  PC 0x",
    ">>> ZEPHYR FATAL ERROR ", "Current thread: 0x", "mcause: ", "mtval: ", "mepc: ",
    "r0/a1:  0x", "Faulting instruction address (r15/pc): 0x",
  ]

  static func decode(_ line: ByteText, _ body: EventSink) -> Bool {
    switch line[0] {
    case UInt8(ascii: "*"): decodeStarred(line, body)
    case UInt8(ascii: "m"): decodeRISCV(line, body)
    case UInt8(ascii: "C"): decodeThread(line, body)
    case UInt8(ascii: ">"): decodeError(line, body)
    case UInt8(ascii: "r"), UInt8(ascii: "F"): decodeArm(line, body)
    default: false
    }
  }

  private static func decodeStarred(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    while cursor.byte == UInt8(ascii: "*") { cursor.advance() }
    guard cursor.position >= 2 else { return false }
    cursor.skipBlanks()
    if cursor.skip("FATAL EXCEPTION") {
      body(.foreign(.zephyr))
      return true
    }
    if cursor.skip("CPU ") {
      guard let core = cursor.decimal(), cursor.skip(" EXCCAUSE "), let number = cursor.decimal()
      else { return false }
      let cause = ExceptionCauses.cause(number: number, of: .xtensa)?.name
      body(.foreign(.zephyr))
      let known = (0...9).contains(core) ? core : nil
      // The system's own exception, raised by what it has already told.
      let reason = number == ownException ? "" : cause ?? "EXCCAUSE \(number)"
      body(.panic(.header(reason: reason, core: known)))
      // Up to 1.13 the program counter stands in the same line.
      if cursor.skip(" PS 0x"), cursor.skip(through: " PC ") { _ = decodePC(&cursor, body) }
      return true
    }
    return cursor.skip("PC ") && decodePC(&cursor, body)
  }

  /// `EXCCAUSE 63 (zephyr exception)`: `ARCH_EXCEPT()`.
  private static let ownException = 63

  private static func decodePC(_ cursor: inout TextCursor, _ body: EventSink) -> Bool {
    guard let pc = cursor.wholeAddress() else { return false }
    var registers = [Register(name: "PC", value: pc)]
    if cursor.skip(" VADDR ") {
      if cursor.skip("(nil)") {
        registers.append(Register(name: "EXCVADDR", value: 0))
      } else if let address = cursor.address() {
        registers.append(Register(name: "EXCVADDR", value: address))
      }
    }
    body(.panic(.registers(registers)))
    return true
  }

  private static func decodeRISCV(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    if cursor.skip("mcause: ") {
      guard let number = cursor.decimal(), cursor.skip(", ") else { return false }
      let name = cursor.rest.slice(from: 0, to: 80).string
      let cause = ExceptionCauses.cause(number: number, of: .riscv)?.name
      body(.foreign(.zephyr))
      body(.panic(.header(reason: cause ?? name, core: nil)))
      return true
    }
    let name = cursor.skip("mtval: ") ? "MTVAL" : cursor.skip("mepc: ") ? "MEPC" : nil
    guard let name else { return false }
    _ = cursor.skip("0x")
    guard let value = cursor.hexadecimal(limit: 8), cursor.isAtEnd else { return false }
    body(.panic(.registers([Register(name: name, value: UInt32(truncatingIfNeeded: value))])))
    return true
  }

  private static func decodeThread(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    guard cursor.skip("Current thread: "), let address = cursor.address(), cursor.skip(" (") else {
      return false
    }
    let name = cursor.take(until: UInt8(ascii: ")")).slice(from: 0, to: 64)
    guard cursor.skip(")") else { return false }
    body(.foreign(.zephyr))
    if memoryOfArm.contains(address) { body(.notice(Notice(.otherChipNamed, detail: arm))) }
    // What stands for a thread without a name.
    if name.string != "unknown" { body(.panic(.crashedTask(name.string))) }
    return true
  }

  private static func decodeError(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    guard cursor.skip(">>> ZEPHYR FATAL ERROR ") else { return false }
    body(.foreign(.zephyr))
    let number = cursor.decimal()
    let text = line.sentence
    body(.panic(number == stackOverflow ? .stackCheckFailed(text) : .wrapperMessage(text)))
    return true
  }

  /// `K_ERR_STACK_CHK_FAIL`.
  private static let stackOverflow = 2

  /// No chip of the ESP32's family has these registers.
  private static func decodeArm(_ line: ByteText, _ body: EventSink) -> Bool {
    guard line.has("r0/a1:  0x") || line.has("Faulting instruction address (r15/pc): 0x") else {
      return false
    }
    body(.foreign(.zephyr))
    body(.notice(Notice(.otherChipNamed, detail: arm)))
    return true
  }

  private static let arm = "an Arm Cortex"

  /// Where Arm's microcontrollers have their memory, and none of the ESP32's family has anything.
  private static let memoryOfArm: Range<UInt32> = 0x2000_0000..<0x2800_0000
}
