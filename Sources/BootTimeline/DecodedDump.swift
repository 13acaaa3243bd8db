import DeviceEvents

/// What the decoder of a core dump puts otherwise than the panic handler.
///
///     Panic reason: assert failed: app_main main.c:53 (ready)
///     exccause       0x45 (InterruptWDTTimoutCPU0)
///
/// esp-coredump prints the handler's sentence behind a label. ESP-IDF's own causes stand in a dump as 64 more than their
/// number (`espcoredump`, Xtensa, every version: `formats/panic.md` 1.3 and 6.6); those of the processor end at 63, so
/// that these numbers mean one thing alone, wherever they stand.
enum DecodedDump {
  /// Takes the label from the message, and names a crash that nothing but the stored cause names.
  static func finish(_ crash: inout Crash) {
    if let message = crash.message, message.hasPrefix(label) {
      crash.message = String(message.dropFirst(label.count))
    }
    guard crash.kind == .other, crash.reason == nil, crash.message == nil else { return }
    switch crash.register("EXCCAUSE") {
    case 0x42: set(&crash, .doubleException, "Double exception")
    case 0x45: set(&crash, .interruptWatchdog, "Interrupt wdt timeout on CPU0", core: 0)
    case 0x46: set(&crash, .interruptWatchdog, "Interrupt wdt timeout on CPU1", core: 1)
    case 0x47: set(&crash, .cacheError, "Cache error")
    default: break
    }
  }

  private static let label = "Panic reason: "

  private static func set(
    _ crash: inout Crash, _ kind: CrashKind, _ reason: String, core: Int? = nil
  ) {
    crash.kind = kind
    crash.reason = reason
    crash.core = crash.core ?? core
  }
}
