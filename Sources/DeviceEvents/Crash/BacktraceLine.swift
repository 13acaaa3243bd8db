import LineReading

/// Reads backtraces.
///
///     Backtrace: 0x4011b965:0x3ffbf1f0 0x400d1b44:0x3ffbf210
///     Backtrace:0x400812ca:0x3ffb70d00x40087f3d:0x3ffb70f0 0x4008d2f2:0x3ffb7110
///     Backtrace:0x400812CA:0x3FFB70D0 0x40087F3D:0x3FFB70F0  |<-CORRUPTED
///     Backtrace: 0x40376c12:0x3fc9a1b0 0x4037d3ad:0x3fc9a1d0 |<-CONTINUES
///
/// ESP-IDF: no blank behind the colon in v4.2 to v4.4.2, the first two entries glued in v4.4.0 to
/// v4.4.2, upper case where no panic prints it (v3.3.6, v4.0+), the marks since v3.3.6 and v4.0. The
/// same form with RISC-V's unwinders (v4.4+, v5.5+). The line is long and loses bytes on the way: a
/// damaged entry is left out, reading goes on at the next `0x`.
enum BacktraceLine {
  /// How many bytes of damage are stepped over to the next entry.
  private static let damageLimit = 24

  static func decode(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    guard cursor.skip("Backtrace:") else { return nil }
    let backtrace = entries(cursor, isContinuation: false)
    guard !backtrace.frames.isEmpty || backtrace.ending != .plain else { return nil }
    return .backtrace(backtrace)
  }

  /// The rest of a backtrace that was broken into lines, perhaps inside an entry:
  /// `44:0x3ffb5e30 0x400d1b44:0x3ffb5e50`.
  static func continuation(_ text: ByteText) -> PanicLine? {
    if text.has("|<-") {
      let rest = entries(TextCursor(text), isContinuation: true)
      return rest.ending == .plain ? nil : .backtrace(rest)
    }
    if let pc = loneAddress(text) {
      let frame = Backtrace.Frame(pc: pc, sp: nil)
      return .backtrace(Backtrace(frames: [frame], ending: .plain, isContinuation: true))
    }
    if let frame = namedPair(text) {
      return .backtrace(Backtrace(frames: [frame], ending: .plain, isContinuation: true))
    }
    guard let start = firstPair(text) else { return nil }
    let rest = entries(TextCursor(text, at: start), isContinuation: true)
    return rest.frames.isEmpty ? nil : .backtrace(rest)
  }

  /// The address of a line that holds nothing else: so prints Rust's `esp-backtrace`.
  private static func loneAddress(_ text: ByteText) -> UInt32? {
    var cursor = TextCursor(text)
    guard let address = cursor.wholeAddress(), cursor.rest.trimmed.isEmpty else { return nil }
    return address >> 28 == 4 ? address : nil
  }

  /// `0x400d1a2c:0x3ffb5e30 app_main`: one entry of a trace that a tool wrote one below the other, with what it found.
  private static func namedPair(_ text: ByteText) -> Backtrace.Frame? {
    var cursor = TextCursor(text)
    guard cursor.skip("0x"), let pc = cursor.hexadecimal(limit: 8), pc >> 28 == 4,
      cursor.skip(":0x"), let sp = cursor.hexadecimal(limit: 8), sp >> 28 == 3,
      cursor.skip(" ")
    else { return nil }
    let name = cursor.rest.trimmed
    guard (2...200).contains(name.count), name.buffer.allSatisfy(isOfName),
      !(0x30...0x39).contains(name[0])
    else { return nil }
    return Backtrace.Frame(
      pc: UInt32(truncatingIfNeeded: pc), sp: UInt32(truncatingIfNeeded: sp))
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    Letters.isWord(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "~")
      || byte == UInt8(ascii: "$") || byte == UInt8(ascii: ".")
  }

  /// Where the first whole entry stands, if only the rest of a broken one stands before it and
  /// only entries follow.
  private static func firstPair(_ text: ByteText) -> Int? {
    var start = 0
    while start <= 20, start < text.count {
      var cursor = TextCursor(text, at: start)
      if cursor.wholeAddress() != nil, cursor.skip(":"), cursor.wholeAddress() != nil {
        return holdsOnlyEntries(text.slice(from: start)) ? start : nil
      }
      let byte = text[start]
      let isPart =
        TextCursor.hexDigit(byte) != nil || byte == 0x20 || byte == UInt8(ascii: ":")
        || byte == UInt8(ascii: "x")
      guard isPart else { return nil }
      start += 1
    }
    return nil
  }

  private static func holdsOnlyEntries(_ text: ByteText) -> Bool {
    for index in 0..<text.count {
      let byte = text[index]
      if text.has("|<-", at: index) { return true }
      guard
        TextCursor.hexDigit(byte) != nil || byte == 0x20 || byte == UInt8(ascii: ":")
          || byte == UInt8(ascii: "x")
      else { return false }
    }
    return true
  }

  private static func entries(_ start: TextCursor, isContinuation: Bool) -> Backtrace {
    var backtrace = Backtrace(frames: [], ending: .plain, isContinuation: isContinuation)
    var cursor = start
    while backtrace.frames.count < 1_000 {
      guard let next = nextEntry(in: cursor.text, from: cursor.position) else { break }
      cursor = TextCursor(cursor.text, at: next)
      guard let pc = cursor.wholeAddress() else {
        cursor.advance(by: 2)
        continue
      }
      // A number behind a colon is the stack pointer of an entry whose address was damaged.
      if cursor.text[next - 1] == UInt8(ascii: ":"), next > start.position { continue }
      var sp: UInt32?
      if cursor.byte == UInt8(ascii: ":") {
        var step = cursor
        step.advance()
        sp = step.wholeAddress()
        if sp != nil { cursor = step }
      }
      backtrace.frames.append(Backtrace.Frame(pc: pc, sp: sp))
    }
    backtrace.ending = ending(cursor.rest)
    return backtrace
  }

  /// Where the next `0x` stands; nil at the mark, and where too much else stands before it.
  private static func nextEntry(in text: ByteText, from start: Int) -> Int? {
    var index = start
    while index < text.count, index - start <= damageLimit {
      if text.has("0x", at: index) || text.has("0X", at: index) { return index }
      if text[index] == UInt8(ascii: "|") { return nil }
      index += 1
    }
    return nil
  }

  /// The mark, which may be cut.
  private static func ending(_ text: ByteText) -> Backtrace.Ending {
    guard let mark = text.firstIndex(of: "|<-"), mark <= damageLimit else { return .plain }
    if text.has("|<-COR", at: mark) { return .corrupted }
    return text.has("|<-CON", at: mark) ? .continues : .plain
  }
}
