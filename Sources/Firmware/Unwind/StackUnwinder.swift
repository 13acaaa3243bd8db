import DeviceEvents

/// Follows the stack of a crash outwards, from the registers and the stack that a panic printed, or
/// that a core dump holds.
///
/// One unwinder serves all cores and tasks of one program: call ``unwind(_:)`` for each. RISC-V
/// stacks are followed with the ELF's call-frame information, with what the functions' first
/// instructions say where that is missing, with frame pointers, and at last by guessing. Xtensa
/// prints its backtrace itself; what is missing of it comes from the stack by the windowed ABI.
///
/// Registers and stacks are taken as hostile: any values end in some stack, within a bounded number
/// of steps.
public struct StackUnwinder<Program: ProgramCode> {
  let program: Program
  let chip: Chip?
  let instructionSet: InstructionSet

  /// An unwinder for `program`. The chip, where known, tells the ROM from wild addresses.
  public init(program: Program, chip: Chip?, instructionSet: InstructionSet) {
    self.program = program
    self.chip = chip
    self.instructionSet = instructionSet
  }

  /// The calls on the stack of a core or a task.
  public func unwind(_ core: CapturedCore) -> UnwoundStack {
    switch instructionSet {
    case .riscv: RISCVUnwinding(program: program, chip: chip, core: core).run()
    case .xtensa: XtensaUnwinding(program: program, chip: chip, core: core).run()
    }
  }
}

/// Frames are followed no deeper than this: more than tasks of a chip can hold, and enough to show
/// an endless recursion.
let deepestStack = 128
