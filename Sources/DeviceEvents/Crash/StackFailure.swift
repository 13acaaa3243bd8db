import LineReading

/// Reads what the guards of stacks print.
///
///     ***ERROR*** A stack overflow in task httpd has been detected.
///     Stack smashing protect failure!
///     Debug exception reason: Stack canary watchpoint triggered (main)
///     Debug exception reason: BREAK instr
///     Detected in task "httpd" at 0x4200d8f0
///     Stack pointer: 0x3fca4a10
///     Stack bounds: 0x3fca4a68 - 0x3fca5a60
///
/// ESP-IDF: FreeRTOS `port.c` (v3.0+), `stack_check.c`, the Xtensa `panic_arch.c` (v3.0+; the task's
/// name since v2.1), and the hardware stack guard of RISC-V chips (v5.2+).
enum StackFailure {
  static func decode(_ text: ByteText) -> PanicLine? {
    if let overflow = overflow(text) { return overflow }
    var cursor = TextCursor(text)
    if text.has("Stack smashing protect failure!") { return .stackSmashing }
    if cursor.skip("Debug exception reason:") { return debugReason(cursor.rest.trimmed) }
    if cursor.skip("Detected in task \"") {
      guard let end = text.firstIndex(of: "\" at 0x", from: cursor.position) else { return nil }
      let task = taskName(text.slice(from: cursor.position, to: end))
      cursor = TextCursor(text, at: end + 5)
      return cursor.wholeAddress().map { .stackGuard(task: task, address: $0) }
    }
    if cursor.skip("Stack pointer: ") { return cursor.wholeAddress().map { .stackPointer($0) } }
    if cursor.skip("Stack bounds: ") {
      guard let low = cursor.wholeAddress(), cursor.skip(" - "), let high = cursor.wholeAddress()
      else { return nil }
      return .stackBounds(low: low, high: high)
    }
    return nil
  }

  private static func overflow(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    if cursor.skip("***ERROR*** A stack overflow") {
      guard cursor.skip(" in task ") else { return .stackOverflow(task: "") }
      let end = text.firstIndex(of: " has been", from: cursor.position) ?? text.count
      return .stackOverflow(task: taskName(text.slice(from: cursor.position, to: end)))
    }
    guard cursor.skip("A stack overflow in task "),
      let end = text.firstIndex(of: " has been detected", from: cursor.position)
    else { return nil }
    return .stackOverflow(task: taskName(text.slice(from: cursor.position, to: end)))
  }

  /// Whether `before` is what a line that lost its first bytes has left of `***ERROR*** `.
  static func isHeadLost(_ before: ByteText) -> Bool {
    let head: StaticString = "***ERROR*** "
    let lost = head.utf8CodeUnitCount - before.count
    guard lost > 0 else { return false }
    for index in 0..<before.count where before[index] != head.utf8Start[lost + index] {
      return false
    }
    return true
  }

  private static func debugReason(_ reason: ByteText) -> PanicLine {
    guard let found = reason.firstIndex(of: "Stack canary watchpoint triggered") else {
      return .debugReason(reason.sentence, canaryTask: nil)
    }
    var task = ""
    if let open = reason.firstIndex(of: UInt8(ascii: "("), from: found) {
      // The name may hold parentheses itself: the last one closes it.
      var end = reason.count
      while end > open, reason[end] != UInt8(ascii: ")") { end -= 1 }
      if end > open { task = taskName(reason.slice(from: open + 1, to: end)) }
    }
    return .debugReason(reason.sentence, canaryTask: task)
  }

  /// Names are at most 15 bytes by default and configurable; a ruined one may be anything.
  private static func taskName(_ text: ByteText) -> String {
    text.slice(from: 0, to: 64).trimmed.string
  }
}
