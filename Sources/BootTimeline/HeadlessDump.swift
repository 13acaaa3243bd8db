import DeviceEvents

/// What a dump is of that lost its head: the register with the cause tells, as far as its number means one thing alone.
///
/// ESP-IDF puts numbers of its own there for what it finds itself (`formats/panic.md` 1.3 and 1.7); some of them are
/// the processor's for something else, and `abort()` enters the handler by an exception made for it.
enum HeadlessDump {
  /// Names the crash, where its registers can.
  static func name(_ crash: inout Crash) {
    if let number = crash.register("MCAUSE") {
      nameRISCV(&crash, number)
    } else if let number = crash.register("EXCCAUSE") {
      nameXtensa(&crash, number)
    }
  }

  private static func nameRISCV(_ crash: inout Crash, _ number: UInt32) {
    switch number {
    case 0x18, 0x1018: crash.kind = .interruptWatchdog
    case 0x19, 0x1019: crash.kind = .cacheError
    case 0x1b, 0x101b: crash.kind = .stackProtection
    // A write to address 0 is how abort() ends up to ESP-IDF 5.3.
    case 7 where crash.register("MTVAL") == 0: break
    case 0, 1, 4, 5, 6, 7: nameException(&crash, number, .riscv)
    // An instruction that does not exist is abort()'s since 5.4, a breakpoint a watched stack's.
    default: break
    }
  }

  private static func nameXtensa(_ crash: inout Crash, _ number: UInt32) {
    switch number {
    // As the processor's own these two are served before any panic: a moved register window, a program counter.
    case 5: crash.kind = .interruptWatchdog
    case 7: crash.kind = .cacheError
    case 9, 20, 28, 29: nameException(&crash, number, .xtensa)
    // ESP-IDF's double exception, the second core's watchdog and more share these with the processor.
    default: break
    }
  }

  private static func nameException(
    _ crash: inout Crash, _ number: UInt32, _ instructionSet: InstructionSet
  ) {
    guard let cause = ExceptionCauses.cause(number: Int(number), of: instructionSet) else { return }
    crash.kind = .exception
    crash.reason = crash.reason ?? cause.name
  }
}
