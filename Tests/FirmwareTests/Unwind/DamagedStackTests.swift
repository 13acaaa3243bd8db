import DeviceEvents
import SimulatedPrograms
import Testing

@testable import Firmware

@Suite("Unwinding of damaged and cut stacks")
struct DamagedStackTests {
  @Test("a call through a null pointer goes on from the return address")
  func nullCall() throws {
    let scene = try CrashScene(CrashProgram.debugFrames)
    defer { scene.program.remove() }
    var core = try scene.stopped(at: "nested")
    // As if the pointer in `indirect` had been null.
    core.set(pc: 0)
    let stack = scene.unwinder.unwind(core.captured())
    #expect(stack.frames.first?.pc == 0)
    #expect(stack.frames.map(\.pc) == core.truth.map(\.pc))
    #expect(scene.functions(on: stack) == ["?", "indirect", "task"])
    #expect(stack.frames[1].origin == .registers)
    #expect(stack.frames.allSatisfy { !$0.restsOnGuess })
    #expect(stack.ending == .outermost)
  }

  @Test("a return through an overwritten stack is followed on by guesses, marked as such")
  func smashedReturn() throws {
    let scene = try CrashScene(CrashProgram.debugFrames)
    defer { scene.program.remove() }
    var core = try scene.stopped(at: "early")
    let truth = core.truth
    core.set(pc: 0x6161_6160)
    core.set(1, to: 0x6161_6161)
    let stack = scene.unwinder.unwind(core.captured())
    #expect(stack.frames.count >= 3)
    #expect(stack.frames[1].origin == .guessed)
    #expect(stack.frames.dropFirst().allSatisfy { $0.restsOnGuess })
    // `counting`, whose own return address lies deeper, is lost with `ra`; its callers are not.
    let found = Set(stack.frames.map(\.pc))
    #expect(truth.suffix(2).allSatisfy { found.contains($0.pc) })
  }

  @Test("an overwritten return address further out is stepped over by a guess")
  func smashedFrame() throws {
    let scene = try CrashScene(CrashProgram.debugFrames)
    defer { scene.program.remove() }
    var core = try scene.stopped(at: "buffered")
    let truth = core.truth
    // The word that holds the return address of the second caller.
    let sound = scene.unwinder.unwind(core.captured()).frames
    #expect(sound.filter { $0.origin != .tailCall }.map(\.pc) == truth.map(\.pc))
    let victim = truth[2]
    let captured = core.captured()
    let place = try #require(
      captured.stack.words(from: truth[1].sp, limit: 2048).first { $0.value == victim.pc })
    try core.store(0x4141_4141, at: place.address)
    let stack = scene.unwinder.unwind(core.captured())
    #expect(stack.frames[1].pc == truth[1].pc)
    #expect(!stack.frames.contains { $0.pc == 0x4141_4141 })
    #expect(stack.frames.contains { $0.origin == .guessed })
    #expect(stack.frames.last?.pc == truth.last?.pc)
  }

  @Test("where the dump ends before the next frame, the stack says so and claims nothing more")
  func shortDump() throws {
    let scene = try CrashScene(CrashProgram.debugFrames)
    defer { scene.program.remove() }
    let core = try scene.stopped(at: "leaf", visit: 3)
    let whole = scene.unwinder.unwind(core.captured())
    #expect(whole.ending == .outermost)
    for bytes in stride(from: 0, to: 4096, by: 64) {
      let stack = scene.unwinder.unwind(core.captured(stackBytes: bytes))
      #expect(Array(whole.frames.prefix(stack.frames.count)) == stack.frames)
      if stack.frames.count < whole.frames.count {
        guard case .memoryEnds(let address) = stack.ending else {
          Issue.record("\(bytes) bytes end with \(stack.ending)")
          continue
        }
        #expect(address >= core.registers[2] + UInt32(bytes))
      }
    }
  }

  @Test("with registers alone, a return address outside of the function still names the caller")
  func registersAlone() throws {
    let scene = try CrashScene(CrashProgram.debugFrames)
    defer { scene.program.remove() }
    var core = try scene.stopped(at: "buffered")
    for _ in 0..<4 { _ = try core.step() }
    let stack = scene.unwinder.unwind(core.captured(stackBytes: 0))
    #expect(scene.functions(on: stack) == ["buffered", "large"])
    // Once `buffered` has called on, `ra` holds an address of its own.
    let returned = core.truth[1].pc
    let depth = core.calls.count
    _ = try core.run { $0.calls.count > depth }
    _ = try core.run { $0.calls.count == depth }
    let later = scene.unwinder.unwind(core.captured(stackBytes: 0))
    #expect(later.frames.count == 1)
    #expect(!later.frames.contains { $0.pc == returned })
  }

  @Test("code in ROM, which no ELF describes, is stepped over to the call that led there")
  func rom() throws {
    let scene = try CrashScene(CrashProgram.debugFrames)
    defer { scene.program.remove() }
    // `leaf` plays a ROM function with a frame of its own: 48 bytes, the return address at its top.
    var core = try scene.stopped(at: "nested")
    let truth = core.truth
    let sp = core.registers[2] - 48
    try core.store(core.registers[1], at: sp + 44)
    core.set(2, to: sp)
    core.set(1, to: 0x4004_8722)
    core.set(pc: 0x4004_85E4)
    let stack = scene.unwinder.unwind(core.captured())
    #expect(stack.frames.first?.pc == 0x4004_85E4)
    #expect(stack.frames.dropFirst().map(\.pc) == truth.dropFirst().map(\.pc))
    #expect(stack.frames[1].origin == .guessed)
  }

  @Test("both cores of a panic are followed, each on its own stack")
  func bothCores() throws {
    let scene = try CrashScene(CrashProgram.debugFrames)
    defer { scene.program.remove() }
    let first = try scene.stopped(at: "buffered")
    let second = try scene.stopped(at: "quiet_leaf")
    for core in [first, second, first] {
      let stack = scene.unwinder.unwind(core.captured())
      #expect(stack.frames.filter { $0.origin != .tailCall }.map(\.pc) == core.truth.map(\.pc))
      #expect(stack.ending == .outermost)
    }
  }

  @Test("a backtrace that a RISC-V chip printed itself is taken over")
  func printed() throws {
    let scene = try CrashScene(CrashProgram.debugFrames)
    defer { scene.program.remove() }
    let core = try scene.stopped(at: "large")
    let entries = core.truth.map { Backtrace.Frame(pc: $0.pc, sp: $0.sp) }
    let end = Backtrace.Frame(pc: 0xFFFF_FFFE, sp: 0x3FC9_F000)
    let stack = scene.unwinder.unwind(
      CapturedCore(
        registers: [], backtrace: Backtrace(frames: entries + [end], ending: .plain)))
    #expect(stack.frames.map(\.pc) == core.truth.map(\.pc))
    #expect(stack.frames.allSatisfy { $0.origin == .printed })
    #expect(stack.frames.map(\.isReturnAddress) == [false] + entries.dropFirst().map { _ in true })
  }

  @Test("without a program counter there are no frames")
  func nothing() throws {
    let scene = try CrashScene(CrashProgram.bare)
    defer { scene.program.remove() }
    let stack = scene.unwinder.unwind(CapturedCore(registers: []))
    #expect(stack == UnwoundStack(frames: [], ending: .noRegisters))
  }
}
