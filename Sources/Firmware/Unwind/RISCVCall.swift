/// The call instruction that stands before a return address.
struct RISCVCall: Equatable {
  /// Where the call leads; nil for a call through a register.
  var target: UInt32?

  /// The call that returns to `address`; nil where the program has none there.
  ///
  /// Instructions are two or four bytes long, so the bytes before an address can be read in two
  /// ways. Where a symbol says where the function begins, the instructions are counted from there,
  /// and only one way remains.
  init?(returningTo address: UInt32, in program: some ProgramCode) {
    guard address & 1 == 0, address >= 8 else { return nil }
    for size in [4, 2] as [UInt32] {
      let at = address - size
      let bytes = program.code(at: at, count: Int(size))
      guard let instruction = RISCVInstruction(bytes), instruction.size == Int(size) else {
        continue
      }
      switch instruction.kind {
      case .call(let offset):
        guard Self.isBoundary(at, in: program) else { continue }
        target = at &+ UInt32(bitPattern: offset)
        return
      case .callRegister(let base, let offset):
        guard Self.isBoundary(at, in: program) else { continue }
        target = Self.relativeTarget(of: base, offset, before: at, in: program)
        return
      case .jump, .jumpRegister, .branch, .add, .addRegisters, .subtractRegisters, .load,
        .loadRelative,
        .store, .push, .pop, .other:
        continue
      }
    }
    return nil
  }

  /// `auipc ra, …` before the `jalr` gives the target of a far call.
  private static func relativeTarget(
    of base: Int, _ offset: Int32, before address: UInt32, in program: some ProgramCode
  ) -> UInt32? {
    let at = address &- 4
    guard let instruction = RISCVInstruction(program.code(at: at, count: 4)),
      case .loadRelative(base, let value) = instruction.kind
    else { return nil }
    return at &+ UInt32(bitPattern: value) &+ UInt32(bitPattern: offset)
  }

  /// Longer functions are not counted through.
  private static let longestCounted = 0x8000

  /// Whether an instruction begins at `address`; true where that cannot be told.
  private static func isBoundary(_ address: UInt32, in program: some ProgramCode) -> Bool {
    guard let function = program.function(containing: address),
      function.count <= longestCounted, address >= function.lowerBound
    else { return true }
    let bytes = program.code(at: function.lowerBound, count: function.count)
    let distance = Int(address - function.lowerBound)
    var offset = 0
    while offset < distance {
      guard let instruction = RISCVInstruction(bytes.dropFirst(offset)) else { return true }
      offset += instruction.size
    }
    return offset == distance
  }
}
