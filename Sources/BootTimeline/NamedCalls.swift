import DeviceEvents

/// What a crash is of which the log holds its calls alone, as a decoder with the ELF named them:
///
///     0x40376f2a: panic_abort at components/esp_system/panic.c:408
///     0x40382c31: esp_system_abort at components/esp_system/esp_system.c:137
///     0x4038a8d5: __assert_func at components/newlib/assert.c:85
///
/// Since v4.2 ESP-IDF's `abort()` and all that ends like it goes through `esp_system_abort`, and nothing else does.
enum NamedCalls {
  /// Whether the call is one that no program comes back from.
  static func showPanic(_ call: ResolvedCall) -> Bool {
    call.function == "panic_abort" || call.function == "esp_system_abort"
  }

  /// Names the crash, where its calls end in a panic.
  static func name(_ crash: inout Crash) {
    guard crash.resolvedCalls.contains(where: showPanic) else { return }
    crash.isFatal = true
    crash.kind =
      kinds.first { kind in
        crash.resolvedCalls.contains { $0.function.hasPrefix(kind.opening) }
      }.map(\.kind) ?? .abort
  }

  /// What called it, by how the function's name begins.
  private static let kinds: [(opening: String, kind: CrashKind)] = [
    ("task_wdt_", .taskWatchdog), ("__assert_func", .assert),
    ("_esp_error_check_failed", .errorCheck), ("__stack_chk_fail", .stackSmashing),
    ("vApplicationStackOverflowHook", .stackOverflow),
    ("__cxxabiv1::__terminate", .cppException),
  ]
}
