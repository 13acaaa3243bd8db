import DeviceEvents

/// What an address is to an ELF.
public enum CodePlace: Hashable, Sendable {
  /// Code of this ELF, in the section; nil where the file has lost its sections.
  case code(section: ELFFile.Section?)
  /// Data of this ELF.
  case data(section: ELFFile.Section?)
  /// Code or data in the mask ROM of the chip.
  case rom
  /// None of these: heap, stack, peripherals, or nothing at all.
  case outside
}

/// What the number of an instruction means, which decides where to look it up.
public enum AddressMeaning: Hashable, Sendable {
  /// The address of the instruction itself: MEPC, the PC of a register dump, and every entry of an
  /// Xtensa `Backtrace:`, which the chip has adjusted before it printed.
  case instruction
  /// Where a call returns to: RA, A0, words of a stack, entries of a RISC-V `Backtrace:` after
  /// the first.
  case returnAddress
}

extension ELFFile {
  /// What lies at an address.
  public func place(of address: UInt32) -> CodePlace {
    if memory.isCode(address) { return .code(section: section(at: address)) }
    if memory.isLoaded(address) { return .data(section: section(at: address)) }
    return chips.contains { AddressMap.classify(address, chip: $0) == .rom } ? .rom : .outside
  }

  /// Whether the address is code of this ELF.
  public func isCode(_ address: UInt32) -> Bool { memory.isCode(address) }

  /// The address to look up.
  ///
  /// A return address lies behind its call, which may be the next line or even the next function.
  /// Xtensa keeps the size of the register window in its two upper bits, and a call has three
  /// bytes; on RISC-V it has two or four, and any byte of it will do.
  public func lookupAddress(of address: UInt32, as meaning: AddressMeaning) -> UInt32 {
    switch (meaning, instructionSet) {
    case (.instruction, _): address
    case (.returnAddress, .riscv): address &- 1
    case (.returnAddress, .xtensa): (address & 0x3FFF_FFFF | 0x4000_0000) &- 3
    }
  }

  /// The calls at an address that is not the instruction's own.
  public func frames(at address: UInt32, as meaning: AddressMeaning) -> [SourceFrame] {
    frames(at: lookupAddress(of: address, as: meaning))
  }
}
