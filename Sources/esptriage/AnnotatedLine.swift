import DeviceEvents
import Firmware
import Reporting

/// One line of a log, with symbols behind the addresses in it.
struct AnnotatedLine {
  private var programs: DecodePrograms
  /// Loops print the same trace for hours.
  private var known: [Question: [UInt8]] = [:]

  private struct Question: Hashable {
    var address: UInt32
    var meaning: AddressMeaning
  }

  private static let mostKnown = 10_000

  init(_ programs: DecodePrograms) { self.programs = programs }

  /// Has the ELF of a build answer first; false if there is none.
  mutating func prefer(_ build: String) -> Bool {
    known.removeAll()
    return programs.prefer(build)
  }

  /// The bytes with everything in its place, and ` [function file:line]` behind each `0x` and eight
  /// digits that are code of the ELF, or behind the `:0x…` of the stack pointer that follows.
  mutating func annotated(_ line: [UInt8]) -> [UInt8] {
    guard line.count >= 10 else { return line }
    var result: [UInt8] = []
    var copied = 0
    var index = 0
    var pairs = 0
    let context = Context(line)
    while index + 10 <= line.count {
      guard let address = Self.address(line, at: index) else {
        index += 1
        continue
      }
      var end = index + 10
      let isPair =
        end < line.count && line[end] == UInt8(ascii: ":")
        && Self.address(line, at: end + 1) != nil
      if isPair { end += 11 }
      // Eight digits and no more: the ninth makes it something else, unless a pair is glued to it.
      let isWhole =
        end >= line.count || HexDigit.value(line[end]) == nil
        || Self.address(line, at: end) != nil
      if isWhole {
        let meaning = context.meaning(of: index, pair: isPair ? pairs : nil, line)
        if isPair { pairs += 1 }
        let note = self.note(address, meaning)
        if !note.isEmpty {
          result += line[copied..<end]
          result += note
          copied = end
        }
      }
      index = end
    }
    if copied == 0 { return line }
    result += line[copied...]
    return result
  }

  private mutating func note(_ address: UInt32, _ meaning: Context.Meaning) -> [UInt8] {
    let question = Question(address: address, meaning: meaning.resolved(programs.instructionSet))
    if let known = known[question] { return known }
    var note: [UInt8] = []
    if programs.isCode(address, as: question.meaning) {
      let frames = programs.frames(at: address, as: question.meaning)
      let texts = frames.map { HostileText.shown(Self.short($0)) }
      note = Array((" [" + texts.joined(separator: " < ") + "]").utf8)
    }
    if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
    known[question] = note
    return note
  }

  /// A function and its place in few characters; the folder of the file tells two `main.c` apart.
  private static func short(_ frame: SourceFrame) -> String {
    var text = frame.function ?? "??"
    switch frame.origin {
    case .debugInfo: break
    case .symbol(let offset), .section(let offset), .rom(let offset):
      if offset > 0 { text += "+0x" + String(offset, radix: 16) }
    }
    guard let file = frame.file else { return text }
    text += " " + file.split(separator: "/").suffix(2).joined(separator: "/")
    return text + (frame.line.map { ":\($0)" } ?? "")
  }

  /// `0x` and eight digits.
  private static func address(_ line: [UInt8], at index: Int) -> UInt32? {
    guard index + 10 <= line.count, line[index] == 0x30, line[index + 1] | 0x20 == 0x78 else {
      return nil
    }
    var address: UInt32 = 0
    for digit in line[(index + 2)..<(index + 10)] {
      guard let value = HexDigit.value(digit) else { return nil }
      address = address << 4 | UInt32(value)
    }
    return address
  }
}

extension AnnotatedLine {
  /// What a line says about the addresses in it.
  struct Context {
    /// What an address is by the words around it.
    enum Meaning {
      /// An instruction's own.
      case instruction
      /// The one behind a call.
      case call
      /// An entry of a backtrace after the first.
      case laterEntry
      /// The register A0.
      case registerA0

      /// Xtensa keeps the return address in A0 and adjusts its backtraces itself; on RISC-V A0 is
      /// an argument, and backtraces print return addresses as they are.
      func resolved(_ instructionSet: InstructionSet) -> AddressMeaning {
        switch (self, instructionSet) {
        case (.instruction, _), (.laterEntry, .xtensa), (.registerA0, .riscv): .instruction
        case (.call, _), (.laterEntry, .riscv), (.registerA0, .xtensa): .returnAddress
        }
      }
    }

    /// A row of `Stack memory:`, whose words are data and, among them, return addresses.
    private let isStackRow: Bool

    init(_ line: [UInt8]) {
      let start = line.drop { $0 == 0x20 }
      let digits = start.prefix { HexDigit.value($0) != nil }
      isStackRow =
        digits.count == 8 && start.dropFirst(8).starts(with: [UInt8(ascii: ":"), 0x20])
    }

    /// `pair` counts the pairs of a backtrace on this line.
    func meaning(of index: Int, pair: Int?, _ line: [UInt8]) -> Meaning {
      if isStackRow { return .call }
      if let pair { return pair > 0 ? .laterEntry : .instruction }
      // `RA      : 0x…`, `A0      : 0x…`
      let before = line[..<index].reversed().drop { $0 == 0x20 }
      guard before.first == UInt8(ascii: ":") else { return .instruction }
      let name = before.dropFirst().drop { $0 == 0x20 }.prefix {
        $0 != 0x20 && $0 != 0x09
      }
      if name.elementsEqual("AR".utf8) { return .call }
      return name.elementsEqual("0A".utf8) ? .registerA0 : .instruction
    }
  }
}
