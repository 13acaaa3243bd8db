import LineReading

/// Decodes the lines of a panic, abort or failed check, ESP-IDF 2.x to 6.1, Xtensa and RISC-V.
///
/// Panic text has no log prefix and may be glued to the end of an unfinished line, so everything
/// that begins a crash is a marker. Rows (registers, stack words, broken backtraces) and sentences
/// that only detail a crash are read at the start of a line alone: inside prose they mean nothing.
/// The wordings, and the versions that print them, stand in the files of the line kinds.
enum PanicDecoder: PlainDecoder {
  static let markers: [StaticString] = [
    "Guru Meditation Error", "abort() was called at PC", "assert failed:", "- assert failed!",
    "assertion \"", "Assert failed in ", "ESP_ERROR_CHECK failed:",
    "ESP_ERROR_CHECK_WITHOUT_ABORT failed:", "***ERROR*** A stack overflow",
    "A stack overflow in task ", "Stack smashing protect failure!", "CORRUPT HEAP:",
    "Mem alloc fail. size",
    "Undefined behavior of type ", "KASAN error: ", "KASAN: invalid memory access",
    "terminate called ", "pure virtual method called", "FreeRTOS Task \"", "BLE assert: ",
    "ASSERT_PARAM(", "Debug exception reason:", "Detected in task \"", "Memory dump at 0x",
    "register dump:", "Register dump:", " was running in ISR context", "Stack memory",
    "Backtrace:", "ELF file SHA256:", "Re-entered core dump!",
    "Panic handler entered multiple times", "Entering gdb stub now",
  ]

  /// Sentences of all kinds, names of registers, and rows that begin with a number.
  static let plainInterest = PlainInterest.texts(
    FirstBytes(anyOf: "GMEPSTALRUCDBIWFKNaefdipsmwotbcx*$-[|:0123456789"))
  static let plainOpenings: [StaticString]? =
    markers + FaultDetail.openings + RuntimeLine.openings + ROMException.openings + [
      "Stack pointer: ", "Stack bounds: ", "file: \"", "func: ", "expression: ", "Core",
      "CPU halted.", "Rebooting", PanicAnnouncement.opening,
      "Guru",
    ]

  /// How far a line is read, in bytes: a backtrace of 100 entries, an assertion's largest buffer.
  /// It bounds the work on a hostile line that is full of markers.
  private static let lineLimit = 4_096

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool {
    let line = line(of: text)
    if let panic = read(line, body) {
      if panic.isHead { PastedPanic.decode(line, body) }
      return true
    }
    return addsNothing(line)
  }

  private static func line(of text: ByteText) -> ByteText {
    var start = 0
    while text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    return text.slice(from: start, to: start + lineLimit)
  }

  /// Hands on what the first words of a line say, and returns it.
  private static func read(_ line: ByteText, _ body: EventSink) -> PanicLine? {
    guard let panic = panicLine(line) else { return nil }
    body(.panic(panic))
    if case .header = panic, let detail = FaultDetail.decode(PanicHeader.behind(line)) {
      body(.panic(detail))
    }
    return panic
  }

  private static func addsNothing(_ line: ByteText) -> Bool {
    PanicHeader.isRest(line) || isHeading(line)
  }

  /// `Backtrace:` alone, where every address has a line of its own.
  private static func isHeading(_ line: ByteText) -> Bool {
    line.has("Backtrace:") && line.slice(from: 10).trimmed.isEmpty
  }

  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    guard position > 0 else { return decode(text, body) }
    let before = text.slice(from: 0, to: position)
    // Behind blanks alone it was read with the line.
    guard !before.trimmed.isEmpty else { return false }
    let here = text.slice(from: position)
    if here.has("register dump:") || here.has(" was running in ISR context") {
      // At the start of a line it was read with the line.
      guard let core = CoreName.start(endingAt: position, in: text),
        !text.slice(from: 0, to: core).trimmed.isEmpty
      else { return false }
      return decodeHere(text.slice(from: core), body)
    }
    if here.has("- assert failed!") {
      guard let assertion = AssertionLine.freeRTOS(before.slice(from: position - 400)) else {
        return false
      }
      body(.panic(.assertion(assertion)))
      return true
    }
    if here.has("A stack overflow in task "), !StackFailure.isHeadLost(before) { return false }
    guard !CrashRetelling.retells(before, here) else {
      if CrashRetelling.labels(before),
        case .abort(let address?, let core)? = AbortLine.decode(line(of: here))
      {
        body(.panic(.labelledAbort(address: address, core: core)))
        return true
      }
      // A record that holds nothing else may be how a capture writes down what the device prints.
      guard text[0] == UInt8(ascii: "{"), before[before.count - 1] == UInt8(ascii: "\"") else {
        return false
      }
      body(.notice(Notice(.crashRetold)))
      return true
    }
    return decodeHere(here, body)
  }

  /// What stands at a marker; the markers behind it are asked for by themselves.
  private static func decodeHere(_ text: ByteText, _ body: EventSink) -> Bool {
    let line = line(of: text)
    return read(line, body) != nil || addsNothing(line)
  }

  /// What `line`, without leading blanks, says; the first byte leaves few kinds to try.
  private static func panicLine(_ line: ByteText) -> PanicLine? {
    switch line[0] {
    case UInt8(ascii: "G"), UInt8(ascii: "M"), UInt8(ascii: "E"), UInt8(ascii: "P"),
      UInt8(ascii: "S"), UInt8(ascii: "T"), UInt8(ascii: "A"), UInt8(ascii: "L"),
      UInt8(ascii: "R"), UInt8(ascii: "U"), UInt8(ascii: "C"), UInt8(ascii: "D"):
      RegisterLine.decode(line) ?? capital(line) ?? PanicAnnouncement.decode(line)
    case UInt8(ascii: "B"):
      BacktraceLine.decode(line) ?? RuntimeLine.decode(line)
        ?? FaultDetail.decode(line) ?? BacktraceLine.continuation(line)
    case UInt8(ascii: "a"):
      AbortLine.decode(line) ?? AssertionLine.decode(line) ?? FaultDetail.decode(line)
        ?? RustMessage.decode(line) ?? rowOrRest(line)
    case UInt8(ascii: "F"):
      ROMException.decode(line) ?? FaultDetail.decode(line) ?? RuntimeLine.decode(line)
        ?? rowOrRest(line)
    case UInt8(ascii: "e") where line.has("epc1=0x"):
      ROMException.decode(line)
    case UInt8(ascii: "e"), UInt8(ascii: "f"):
      ErrorCheckLine.decode(line) ?? FaultDetail.decode(line) ?? RustMessage.decode(line)
        ?? rowOrRest(line)
    case UInt8(ascii: "*"), UInt8(ascii: "d"):
      StackFailure.decode(line) ?? FaultDetail.decode(line) ?? RuntimeLine.decode(line)
        ?? rowOrRest(line)
    case UInt8(ascii: "$"):
      PanicEnding.decode(line)
    default:
      FaultDetail.decode(line) ?? RuntimeLine.decode(line) ?? rowOrRest(line)
    }
  }

  private static func capital(_ line: ByteText) -> PanicLine? {
    PanicHeader.decode(line) ?? ErrorCheckLine.decode(line) ?? StackFailure.decode(line)
      ?? HeapLine.decode(line) ?? AssertionLine.decode(line) ?? StackRowLine.decode(line)
      ?? FaultDetail.decode(line) ?? RuntimeLine.decode(line) ?? PanicEnding.decode(line)
      ?? BacktraceLine.continuation(line)
  }

  /// A row begins with a number, or with what is left of one.
  private static func rowOrRest(_ line: ByteText) -> PanicLine? {
    switch line[0] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "|"), UInt8(ascii: ":"),
      UInt8(ascii: "x"), 0x20:
      StackRowLine.decode(line) ?? BacktraceLine.continuation(line)
    default: nil
    }
  }
}
