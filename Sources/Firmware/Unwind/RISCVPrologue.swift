/// What the instructions of a function say about its frame, up to the place where it stands: for
/// functions without call-frame information.
///
/// The instructions are followed in a straight line. Behind a return or a jump the frame is that of
/// the first branch that leads there; without one, what it was before the epilogue, since that code
/// is reached from the body.
struct RISCVPrologue: Equatable {
  /// The frame address is this register plus `offset`: `sp`, or `s0` where the size of the frame
  /// varies.
  var base: Int
  var offset: Int32
  /// Where registers were stored, counted from the frame address.
  var saved: [Int: Int32]

  /// Whether the frame is found through the frame pointer alone.
  var needsFramePointer: Bool { base == RISCVInstruction.Number.framePointer }

  /// Reads the function that holds `address` up to the instruction there; nil where the program
  /// names no function, or the frame cannot be followed.
  init?(of address: UInt32, in program: some ProgramCode) {
    guard let function = program.function(containing: address), function.contains(address),
      function.count <= Self.longestFunction
    else { return nil }
    let distance = Int(address - function.lowerBound)
    let bytes = program.code(at: function.lowerBound, count: distance)
    guard bytes.count == distance else { return nil }
    var reader = Reader()
    var offset = 0
    while offset < distance {
      let rest = bytes.dropFirst(offset)
      // The instruction in which `address` lies, where that is within a call.
      guard let first = rest.first, first & 3 != 3 || rest.count >= 4, rest.count >= 2 else {
        break
      }
      guard let instruction = RISCVInstruction(rest) else { return nil }
      reader.read(instruction.kind, at: offset)
      offset += instruction.size
    }
    reader.arrive(at: offset)
    let frame = reader.frame
    if let depth = frame.depth {
      base = RISCVInstruction.Number.stackPointer
      self.offset = depth
    } else if let framePointer = frame.framePointer {
      base = RISCVInstruction.Number.framePointer
      self.offset = 0 &- framePointer
    } else {
      return nil
    }
    saved = frame.saved
  }

  private static let longestFunction = 0x8000

  /// A frame while its function is read.
  private struct Frame {
    /// How far `sp` lies below the frame address; nil once that cannot be told.
    var depth: Int32? = 0
    /// Where `s0` points, counted from the frame address; nil while it belongs to the caller.
    var framePointer: Int32?
    var saved: [Int: Int32] = [:]
  }

  private struct Reader {
    var frame = Frame()
    private var beforeEpilogue: Frame?
    /// The frames with which branches lead further on, by the place in the function.
    private var branches: [Int: Frame] = [:]
    /// Whether the instruction before leads elsewhere.
    private var isDetached = false
    private var constants: [Int: Int32] = [:]

    /// Stands before the instruction at `offset` in the function.
    mutating func arrive(at offset: Int) {
      guard isDetached else { return }
      if let arriving = branches[offset] ?? beforeEpilogue { frame = arriving }
      beforeEpilogue = nil
      isDetached = false
    }

    mutating func read(_ kind: RISCVInstruction.Kind, at offset: Int) {
      arrive(at: offset)
      switch kind {
      case .branch(let distance):
        remember(offset + Int(distance))
      case .add(let destination, let source, let immediate):
        add(destination, source, immediate)
      case .addRegisters(let destination, 2, let right) where destination == 2:
        moveStackPointer(by: constants[right])
      case .subtractRegisters(let destination, 2, let right) where destination == 2:
        moveStackPointer(by: constants[right].map { 0 &- $0 })
      case .load(let destination, let value):
        constants[destination] = value
      case .store(let source, 2, let offset):
        if let depth = frame.depth, frame.saved[source] == nil, isKept(source) {
          frame.saved[source] = offset &- depth
        }
      case .push(let registers, let size):
        moveStackPointer(by: 0 &- size)
        for (index, register) in registers.enumerated() {
          frame.saved[register] = Int32(index - registers.count) * 4
        }
      case .pop(let size):
        moveStackPointer(by: size)
      case .jump(let distance):
        remember(offset + Int(distance))
        isDetached = true
      case .jumpRegister:
        isDetached = true
      case .call, .callRegister:
        for register in [5, 6, 7, 28, 29, 30, 31] + Array(10...17) { constants[register] = nil }
      case .addRegisters(let destination, _, _), .subtractRegisters(let destination, _, _),
        .loadRelative(let destination, _):
        overwrite(destination)
      case .other(let destination):
        if let destination { overwrite(destination) }
      case .store:
        break
      }
    }

    private mutating func remember(_ target: Int) {
      if branches[target] == nil { branches[target] = frame }
    }

    private mutating func add(_ destination: Int, _ source: Int, _ immediate: Int32) {
      switch (destination, source) {
      case (2, 2):
        moveStackPointer(by: immediate)
      case (8, 2):
        if let depth = frame.depth { frame.framePointer = immediate &- depth }
      case (2, 8):
        if let framePointer = frame.framePointer {
          if beforeEpilogue == nil { beforeEpilogue = frame }
          frame.depth = 0 &- (framePointer &+ immediate)
        } else {
          frame.depth = nil
        }
      default:
        if let value = constants[source] {
          constants[destination] = value &+ immediate
        } else {
          overwrite(destination)
        }
      }
    }

    private mutating func moveStackPointer(by amount: Int32?) {
      guard let amount, let depth = frame.depth else {
        frame.depth = nil
        return
      }
      if amount > 0, beforeEpilogue == nil { beforeEpilogue = frame }
      frame.depth = depth &- amount
    }

    private mutating func overwrite(_ register: Int) {
      constants[register] = nil
      if register == RISCVInstruction.Number.stackPointer { frame.depth = nil }
      if register == RISCVInstruction.Number.framePointer { frame.framePointer = nil }
    }

    /// Whether a function must give the register back: only those are stored for the caller.
    private func isKept(_ register: Int) -> Bool {
      register == 1 || register == 8 || register == 9 || (18...27).contains(register)
    }
  }
}
