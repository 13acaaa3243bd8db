extension InstructionSet {
  /// The instruction set whose registers these are; nil where the names (`A0`, `PC`) tell nothing.
  public init?(registers: [Register]) {
    for register in registers {
      switch register.name {
      case "MEPC", "RA", "SP", "GP", "TP", "S0/FP", "MSTATUS", "MTVEC", "MCAUSE", "MTVAL",
        "MHARTID", "T0", "T1", "T2", "T3", "T4", "T5", "T6":
        self = .riscv
        return
      case "PC", "PS", "SAR", "EXCCAUSE", "EXCVADDR", "LBEG", "LEND", "LCOUNT", "EPC1", "A8", "A9",
        "A10", "A11", "A12", "A13", "A14", "A15":
        self = .xtensa
        return
      default:
        continue
      }
    }
    return nil
  }
}
