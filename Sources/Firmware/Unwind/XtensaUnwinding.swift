import DeviceEvents

/// One walk along the stack of an Xtensa core: the backtrace that it printed, and what follows from
/// the stack.
///
/// In the windowed ABI a frame's return address is in `a0`, its stack pointer in `a1`; the four words
/// below a frame hold these two of its caller, once the windows are written out, which the panic
/// handler does first.
struct XtensaUnwinding<Program: ProgramCode> {
  private let program: Program
  private let chip: Chip?
  private let core: CapturedCore
  /// The upper bits of code addresses, which return addresses use for the window.
  private let region: UInt32

  init(program: Program, chip: Chip?, core: CapturedCore) {
    self.program = program
    self.chip = chip
    self.core = core
    let pc = core.register("PC") ?? 0x4000_0000
    let bits = pc & 0xC000_0000
    region = bits == 0 || bits == 0xC000_0000 ? 0x4000_0000 : bits
  }

  /// A frame and where its own return address is.
  private struct Link {
    var frame: UnwoundFrame
    /// The frame's `a0`.
    var returnAddress: UInt32?
  }

  func run() -> UnwoundStack {
    var links = printed()
    let isWhole = links.last.map(isPrintedEnd) ?? false
    if links.isEmpty {
      guard let pc = core.register("PC") else {
        return UnwoundStack(frames: [], ending: .noRegisters)
      }
      links = [innermost(pc)]
    }
    guard !isWhole else { return UnwoundStack(frames: links.map(\.frame), ending: .outermost) }
    guard !core.stack.pieces.isEmpty else {
      let ending: UnwoundStack.Ending =
        links[0].frame.origin == .printed || links.count > 1
        ? .printedCut : .memoryEnds(at: links[0].frame.sp ?? 0)
      return UnwoundStack(frames: links.map(\.frame), ending: ending)
    }
    return follow(links)
  }

  private func innermost(_ pc: UInt32) -> Link {
    let frame = UnwoundFrame(
      pc: pc, sp: core.register("A1"), origin: .registers, isReturnAddress: false)
    return Link(frame: frame, returnAddress: core.register("A0"))
  }

  /// The printed frames that can be true, each with its `a0` where the stack tells it. Printed
  /// addresses lie within their calls already.
  private func printed() -> [Link] {
    var links: [Link] = []
    for entry in core.backtrace?.frames.prefix(deepestStack) ?? [] {
      if links.isEmpty, let pc = core.register("PC"), pc == entry.pc || pc &- 3 == entry.pc {
        links.append(innermost(pc))
        continue
      }
      guard links.isEmpty || isCode(entry.pc) else { break }
      let frame = UnwoundFrame(
        pc: entry.pc, sp: entry.sp, origin: .printed, isReturnAddress: false)
      let below = links.last?.frame.sp
      links.append(
        Link(frame: frame, returnAddress: below.flatMap { core.stack.word(at: $0 &- 16) }))
    }
    // A last frame on no stack is where the chip gave up.
    if links.count > 1, let sp = links.last?.frame.sp, sp & 0xF != 0 || sp == 0 {
      links.removeLast()
    }
    return links
  }

  /// Whether the chip ended its backtrace by itself at this frame, with nothing left out.
  private func isPrintedEnd(_ last: Link) -> Bool {
    guard let backtrace = core.backtrace, backtrace.ending == .plain else { return false }
    return backtrace.frames.last?.sp == last.frame.sp
  }

  private func follow(_ printed: [Link]) -> UnwoundStack {
    var links = printed
    while links.count < deepestStack, let last = links.last {
      guard let sp = last.frame.sp else { return stack(links, .lost) }
      if last.returnAddress == 0 { return stack(links, .outermost) }
      let caller = core.stack.word(at: sp &- 12)
      if let returnAddress = last.returnAddress, let caller,
        let link = link(returnAddress, sp: caller, below: last, origin: .cfi)
      {
        links.append(link)
      } else if let guessed = search(above: last) {
        links += guessed
      } else {
        return stack(links, caller == nil ? .memoryEnds(at: sp &- 12) : .lost)
      }
    }
    return stack(links, .depthLimit)
  }

  private func stack(_ links: [Link], _ ending: UnwoundStack.Ending) -> UnwoundStack {
    UnwoundStack(frames: links.map(\.frame), ending: ending)
  }

  /// The caller at `sp` to which `returnAddress` leads back, if that can be.
  private func link(
    _ returnAddress: UInt32, sp: UInt32, below callee: Link, origin: UnwoundFrame.Origin
  ) -> Link? {
    guard let calleeSP = callee.frame.sp, sp > calleeSP, sp & 0xF == 0 else { return nil }
    let pc = returnAddress & 0x3FFF_FFFF | region
    guard isBehindCall(pc, window: returnAddress >> 30) else { return nil }
    let frame = UnwoundFrame(
      pc: pc, sp: sp, origin: origin,
      restsOnGuess: origin == .guessed || callee.frame.restsOnGuess)
    return Link(frame: frame, returnAddress: core.stack.word(at: calleeSP &- 16))
  }

  /// Whether code of the program or of the ROM calls, right before `pc`, with that window.
  private func isBehindCall(_ pc: UInt32, window: UInt32) -> Bool {
    if let call = XtensaCall(returningTo: pc, in: program) { return call.window == window }
    return window > 0 && isROM(pc)
  }

  /// The next pair on the stack that looks like a frame's saved return address and stack pointer and
  /// leads to another such pair, or to the end.
  ///
  /// The save area of the last frame is ruined: with it went where its caller's frame lies, and into
  /// what that caller was called, but not the caller's own place in the code.
  private func search(above last: Link) -> [Link]? {
    guard let low = last.frame.sp else { return nil }
    for word in core.stack.words(from: (low &+ 15) & ~15, limit: 1024)
    where word.address & 0xF == 0 && word.address >= low {
      // `a0` and `a1` of some frame; below that frame lie its caller's.
      guard let inner = core.stack.word(at: word.address &+ 4), inner & 0xF == 0,
        inner > word.address, inner &- word.address < Self.largestFrame,
        let sp = core.stack.word(at: inner &- 12), sp & 0xF == 0, sp > inner,
        sp &- inner < Self.largestFrame
      else { continue }
      let pc = word.value & 0x3FFF_FFFF | region
      guard isBehindCall(pc, window: word.value >> 30) else { continue }
      let frame = UnwoundFrame(pc: pc, sp: sp, origin: .guessed, restsOnGuess: true)
      let found = Link(frame: frame, returnAddress: core.stack.word(at: inner &- 16))
      guard leadsOn(found) else { continue }
      return direct(callerOf: last, at: word.address &+ 16) + [found]
    }
    return nil
  }

  /// The caller that a good return address names, on a frame that was guessed.
  private func direct(callerOf last: Link, at sp: UInt32) -> [Link] {
    guard let returnAddress = last.returnAddress else { return [] }
    let pc = returnAddress & 0x3FFF_FFFF | region
    guard isBehindCall(pc, window: returnAddress >> 30) else { return [] }
    let frame = UnwoundFrame(pc: pc, sp: sp, origin: .guessed, restsOnGuess: true)
    return [Link(frame: frame, returnAddress: nil)]
  }

  /// In bytes; frames with larger buffers do not fit the stacks of tasks.
  private static var largestFrame: UInt32 { 0x4000 }

  private func leadsOn(_ link: Link) -> Bool {
    guard let returnAddress = link.returnAddress else { return false }
    if returnAddress == 0 { return true }
    return isBehindCall(returnAddress & 0x3FFF_FFFF | region, window: returnAddress >> 30)
  }

  private func isROM(_ address: UInt32) -> Bool {
    guard let chip, program.code(at: address, count: 1).isEmpty else { return false }
    return AddressMap.classify(address, chip: chip) == .rom
      && AddressMap.isCode(address, chip: chip)
  }

  private func isCode(_ address: UInt32) -> Bool {
    !program.code(at: address, count: 1).isEmpty || AddressMap.isCode(address, chip: chip)
  }
}
