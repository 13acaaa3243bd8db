import LineReading

/// A part of a panic, abort or failed check. `formats/panic.md` is the specification.
public enum PanicLine: Hashable, Sendable {
  /// `A fatal error occurred. The crash dump printed below…`: a panic follows, of any kind.
  case announced
  /// `Guru Meditation Error: Core  0 panic'ed (LoadProhibited). …`; the core is nil for `/`.
  case header(reason: String, core: Int?)
  /// `abort() was called at PC 0x4008… on core 0`; the address is nil where the line is cut in it.
  case abort(address: UInt32?, core: Int?)
  /// `assert failed: …` and the older `assertion "…" failed`.
  case assertion(Assertion)
  /// `ESP_ERROR_CHECK failed: esp_err_t 0x103 (ESP_ERR_INVALID_STATE) at 0x4200a1f3`.
  case errorCheck(ErrorCode, address: UInt32?)
  /// `ESP_ERROR_CHECK_WITHOUT_ABORT failed: …`: no crash.
  case errorCheckWithoutAbort(ErrorCode)
  /// `file: "…" line 42`, `func: app_main`, `expression: …` behind an error check.
  case errorCheckDetail(String)
  /// `***ERROR*** A stack overflow in task httpd has been detected.`
  case stackOverflow(task: String)
  /// `Stack smashing protect failure!`
  case stackSmashing
  /// `CORRUPT HEAP: Bad tail at 0x3ffb… . Expected 0xbaad5678 got 0x…`.
  case heapCorruption(HeapDamage)
  /// `Mem alloc fail. size 0x… caps 0x…`.
  case allocationFailed(size: Int, capabilities: UInt32)
  /// `Debug exception reason: Stack canary watchpoint triggered (main) `; the task is nil for other
  /// reasons, and empty where the overflow ruined its name or the line is cut in it.
  case debugReason(String, canaryTask: String?)
  /// `Detected in task "httpd" at 0x4200d8f0` of the hardware stack guard.
  case stackGuard(task: String, address: UInt32)
  /// `Stack pointer: 0x3fca4a10`.
  case stackPointer(UInt32)
  /// `Stack bounds: 0x3fca4a68 - 0x3fca5a60`.
  case stackBounds(low: UInt32, high: UInt32)
  /// `Memory dump at 0x400d1a28: bad00bad bad00bad bad00bad`.
  case memoryDump(address: UInt32, words: [UInt32])
  /// A sentence that details a cache or memory-protection fault; the address where printed.
  case detail(String, address: UInt32?)
  /// `Undefined behavior of type out_of_bounds`.
  case undefinedBehavior(String)
  /// `terminate called after throwing…`, `what():  …`, `pure virtual method called`.
  case cppTermination(String)
  /// `thread 'main' panicked at …` of Rust, a Bluetooth assert and other wrappers' sentences, and
  /// the last words of other systems: `panicked at src/main.rs:12:5:`, `>>> ZEPHYR FATAL ERROR 4`.
  case wrapperMessage(String)
  /// `>>> ZEPHYR FATAL ERROR 2: Stack overflow on CPU 0`, behind the exception that it explains.
  case stackCheckFailed(String)
  /// `lvgl: abort() was called at PC 0x400d1a2c on core 0`: behind a label it may be told of another time, unless the rest
  /// of a panic follows.
  case labelledAbort(address: UInt32?, core: Int?)
  /// `FreeRTOS Task "x" should not return, Aborting now!`
  case taskReturned(task: String)
  /// `Core  0 register dump:`; the core is nil in the oldest form.
  case registerDump(core: Int?)
  /// `Core  0 was running in ISR context:`
  case interruptContext(core: Int?)
  /// One row of registers, in the order printed.
  case registers([Register])
  /// `Stack memory:`
  case stackMemory
  /// One row of a stack dump.
  case stackRow(address: UInt32, words: [UInt32])
  /// `Backtrace: 0x…:0x… …`, or the rest of one that was broken into lines.
  case backtrace(Backtrace)
  /// `ELF file SHA256: 4f3c0a91d` of a panic (no log prefix).
  case elfSHA256(String)
  /// `Re-entered core dump! …`, `Panic handler entered multiple times. …`.
  case nested
  /// `Entering gdb stub now.`
  case gdbStub
  /// The task that crashed, as the decoder of a core dump or another system names it: `name: 'main'`,
  /// `Current thread: 0x3ffb2b38 (main)`.
  case crashedTask(String)
  /// `Rebooting...`, `Rebooting in  5 seconds...`.
  case rebooting
  /// `CPU halted.`
  case halted
  /// What a monitor with the ELF says of an address above: `0x400d1b44: app_main at main.c:42`.
  case resolved(ResolvedCall)
}

/// A register and its value.
public struct Register: Hashable, Sendable {
  /// The name as printed, `EXCVADDR`, `S0/FP`.
  public let name: String
  /// The value.
  public var value: UInt32
  /// A number made of the name: where two differ, the names do, and they are compared in no time.
  package let nameHash: UInt32

  /// Puts a register together.
  public init(name: String, value: UInt32) {
    self.name = name
    self.value = value
    nameHash = Self.hash(of: name)
  }

  init(_ name: RegisterNames.Name, value: UInt32) {
    self.name = name.name
    self.value = value
    nameHash = name.hash
  }

  static func hash(of name: String) -> UInt32 {
    var hash: UInt32 = 0
    for byte in name.utf8 { hash = hash &* 31 &+ UInt32(byte) }
    return hash
  }
}

/// A failed assertion.
public struct Assertion: Hashable, Sendable {
  /// The function, where printed.
  public var function: String?
  /// The file, as printed.
  public var file: String?
  /// The line in that file.
  public var line: Int?
  /// The expression; it may be cut at 199 characters of the whole message.
  public var expression: String?
  /// The address of a silent assertion.
  public var address: UInt32?
  /// Whether execution continues (FreeRTOS asserts that only print).
  public var isFatal: Bool

  /// Puts an assertion together.
  public init(
    function: String? = nil, file: String? = nil, line: Int? = nil, expression: String? = nil,
    address: UInt32? = nil, isFatal: Bool = true
  ) {
    self.function = function
    self.file = file
    self.line = line
    self.expression = expression
    self.address = address
    self.isFatal = isFatal
  }
}

/// What the heap's checks found.
public struct HeapDamage: Hashable, Sendable {
  /// Which check failed.
  public enum Kind: String, Hashable, Sendable {
    case badHead = "bad_head"
    case badTail = "bad_tail"
    case invalidData = "invalid_data"
    case size
    case structure
  }

  /// Which check failed.
  public var kind: Kind
  /// Where, in memory.
  public var address: UInt32?
  /// What should stand there.
  public var expected: UInt32?
  /// What stands there.
  public var found: UInt32?

  /// Puts a damage together.
  public init(
    kind: Kind, address: UInt32? = nil, expected: UInt32? = nil, found: UInt32? = nil
  ) {
    self.kind = kind
    self.address = address
    self.expected = expected
    self.found = found
  }
}

/// A backtrace as printed.
public struct Backtrace: Hashable, Sendable {
  /// One entry `0xPC:0xSP`.
  public struct Frame: Hashable, Sendable {
    /// The address as printed, not adjusted.
    public var pc: UInt32
    /// The stack pointer; nil where the entry has none.
    public var sp: UInt32?

    /// Puts a frame together.
    public init(pc: UInt32, sp: UInt32?) {
      self.pc = pc
      self.sp = sp
    }
  }

  /// How it ends.
  public enum Ending: String, Hashable, Sendable {
    /// With nothing: complete, or of a version that marks nothing.
    case plain
    /// `|<-CORRUPTED`.
    case corrupted
    /// `|<-CONTINUES`: the depth limit.
    case continues
  }

  /// The entries, innermost first.
  public var frames: [Frame]
  /// How it ends.
  public var ending: Ending
  /// Whether the line lacks `Backtrace:` and goes on with the backtrace of the line before.
  public var isContinuation: Bool

  /// Puts a backtrace together.
  public init(frames: [Frame], ending: Ending, isContinuation: Bool = false) {
    self.frames = frames
    self.ending = ending
    self.isContinuation = isContinuation
  }
}

/// A part of a task watchdog's report.
public enum TaskWatchdogLine: Hashable, Sendable {
  /// `Task watchdog got triggered. The following tasks did not reset the watchdog in time:`
  case triggered
  /// ` - IDLE0 (CPU 0)`; the core as printed: `CPU 0`, `CPU 0/1`, or `0x3` for a mask.
  case starved(task: String, cpu: String?)
  /// `Tasks currently running:`
  case runningTasks
  /// `CPU 0: edge_task`.
  case running(cpu: Int, task: String)
  /// `Aborting.`: the report becomes a panic.
  case aborting
  /// `Print CPU 0 (current core) backtrace`.
  case printsBacktrace(cpu: Int)
}

/// Brownout, sleep, and resets that software asked for.
public enum PowerLine: Hashable, Sendable {
  /// `Brownout detector was triggered`.
  case brownout
  /// The app says that it goes to deep sleep.
  case entersDeepSleep
  /// The app says that it woke from deep sleep.
  case wokeFromDeepSleep
  /// The app says that it restarts on purpose.
  case restarts
}

/// A core dump on the console.
public enum CoreDumpLine: Hashable, Sendable {
  /// `================= CORE DUMP START =================`.
  case begins
  /// A base64 line between the marks.
  case data
  /// `================= CORE DUMP END =================`.
  case ends
  /// `Coredump checksum='…'`.
  case checksum(String)
  /// Any other line of `esp_core_dump_*` while it writes.
  case progress
}
