/// An instruction of RISC-V, as far as stacks are concerned: those that call, return, and move or
/// store the registers of a frame (RV32IC and Zcmp).
struct RISCVInstruction: Equatable {
  /// The registers that matter here, by number.
  enum Number {
    static let returnAddress = 1
    static let stackPointer = 2
    static let framePointer = 8
  }

  enum Kind: Equatable {
    /// A call to an address that the instruction tells, relative to itself.
    case call(offset: Int32)
    /// A call through a register.
    case callRegister(base: Int, offset: Int32)
    /// A jump without a way back, relative to itself: `j`, `tail`.
    case jump(offset: Int32)
    /// A jump without a way back through a register: `ret`, `jr`.
    case jumpRegister(base: Int, offset: Int32)
    /// A jump that is taken or not, relative to itself.
    case branch(offset: Int32)
    /// `destination = source + immediate`
    case add(destination: Int, source: Int, immediate: Int32)
    /// `destination = left + right`, or minus.
    case addRegisters(destination: Int, left: Int, right: Int)
    case subtractRegisters(destination: Int, left: Int, right: Int)
    /// `destination = value`
    case load(destination: Int, value: Int32)
    /// `destination = pc + value`
    case loadRelative(destination: Int, value: Int32)
    /// `memory[base + offset] = source`, a word.
    case store(source: Int, base: Int, offset: Int32)
    /// `cm.push`: a frame of `size` bytes, the registers stored at its top, the first lowest.
    case push(registers: [Int], size: Int32)
    /// `cm.pop`: the opposite, without a return.
    case pop(size: Int32)
    /// Anything else; the register that it writes, where it can be told.
    case other(destination: Int?)
  }

  var kind: Kind
  /// Two or four bytes.
  var size: Int

  /// Decodes the instruction at the beginning of `bytes`; nil where it is cut, or longer than this
  /// family's are.
  init?(_ bytes: some Collection<UInt8>) {
    let words = Array(bytes.prefix(4))
    guard words.count >= 2 else { return nil }
    let low = UInt32(words[0]) | UInt32(words[1]) << 8
    if low & 3 != 3 {
      guard low != 0 else { return nil }
      kind = Self.compressed(low)
      size = 2
      return
    }
    guard low & 0x1F != 0x1F, words.count == 4 else { return nil }
    kind = Self.full(low | UInt32(words[2]) << 16 | UInt32(words[3]) << 24)
    size = 4
  }

  private static func full(_ word: UInt32) -> Kind {
    let signed = Int32(bitPattern: word)
    let destination = Int(word >> 7 & 31)
    let source = Int(word >> 15 & 31)
    let second = Int(word >> 20 & 31)
    let function = word >> 12 & 7
    switch word & 0x7F {
    case 0x6F:
      let offset =
        (signed >> 31) << 20 | Int32(word & 0xFF000) | Int32(word >> 20 & 1) << 11
        | Int32(word >> 21 & 0x3FF) << 1
      return destination == 0
        ? .jump(offset: offset) : .call(offset: offset).linked(by: destination)
    case 0x67 where function == 0:
      return destination == 0
        ? .jumpRegister(base: source, offset: signed >> 20)
        : .callRegister(base: source, offset: signed >> 20).linked(by: destination)
    case 0x13 where function == 0:
      if source == 0 { return .load(destination: destination, value: signed >> 20) }
      return .add(destination: destination, source: source, immediate: signed >> 20)
    case 0x33 where function == 0 && word >> 25 == 0:
      return .addRegisters(destination: destination, left: source, right: second)
    case 0x33 where function == 0 && word >> 25 == 0x20:
      return .subtractRegisters(destination: destination, left: source, right: second)
    case 0x37:
      return .load(destination: destination, value: signed & ~0xFFF)
    case 0x17:
      return .loadRelative(destination: destination, value: signed & ~0xFFF)
    case 0x23 where function == 2:
      return .store(
        source: second, base: source, offset: (signed >> 25) << 5 | Int32(destination))
    case 0x63:
      let upper = (signed >> 31) << 12 | Int32(word >> 7 & 1) << 11
      return .branch(offset: upper | Int32(word >> 25 & 0x3F) << 5 | Int32(word >> 8 & 15) << 1)
    case 0x23, 0x27, 0x0F:
      return .other(destination: nil)
    default:
      return .other(destination: destination == 0 ? nil : destination)
    }
  }

  private static func compressed(_ word: UInt32) -> Kind {
    let register = Int(word >> 7 & 31)
    let second = Int(word >> 2 & 31)
    let immediate = (Int32(bitPattern: word << 19) >> 31) << 5 | Int32(word >> 2 & 31)
    switch (word & 3, word >> 13) {
    case (0, 0):  // c.addi4spn
      let offset =
        Int32(word >> 11 & 3) << 4 | Int32(word >> 7 & 15) << 6 | Int32(word >> 6 & 1) << 2
        | Int32(word >> 5 & 1) << 3
      return .add(destination: Int(word >> 2 & 7) + 8, source: 2, immediate: offset)
    case (0, 6):  // c.sw
      let offset =
        Int32(word >> 10 & 7) << 3 | Int32(word >> 6 & 1) << 2 | Int32(word >> 5 & 1) << 6
      return .store(
        source: Int(word >> 2 & 7) + 8, base: Int(word >> 7 & 7) + 8, offset: offset)
    case (0, 2):  // c.lw
      return .other(destination: Int(word >> 2 & 7) + 8)
    case (1, 0):  // c.addi
      return .add(destination: register, source: register, immediate: immediate)
    case (1, 1):  // c.jal
      return .call(offset: jumpOffset(word))
    case (1, 2):  // c.li
      return .load(destination: register, value: immediate)
    case (1, 3) where register == 2:  // c.addi16sp
      let amount =
        (Int32(bitPattern: word << 19) >> 31) << 9 | Int32(word >> 6 & 1) << 4
        | Int32(word >> 5 & 1) << 6 | Int32(word >> 3 & 3) << 7 | Int32(word >> 2 & 1) << 5
      return .add(destination: 2, source: 2, immediate: amount)
    case (1, 3):  // c.lui
      return .load(destination: register, value: immediate << 12)
    case (1, 4):  // c.srli, c.and and the like
      return .other(destination: Int(word >> 7 & 7) + 8)
    case (1, 5):  // c.j
      return .jump(offset: jumpOffset(word))
    case (1, 6), (1, 7):  // c.beqz, c.bnez
      let upper = (Int32(bitPattern: word << 19) >> 31) << 8 | Int32(word >> 5 & 3) << 6
      let lower = Int32(word >> 10 & 3) << 3 | Int32(word >> 3 & 3) << 1
      return .branch(offset: upper | Int32(word >> 2 & 1) << 5 | lower)
    case (2, 4):
      return moveOrJump(word, register, second)
    case (2, 5):
      return zcmp(word)
    case (2, 6):  // c.swsp
      let offset = Int32(word >> 9 & 15) << 2 | Int32(word >> 7 & 3) << 6
      return .store(source: second, base: 2, offset: offset)
    case (2, 0), (2, 2):  // c.slli, c.lwsp
      return .other(destination: register)
    default:
      return .other(destination: nil)
    }
  }

  /// c.jr, c.mv, c.ebreak, c.jalr, c.add
  private static func moveOrJump(_ word: UInt32, _ register: Int, _ second: Int) -> Kind {
    switch (word >> 12 & 1, register, second) {
    case (0, _, 0): .jumpRegister(base: register, offset: 0)
    case (0, _, _): .add(destination: register, source: second, immediate: 0)
    case (_, 0, 0): .other(destination: nil)
    case (_, _, 0): .callRegister(base: register, offset: 0)
    default: .addRegisters(destination: register, left: register, right: second)
    }
  }

  private static func jumpOffset(_ word: UInt32) -> Int32 {
    let sign = Int32(bitPattern: word << 19) >> 31
    let middle = Int32(word >> 8 & 1) << 10 | Int32(word >> 9 & 3) << 8
    let upper = Int32(word >> 6 & 1) << 7 | Int32(word >> 7 & 1) << 6
    let lower = Int32(word >> 2 & 1) << 5 | Int32(word >> 11 & 1) << 4
    return sign << 11 | middle | upper | lower | Int32(word >> 3 & 7) << 1
  }

  /// cm.push, cm.pop, cm.popret, cm.popretz
  private static func zcmp(_ word: UInt32) -> Kind {
    let list = Int(word >> 4 & 15)
    let operation = word >> 8 & 0x1F
    guard list >= 4, [0x18, 0x1A, 0x1C, 0x1E].contains(operation) else {
      return .other(destination: nil)
    }
    let saved = [1, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27]
    let registers = Array(saved.prefix(list == 15 ? 13 : list - 3))
    let size = Int32(registers.count * 4 + 15) / 16 * 16 + Int32(word >> 2 & 3) * 16
    switch operation {
    case 0x18: return .push(registers: registers, size: size)
    case 0x1A: return .pop(size: size)
    default: return .jumpRegister(base: Number.returnAddress, offset: 0)
    }
  }
}

extension RISCVInstruction.Kind {
  /// Only calls that leave the way back in `ra` are calls; `t0` is used by helpers of prologues.
  fileprivate func linked(by register: Int) -> Self {
    register == RISCVInstruction.Number.returnAddress ? self : .other(destination: register)
  }
}
