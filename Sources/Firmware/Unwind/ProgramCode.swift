/// What following a stack asks of a program: its machine code and its call-frame information.
public protocol ProgramCode {
  /// The machine code at `address`, at most `count` bytes; fewer where the segment ends, none
  /// outside the program's executable segments.
  func code(at address: UInt32, count: Int) -> [UInt8]
  /// The addresses of the function that holds `address`, by the symbol table; nil where no symbol
  /// covers it.
  func function(containing address: UInt32) -> Range<UInt32>?
  /// How the caller's registers are found while the code at `address` runs; nil where the program
  /// says nothing about it.
  func frameRules(at address: UInt32) -> FrameRules?
}

/// How a caller's registers are found from its callee's (DWARF 5, section 6.4).
public struct FrameRules: Hashable, Sendable {
  /// Where a caller's register is.
  public enum Rule: Hashable, Sendable {
    /// The callee did not touch it.
    case same
    /// It is gone. Of the return address: there is no caller.
    case undefined
    /// The expression gives its place in memory, a register, or its value.
    case expression([FrameOperation])
  }

  /// The expression of the canonical frame address: the caller's stack pointer.
  public var frameAddress: [FrameOperation]
  /// The rules of the registers by DWARF number; registers without a rule are the same.
  public var registers: [Int: Rule]
  /// The number of the register that holds the return address.
  public var returnAddressRegister: Int
  /// Whether the "caller" was interrupted here, so that its PC is exact and no return address.
  public var isSignalFrame: Bool

  /// Puts rules together.
  public init(
    frameAddress: [FrameOperation], registers: [Int: Rule], returnAddressRegister: Int,
    isSignalFrame: Bool = false
  ) {
    self.frameAddress = frameAddress
    self.registers = registers
    self.returnAddressRegister = returnAddressRegister
    self.isSignalFrame = isSignalFrame
  }
}

/// One operation of a DWARF expression.
public struct FrameOperation: Hashable, Sendable {
  /// The operation's code, `DW_OP_…`.
  public var code: UInt8
  /// Its first operand, sign-extended where it is signed.
  public var first: UInt64
  /// Its second operand.
  public var second: UInt64
  /// Where it stands in its expression, in bytes: what branches count in.
  public var offset: UInt64

  /// Puts an operation together.
  public init(code: UInt8, first: UInt64 = 0, second: UInt64 = 0, offset: UInt64 = 0) {
    self.code = code
    self.first = first
    self.second = second
    self.offset = offset
  }
}
