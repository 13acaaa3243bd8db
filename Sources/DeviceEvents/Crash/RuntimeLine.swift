import LineReading

/// Reads what language runtimes, sanitizers and libraries print before they abort.
///
///     Undefined behavior of type out_of_bounds
///     KASAN error: WRITE of size 4 at 0x3fc94b30
///     Bug type: use-after-free (shadow nibble=0xd)
///     terminate called after throwing an instance of 'std::bad_alloc'
///     what():  std::bad_alloc
///     thread 'main' panicked at src/main.rs:12:5:
///     FreeRTOS Task "worker" should not return, Aborting now!
///     BLE assert: line 1200 in function r_ble_lll_isr, param: 0x0, 0x1
///     ASSERT_PARAM(1 0), in rwble.c at line 222
///
/// ESP-IDF `esp_system/ubsan.c` (v4.4+), KASAN (6.2), libstdc++, Rust's standard library, the
/// FreeRTOS port (v3.2+; with `FreeRTOS: ` before it on RISC-V), the Bluetooth controllers.
enum RuntimeLine {
  /// How the lines begin.
  static var openings: [StaticString] {
    ["Undefined behavior", "Bug type: ", "FreeRTOS Task", "thread '", "ASSERT_PARAM("]
      + cppSentences.literals + wrappers.literals + RustMessage.openings.literals
  }

  static func decode(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    if cursor.skip("Undefined behavior of type ") {
      let length = text.identifierLength(at: cursor.position)
      guard length > 0 || cursor.isAtEnd else { return nil }
      let end = cursor.position + length
      return .undefinedBehavior(text.slice(from: cursor.position, to: end).string)
    }
    if text.begins(withAnyOf: cppSentences) { return .cppTermination(text.sentence) }
    if isWrapper(text) { return .wrapperMessage(text.sentence) }
    if text.has("Bug type: "), text.contains("(shadow nibble=") {
      return .detail(text.sentence, address: nil)
    }
    if cursor.skip("FreeRTOS Task \"") {
      guard let end = text.firstIndex(of: "\" should not return", from: cursor.position) else {
        return nil
      }
      return .taskReturned(task: text.slice(from: cursor.position, to: min(end, 80)).string)
    }
    return RustMessage.decode(text)
  }

  private static let cppSentences: Openings = [
    "terminate called after throwing", "terminate called without an active exception",
    "terminate called recursively", "what():  ", "pure virtual method called",
    "deleted virtual method called",
  ]

  private static func isWrapper(_ text: ByteText) -> Bool {
    if text.has("thread '") {
      return text.contains("' panicked at ") || text.contains(") panicked at ")
    }
    if text.has("ASSERT_PARAM(") { return text.contains(" at line ") }
    return text.begins(withAnyOf: wrappers)
  }

  private static let wrappers: Openings = [
    "KASAN error: READ of size ", "KASAN error: WRITE of size ", "KASAN: invalid memory access",
    "BLE assert: line ", "[DUMP_START:",
    // MicroPython: an exception that nothing could catch.
    "NLR jump failed, val=", "FATAL: uncaught NLR ",
  ]
}
