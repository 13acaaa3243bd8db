import DeviceEvents
import SimulatedPrograms
import Testing

@testable import Firmware

@Suite("Unwinding of hostile input")
struct HostileStackTests {
  @Test(
    "any registers and any stack end in some stack, within the depth limit",
    arguments: InstructionSet.allForTests)
  func anything(instructionSet: InstructionSet) throws {
    let seed = UInt64.random(in: 1...UInt64.max)
    var random = SeededNumbers(seed: seed)
    let scene = try CrashScene(CrashProgram.debugFrames)
    defer { scene.program.remove() }
    let text = try #require(scene.elf.section(named: ".text"))
    let unwinder = StackUnwinder(
      program: scene.code, chip: .esp32c3, instructionSet: instructionSet)
    let symbols = StackUnwinder(
      program: Reduced(of: scene.code, without: [.rules]), chip: nil,
      instructionSet: instructionSet)
    for _ in 0..<150 {
      let captured = core(&random, text: text)
      for stack in [unwinder.unwind(captured), symbols.unwind(captured)] {
        #expect(stack.frames.count <= deepestStack + 3, "seed \(seed)")
      }
    }
  }

  @Test(
    "call-frame information with wrong bytes ends in some stack",
    arguments: [CrashProgram.debugFrames, CrashProgram.exceptionFrames])
  func wrongRules(build: CrashProgram.Build) throws {
    let seed = UInt64.random(in: 1...UInt64.max)
    var random = SeededNumbers(seed: seed)
    let scene = try CrashScene(build)
    defer { scene.program.remove() }
    let section = try #require(
      scene.elf.section(named: ".debug_frame") ?? scene.elf.section(named: ".eh_frame"))
    let sound = Array(scene.elf.file.bytes)
    let captured = try scene.stopped(at: "buffered").captured()
    var changed = 0
    let expected = scene.unwinder.unwind(captured)
    for _ in 0..<Self.mutations {
      var bytes = sound
      for _ in 0...random.next() % 4 {
        let place = Int(section.fileOffset) + Int(random.next() % UInt64(section.size))
        bytes[place] = random.pick([
          0, 1, 0x7F, 0x80, 0xFF, UInt8(truncatingIfNeeded: random.next()),
        ])
      }
      let elf = try ELFFile(bytes: bytes, path: "mutated.elf")
      let unwinder = StackUnwinder(
        program: ELFCode(elf), chip: .esp32c3, instructionSet: .riscv)
      let stack = unwinder.unwind(captured)
      #expect(stack.frames.count <= deepestStack + 3, "seed \(seed)")
      if stack != expected { changed += 1 }
    }
    #expect(changed > 0, "seed \(seed)")
  }

  private static let mutations = 120

  @Test("a stack that leads in a circle ends")
  func circle() throws {
    let scene = try CrashScene(CrashProgram.framePointers)
    defer { scene.program.remove() }
    let core = try scene.stopped(at: "buffered")
    var captured = core.captured()
    // All words alike: the frame pointer leads back to itself.
    let place = core.registers[2] + 64
    captured.stack = StackMemory()
    let words = (0..<512).map { $0 % 2 == 0 ? place : core.truth[1].pc }
    captured.stack.add(words: words, at: core.registers[2])
    captured.registers = captured.registers.map {
      $0.name == "S0/FP" ? Register(name: $0.name, value: place) : $0
    }
    for code in [Set<Reduced.Part>(), [.rules], [.rules, .symbols]] {
      let unwinder = StackUnwinder(
        program: Reduced(of: scene.code, without: code), chip: .esp32c3, instructionSet: .riscv)
      let stack = unwinder.unwind(captured)
      #expect(stack.frames.count <= deepestStack + 3)
    }
  }

  /// A core whose values are partly noise, partly what leads unwinding astray: addresses of code,
  /// of the stack itself, and the limits of the address space.
  private func core(_ random: inout SeededNumbers, text: ELFFile.Section) -> CapturedCore {
    let base: UInt32 = random.pick([0x3FC9_0000, 0, 0xFFFF_FF00, 0x3FC9_0002, 0x4200_0000])
    func value(_ random: inout SeededNumbers) -> UInt32 {
      switch random.next() % 5 {
      case 0: UInt32(truncatingIfNeeded: random.next())
      case 1: text.address &+ UInt32(random.next() % UInt64(text.size))
      case 2: base &+ UInt32(random.next() % 2048)
      case 3: random.pick([0, 1, 4, 0xFFFF_FFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0])
      default: 0x8000_0000 | UInt32(random.next() % UInt64(text.size)) | 0x0200_0000
      }
    }
    let names = [
      "MEPC", "PC", "RA", "SP", "S0/FP", "S1", "S2", "A0", "A1", "A5", "T0", "GP", "S11",
    ]
    var registers = names.map { Register(name: $0, value: value(&random)) }
    registers.append(Register(name: "SP", value: base))
    registers.shuffle(using: &random)
    var memory = StackMemory()
    for _ in 0..<random.next() % 40 {
      memory.add(
        words: (0..<8).map { _ in value(&random) }, at: base &+ UInt32(random.next() % 64) * 32)
    }
    let frames = (0..<random.next() % 4).map { _ in
      Backtrace.Frame(pc: value(&random), sp: value(&random))
    }
    let ending = random.pick([Backtrace.Ending.plain, .corrupted, .continues])
    return CapturedCore(
      registers: registers, stack: memory,
      backtrace: frames.isEmpty ? nil : Backtrace(frames: frames, ending: ending))
  }
}

extension InstructionSet {
  static let allForTests: [InstructionSet] = [.riscv, .xtensa]
}

/// Numbers that a seed repeats.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int(next() % UInt64(values.count))]
  }
}
