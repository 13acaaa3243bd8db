import DeviceEvents
import SimulatedPrograms

@testable import Firmware

/// A built program, opened and about to start.
struct CrashScene {
  let program: CrashProgram
  let elf: ELFFile
  let code: ELFCode
  let core: SimulatedCore
  let unwinder: StackUnwinder<ELFCode>

  init(_ build: CrashProgram.Build) throws {
    program = try CrashProgram(build)
    elf = try ELFFile(path: program.path)
    code = ELFCode(elf)
    core = SimulatedCore(elf)
    unwinder = StackUnwinder(program: code, chip: .esp32c3, instructionSet: .riscv)
  }

  /// The address of a function.
  func address(of function: String) -> UInt32? { elf.symbols.symbol(named: function)?.address }

  /// The names of the functions on a stack, innermost first.
  func functions(on stack: UnwoundStack) -> [String] {
    stack.frames.map { elf.symbols.symbol(containing: $0.lookupAddress)?.name ?? "?" }
  }

  /// The core at the first instruction of `function`, when it comes there for the nth time.
  func stopped(at function: String, visit: Int = 1) throws -> SimulatedCore {
    var core = core
    let start = address(of: function)
    for number in 1...visit {
      _ = try core.run { $0.pc == start }
      if number < visit { _ = try core.step() }
    }
    return core
  }
}

/// The code of a program of which less is known.
struct Reduced: ProgramCode {
  enum Part { case rules, symbols }

  private let whole: ELFCode
  private let missing: Set<Part>

  init(of whole: ELFCode, without missing: Set<Part>) {
    self.whole = whole
    self.missing = missing
  }

  func code(at address: UInt32, count: Int) -> [UInt8] { whole.code(at: address, count: count) }

  func function(containing address: UInt32) -> Range<UInt32>? {
    missing.contains(.symbols) ? nil : whole.function(containing: address)
  }

  func frameRules(at address: UInt32) -> FrameRules? {
    missing.contains(.rules) ? nil : whole.frameRules(at: address)
  }
}
