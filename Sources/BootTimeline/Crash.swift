import DeviceEvents
import LineReading

/// The kinds of crashes of the public contract.
public enum CrashKind: String, CaseIterable, Hashable, Sendable {
  case exception, abort, assert
  case errorCheck = "error_check"
  case stackOverflow = "stack_overflow"
  case stackCanary = "stack_canary"
  case stackSmashing = "stack_smashing"
  case stackProtection = "stack_protection"
  case heapCorruption = "heap_corruption"
  case cacheError = "cache_error"
  case interruptWatchdog = "interrupt_watchdog"
  case taskWatchdog = "task_watchdog"
  case doubleException = "double_exception"
  case brownout
  case cppException = "cpp_exception"
  case ubsan, other
}

/// A panic, abort, failed check or watchdog report.
public struct Crash: Hashable, Sendable {
  /// The line on which it begins.
  public var firstLine: LineReference
  /// Its last line's number.
  public var lastLineNumber: Int
  /// The index of its boot.
  public var boot: Int
  /// The slot that ran.
  public var slot: String?
  /// The stage in which it came.
  public var stage = BootStage.application
  /// Whether the application's own code had printed something before it, in this boot.
  public var afterFirstAppLine = true
  /// Whether it stopped the node; false for reports after which execution goes on.
  public var isFatal = true
  /// Whether it is the text of a panic, and the same run of the application went on behind it: text of another node,
  /// or of an earlier crash, or a debugger let the program go on.
  public var ranOn = false
  /// Whether the lines with which a panic begins are in the log.
  public var isBeginningKnown = true
  /// Its kind.
  public var kind = CrashKind.other
  /// The reason in the header; of an abort-style panic, which has none, its message.
  public var reason: String?
  /// What the software said before the trap: the assertion, the failed check, the watchdog's line.
  public var message: String?
  /// The core that failed.
  public var core: Int?
  /// The task that ran, or that the message names as the culprit.
  public var task: String?
  /// The task that did not feed the watchdog.
  public var watchedTask: String?
  /// The address of the abort or assert, else the register PC, else the message's address.
  public var pc: UInt32?
  /// `EXCVADDR` or `MTVAL`, where it means something.
  public var faultAddress: UInt32?
  /// The registers of the core that failed, in the order printed.
  public var registers: [Register] = []
  /// The backtrace of the core that failed.
  public var backtrace: Backtrace?
  /// Stack rows of the core that failed.
  public var stack: [StackRow] = []
  /// Second cores.
  public var otherCores: [CoreState] = []
  /// Calls that the capturing monitor named, in the order printed; the first 128.
  public var resolvedCalls: [ResolvedCall] = []
  /// The ELF's SHA-256 in the panic, a prefix.
  public var elfSHA256: String?
  /// Sentences that detail it, with their lines.
  public var details: [LineReference] = []
  /// The failed assertion.
  public var assertion: Assertion?
  /// The error of a failed check.
  public var error: ErrorCode?
  /// What the heap's checks found.
  public var heapDamage: HeapDamage?
  /// The stack bounds printed by the hardware stack guard.
  public var stackBounds: ClosedRange<UInt32>?
  /// Words around the PC of an illegal instruction.
  public var memoryDump: MemoryDump?
  /// The update during which it came, by index; see `updatePhase`.
  public var update: Int?
  /// How far that update was.
  public var updatePhase: Update.Phase?
  /// Whether another panic came while this one was printed.
  public var isNested = false
  /// Whether a core dump follows it on the console, and is whole.
  public var coreDump = CoreDumpState.none
  /// The core dump's lines, its marks included, so that a decoder can read it whole from the log.
  public var coreDumpLines: ClosedRange<Int>?
  /// Equal for crashes of the same kind at the same place.
  public var signature = ""
  /// Segments of the image that crashed, from the bootloader's or the verification's lines.
  public var segments: [ImageSegment] = []
  /// The line that carries the registers' PC, for evidence.
  public var registerLine: LineReference?
  /// The line that carries `EXCVADDR` or `MTVAL`, for evidence.
  public var faultLine: LineReference?
  /// The line of the backtrace.
  public var backtraceLine: LineReference?

  /// A row of a stack dump.
  public struct StackRow: Hashable, Sendable {
    /// Where the row begins.
    public var address: UInt32
    /// Its words.
    public var words: [UInt32]

    /// Puts a row together.
    public init(address: UInt32, words: [UInt32]) {
      self.address = address
      self.words = words
    }
  }

  /// Words of memory.
  public struct MemoryDump: Hashable, Sendable {
    /// Where they begin.
    public var address: UInt32
    /// The words.
    public var words: [UInt32]

    /// Puts a dump together.
    public init(address: UInt32, words: [UInt32]) {
      self.address = address
      self.words = words
    }
  }

  /// Whether a core dump follows on the console.
  public enum CoreDumpState: String, Hashable, Sendable {
    case none, complete, cut
  }

  /// The state of another core.
  public struct CoreState: Hashable, Sendable {
    /// The core.
    public var core: Int?
    /// Its registers.
    public var registers: [Register] = []
    /// Its backtrace.
    public var backtrace: Backtrace?
    /// Its stack rows.
    public var stack: [StackRow] = []

    /// The state of `core`, still empty.
    public init(core: Int?) { self.core = core }
  }

  /// A crash that begins at a line.
  public init(firstLine: LineReference, boot: Int, slot: String?) {
    self.firstLine = firstLine
    self.lastLineNumber = firstLine.number
    self.boot = boot
    self.slot = slot
  }

  /// The value of a register of the core that failed.
  public func register(_ name: String) -> UInt32? {
    registers.first { $0.name == name }?.value
  }
}
