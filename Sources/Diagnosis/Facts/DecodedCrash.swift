import DeviceEvents

/// What the ELF of the image that crashed tells about a crash.
public struct DecodedCrash: Hashable, Sendable {
  /// The ELF that was used; nil where the capturing monitor had one, and the log its answers.
  public var elf: MatchedELF?
  /// The calls of the core that failed, innermost first.
  public var frames: [DecodedFrame] = []
  /// The calls of the other cores, in the order of `Crash.otherCores`.
  public var otherCores: [[DecodedFrame]] = []
  /// What the fault address lies in: a variable (`g_config + 0x10`), the heap, a task's stack.
  public var faultPlace: String?
  /// Where the PC lies relative to the image's code; unknown where the ELF does not tell.
  public var pcPlace = PCPlace.unknown
  /// Equal for the same bug in other builds; empty where no frame has a name.
  public var signature = ""

  /// A crash decoded with `elf`, still without frames.
  public init(elf: MatchedELF?) { self.elf = elf }
}

/// An ELF, and why it is believed to be the image that crashed.
public struct MatchedELF: Hashable, Sendable {
  /// Why it is believed.
  public enum Proof: String, CaseIterable, Hashable, Sendable {
    /// The SHA-256 that the panic or the boot printed is the file's.
    case sha256
    /// Project, version and build time that the boot printed are those in the file.
    case descriptor
    /// The log prints nothing to compare with; the file was given.
    case given
    /// The log names another build; the file was forced upon it.
    case forced
  }

  /// The file, for display.
  public var path: String
  /// The SHA-256 of the file, 64 lower-case hexadecimal digits.
  public var sha256: String
  /// Why it is believed.
  public var proof: Proof

  /// Puts a match together.
  public init(path: String, sha256: String, proof: Proof) {
    self.path = path
    self.sha256 = sha256
    self.proof = proof
  }
}

/// One place on the stack, and the functions that it stands for.
public struct DecodedFrame: Hashable, Sendable {
  /// How the place is known.
  public enum Origin: String, CaseIterable, Hashable, Sendable {
    /// The PC of the register dump.
    case registers
    /// An entry of the printed backtrace.
    case printed
    /// Unwound from the stack dump with the ELF's call frame information, or a frame pointer.
    case unwound
    /// Found on the stack: a return address behind a call instruction; it may be a left-over.
    case guessed
  }

  /// A function at the place: the one that was called, or one inlined into the next.
  public struct Call: Hashable, Sendable {
    /// The function.
    public var function: String
    /// The source file, as the compiler recorded it.
    public var file: String?
    /// The line in it, counted from 1.
    public var line: Int?
    /// Whether the compiler inlined it into the next.
    public var isInlined: Bool
    /// Whose source it is.
    public var owner: Owner

    /// Puts a call together.
    public init(
      function: String, file: String? = nil, line: Int? = nil, isInlined: Bool = false,
      owner: Owner = .unknown
    ) {
      self.function = function
      self.file = file
      self.line = line
      self.isInlined = isInlined
      self.owner = owner
    }
  }

  /// Whose source code a function is.
  public enum Owner: String, Hashable, Sendable {
    /// The project's own.
    case application
    /// A component that the project fetched.
    case component
    /// ESP-IDF, Arduino's core, or another framework.
    case framework
    /// The compiler's and the C library's.
    case toolchain
    /// No file is recorded.
    case unknown
  }

  /// The address as printed or found, not adjusted.
  public var pc: UInt32
  /// The stack pointer.
  public var sp: UInt32?
  /// How it is known.
  public var origin: Origin
  /// What kind of memory it lies in.
  public var memory: AddressClass
  /// The functions, innermost first; empty where the ELF knows none.
  public var calls: [Call]

  /// Puts a frame together.
  public init(
    pc: UInt32, sp: UInt32?, origin: Origin, memory: AddressClass, calls: [Call]
  ) {
    self.pc = pc
    self.sp = sp
    self.origin = origin
    self.memory = memory
    self.calls = calls
  }
}

extension DecodedCrash {
  /// All calls of the core that failed that are more than a guess, innermost first.
  public var calls: [DecodedFrame.Call] {
    frames.filter { $0.origin != .guessed }.flatMap(\.calls)
  }

  /// The first call in the application's own sources; without one, the first in a component.
  public var suspect: DecodedFrame.Call? {
    calls.first { $0.owner == .application } ?? calls.first { $0.owner == .component }
  }

  /// The innermost call that is not machinery which only reports a failure (`abort`, `__assert_func`).
  public var site: DecodedFrame.Call? {
    calls.first { !Self.reporters.contains($0.function) }
  }

  /// The function that the task began with: the outermost that is not the kernel's own wrapper.
  public var taskEntry: String? {
    calls.last { !Self.wrappers.contains($0.function) }?.function
  }

  /// Functions that stand at the top of a deliberate stop, by their names in ESP-IDF, newlib,
  /// FreeRTOS and the C++ run-time library.
  private static let reporters: Set<String> = [
    "panic_abort", "esp_system_abort", "abort", "__assert_func", "__assert",
    "_esp_error_check_failed",
    "vApplicationStackOverflowHook", "__stack_chk_fail", "esp_restart_noos", "panic_handler",
    "xt_unhandled_exception", "task_wdt_isr", "task_wdt_timeout_handling",
    "vApplicationMallocFailedHook",
    "heap_caps_alloc_failed", "__cxxabiv1::__terminate(void (*)())", "std::terminate()",
    "__cxa_throw", "__cxa_bad_cast", "rust_begin_unwind", "core::panicking::panic_fmt",
    "core::panicking::panic", "__ubsan_default_handler", "__ubsan_maybe_debugbreak",
  ]

  /// What FreeRTOS and the ports wrap around a task's function.
  private static let wrappers: Set<String> = ["vPortTaskWrapper", "main_task", "prvTaskExitError"]
}

extension DecodedFrame.Call {
  /// `parse_frame (csi.c:210)`.
  public var place: String {
    guard let file else { return function }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return line.map { "\(function) (\(name):\($0))" } ?? "\(function) (\(name))"
  }
}
