import DeviceEvents
import Testing

@testable import Firmware

@Suite("Completing Xtensa backtraces")
struct XtensaUnwindingTests {
  /// A stack of the windowed ABI: calls at `0x400d1000`, `0x400d1020`, … and their frames, the
  /// innermost first.
  private struct Scene: ProgramCode {
    static let depth = 6
    var stack = StackMemory()

    static func sp(_ index: Int) -> UInt32 { 0x3FFB_1000 + UInt32(index) * 0x40 }
    /// The return address into frame `index`, without window bits.
    static func pc(_ index: Int) -> UInt32 { 0x400D_1000 + UInt32(index) * 0x20 }
    static func returnAddress(into index: Int) -> UInt32 {
      index < depth ? pc(index) & 0x3FFF_FFFF | 0x8000_0000 : 0
    }

    init() {
      var words = [UInt32](repeating: 0xA5A5_A5A5, count: 0x80)
      for index in 0..<Self.depth {
        // Below frame `index` lie the registers of its caller.
        let place = Int(Self.sp(index) - 16 - 0x3FFB_0FF0) / 4
        words[place] = Self.returnAddress(into: index + 2)
        words[place + 1] = Self.sp(index + 1)
      }
      stack.add(words: words, at: 0x3FFB_0FF0)
    }

    func code(at address: UInt32, count: Int) -> [UInt8] {
      guard (0x400D_0000..<0x400E_0000).contains(address) else { return [] }
      return (0..<UInt32(count)).map { byte(at: address + $0) }
    }

    /// A `callx8 a5` ends right before each return address; the rest is `nop.n`.
    private func byte(at address: UInt32) -> UInt8 {
      switch address & 0x1F {
      case 0x1D: 0xE0
      case 0x1E: 0x05
      case 0x1F: 0x00
      case let low: low % 2 == 0 ? 0x3D : 0xF0
      }
    }

    func function(containing address: UInt32) -> Range<UInt32>? { nil }
    func frameRules(at address: UInt32) -> FrameRules? { nil }

    var registers: [Register] {
      [
        Register(name: "PC", value: 0x400D_0808),
        Register(name: "A0", value: Self.returnAddress(into: 1)),
        Register(name: "A1", value: Self.sp(0)),
      ]
    }

    /// The backtrace as the chip prints it, up to frame `last`.
    func printed(upTo last: Int) -> [Backtrace.Frame] {
      [Backtrace.Frame(pc: 0x400D_0805, sp: Self.sp(0))]
        + (1..<max(1, last + 1)).map { Backtrace.Frame(pc: Self.pc($0) - 3, sp: Self.sp($0)) }
    }

    func unwind(_ core: CapturedCore) -> UnwoundStack {
      StackUnwinder(program: self, chip: .esp32, instructionSet: .xtensa).unwind(core)
    }

    /// The addresses to look up, of all frames.
    static let truth = [0x400D_0808] + (1..<depth).map { pc($0) - 1 }
  }

  /// Where each frame's call lies: printed addresses point to its start, return addresses behind it.
  private func calls(_ stack: UnwoundStack) -> [UInt32] {
    stack.frames.dropFirst().map { ($0.lookupAddress + 3) & ~0x1F }
  }

  @Test("registers and stack lead to every caller")
  func registers() {
    let scene = Scene()
    let stack = scene.unwind(CapturedCore(registers: scene.registers, stack: scene.stack))
    #expect(stack.frames.map(\.lookupAddress) == Scene.truth)
    #expect(stack.frames.map(\.sp) == (0..<Scene.depth).map { Scene.sp($0) })
    #expect(stack.ending == .outermost)
  }

  @Test("a backtrace cut anywhere is completed from the stack", arguments: 0..<5)
  func completed(upTo last: Int) {
    let scene = Scene()
    let garbage = Backtrace.Frame(pc: 0x0000_0003, sp: 0x1234_5671)
    for frames in [scene.printed(upTo: last), scene.printed(upTo: last) + [garbage]] {
      let backtrace = Backtrace(frames: frames, ending: .corrupted)
      let stack = scene.unwind(
        CapturedCore(registers: scene.registers, stack: scene.stack, backtrace: backtrace))
      #expect(stack.frames.count == Scene.depth)
      #expect(calls(stack) == (1..<Scene.depth).map { Scene.pc($0) & ~0x1F })
      #expect(stack.frames.map(\.sp) == (0..<Scene.depth).map { Scene.sp($0) })
      #expect(stack.ending == .outermost)
      #expect(
        stack.frames.prefix(last + 1).allSatisfy {
          $0.origin == .registers || $0.origin == .printed
        })
    }
  }

  @Test("a backtrace that is whole is taken as printed, frame 0 with its exact PC")
  func whole() {
    let scene = Scene()
    let backtrace = Backtrace(frames: scene.printed(upTo: 3), ending: .plain)
    let stack = scene.unwind(CapturedCore(registers: scene.registers, backtrace: backtrace))
    #expect(stack.frames.map(\.pc) == [0x400D_0808] + (1...3).map { Scene.pc($0) - 3 })
    #expect(stack.frames.map(\.origin) == [.registers, .printed, .printed, .printed])
    #expect(stack.ending == .outermost)
  }

  @Test("a cut backtrace without a stack is not made up, and the ending says why")
  func noStack() {
    let scene = Scene()
    let backtrace = Backtrace(frames: scene.printed(upTo: 2), ending: .corrupted)
    let stack = scene.unwind(CapturedCore(registers: scene.registers, backtrace: backtrace))
    #expect(stack.frames.count == 3)
    #expect(stack.ending == .printedCut)
  }

  @Test("a ruined save area is stepped over, and what follows is marked as a guess")
  func ruined() {
    let scene = Scene()
    var stack = StackMemory()
    // Frame 2's save area is overwritten with text.
    stack.add(words: [0x6F6C_6C65, 0x6F77_206F, 0x646C_7272, 0x6F6C_6C65], at: Scene.sp(2) - 16)
    stack.add(
      words: scene.stack.words(from: 0x3FFB_0FF0, limit: 0x80).map(\.value), at: 0x3FFB_0FF0)
    let found = scene.unwind(CapturedCore(registers: scene.registers, stack: stack))
    // Where frame 4 was called from stood in the words that are gone.
    #expect(found.frames.map(\.lookupAddress) == [0, 1, 2, 3, 5].map { Scene.truth[$0] })
    #expect(found.frames.map(\.restsOnGuess) == [false, false, false, true, true])
    #expect(found.ending == .outermost)
  }

  @Test("only calls of the windowed ABI stand before its return addresses")
  func calls() {
    let scene = Scene()
    #expect(XtensaCall(returningTo: 0x400D_1000, in: scene)?.window == 2)
    #expect(XtensaCall(returningTo: 0x400D_1002, in: scene) == nil)
    #expect(XtensaCall(returningTo: 1, in: scene) == nil)
  }
}
