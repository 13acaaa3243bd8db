import LineReading

/// Reads what RIOT prints when it starts and when it fails.
///
///     main(): This is RIOT! (Version: 2024.04)
///     scheduler(): stack overflow detected, pid=4
///     *** RIOT kernel panic:
///     EXCEPTION!! exccause=28 (LoadProhibitedCause) @400d2f34 excvaddr=00000010
///
/// RIOT `core/lib/init.c`, `core/sched.c`, `core/lib/panic.c`, `cpu/esp_common/exceptions.c`. What stands behind `@` is
/// the register in which the handler keeps A0, an address to return to: the program counter is printed only with
/// the registers of development builds.
enum RIOTPanic {
  static let markers: [StaticString] = [
    "*** RIOT kernel panic", "EXCEPTION!! exccause=", "scheduler(): stack overflow detected, pid=",
    "main(): This is RIOT!",
  ]

  static func decode(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    if line.has("main(): This is RIOT!") {
      body(.foreign(.riot))
      body(.application(.running))
      return true
    }
    if cursor.skip("scheduler(): stack overflow detected, pid=") {
      guard let thread = cursor.decimal(), (0...999).contains(thread) else { return false }
      body(.foreign(.riot))
      body(.panic(.stackOverflow(task: "pid \(thread)")))
      return true
    }
    if line.has("*** RIOT kernel panic") {
      body(.foreign(.riot))
      body(.panic(.wrapperMessage("RIOT kernel panic")))
      return true
    }
    return cursor.skip("EXCEPTION!! exccause=") && decodeException(&cursor, body)
  }

  private static func decodeException(_ cursor: inout TextCursor, _ body: EventSink) -> Bool {
    guard let number = cursor.decimal(), (0...63).contains(number), cursor.skip(through: ") @"),
      let register = cursor.wholeWord()
    else { return false }
    var registers = [
      Register(name: "A0", value: register), Register(name: "EXCCAUSE", value: UInt32(number)),
    ]
    if cursor.skip(" excvaddr="), let address = cursor.wholeWord() {
      registers.append(Register(name: "EXCVADDR", value: address))
    }
    let cause = ExceptionCauses.cause(number: number, of: .xtensa)?.name
    body(.foreign(.riot))
    body(.panic(.header(reason: cause ?? "EXCCAUSE \(number)", core: nil)))
    body(.panic(.registers(registers)))
    return true
  }
}
