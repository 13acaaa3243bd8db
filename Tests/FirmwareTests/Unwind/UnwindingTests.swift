import DeviceEvents
import SimulatedPrograms
import Testing

@testable import Firmware

@Suite("Unwinding of RISC-V stacks")
struct UnwindingTests {
  static let described = [
    CrashProgram.debugFrames, CrashProgram.exceptionFrames, CrashProgram.unoptimised,
    CrashProgram.wideInstructions,
  ]

  @Test(
    "wherever a program stops, its call-frame information leads to every caller",
    arguments: described)
  func callFrameInformation(build: CrashProgram.Build) throws {
    let tally = try Tally(of: build) { ELFCode($0) }
    #expect(tally.isWhole)
    #expect(tally.origins == [.registers, .cfi])
  }

  @Test(
    "without call-frame information the functions' own instructions lead to every caller",
    arguments: [CrashProgram.framePointers, CrashProgram.bare])
  func prologues(build: CrashProgram.Build) throws {
    let tally = try Tally(of: build) { ELFCode($0) }
    #expect(tally.isWhole)
    #expect(tally.origins.isSubset(of: [.registers, .prologue, .framePointer]))
    #expect(tally.origins.contains(.prologue))
  }

  @Test("prologues are understood as well as call-frame information", arguments: described)
  func prologuesInsteadOfRules(build: CrashProgram.Build) throws {
    let tally = try Tally(of: build) { Reduced(of: ELFCode($0), without: [.rules]) }
    #expect(tally.isWhole)
  }

  @Test("where nothing describes the frames, most callers are still found, as guesses")
  func guesses() throws {
    let tally = try Tally(of: CrashProgram.debugFrames) {
      Reduced(of: ELFCode($0), without: [.rules, .symbols])
    }
    #expect(tally.origins.contains(.guessed))
    #expect(tally.unmarked == 0)
    #expect(tally.callersFound * 10 >= tally.callers * 9, "\(tally)")
  }

  @Test("frame pointers alone lead to the callers of functions that no symbol names")
  func framePointers() throws {
    let tally = try Tally(of: CrashProgram.framePointers) {
      Reduced(of: ELFCode($0), without: [.rules, .symbols])
    }
    #expect(tally.origins.contains(.framePointer))
    #expect(tally.unmarked * 20 <= tally.callers, "\(tally)")
    #expect(tally.callersFound * 10 >= tally.callers * 8, "\(tally)")
  }

  @Test("a function that jumps on stands between its caller and its successor")
  func tailCall() throws {
    let scene = try CrashScene(CrashProgram.debugFrames)
    defer { scene.program.remove() }
    var core = scene.core
    // `jumping` ends in `varying`, and is left no frame.
    let varying = try #require(scene.elf.symbols.symbol(named: "varying")?.address)
    let jumping = try #require(scene.elf.symbols.symbol(named: "jumping")?.address)
    let isReached = try core.run { $0.pc == varying }
    #expect(isReached)
    let stack = scene.unwinder.unwind(core.captured())
    let between = try #require(stack.frames.first { $0.origin == .tailCall })
    let function = scene.code.function(containing: between.lookupAddress)
    #expect(function?.lowerBound == jumping)
    #expect(stack.frames[1] == between)
    #expect(stack.ending == .outermost)
  }
}

/// How well the frames that unwinding finds agree with the true ones, over the run of a program.
struct Tally {
  var stops = 0
  /// Stops at which every frame was right.
  var right = 0
  var callers = 0
  var callersFound = 0
  /// Frames that are wrong and not marked as resting on a guess.
  var unmarked = 0
  var origins: Set<UnwoundFrame.Origin> = []

  var isWhole: Bool { stops > 80 && right == stops }

  /// Stops a program at every 17th instruction, which lies differently in a loop each time.
  init<Code: ProgramCode>(of build: CrashProgram.Build, code: (ELFFile) -> Code) throws {
    let scene = try CrashScene(build)
    defer { scene.program.remove() }
    let unwinder = StackUnwinder(
      program: code(scene.elf), chip: .esp32c3, instructionSet: .riscv)
    var core = scene.core
    var steps = 0
    while try core.step() {
      steps += 1
      guard steps % 17 == 0 else { continue }
      let stack = unwinder.unwind(core.captured())
      add(stack.frames.filter { $0.origin != .tailCall }, core.truth)
    }
  }

  private mutating func add(_ frames: [UnwoundFrame], _ truth: [(pc: UInt32, sp: UInt32)]) {
    stops += 1
    if frames.map(\.pc) == truth.map(\.pc), frames.map(\.sp) == truth.map(\.sp) { right += 1 }
    let trueCallers = truth.dropFirst().map(\.pc)
    callers += trueCallers.count
    callersFound += trueCallers.count { pc in frames.contains { $0.pc == pc } }
    unmarked += frames.dropFirst().count { frame in
      !frame.restsOnGuess && !trueCallers.contains(frame.pc)
    }
    origins.formUnion(frames.map(\.origin))
  }
}
