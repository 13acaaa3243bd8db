/// Evaluates the expressions of call-frame information, of 32-bit programs.
///
/// Everything an expression may do wrong (an empty stack, an endless branch, an unknown operation,
/// memory that was not dumped) ends in a failure that says which.
struct FrameExpression {
  /// What an expression yields.
  enum Outcome: Equatable {
    /// The address of what is sought.
    case place(UInt32)
    /// What is sought itself.
    case value(UInt32)
    /// The register that holds it.
    case register(Int)
  }

  enum Failure: Error, Equatable {
    /// A word of memory that is not known.
    case memory(UInt32)
    /// A register whose value is not known.
    case register(Int)
    /// An expression that makes no sense, or an operation that has none here.
    case malformed
  }

  /// Reads a register by its DWARF number.
  let register: (Int) -> UInt32?
  let memory: StackMemory
  /// The canonical frame address; nil while that itself is sought.
  let frameAddress: UInt32?

  /// Enough for any expression that a compiler writes.
  private static let stepLimit = 1000
  private static let stackLimit = 64

  func evaluate(_ operations: [FrameOperation]) throws(Failure) -> Outcome {
    var stack: [UInt32] = []
    var index = 0
    var steps = 0
    while index < operations.count {
      steps += 1
      guard steps <= Self.stepLimit, stack.count <= Self.stackLimit else { throw .malformed }
      let operation = operations[index]
      index += 1
      switch operation.code {
      case 0x50...0x6F:  // reg0…reg31
        return .register(Int(operation.code - 0x50))
      case 0x90:  // regx
        guard operation.first < 4096 else { throw .malformed }
        return .register(Int(operation.first))
      case 0x9F:  // stack_value
        return .value(try pop(&stack))
      case 0x28:  // bra
        if try pop(&stack) != 0 { index = try target(of: operation, in: operations) }
      case 0x2F:  // skip
        index = try target(of: operation, in: operations)
      default:
        try apply(operation, to: &stack)
      }
    }
    return .place(try pop(&stack))
  }

  private func apply(
    _ operation: FrameOperation, to stack: inout [UInt32]
  ) throws(Failure) {
    let operand = UInt32(truncatingIfNeeded: operation.first)
    switch operation.code {
    case 0x03, 0x08...0x11:  // addr, const1u…consts
      stack.append(operand)
    case 0x30...0x4F:  // lit0…lit31
      stack.append(UInt32(operation.code - 0x30))
    case 0x70...0x8F:  // breg0…breg31
      stack.append(try value(of: Int(operation.code - 0x70)) &+ operand)
    case 0x92:  // bregx
      guard operation.first < 4096 else { throw .malformed }
      let offset = UInt32(truncatingIfNeeded: operation.second)
      stack.append(try value(of: Int(operation.first)) &+ offset)
    case 0x9C:  // call_frame_cfa
      guard let frameAddress else { throw .malformed }
      stack.append(frameAddress)
    case 0x06:  // deref
      stack.append(try load(try pop(&stack), bytes: 4))
    case 0x94:  // deref_size
      guard (1...4).contains(operand) else { throw .malformed }
      stack.append(try load(try pop(&stack), bytes: Int(operand)))
    case 0x23:  // plus_uconst
      stack.append(try pop(&stack) &+ operand)
    case 0x12...0x17:
      try arrange(operation, &stack)
    case 0x19, 0x1F, 0x20:  // abs, neg, not
      stack.append(unary(operation.code, try pop(&stack)))
    case 0x1A...0x1E, 0x21, 0x22, 0x24...0x27, 0x29...0x2E:
      let right = try pop(&stack)
      let left = try pop(&stack)
      guard let result = binary(operation.code, left, right) else { throw .malformed }
      stack.append(result)
    case 0x96:  // nop
      break
    default:
      throw .malformed
    }
  }

  /// dup, drop, over, pick, swap, rot.
  private func arrange(
    _ operation: FrameOperation, _ stack: inout [UInt32]
  ) throws(Failure) {
    func entry(_ depth: UInt64) throws(Failure) -> UInt32 {
      guard depth < UInt64(stack.count) else { throw .malformed }
      return stack[stack.count - 1 - Int(depth)]
    }
    switch operation.code {
    case 0x12: stack.append(try entry(0))
    case 0x13: _ = try pop(&stack)
    case 0x14: stack.append(try entry(1))
    case 0x15: stack.append(try entry(operation.first))
    case 0x16:
      let top = try pop(&stack)
      let next = try pop(&stack)
      stack += [top, next]
    default:
      let top = try pop(&stack)
      let second = try pop(&stack)
      let third = try pop(&stack)
      stack += [top, third, second]
    }
  }

  private func unary(_ code: UInt8, _ value: UInt32) -> UInt32 {
    switch code {
    case 0x19: Int32(bitPattern: value) < 0 ? 0 &- value : value
    case 0x1F: 0 &- value
    default: ~value
    }
  }

  private func binary(_ code: UInt8, _ left: UInt32, _ right: UInt32) -> UInt32? {
    let signedLeft = Int32(bitPattern: left)
    let signedRight = Int32(bitPattern: right)
    func truth(_ holds: Bool) -> UInt32 { holds ? 1 : 0 }
    switch code {
    case 0x1A: return left & right
    case 0x1B:
      guard right != 0 else { return nil }
      return UInt32(bitPattern: signedLeft.dividingFullWidth(by: signedRight))
    case 0x1C: return left &- right
    case 0x1D: return right == 0 ? nil : left % right
    case 0x1E: return left &* right
    case 0x21: return left | right
    case 0x22: return left &+ right
    case 0x24: return left << right
    case 0x25: return left >> right
    case 0x26: return UInt32(bitPattern: signedLeft >> right)
    case 0x27: return left ^ right
    case 0x29: return truth(left == right)
    case 0x2A: return truth(signedLeft >= signedRight)
    case 0x2B: return truth(signedLeft > signedRight)
    case 0x2C: return truth(signedLeft <= signedRight)
    case 0x2D: return truth(signedLeft < signedRight)
    case 0x2E: return truth(left != right)
    default: return nil
    }
  }

  private func value(of number: Int) throws(Failure) -> UInt32 {
    guard let value = register(number) else { throw .register(number) }
    return value
  }

  private func load(_ address: UInt32, bytes count: Int) throws(Failure) -> UInt32 {
    guard let bytes = memory.bytes(at: address, count: count) else { throw .memory(address) }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private func pop(_ stack: inout [UInt32]) throws(Failure) -> UInt32 {
    guard let top = stack.popLast() else { throw .malformed }
    return top
  }

  /// The operation to which a branch leads: its operand counts from behind the branch, whose size
  /// is three bytes.
  private func target(
    of branch: FrameOperation, in operations: [FrameOperation]
  ) throws(Failure) -> Int {
    let distance = UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: branch.first)))
    let offset = branch.offset &+ 3 &+ distance
    if let index = operations.firstIndex(where: { $0.offset == offset }) { return index }
    throw .malformed
  }
}

extension Int32 {
  /// Division that wraps for the one quotient that does not fit.
  fileprivate func dividingFullWidth(by divisor: Int32) -> Int32 {
    dividedReportingOverflow(by: divisor).partialValue
  }
}
