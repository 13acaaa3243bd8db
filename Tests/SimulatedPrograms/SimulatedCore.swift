import DeviceEvents
import Firmware

/// A RISC-V core (RV32IC) that runs our own programs one instruction at a time, and keeps the true
/// stack of calls beside it: the yardstick for unwinding, taken from what happened and not from what
/// the ELF says.
package struct SimulatedCore {
  package static let stackTop: UInt32 = 0x3FC9_F000
  private static let memoryStart: UInt32 = 0x3FC8_0000

  package private(set) var pc: UInt32
  package private(set) var registers = [UInt32](repeating: 0, count: 32)
  package private(set) var calls: [Call] = []
  private var memory = [UInt8](repeating: 0, count: 0x2_0000)
  private let code: [UInt8]
  private let codeStart: UInt32

  /// A call that has not returned.
  package struct Call: Equatable {
    package var returnAddress: UInt32
    /// The caller's stack pointer at the call.
    package var sp: UInt32
  }

  package enum Failure: Error {
    case unknownInstruction(UInt32, at: UInt32)
    case badAccess(UInt32, at: UInt32)
  }

  /// A core at the program's entry, on an empty stack, filled as FreeRTOS fills it.
  package init(_ elf: ELFFile) {
    pc = elf.entry
    let section = elf.section(named: ".text")
    code = section.flatMap { elf.content(of: $0) } ?? []
    codeStart = section?.address ?? 0
    registers[2] = Self.stackTop
    for index in 0x1_0000..<memory.count { memory[index] = 0xA5 }
  }

  /// What a panic would show of it now: all registers, and `bytes` of the stack.
  package func captured(stackBytes bytes: Int = 0x8000) -> CapturedCore {
    let start = Int(registers[2] - Self.memoryStart)
    let end = min(start + bytes, Int(Self.stackTop - Self.memoryStart) + 64)
    let names = [
      "RA", "SP", "GP", "TP", "T0", "T1", "T2", "S0/FP", "S1", "A0", "A1", "A2", "A3", "A4", "A5",
      "A6", "A7", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "T3", "T4", "T5",
      "T6",
    ]
    let values = zip(names, registers.dropFirst()).map { Register(name: $0, value: $1) }
    return CapturedCore(
      registers: [Register(name: "MEPC", value: pc)] + values,
      stack: StackMemory(
        address: registers[2], bytes: start < end ? Array(memory[start..<end]) : []))
  }

  /// The true frames, innermost first: program counters and stack pointers.
  package var truth: [(pc: UInt32, sp: UInt32)] {
    [(pc, registers[2])] + calls.reversed().map { ($0.returnAddress, $0.sp) }
  }

  package mutating func set(pc: UInt32) { self.pc = pc }
  package mutating func set(_ register: Int, to value: UInt32) { registers[register] = value }

  /// Overwrites a word of memory, as a bug would.
  package mutating func store(_ value: UInt32, at address: UInt32) throws {
    try write(address, value, bytes: 4)
  }

  /// Runs until `condition` holds or the program ends; false at its end.
  @discardableResult
  package mutating func run(until condition: (SimulatedCore) -> Bool) throws -> Bool {
    for _ in 0..<1_000_000 {
      if condition(self) { return true }
      if try !step() { return false }
    }
    return false
  }

  /// One instruction; false at `ebreak`.
  package mutating func step() throws -> Bool {
    let offset = Int(pc &- codeStart)
    guard offset >= 0, offset + 1 < code.count else { throw Failure.badAccess(pc, at: pc) }
    var word = UInt32(code[offset]) | UInt32(code[offset + 1]) << 8
    var size: UInt32 = 2
    if word & 3 == 3 {
      word |= UInt32(code[offset + 2]) << 16 | UInt32(code[offset + 3]) << 24
      size = 4
    } else {
      guard let full = Self.expand(word) else { throw Failure.unknownInstruction(word, at: pc) }
      word = full
    }
    if word == 0x0010_0073 { return false }
    try execute(word, size)
    registers[0] = 0
    return true
  }

  private mutating func execute(_ word: UInt32, _ size: UInt32) throws {
    let rd = Int(word >> 7 & 31)
    let a = registers[Int(word >> 15 & 31)]
    let b = registers[Int(word >> 20 & 31)]
    let function = word >> 12 & 7
    let immediate = UInt32(bitPattern: Int32(bitPattern: word) >> 20)
    var next = pc &+ size
    switch word & 0x7F {
    case 0x37: registers[rd] = word & 0xFFFF_F000
    case 0x17: registers[rd] = pc &+ (word & 0xFFFF_F000)
    case 0x6F:
      let sign = UInt32(bitPattern: Int32(bitPattern: word) >> 31) << 20
      let distance =
        sign | word & 0xF_F000 | (word >> 20 & 1) << 11 | (word >> 21 & 0x3FF) << 1
      link(rd, next)
      next = pc &+ distance
    case 0x67:
      next = (a &+ immediate) & ~1
      if rd == 0, Int(word >> 15 & 31) == 1 { calls.removeLast() }
      link(rd, pc &+ size)
    case 0x63:
      let sign = UInt32(bitPattern: Int32(bitPattern: word) >> 31) << 12
      let distance =
        sign | (word >> 7 & 1) << 11 | (word >> 25 & 0x3F) << 5 | (word >> 8 & 0xF) << 1
      let less = Int32(bitPattern: a) < Int32(bitPattern: b)
      let taken = [a == b, a != b, false, false, less, !less, a < b, a >= b][Int(function)]
      if taken { next = pc &+ distance }
    case 0x03:
      let address = a &+ immediate
      switch function {
      case 0:
        registers[rd] = UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: try read(address, 1))))
      case 1:
        registers[rd] = UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: try read(address, 2))))
      case 2: registers[rd] = try read(address, 4)
      case 4: registers[rd] = try read(address, 1)
      default: registers[rd] = try read(address, 2)
      }
    case 0x23:
      let high = UInt32(bitPattern: Int32(bitPattern: word) >> 25) << 5
      try write(a &+ (high | word >> 7 & 31), b, bytes: [1, 2, 4][Int(function)])
    case 0x13:
      registers[rd] = Self.compute(
        function, a, immediate, isOther: function == 5 && word >> 30 & 1 == 1)
    case 0x33 where word >> 25 & 1 == 0:
      registers[rd] = Self.compute(function, a, b, isOther: word >> 30 & 1 == 1, subtracts: true)
    default:
      throw Failure.unknownInstruction(word, at: pc)
    }
    pc = next
  }

  private mutating func link(_ register: Int, _ returnAddress: UInt32) {
    guard register != 0 else { return }
    registers[register] = returnAddress
    if register == 1 { calls.append(Call(returnAddress: returnAddress, sp: registers[2])) }
  }

  private static func compute(
    _ function: UInt32, _ a: UInt32, _ b: UInt32, isOther: Bool, subtracts: Bool = false
  ) -> UInt32 {
    switch function {
    case 0: isOther && subtracts ? a &- b : a &+ b
    case 1: a << (b & 31)
    case 2: Int32(bitPattern: a) < Int32(bitPattern: b) ? 1 : 0
    case 3: a < b ? 1 : 0
    case 4: a ^ b
    case 5: isOther ? UInt32(bitPattern: Int32(bitPattern: a) >> (b & 31)) : a >> (b & 31)
    case 6: a | b
    default: a & b
    }
  }

  private func place(_ address: UInt32, _ count: UInt32) throws -> Int {
    let offset = address &- Self.memoryStart
    guard offset <= UInt32(memory.count) - count else { throw Failure.badAccess(address, at: pc) }
    return Int(offset)
  }

  private func read(_ address: UInt32, _ count: UInt32) throws -> UInt32 {
    let start = try place(address, count)
    return memory[start..<start + Int(count)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private mutating func write(_ address: UInt32, _ value: UInt32, bytes count: UInt32) throws {
    let start = try place(address, count)
    for index in 0..<Int(count) {
      memory[start + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index))
    }
  }
}
