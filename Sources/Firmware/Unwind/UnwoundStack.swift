/// A call on a stack: where it was, where its frame lay, and how that is known.
public struct UnwoundFrame: Hashable, Sendable {
  /// How a frame was found, from the surest way to the least.
  public enum Origin: String, CaseIterable, Hashable, Sendable {
    /// The registers of the panic say so.
    case registers
    /// The chip printed it in its backtrace.
    case printed
    /// The call-frame information of the ELF leads there, or the windowed ABI of Xtensa, which
    /// stores return address and stack pointer below each frame.
    case cfi
    /// A function that called nothing but jumped, as its last act, into the one further in: it has
    /// left no trace on the stack, but the call further out leads to it, and only it leads on.
    case tailCall = "tail_call"
    /// The instructions at the beginning of the function before say where it keeps the return
    /// address. Code without debug information, as the Wi-Fi libraries are.
    case prologue
    /// The chain of frame pointers leads there.
    case framePointer = "frame_pointer"
    /// A word of the stack that is the address behind a call instruction. Such a word may also be
    /// left over from an earlier call.
    case guessed
  }

  /// The register PC, or the return address as it lies on the stack; of a `printed` frame the
  /// address as printed, of Xtensa without window bits.
  public var pc: UInt32
  /// The stack pointer in this call; nil where it is not known.
  public var sp: UInt32?
  /// How the frame was found.
  public var origin: Origin
  /// Whether `pc` is the address behind a call, so that the call itself lies just before it.
  public var isReturnAddress: Bool
  /// Whether a guess stands behind this frame or one further in: then this one may be wrong too.
  public var restsOnGuess: Bool

  /// The address to look up in the ELF: within the call instruction, or the exact PC.
  public var lookupAddress: UInt32 { isReturnAddress ? pc &- 1 : pc }

  /// Puts a frame together.
  public init(
    pc: UInt32, sp: UInt32?, origin: Origin, isReturnAddress: Bool = true,
    restsOnGuess: Bool = false
  ) {
    self.pc = pc
    self.sp = sp
    self.origin = origin
    self.isReturnAddress = isReturnAddress
    self.restsOnGuess = restsOnGuess
  }
}

/// The calls on a stack, as far as they can be followed.
public struct UnwoundStack: Hashable, Sendable {
  /// Why unwinding ended.
  public enum Ending: Hashable, Sendable {
    /// At the task's or the system's first function: the stack is complete.
    case outermost
    /// The next frame lies beyond what the panic printed of the stack.
    case memoryEnds(at: UInt32)
    /// Nothing that is known of the stack holds another return address.
    case lost
    /// A frame leads to itself, or down the stack again: the stack is damaged.
    case noProgress
    /// As many frames as are followed at all: endless recursion or a damaged stack.
    case depthLimit
    /// The chip marked its own backtrace as corrupted or cut, and no stack is at hand from which it
    /// could be completed.
    case printedCut
    /// There was no program counter to begin with.
    case noRegisters
  }

  /// The frames, innermost first.
  public var frames: [UnwoundFrame]
  /// Why they end.
  public var ending: Ending

  /// Puts a stack together.
  public init(frames: [UnwoundFrame], ending: Ending) {
    self.frames = frames
    self.ending = ending
  }
}
