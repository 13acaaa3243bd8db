import LineReading

/// Reads what stands behind the first words of a crash in their own line: web pages and chats take the line feeds away.
///
///     Guru Meditation Error: Core  1 panic'ed (LoadProhibited). Exception was unhandled. Core  1 register dump:
///     PC : 0x400d1280 PS : 0x00060834 … Backtrace: 0x400d127d:0x3ffc0bb0 … ELF file SHA256: 4f3c0a91d Rebooting...
///
/// The device prints each of these on a line of its own; the words are those of `RegisterLine`, `BacktraceLine` and
/// `PanicEnding`.
enum PastedPanic {
  static func decode(_ line: ByteText, _ body: EventSink) {
    var position = 1
    var isDump = false
    while position < line.count {
      switch line[position] {
      case UInt8(ascii: "r") where line.has("register dump:", at: position):
        guard let core = CoreName.start(endingAt: position, in: line),
          let heading = RegisterLine.decode(line.slice(from: core))
        else { break }
        isDump = true
        body(.panic(heading))
        position = registers(in: line, from: position + 14, body)
        continue
      case UInt8(ascii: "B") where line.has("Backtrace:", at: position):
        guard let backtrace = BacktraceLine.decode(line.slice(from: position)) else { break }
        isDump = true
        body(.panic(backtrace))
      case UInt8(ascii: "E") where line.has("ELF file SHA256:", at: position):
        guard let sum = PanicEnding.decode(line.slice(from: position)) else { break }
        isDump = true
        body(.panic(sum))
      case UInt8(ascii: "R") where isDump && line.has("Rebooting...", at: position):
        body(.panic(.rebooting))
        return
      default: break
      }
      position += 1
    }
  }

  /// Hands on the registers that stand at `start`; returns where they end.
  private static func registers(
    in line: ByteText, from start: Int, _ body: EventSink
  ) -> Int {
    var cursor = TextCursor(line, at: start)
    cursor.skipBlanks()
    var registers = RegisterLine.cells(&cursor)
    while !registers.isEmpty {
      body(.panic(.registers(registers)))
      registers = RegisterLine.cells(&cursor)
    }
    return cursor.position
  }
}

extension PanicLine {
  /// Whether a panic begins with such a line, whatever was printed before.
  package var isHead: Bool {
    switch self {
    case .announced, .header, .abort, .errorCheck, .stackOverflow, .stackSmashing, .cppTermination,
      .taskReturned, .labelledAbort:
      true
    case .assertion(let assertion): assertion.isFatal
    case .errorCheckWithoutAbort, .errorCheckDetail, .heapCorruption, .allocationFailed,
      .debugReason, .stackGuard, .stackPointer, .stackBounds, .memoryDump, .detail,
      .undefinedBehavior, .wrapperMessage, .stackCheckFailed, .registerDump, .interruptContext,
      .registers, .stackMemory, .stackRow, .backtrace, .elfSHA256, .nested, .gdbStub, .crashedTask,
      .rebooting, .halted, .resolved:
      false
    }
  }
}
