import DeviceEvents

/// A step from a call to its caller, and what makes a return address believable.
struct RISCVFrameStep<Program: ProgramCode> {
  let program: Program
  let chip: Chip?
  let memory: StackMemory
  /// Return addresses that were checked before; the same words come up again and again.
  let calls: CheckedCalls<Program>
  let tailCalls: RISCVTailCalls<Program>

  /// How a step ends.
  enum Outcome {
    case caller(RISCVState)
    /// There is no caller, as the program says.
    case outermost
    /// The return address is 0: there is no caller, or this is no return address.
    case null
    /// The word of the stack that would tell is not known.
    case unknown(at: UInt32)
    /// What stands where the caller should be is none.
    case implausible
    /// Nothing says where the caller is.
    case silent
  }

  init(program: Program, chip: Chip?, memory: StackMemory) {
    self.program = program
    self.chip = chip
    self.memory = memory
    calls = CheckedCalls(program: program)
    tailCalls = RISCVTailCalls(program: program)
  }

  /// Whether `address` can be returned to: behind a call of the program, or in ROM, whose code we
  /// do not have.
  func isReturnAddress(_ address: UInt32) -> Bool {
    calls.call(returningTo: address) != nil || isROM(address)
  }

  /// Whether `address` is code of the chip's ROM.
  func isROM(_ address: UInt32) -> Bool {
    guard address & 1 == 0, !isProgram(address), let chip else { return false }
    return AddressMap.classify(address, chip: chip) == .rom
      && AddressMap.isCode(address, chip: chip)
  }

  /// Whether the program has code at `address`.
  func isProgram(_ address: UInt32) -> Bool { !program.code(at: address, count: 1).isEmpty }

  /// The caller by what the program says of its frames: call-frame information, the function's first
  /// instructions, the frame pointer; the first that speaks counts.
  func byProgram(_ state: RISCVState) -> Outcome {
    guard isProgram(state.lookupAddress) else { return .silent }
    if let rules = program.frameRules(at: state.lookupAddress) {
      return byRules(rules, state)
    }
    guard let prologue = RISCVPrologue(of: state.lookupAddress, in: program) else {
      return byFramePointer(state)
    }
    switch byPrologue(prologue, state) {
    case .silent, .implausible: return byFramePointer(state)
    case let found: return found
    }
  }

  private func byRules(_ rules: FrameRules, _ state: RISCVState) -> Outcome {
    func expression(_ frameAddress: UInt32?) -> FrameExpression {
      FrameExpression(register: { state[$0] }, memory: memory, frameAddress: frameAddress)
    }
    do throws(FrameExpression.Failure) {
      let frameAddress = try address(expression(nil).evaluate(rules.frameAddress), state)
      var caller = state.caller(pc: 0, sp: frameAddress, origin: .cfi)
      var returnAddress: UInt32?
      for number in 1..<32 {
        let isReturn = number == rules.returnAddressRegister
        switch rules.registers[number] {
        case .same, nil:
          if isReturn { returnAddress = state.ra }
        case .undefined:
          if isReturn { return .outermost }
          if number != 2 { caller[number] = nil }
        case .expression(let operations):
          do throws(FrameExpression.Failure) {
            let value = try value(expression(frameAddress).evaluate(operations), state)
            if isReturn { returnAddress = value } else { caller[number] = value }
          } catch {
            if isReturn { throw error }
            if number != 2 { caller[number] = nil }
          }
        }
      }
      guard let returnAddress else { return .silent }
      caller.pc = returnAddress
      caller.isReturnAddress = !rules.isSignalFrame
      return judge(caller, of: state)
    } catch {
      switch error {
      case .memory(let address): return .unknown(at: address)
      case .register, .malformed: return .silent
      }
    }
  }

  /// An address that an expression yields.
  private func address(
    _ outcome: FrameExpression.Outcome, _ state: RISCVState
  ) throws(FrameExpression.Failure) -> UInt32 {
    switch outcome {
    case .value(let value), .place(let value): return value
    case .register(let number):
      guard let value = state[number] else { throw .register(number) }
      return value
    }
  }

  /// What lies where an expression points.
  private func value(
    _ outcome: FrameExpression.Outcome, _ state: RISCVState
  ) throws(FrameExpression.Failure) -> UInt32 {
    let address = try address(outcome, state)
    guard case .place = outcome else { return address }
    guard let value = memory.word(at: address) else { throw .memory(address) }
    return value
  }

  private func byPrologue(_ prologue: RISCVPrologue, _ state: RISCVState) -> Outcome {
    guard let base = state[prologue.base] else { return .silent }
    let frameAddress = base &+ UInt32(bitPattern: prologue.offset)
    let origin: UnwoundFrame.Origin = prologue.needsFramePointer ? .framePointer : .prologue
    var caller = state.caller(pc: 0, sp: frameAddress, origin: origin)
    var returnAddress = state.ra
    for (number, offset) in prologue.saved {
      let place = frameAddress &+ UInt32(bitPattern: offset)
      // Below the stack pointer the epilogue has loaded it back already.
      if let sp = state.sp, place < sp { continue }
      let value = memory.word(at: place)
      if number == RISCVInstruction.Number.returnAddress {
        guard let value else { return .unknown(at: place) }
        returnAddress = value
      } else {
        caller[number] = value
      }
    }
    guard let returnAddress else { return .silent }
    caller.pc = returnAddress
    return judge(caller, of: state)
  }

  /// The frame that `s0` points to: return address and caller's `s0` lie right below it.
  private func byFramePointer(_ state: RISCVState) -> Outcome {
    guard let framePointer = state.framePointer, framePointer & 3 == 0, framePointer > 8,
      let sp = state.sp, framePointer > sp, let returnAddress = memory.word(at: framePointer - 4),
      let outer = memory.word(at: framePointer - 8), calls.call(returningTo: returnAddress) != nil
    else { return .silent }
    var caller = state.caller(pc: returnAddress, sp: framePointer, origin: .framePointer)
    caller[8] = outer
    return .caller(caller)
  }

  /// A caller is believed when its frame lies further up and its PC stands behind a call. One that
  /// was interrupted may have another stack, and stands anywhere in code.
  private func judge(_ caller: RISCVState, of state: RISCVState) -> Outcome {
    if caller.pc == 0 { return .null }
    guard caller.isReturnAddress else {
      return isProgram(caller.pc) || isROM(caller.pc) ? .caller(caller) : .implausible
    }
    guard isReturnAddress(caller.pc) else { return .implausible }
    if let sp = state.sp, let above = caller.sp {
      // Only the innermost function may not have opened its frame yet, or have closed it again.
      let size = above &- sp
      guard size < Self.largestFrame, size > 0 || !state.isReturnAddress else {
        return .implausible
      }
    }
    return .caller(caller)
  }

  /// In bytes; no stack is larger.
  private static var largestFrame: UInt32 { 0x10_0000 }
}

/// Remembers which addresses stand behind a call.
final class CheckedCalls<Program: ProgramCode> {
  private let program: Program
  private var checked: [UInt32: RISCVCall?] = [:]

  init(program: Program) { self.program = program }

  func call(returningTo address: UInt32) -> RISCVCall? {
    if let known = checked[address] { return known }
    let call = RISCVCall(returningTo: address, in: program)
    checked.updateValue(call, forKey: address)
    return call
  }
}
