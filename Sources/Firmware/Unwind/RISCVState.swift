/// The registers in a frame, as far as they are known.
struct RISCVState {
  var pc: UInt32
  /// By number; 0 is not used.
  private var values: [UInt32?] = Array(repeating: nil, count: 32)
  /// Whether `pc` is the address behind a call.
  var isReturnAddress: Bool
  var origin: UnwoundFrame.Origin
  var restsOnGuess = false

  init(pc: UInt32, isReturnAddress: Bool, origin: UnwoundFrame.Origin) {
    self.pc = pc
    self.isReturnAddress = isReturnAddress
    self.origin = origin
  }

  /// The registers that a panic printed; nil where no program counter is among them.
  init?(_ core: CapturedCore) {
    guard let pc = core.register("MEPC", "PC") else { return nil }
    self.init(pc: pc, isReturnAddress: false, origin: .registers)
    for (number, name) in Self.names.enumerated() where number > 0 {
      values[number] = core.register(name)
    }
    if values[8] == nil { values[8] = core.register("S0", "FP") }
  }

  private static let names = [
    "ZERO", "RA", "SP", "GP", "TP", "T0", "T1", "T2", "S0/FP", "S1", "A0", "A1", "A2", "A3", "A4",
    "A5", "A6", "A7", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "T3", "T4",
    "T5", "T6",
  ]

  subscript(number: Int) -> UInt32? {
    get { values.indices.contains(number) ? values[number] : nil }
    set { if values.indices.contains(number) { values[number] = newValue } }
  }

  var sp: UInt32? {
    get { values[2] }
    set { values[2] = newValue }
  }
  var ra: UInt32? { values[1] }
  var framePointer: UInt32? { values[8] }

  /// The address to look up: within the call, or the exact PC.
  var lookupAddress: UInt32 { isReturnAddress ? pc &- 1 : pc }

  var frame: UnwoundFrame {
    UnwoundFrame(
      pc: pc, sp: sp, origin: origin, isReturnAddress: isReturnAddress, restsOnGuess: restsOnGuess)
  }

  /// The caller's state with what a call leaves alone: `gp`, `tp` and the saved registers.
  func caller(pc: UInt32, sp: UInt32?, origin: UnwoundFrame.Origin) -> RISCVState {
    var caller = RISCVState(pc: pc, isReturnAddress: true, origin: origin)
    for number in [3, 4, 8, 9] + Array(18...27) { caller[number] = self[number] }
    caller.sp = sp
    caller.restsOnGuess = restsOnGuess || origin == .guessed
    return caller
  }
}
