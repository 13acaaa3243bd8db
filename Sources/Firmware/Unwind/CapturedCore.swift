import DeviceEvents

/// What a panic or a core dump tells of one core, or of one task: the start of unwinding.
public struct CapturedCore: Hashable, Sendable {
  /// The registers, named as panics print them: `MEPC` `RA` `SP` `S0/FP` … or `PC` `A0` `A1` ….
  public var registers: [Register]
  /// The stack, as far as it was printed or dumped.
  public var stack: StackMemory
  /// The backtrace that the chip printed, innermost first.
  public var backtrace: Backtrace?

  /// Puts the state of a core together.
  public init(
    registers: [Register], stack: StackMemory = StackMemory(), backtrace: Backtrace? = nil
  ) {
    self.registers = registers
    self.stack = stack
    self.backtrace = backtrace
  }

  /// The value of the first register that bears one of `names`.
  func register(_ names: String...) -> UInt32? {
    for name in names {
      if let register = registers.first(where: { $0.name == name }) { return register.value }
    }
    return nil
  }
}
