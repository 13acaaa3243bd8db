import DeviceEvents
import LineReading

/// Tells which numbers of a line may be others in a boot that went the same way.
///
/// Two crashes at one place differ in most registers, in their stacks and in the stack pointers of the
/// backtrace. None of these decides anything; what decides stays: the PC, the addresses by which a crash
/// is told from another one.
struct FreeNumbers {
  /// Whether boots that differ in nothing but the place of their crash are told apart.
  enum Places { case matter, doNotMatter }

  private let places: Places

  init(places: Places) { self.places = places }

  /// So many frames of a backtrace tell one crash from another.
  static let framesThatTell = 3

  /// Where in the line those numbers begin, all of 8 hexadecimal digits, in order.
  func starts(in line: ByteText, saying events: [DeviceEvent]) -> [Int] {
    var meaning: DeviceEvent?
    for event in events {
      if case .watched = event { continue }
      guard meaning == nil else { return [] }
      meaning = event
    }
    switch meaning {
    case .panic(.registers(let registers)): return starts(of: registers, in: line)
    case .panic(.stackRow(_, let words)):
      let numbers = Self.numbers(in: line)
      return numbers.count == words.count + 1 ? numbers : []
    case .panic(.backtrace(let backtrace)): return starts(of: backtrace, in: line)
    case .rom(.savedPC), .coreDump(.checksum):
      let numbers = Self.numbers(in: line)
      return numbers.count == 1 ? numbers : []
    case .panic(.abort):
      let numbers = Self.numbers(in: line)
      return numbers.count == 1 && places == .doNotMatter ? numbers : []
    case .rom, .bootloader, .segment, .application, .bootLine, .update, .panic, .taskWatchdog,
      .power, .coreDump, .notice, .watched, .clockWentBack, .foreign, nil:
      return []
    }
  }

  private func starts(of registers: [Register], in line: ByteText) -> [Int] {
    let numbers = Self.numbers(in: line)
    guard numbers.count == registers.count else { return [] }
    return zip(numbers, registers).filter { !decides($0.1) }.map(\.0)
  }

  private func decides(_ register: Register) -> Bool {
    Self.decide(register) && (places == .matter || register.name == "MCAUSE")
  }

  /// Whether a register decides something where places matter.
  static func decide(_ register: Register) -> Bool {
    switch register.name {
    // The last one also tells whether a report comes from an exception.
    case "PC", "MEPC", "MCAUSE": true
    default: false
    }
  }

  private func starts(of backtrace: Backtrace, in line: ByteText) -> [Int] {
    let numbers = Self.numbers(in: line)
    guard !backtrace.isContinuation, backtrace.frames.allSatisfy({ $0.sp != nil }),
      numbers.count == 2 * backtrace.frames.count
    else { return [] }
    let deciding = places == .matter ? Self.framesThatTell : 0
    return numbers.enumerated().filter { $0.offset % 2 == 1 || $0.offset / 2 >= deciding }.map(
      \.element)
  }

  /// Where words of 8 hexadecimal digits in small letters stand, their `0x` aside.
  static func numbers(in line: ByteText) -> [Int] {
    var found: [Int] = []
    var position = 0
    while position < line.count {
      guard isWordByte(line[position]) else {
        position += 1
        continue
      }
      var start = position
      while isWordByte(line[position]) { position += 1 }
      if line[start] == 0x30, line[start + 1] | 0x20 == UInt8(ascii: "x") { start += 2 }
      if position - start == 8, HexadecimalWord.stands(in: line, at: start) { found.append(start) }
    }
    return found
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }
}

/// Eight hexadecimal digits in small letters.
enum HexadecimalWord {
  static func stands(in text: ByteText, at start: Int) -> Bool {
    guard start >= 0, text.count - start >= 8, let bytes = text.buffer.baseAddress else {
      return false
    }
    return stands(at: UnsafeRawPointer(bytes + start))
  }

  /// The number that stands there.
  static func value(in text: ByteText, at start: Int) -> UInt32? {
    guard stands(in: text, at: start), let bytes = text.buffer.baseAddress else { return nil }
    let word = UnsafeRawPointer(bytes + start).loadUnaligned(as: UInt64.self).bigEndian
    // A letter has its bit 6, and is 9 more than its last four bits.
    let letters = word >> 6 & 0x0101_0101_0101_0101
    let digits = word & 0x0f0f_0f0f_0f0f_0f0f &+ letters &* 9
    // Two digits of four bits each go together, then two of eight, then two of sixteen.
    let bytesOfTwo = (digits | digits >> 4) & 0x00ff_00ff_00ff_00ff
    let halves = (bytesOfTwo | bytesOfTwo >> 8) & 0x0000_ffff_0000_ffff
    return UInt32(truncatingIfNeeded: halves | halves >> 16)
  }

  /// The same where 8 bytes can be read: all at once, a bit for each.
  @inline(__always)
  static func stands(at bytes: UnsafeRawPointer) -> Bool {
    let word = bytes.loadUnaligned(as: UInt64.self)
    let tops: UInt64 = 0x8080_8080_8080_8080
    let ascii = word & ~tops
    // Adding brings a byte's top bit up where it is at least as large as the bound.
    let fromZero = ascii &+ 0x5050_5050_5050_5050
    let behindNine = ascii &+ 0x4646_4646_4646_4646
    let fromA = ascii &+ 0x1f1f_1f1f_1f1f_1f1f
    let behindF = ascii &+ 0x1919_1919_1919_1919
    return (fromZero & ~behindNine | fromA & ~behindF) & ~word & tops == tops
  }
}
