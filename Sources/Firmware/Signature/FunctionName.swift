/// Names of functions, as far as they are the same in every build.
enum FunctionName {
  /// The name as its author wrote it: without the compiler's mark for a copy or a part of the
  /// function (`parse.isra.0`, `parse [clone .cold]`), and without the hash of Rust's names.
  static func withoutVariant(_ name: String) -> String {
    var name = name[...]
    // Demanglers write the mark behind the parameters.
    for opening in [" [clone ", " (."] {
      if let start = index(of: opening, in: name) { name = name[..<start] }
    }
    while let dot = index(ofVariantIn: name) { name = name[..<dot] }
    return String(withoutHash(name))
  }

  /// Whether the function belongs to the way into the panic, and stands on top of every abort,
  /// failed check or caught overrun.
  static func isOfPanic(_ name: String) -> Bool { ofPanic.contains(name) }

  private static let ofPanic: Set<String> = [
    "panic_abort", "esp_system_abort", "abort", "__assert", "__assert_func",
    "_esp_error_check_failed", "esp_error_check_failed_print", "__stack_chk_fail",
    "vApplicationStackOverflowHook", "panic_handler", "panicHandler", "xt_unhandled_exception",
    "esp_panic_handler", "_panic_handler", "task_wdt_timeout_handling", "task_wdt_isr",
    "task_wdt_timeout_abort", "__ubsan_default_handler", "raise", "_exit",
    "__cxxabiv1::__terminate(void (*)())", "std::terminate()", "__cxa_throw", "__cxa_rethrow",
    "__cxa_pure_virtual", "__gnu_cxx::__verbose_terminate_handler()", "rust_begin_unwind",
    "core::panicking::panic", "core::panicking::panic_fmt",
  ]

  private static let variants = [
    "isra", "part", "constprop", "cold", "lto_priv", "llvm", "clone", "localalias", "warm", "hot",
    "unlikely",
  ]

  /// Where a mark like `.isra.0` begins, that nothing but digits and further marks follow.
  private static func index(ofVariantIn name: Substring) -> Substring.Index? {
    guard let dot = name.dropFirst().firstIndex(of: ".") else { return nil }
    let parts = name[dot...].dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    let areMarks = parts.allSatisfy { part in
      variants.contains(String(part)) || !part.isEmpty && part.allSatisfy(\.isHexDigit)
    }
    return areMarks && parts.contains { variants.contains(String($0)) } ? dot : nil
  }

  /// Rust's `::h` with sixteen hexadecimal digits at the end.
  private static func withoutHash(_ name: Substring) -> Substring {
    let hash = name.suffix(19)
    guard hash.count == 19, hash.hasPrefix("::h"), hash.dropFirst(3).allSatisfy(\.isHexDigit) else {
      return name
    }
    return name.dropLast(19)
  }

  private static func index(of text: String, in name: Substring) -> Substring.Index? {
    var start = name.startIndex
    while start < name.endIndex {
      if start > name.startIndex, name[start...].hasPrefix(text) { return start }
      start = name.index(after: start)
    }
    return nil
  }
}
