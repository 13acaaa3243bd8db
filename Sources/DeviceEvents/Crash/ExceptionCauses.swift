/// A cause of an exception, as the processor numbers it and ESP-IDF names it.
public struct ExceptionCause: Hashable, Sendable {
  /// What the register for the fault's address (`EXCVADDR`, `MTVAL`) holds.
  public enum FaultAddress: String, Hashable, Sendable {
    /// Nothing: an old value.
    case meaningless
    /// The address of the data.
    case data
    /// The address of the instruction that could not be fetched.
    case instruction
    /// The instruction itself.
    case opcode
  }

  /// The number in `EXCCAUSE` or `MCAUSE`.
  public let number: Int
  /// The name in the panic's header.
  public let name: String
  /// What the fault address is.
  public let faultAddress: FaultAddress
  /// What happened, in words: the continuation of "the processor stopped because of …".
  public let meaning: String

  init(_ number: Int, _ name: String, _ faultAddress: FaultAddress, _ meaning: String) {
    self.number = number
    self.name = name
    self.faultAddress = faultAddress
    self.meaning = meaning
  }
}

/// The tables of the processors' exceptions.
///
/// ESP-IDF `panic_arch.c`: Xtensa the same since v3.0, RISC-V since v4.3. Panics of ESP-IDF's own
/// (watchdogs, cache) overwrite the number with one of their own that collides with these, so the
/// header's text decides; see `PanicReason`.
public enum ExceptionCauses {
  /// The cause with that name in a header, of either instruction set.
  public static func cause(named name: String) -> ExceptionCause? {
    causesByName[name]
  }

  /// Each panic asks for its cause, and rules ask again.
  private static let causesByName = Dictionary(
    (xtensa + riscv).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The cause with that number.
  public static func cause(number: Int, of instructionSet: InstructionSet) -> ExceptionCause? {
    switch instructionSet {
    case .xtensa: xtensa.first { $0.number == number }
    case .riscv: riscv.first { $0.number == number }
    }
  }

  /// The causes of Xtensa, `EXCCAUSE`.
  public static let xtensa: [ExceptionCause] = [
    ExceptionCause(0, "IllegalInstruction", .meaningless, "an instruction that does not exist"),
    ExceptionCause(1, "Syscall", .meaningless, "a system call, which nothing serves"),
    ExceptionCause(
      2, "InstructionFetchError", .instruction, "an error on the bus while fetching code"),
    ExceptionCause(
      3, "LoadStoreError", .data,
      "an access that the memory there does not allow, such as single bytes of instruction memory"),
    ExceptionCause(4, "Level1Interrupt", .meaningless, "an interrupt without a handler"),
    ExceptionCause(5, "Alloca", .meaningless, "a register window that could not be moved"),
    ExceptionCause(6, "IntegerDivideByZero", .meaningless, "a division of an integer by zero"),
    ExceptionCause(7, "PCValue", .meaningless, "an invalid program counter"),
    ExceptionCause(8, "Privileged", .meaningless, "a privileged instruction in user mode"),
    ExceptionCause(
      9, "LoadStoreAlignment", .data, "an access to an address that is not aligned to its size"),
    ExceptionCause(
      12, "InstrPDAddrError", .instruction, "an error of the data while fetching code"),
    ExceptionCause(13, "LoadStorePIFDataError", .data, "an error of the data on the bus"),
    ExceptionCause(
      14, "InstrPIFAddrError", .instruction, "an error of the address while fetching code"),
    ExceptionCause(15, "LoadStorePIFAddrError", .data, "an error of the address on the bus"),
    ExceptionCause(16, "InstTLBMiss", .instruction, "code at an address that nothing maps"),
    ExceptionCause(17, "InstTLBMultiHit", .instruction, "code at an address mapped twice"),
    ExceptionCause(18, "InstFetchPrivilege", .instruction, "code that needs more privilege"),
    ExceptionCause(
      20, "InstrFetchProhibited", .instruction, "a jump to an address that holds no code"),
    ExceptionCause(24, "LoadStoreTLBMiss", .data, "an access to an address that nothing maps"),
    ExceptionCause(25, "LoadStoreTLBMultihit", .data, "an access to an address mapped twice"),
    ExceptionCause(26, "LoadStorePrivilege", .data, "an access that needs more privilege"),
    ExceptionCause(28, "LoadProhibited", .data, "a read from an address that cannot be read"),
    ExceptionCause(29, "StoreProhibited", .data, "a write to an address that cannot be written"),
    ExceptionCause(
      32, "Cp0Dis", .meaningless, "the floating-point unit used where it is off, as in an interrupt"
    ),
    ExceptionCause(33, "Cp1Dis", .meaningless, "coprocessor 1 used where it is off"),
    ExceptionCause(34, "Cp2Dis", .meaningless, "coprocessor 2 used where it is off"),
    ExceptionCause(35, "Cp3Dis", .meaningless, "coprocessor 3 used where it is off"),
    ExceptionCause(36, "Cp4Dis", .meaningless, "coprocessor 4 used where it is off"),
    ExceptionCause(37, "Cp5Dis", .meaningless, "coprocessor 5 used where it is off"),
    ExceptionCause(38, "Cp6Dis", .meaningless, "coprocessor 6 used where it is off"),
    ExceptionCause(39, "Cp7Dis", .meaningless, "coprocessor 7 used where it is off"),
  ]

  /// The causes of RISC-V, `MCAUSE`.
  public static let riscv: [ExceptionCause] = [
    ExceptionCause(
      0, "Instruction address misaligned", .instruction, "a jump to an odd address"),
    ExceptionCause(
      1, "Instruction access fault", .instruction, "a jump to an address that holds no code"),
    ExceptionCause(2, "Illegal instruction", .opcode, "an instruction that does not exist"),
    ExceptionCause(
      3, "Breakpoint", .meaningless,
      "a breakpoint instruction, or the guard at the end of a task's stack"),
    ExceptionCause(
      4, "Load address misaligned", .data, "a read from an address that is not aligned to its size"
    ),
    ExceptionCause(5, "Load access fault", .data, "a read from an address that cannot be read"),
    ExceptionCause(
      6, "Store address misaligned", .data, "a write to an address that is not aligned to its size"
    ),
    ExceptionCause(
      7, "Store access fault", .data, "a write to an address that cannot be written"),
    ExceptionCause(
      8, "Environment call from U-mode", .meaningless, "a system call from user mode"),
    ExceptionCause(
      9, "Environment call from S-mode", .meaningless, "a system call from supervisor mode"),
    ExceptionCause(
      11, "Environment call from M-mode", .meaningless, "a system call, which nothing serves"),
    ExceptionCause(12, "Instruction page fault", .instruction, "code on a page that is not there"),
    ExceptionCause(13, "Load page fault", .data, "a read from a page that is not there"),
    ExceptionCause(15, "Store page fault", .data, "a write to a page that is not there"),
  ]
}
