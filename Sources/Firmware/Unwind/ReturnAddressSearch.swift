/// Looks for a caller among the words of the stack, where nothing says where its frame is.
///
/// A word counts when it is the address behind a call. A call that leads to the very function whose
/// caller is sought counts most; next a call through a register, which may lead there. It counts more
/// when the stack can be followed on from there.
struct ReturnAddressSearch<Program: ProgramCode> {
  let step: RISCVFrameStep<Program>

  /// How much of the stack is searched, in words; larger buffers in a frame are rare.
  private static var reach: Int { 1024 }
  /// The largest gap between a stored return address and the end of its frame that is tried, in
  /// bytes: room for variable arguments and saved registers.
  private static var largestGap: UInt32 { 128 }
  /// Frames begin at multiples of this.
  private static var alignment: UInt32 { 16 }

  private struct Candidate {
    var state: RISCVState
    var score: Int
  }

  /// The best caller of `state` that its stack holds.
  func caller(of state: RISCVState) -> RISCVState? {
    guard let sp = state.sp else { return nil }
    var best: Candidate?
    for word in step.memory.words(from: sp, limit: Self.reach) {
      guard let call = step.calls.call(returningTo: word.value) else { continue }
      let fit = fit(of: call, to: state)
      let (found, isFollowed) = followed(word.value, storedAt: word.address, from: state)
      let score = fit + (isFollowed ? 4 : 0)
      // A call of another function, from where nothing leads on, is no caller.
      guard score > best?.score ?? 0 else { continue }
      best = Candidate(state: found, score: score)
      if score >= 12 { break }
    }
    return best?.state
  }

  /// A caller whose PC is sure, while the callee may have moved the stack pointer: the place where
  /// the stack can be followed on.
  func placed(_ caller: RISCVState, below state: RISCVState) -> RISCVState {
    guard let sp = state.sp else { return caller }
    if leadsOn(caller) { return caller }
    for distance in stride(from: Self.alignment, through: 1024, by: Int(Self.alignment)) {
      var moved = caller
      moved.sp = sp &+ distance
      moved.restsOnGuess = true
      guard let place = moved.sp, place > sp, step.memory.contains(place) else { break }
      if leadsOn(moved) { return moved }
    }
    return caller
  }

  /// How well a call fits the function that was called. Into wild addresses a register leads, rather
  /// than an instruction.
  private func fit(of call: RISCVCall, to callee: RISCVState) -> Int {
    guard let target = call.target else { return 3 }
    if step.isROM(callee.pc) { return step.isROM(target) ? 6 : 0 }
    guard step.isProgram(callee.lookupAddress) else { return 1 }
    guard let function = step.program.function(containing: callee.lookupAddress) else { return 3 }
    if target == function.lowerBound { return 8 }
    return step.tailCalls.path(from: target, to: function.lowerBound).isEmpty ? 0 : 7
  }

  /// The state behind a return address that is stored at `place`: its frame begins where the
  /// callee's ends, mostly right above the return address.
  private func followed(
    _ returnAddress: UInt32, storedAt place: UInt32, from state: RISCVState
  ) -> (RISCVState, Bool) {
    let nearest = (place &+ (4 + Self.alignment - 1)) & ~(Self.alignment - 1)
    for gap in stride(from: 0, through: Self.largestGap, by: Int(Self.alignment)) {
      var caller = state.caller(pc: returnAddress, sp: nearest &+ gap, origin: .guessed)
      // What the callee kept of them is not known.
      for number in [8, 9] + Array(18...27) { caller[number] = nil }
      if leadsOn(caller) { return (caller, true) }
    }
    var caller = state.caller(pc: returnAddress, sp: nearest, origin: .guessed)
    for number in [8, 9] + Array(18...27) { caller[number] = nil }
    return (caller, false)
  }

  /// Whether the next step from a state is a believable one.
  private func leadsOn(_ state: RISCVState) -> Bool {
    switch step.byProgram(state) {
    case .caller, .outermost: true
    case .null, .unknown, .implausible, .silent: false
    }
  }
}
