/// The call instruction that stands before a return address of Xtensa's windowed ABI.
struct XtensaCall: Equatable {
  /// By how many registers the window moves, divided by four: `call4` 1, `call8` 2, `call12` 3. The
  /// return address carries it in its upper two bits.
  var window: UInt32
  /// Where the call leads; nil for a call through a register.
  var target: UInt32?

  /// The call that returns to `address`, an address without window bits; nil where the program has
  /// none there.
  init?(returningTo address: UInt32, in program: some ProgramCode) {
    guard address >= 3 else { return nil }
    let bytes = program.code(at: address - 3, count: 3)
    guard bytes.count == 3 else { return nil }
    let word = UInt32(bytes[0]) | UInt32(bytes[1]) << 8 | UInt32(bytes[2]) << 16
    window = word >> 4 & 3
    guard window > 0 else { return nil }
    if word & 0xF == 5 {  // call4, call8, call12: a signed distance in words
      let distance = Int32(bitPattern: word << 8) >> 14
      target = (address - 3 & ~3) &+ UInt32(bitPattern: distance << 2) &+ 4
    } else if word & 0xFF_F0CF == 0x00_00C0 {  // callx4, callx8, callx12
      target = nil
    } else {
      return nil
    }
  }
}
