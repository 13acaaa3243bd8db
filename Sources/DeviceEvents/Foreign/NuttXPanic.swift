import LineReading

/// Reads what NuttX prints when it fails: the function's name, a colon and the text.
///
///     xtensa_user_panic: User Exception: EXCCAUSE=001d task: sender
///     riscv_exception: EXCEPTION: Load access fault. MCAUSE: 00000005, EPC: 42001234, MTVAL: 00000000
///     riscv_exception: PANIC!!! Exception = 00000005
///     up_assert: Assertion failed at file:common/riscv_exception.c line: 94 task: sender
///     _assert: Assertion failed : at file: queue.c:42 task: sender process: sender 0x42001200
///     dump_assert_info: Assertion failed panic: at file: :0 task(CPU1): sender process: sender 0x42001200
///     up_dump_register:    PC: 42001234    PS: 00060730
///     up_dump_register:   SAR: 00000018 CAUSE: 0000001d VADDR: 00000000
///     sched_dumpstack: backtrace| 2: 0x42001234 0x42001200
///
/// NuttX `arch/xtensa`, `arch/risc-v`, `sched/misc/assert.c`, `libs/libc/sched/sched_dumpstack.c`.
enum NuttXPanic {
  static let markers: [StaticString] = [
    "xtensa_user_panic: ", "riscv_exception: ", "_assert: ", "dump_assert_info: ",
    "up_dump_register: ", "xtensa_registerdump: ", "riscv_registerdump: ",
    "sched_dumpstack: backtrace|",
  ]

  static func decode(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    if cursor.skip("up_dump_register: ") || cursor.skip("xtensa_registerdump: ")
      || cursor.skip("riscv_registerdump: ")
    {
      return decodeRegisters(cursor, body)
    }
    if cursor.skip("xtensa_user_panic: ") { return decodeXtensa(cursor, body) }
    if cursor.skip("riscv_exception: ") { return decodeRISCV(cursor, body) }
    if cursor.skip("_assert: ") || cursor.skip("up_assert: ") || cursor.skip("dump_assert_info: ") {
      return decodeAssertion(cursor, body)
    }
    if cursor.skip("sched_dumpstack: backtrace|") { return decodeBacktrace(cursor, body) }
    return false
  }

  private static func decodeXtensa(_ start: TextCursor, _ body: EventSink) -> Bool {
    var cursor = start
    guard cursor.skip(through: "EXCCAUSE="), let number = cursor.hexadecimal(limit: 8) else {
      return false
    }
    body(.foreign(.nuttx))
    let cause = ExceptionCauses.cause(number: number, of: .xtensa)?.name
    body(.panic(.header(reason: cause ?? "EXCCAUSE \(number)", core: nil)))
    reportTask(&cursor, body)
    return true
  }

  private static func decodeRISCV(_ start: TextCursor, _ body: EventSink) -> Bool {
    var cursor = start
    guard cursor.skip("EXCEPTION: ") else { return decodeCause(cursor, body) }
    let name = cursor.take(until: UInt8(ascii: ".")).slice(from: 0, to: 80).string
    var registers: [Register] = []
    var number: Int?
    if cursor.skip(through: "MCAUSE: ") { number = cursor.hexadecimal(limit: 8) }
    if cursor.skip(", EPC: "), let pc = cursor.address() {
      registers.append(Register(name: "MEPC", value: pc))
    }
    if cursor.skip(", MTVAL: "), let value = cursor.address() {
      registers.append(Register(name: "MTVAL", value: value))
    }
    body(.foreign(.nuttx))
    let cause = number.flatMap { ExceptionCauses.cause(number: $0, of: .riscv)?.name }
    body(.panic(.header(reason: cause ?? name, core: nil)))
    if !registers.isEmpty { body(.panic(.registers(registers))) }
    return true
  }

  /// `PANIC!!! Exception = 00000005`: all that older versions print of an exception.
  private static func decodeCause(_ start: TextCursor, _ body: EventSink) -> Bool {
    var cursor = start
    guard cursor.skip("PANIC!!!") else { return false }
    if cursor.skip(" Exception = "), let value = cursor.wholeWord() {
      body(.foreign(.nuttx))
      body(.panic(.registers([Register(name: "MCAUSE", value: value)])))
    }
    return true
  }

  /// Newer versions name the expression, older ones only file and line; behind an exception both
  /// are empty.
  private static func decodeAssertion(_ start: TextCursor, _ body: EventSink) -> Bool {
    var cursor = start
    if cursor.skip("Current Version: NuttX") {
      body(.foreign(.nuttx))
      return true
    }
    guard cursor.skip("Assertion failed ") else { return false }
    body(.foreign(.nuttx))
    if cursor.rest.has("at file:common/riscv_exception.c line:") {
      // The exception's own, of the oldest form.
      let message = cursor.rest
      let end = message.firstIndex(of: " task:") ?? message.count
      body(.panic(.wrapperMessage("Assertion failed " + message.slice(from: 0, to: end).sentence)))
      reportTask(&cursor, body)
      return true
    }
    let expression = cursor.take(until: UInt8(ascii: ":")).trimmed
    if cursor.skip(through: "at file:") {
      cursor.skipBlanks()
      let file = cursor.take(until: UInt8(ascii: ":")).trimmed
      cursor.advance()
      let line = cursor.decimal()
      if !file.isEmpty, !expression.has("panic"), !expression.has("user panic") {
        let text = expression.isEmpty || expression.has("at file") ? nil : expression.sentence
        body(
          .panic(
            .assertion(
              Assertion(file: file.slice(from: 0, to: 200).string, line: line, expression: text))))
      }
    }
    reportTask(&cursor, body)
    return true
  }

  private static func reportTask(_ cursor: inout TextCursor, _ body: EventSink) {
    let start = cursor
    if cursor.skip(through: "task(CPU"), let cpu = cursor.decimal(), (0...9).contains(cpu),
      cursor.skip("): ")
    {
      body(.panic(.registerDump(core: cpu)))
    } else {
      cursor = start
      guard cursor.skip(through: "task: ") else { return }
    }
    let rest = cursor.rest
    let end = rest.firstIndex(of: " process: ") ?? rest.count
    let name = rest.slice(from: 0, to: min(end, 64)).trimmed
    // The next message, where the line feed between was lost.
    guard !name.isEmpty, !name.contains("_exception: ") else { return }
    body(.panic(.crashedTask(name.string)))
  }

  private static func decodeRegisters(_ start: TextCursor, _ body: EventSink) -> Bool {
    var cursor = start
    var registers: [Register] = []
    while registers.count < 8 {
      cursor.skipBlanks()
      let name = cursor.take(until: UInt8(ascii: ":")).string
      guard cursor.skip(":") else { break }
      cursor.skipBlanks()
      guard let known = names[name] ?? (RegisterLine.isRegister(name) ? name : nil),
        let value = cursor.wholeAddress() ?? cursor.wholeWord()
      else { break }
      registers.append(Register(name: known, value: value))
    }
    guard !registers.isEmpty else { return false }
    body(.panic(.registers(registers)))
    return true
  }

  private static let names = [
    "CAUSE": "EXCCAUSE", "VADDR": "EXCVADDR", "LCNT": "LCOUNT", "EPC": "MEPC", "FP": "S0/FP",
  ]

  private static func decodeBacktrace(_ start: TextCursor, _ body: EventSink) -> Bool {
    var cursor = start
    var frames: [Backtrace.Frame] = []
    guard cursor.skip(through: ":") else { return false }
    while frames.count < 64 {
      cursor.skipBlanks()
      guard let pc = cursor.wholeAddress() else { break }
      frames.append(Backtrace.Frame(pc: pc, sp: nil))
    }
    guard !frames.isEmpty else { return false }
    body(.panic(.backtrace(Backtrace(frames: frames, ending: .plain, isContinuation: true))))
    return true
  }
}
