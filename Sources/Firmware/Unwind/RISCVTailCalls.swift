/// Finds functions that called nothing but jumped on, as compilers end a function with `return f();`.
final class RISCVTailCalls<Program: ProgramCode> {
  private let program: Program
  private var known: [UInt32: [Jump]] = [:]

  private struct Jump: Hashable {
    var target: UInt32
    /// The address behind the jump.
    var end: UInt32
  }

  init(program: Program) { self.program = program }

  /// The jumps that lead from the function at `start` into the one at `end`, each by the address
  /// behind it, in the order taken. Empty where none do, or where several ways lead there.
  func path(from start: UInt32, to end: UInt32) -> [UInt32] {
    guard start != end else { return [] }
    var found: [UInt32]?
    var paths: [(at: UInt32, jumps: [UInt32])] = [(start, [])]
    var steps = 0
    while let (at, jumps) = paths.popLast() {
      steps += 1
      guard steps <= Self.mostSteps else { return [] }
      for jump in self.jumps(outOf: at) {
        if jump.target == end {
          if found != nil { return [] }
          found = jumps + [jump.end]
        } else if jumps.count + 1 < Self.longestPath {
          paths.append((jump.target, jumps + [jump.end]))
        }
      }
    }
    return found ?? []
  }

  private static var longestPath: Int { 3 }
  private static var mostSteps: Int { 64 }
  private static var longestFunction: Int { 0x2000 }

  /// The jumps out of the function that begins at `start`.
  private func jumps(outOf start: UInt32) -> [Jump] {
    if let jumps = known[start] { return jumps }
    let jumps = read(start)
    known[start] = jumps
    return jumps
  }

  private func read(_ start: UInt32) -> [Jump] {
    guard let function = program.function(containing: start), function.lowerBound == start,
      function.count <= Self.longestFunction
    else { return [] }
    let bytes = program.code(at: start, count: function.count)
    var jumps: Set<Jump> = []
    var upper: (register: Int, value: UInt32)?
    var offset = 0
    while offset < bytes.count, let instruction = RISCVInstruction(bytes.dropFirst(offset)) {
      let at = start &+ UInt32(offset)
      offset += instruction.size
      var target: UInt32?
      switch instruction.kind {
      case .jump(let distance):
        target = at &+ UInt32(bitPattern: distance)
      case .jumpRegister(let base, let distance):
        if let upper, upper.register == base {
          target = upper.value &+ UInt32(bitPattern: distance)
        }
      case .call, .callRegister, .branch, .add, .addRegisters, .subtractRegisters, .load,
        .loadRelative,
        .store, .push, .pop, .other:
        break
      }
      if case .loadRelative(let register, let value) = instruction.kind {
        upper = (register, at &+ UInt32(bitPattern: value))
      } else {
        upper = nil
      }
      if let target, !function.contains(target) {
        jumps.insert(Jump(target: target, end: start &+ UInt32(offset)))
      }
    }
    return jumps.sorted { $0.end < $1.end }
  }
}
