import DeviceEvents

/// What a crash's own lines mean: its kind, PC, fault address and signature.
enum CrashReading {
  /// The kind that a header's reason stands for (`formats/panic.md` 1.2, 1.3, 1.7).
  static func kind(ofReason reason: String) -> CrashKind {
    switch PanicReason(reason) {
    case .interruptWatchdog: .interruptWatchdog
    case .cacheError: .cacheError
    case .doubleException: .doubleException
    case .stackProtection: .stackProtection
    case .abort: .abort
    case .exception, .debugException, .kernelException, .coprocessorException, .memoryProtection,
      .unknown:
      .exception
    }
  }

  /// The core in a task watchdog's `CPU 0`; nil for `CPU 0/1` and masks.
  static func core(ofCPU text: String) -> Int? {
    guard text.hasPrefix("CPU "), text.utf8.count == 5 else { return nil }
    return text.last?.wholeNumberValue
  }

  /// What a context switch leaves in the register of the address, where there was no fault.
  static let noFaultAddress: UInt32 = 0xdead_c0de

  /// Fills in what needs the whole crash.
  static func finish(_ crash: inout Crash) {
    if crash.kind == .abort, crash.endsInErrorCheck { crash.kind = .errorCheck }
    DecodedDump.finish(&crash)
    let registerPC = crash.register("PC") ?? crash.register("MEPC")
    let hasOwnAddress: Bool
    switch crash.kind {
    case .abort, .assert, .errorCheck, .cppException, .stackSmashing, .ubsan, .heapCorruption,
      .stackOverflow, .taskWatchdog, .other:
      hasOwnAddress = crash.pc != nil
    case .exception, .stackCanary, .stackProtection, .cacheError, .interruptWatchdog,
      .doubleException, .brownout:
      hasOwnAddress = false
    }
    if !hasOwnAddress { crash.pc = registerPC ?? crash.pc }
    if crash.faultAddress == nil,
      let address = crash.register("EXCVADDR")
        ?? (crash.isExceptionSaved ? crash.register("MTVAL") : nil),
      address != noFaultAddress
    {
      crash.faultAddress = address
    }
    if crash.core == nil, crash.isExceptionSaved, let hart = crash.register("MHARTID") {
      crash.core = Int(hart)
    }
    if crash.kind == .other, !crash.isBeginningKnown, crash.message == nil {
      HeadlessDump.name(&crash)
      if crash.kind == .other { NamedCalls.name(&crash) }
    }
    if crash.kind == .other, crash.isBeginningKnown,
      crash.register("PC") ?? crash.register("MEPC") != nil
    {
      crash.kind = .exception
    }
    crash.reason = crash.reason ?? crash.message
    crash.signature = signature(of: crash)
  }

  /// Equal for crashes of the same kind at the same place; addresses are those of one build.
  private static func signature(of crash: Crash) -> String {
    var signature = crash.kind.rawValue
    if let assertion = crash.assertion {
      if let function = assertion.function { signature.add(function) }
      if let file = assertion.file { signature.add(file) }
      if let line = assertion.line { signature.add("\(line)") }
    } else if let name = crash.error?.name {
      signature.add(name)
    } else if let reason = crash.reason, crash.kind == .exception {
      signature.add(reason)
    }
    if let task = crash.task { signature.add(task) }
    if let watched = crash.watchedTask { signature.add(watched) }
    if let frames = crash.backtrace?.frames, !frames.isEmpty {
      for frame in frames.prefix(3) { signature.add(String(frame.pc, radix: 16)) }
    } else if let pc = crash.pc {
      signature.add(String(pc, radix: 16))
    }
    return signature
  }
}

extension String {
  /// Adds a part behind a colon.
  fileprivate mutating func add(_ part: String) {
    append(":")
    append(part)
  }
}

extension Crash {
  /// Whether the monitor named `_esp_error_check_failed` as what called `abort()`: ESP-IDF's failed error check, of
  /// which the sentence is not in the log.
  fileprivate var endsInErrorCheck: Bool {
    guard let pc else { return false }
    return resolvedCalls.contains { $0.address == pc && $0.function == "_esp_error_check_failed" }
  }
}

extension Crash {
  /// Whether RISC-V's registers are those of an exception. A frame that an interrupt saved for the scheduler, which the
  /// task watchdog shows, has no cause, address or core in it, and what stands there is left from before
  /// (`riscv/vectors.S`): mostly no cause that there can be.
  fileprivate var isExceptionSaved: Bool {
    guard kind != .taskWatchdog else { return false }
    guard let cause = register("MCAUSE") else { return true }
    return cause == CrashReading.noFaultAddress || cause & 0x7fff_ffff < 0x2000
  }
}
