import DeviceEvents

/// One walk along the stack of a RISC-V core.
struct RISCVUnwinding<Program: ProgramCode> {
  private let core: CapturedCore
  private let step: RISCVFrameStep<Program>

  init(program: Program, chip: Chip?, core: CapturedCore) {
    self.core = core
    step = RISCVFrameStep(program: program, chip: chip, memory: core.stack)
  }

  func run() -> UnwoundStack {
    if let printed = core.backtrace, core.stack.pieces.isEmpty { return self.printed(printed) }
    guard var state = RISCVState(core) else {
      return UnwoundStack(frames: [], ending: .noRegisters)
    }
    var frames = [state.frame]
    var seen: Set<[UInt32]> = []
    while frames.count < deepestStack {
      guard seen.insert([state.pc, state.sp ?? 0]).inserted else {
        return UnwoundStack(frames: frames, ending: .noProgress)
      }
      switch next(state) {
      case .caller(let caller):
        frames += jumps(from: caller, into: state)
        state = caller
        frames.append(state.frame)
      case .ended(let ending):
        return UnwoundStack(frames: frames, ending: ending)
      }
    }
    return UnwoundStack(frames: frames, ending: .depthLimit)
  }

  private enum Next {
    case caller(RISCVState)
    case ended(UnwoundStack.Ending)
  }

  private func next(_ state: RISCVState) -> Next {
    switch step.byProgram(state) {
    case .caller(let caller): return .caller(caller)
    case .outermost, .null: return .ended(.outermost)
    case .unknown(let address):
      if let caller = byReturnRegister(state) { return .caller(caller) }
      return guess(state, orElse: .memoryEnds(at: address))
    case .implausible, .silent:
      if let caller = byReturnRegister(state) { return .caller(caller) }
      return guess(state, orElse: endOfKnowledge(state))
    }
  }

  private func guess(_ state: RISCVState, orElse ending: UnwoundStack.Ending) -> Next {
    guard let caller = ReturnAddressSearch(step: step).caller(of: state) else {
      return .ended(ending)
    }
    return .caller(caller)
  }

  /// The functions between a call and the one that runs: those that jumped on.
  private func jumps(from caller: RISCVState, into callee: RISCVState) -> [UnwoundFrame] {
    guard caller.isReturnAddress, let target = step.calls.call(returningTo: caller.pc)?.target,
      let function = step.program.function(containing: callee.lookupAddress)
    else { return [] }
    return step.tailCalls.path(from: target, to: function.lowerBound).reversed().map { jump in
      UnwoundFrame(
        pc: jump, sp: callee.sp, origin: .tailCall, restsOnGuess: caller.restsOnGuess)
    }
  }

  /// Without a word of the stack from here on, its end is why.
  private func endOfKnowledge(_ state: RISCVState) -> UnwoundStack.Ending {
    guard let sp = state.sp, core.stack.words(from: sp, limit: 1).isEmpty else { return .lost }
    return .memoryEnds(at: sp)
  }

  /// The caller in `ra`, while that still is the innermost call's.
  ///
  /// A call of the function's own leaves an address within the function in `ra`. One outside of it
  /// therefore is the caller's, whatever the stack says; the PC may even be wild, after a call
  /// through a bad pointer.
  private func byReturnRegister(_ state: RISCVState) -> RISCVState? {
    guard !state.isReturnAddress, let ra = state.ra, step.calls.call(returningTo: ra) != nil
    else { return nil }
    if step.isProgram(state.pc) {
      guard let function = step.program.function(containing: state.pc),
        !function.contains(ra &- 1)
      else { return nil }
    }
    let caller = state.caller(pc: ra, sp: state.sp, origin: .registers)
    // A call through a bad pointer has not touched the stack yet.
    guard step.isProgram(state.pc) || step.isROM(state.pc) else { return caller }
    return ReturnAddressSearch(step: step).placed(caller, below: state)
  }

  /// What a chip printed that has its own unwinder compiled in (`EH_FRAME`, `FRAME_POINTER`): frame
  /// 0 is the PC, the others are return addresses; the last entry may be the end of the stack.
  private func printed(_ backtrace: Backtrace) -> UnwoundStack {
    var frames: [UnwoundFrame] = []
    for (index, entry) in backtrace.frames.prefix(deepestStack).enumerated() {
      let isEnd = entry.pc &+ 2 < 0x1002
      if index > 0, isEnd { break }
      frames.append(
        UnwoundFrame(pc: entry.pc, sp: entry.sp, origin: .printed, isReturnAddress: index > 0))
    }
    switch backtrace.ending {
    case .plain: return UnwoundStack(frames: frames, ending: .outermost)
    case .corrupted, .continues: return UnwoundStack(frames: frames, ending: .printedCut)
    }
  }
}
