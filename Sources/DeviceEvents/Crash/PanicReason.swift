/// What the reason in a panic's header stands for.
///
/// The text decides, never the number in `EXCCAUSE` or `MCAUSE`: for reasons of ESP-IDF's own that
/// register holds a number that means something else in the processor's table.
public enum PanicReason: Hashable, Sendable {
  /// An exception of the processor.
  case exception(ExceptionCause)
  /// `Unhandled debug exception`: a watchpoint (stack canary) or a breakpoint.
  case debugException
  /// `Double exception`: an exception while one was handled.
  case doubleException
  /// `Unhandled kernel exception`: an exception in low-level code.
  case kernelException
  /// `Coprocessor exception`: floating point where it is not allowed.
  case coprocessorException
  /// `Interrupt wdt timeout on CPU0`.
  case interruptWatchdog(core: Int?)
  /// `Cache error`, `Cache exception`, `Cache disabled but cached memory region accessed`.
  case cacheError
  /// `Memory protection fault`.
  case memoryProtection
  /// `Stack protection fault`: the hardware's stack guard.
  case stackProtection
  /// `abort` of v2.0.
  case abort
  /// A reason that this version does not know, `Unknown reason` too.
  case unknown

  /// Reads a header's reason, which may have lost its end.
  public init(_ text: String) {
    if let cause = ExceptionCauses.cause(named: text) {
      self = .exception(cause)
    } else if text.hasPrefix("Interrupt wdt timeout") {
      self = .interruptWatchdog(core: text.last?.wholeNumberValue)
    } else if let found = Self.own.first(where: { $0.text == text }) {
      self = found.reason
    } else {
      self = Self.uncut(text) ?? .unknown
    }
  }

  /// What the fault-address register holds.
  public var faultAddress: ExceptionCause.FaultAddress {
    switch self {
    case .exception(let cause): cause.faultAddress
    case .debugException, .doubleException, .kernelException, .coprocessorException,
      .interruptWatchdog, .cacheError, .memoryProtection, .stackProtection, .abort, .unknown:
      .meaningless
    }
  }

  /// What happened, in words; nil where the reason says nothing.
  public var meaning: String? {
    switch self {
    case .exception(let cause): cause.meaning
    case .debugException: "a watchpoint or a breakpoint without a debugger"
    case .doubleException:
      "an exception while the registers of another were saved, mostly on a ruined stack"
    case .kernelException: "an exception in the lowest code of the system"
    case .coprocessorException: "floating point used where it is not allowed"
    case .interruptWatchdog: "interrupts that were blocked for too long"
    case .cacheError: "flash or PSRAM accessed while the cache was off"
    case .memoryProtection: "an access that the memory protection forbids"
    case .stackProtection: "a stack pointer outside the task's stack"
    case .abort: "a call of abort()"
    case .unknown: nil
    }
  }

  private static let own: [(text: String, reason: PanicReason)] = [
    ("Unhandled debug exception", .debugException),
    ("Double exception", .doubleException),
    ("Unhandled kernel exception", .kernelException),
    ("Coprocessor exception", .coprocessorException),
    ("Cache disabled but cached memory region accessed", .cacheError),
    ("Cache error", .cacheError),
    ("Cache exception", .cacheError),
    ("Memory protection fault", .memoryProtection),
    ("Stack protection fault", .stackProtection),
    ("abort", .abort),
    ("Interrupt wdt timeout", .interruptWatchdog(core: nil)),
  ]

  /// The only reason that begins with `text`.
  private static func uncut(_ text: String) -> PanicReason? {
    guard text.utf8.count >= 5 else { return nil }
    var found: PanicReason?
    let causes = ExceptionCauses.xtensa + ExceptionCauses.riscv
    let known = own + causes.map { (text: $0.name, reason: .exception($0)) }
    for (name, reason) in known where name.hasPrefix(text) {
      if let found, found != reason { return nil }
      found = reason
    }
    return found
  }
}
