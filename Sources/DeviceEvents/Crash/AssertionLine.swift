import LineReading

/// Reads failed assertions.
///
///     assert failed: xQueueSemaphoreTake queue.c:1549 (pxQueue->uxItemSize == 0)
///     assert failed: 0x400d1a2c
///     assert failed: 0x400d1a2c <cached disabled>:120 (<cached disabled>)
///     assert failed: \b spinlock.h:120 (result)                  (a backspace for the function)
///     assertion "queue" failed: file "../queue.c", line 12, function: xQueueSend
///     ../freertos/queue.c:1442 (xQueueGenericReceive)- assert failed!
///     Assert failed in bootloader_init, bootloader.c:12 (err == 0)
///
/// ESP-IDF `newlib/assert.c` (v4.3.2+), newlib's own (v3.0 to v4.3.1), FreeRTOS `configASSERT`
/// (v3.0 to v4.4), `bootloader_panic.c` and ESP-TEE. The first form is cut at 199 characters; the
/// file may be a Windows path with a colon of its own.
enum AssertionLine {
  static func decode(_ text: ByteText) -> PanicLine? {
    if text.has("assert failed:") { return current(text).map { .assertion($0) } }
    if text.has("assertion \"") { return newlib(text).map { .assertion($0) } }
    if text.has("Assert failed in ") { return bootloader(text).map { .assertion($0) } }
    return nil
  }

  private static func current(_ text: ByteText) -> Assertion? {
    var cursor = TextCursor(text)
    guard cursor.skip("assert failed:") else { return nil }
    if cursor.isAtEnd { return Assertion() }
    guard cursor.skip(" ") else { return nil }
    var assertion = Assertion()
    if cursor.rest.has("0x") {
      // Code lies at eight digits everywhere; fewer mean that the line is cut.
      assertion.address = cursor.wholeAddress()
      cursor.skipBlanks()
      guard cursor.rest.has("<") || cursor.isAtEnd else { return assertion }
      place(&assertion, in: cursor.rest)
      return assertion
    }
    if cursor.byte == 0x08 { cursor.advance() }
    cursor.skipBlanks()
    let rest = cursor.rest
    let nameLength = functionLength(rest)
    if nameLength > 0, nameLength == rest.count || rest[nameLength] == 0x20 {
      assertion.function = rest.slice(from: 0, to: nameLength).string
      cursor.advance(by: nameLength)
      cursor.skipBlanks()
    }
    let hasPlace = place(&assertion, in: cursor.rest)
    // A cut line has a function and perhaps a part of a path; prose has several words.
    return hasPlace || cursor.rest.firstIndex(of: 0x20) == nil ? assertion : nil
  }

  /// `operator()` and the like are names too.
  private static func functionLength(_ text: ByteText) -> Int {
    let length = text.identifierLength(at: 0)
    return text.has("operator") ? text.firstIndex(of: 0x20) ?? text.count : length
  }

  /// Reads `file:line (expression)`; whether a line number stood there.
  @discardableResult
  private static func place(_ assertion: inout Assertion, in text: ByteText) -> Bool {
    var search = 0
    while let colon = text.firstIndex(of: UInt8(ascii: ":"), from: search) {
      var cursor = TextCursor(text, at: colon + 1)
      search = colon + 1
      guard (0x30...0x39).contains(cursor.byte), let line = cursor.decimal() else { continue }
      guard cursor.isAtEnd || cursor.skip(" ") else { continue }
      guard cursor.isAtEnd || cursor.skip("(") else { continue }
      assertion.file = text.slice(from: 0, to: colon).trimmed.string
      assertion.line = line
      if !cursor.isAtEnd { assertion.expression = expression(cursor.rest) }
      return true
    }
    if !text.trimmed.isEmpty { assertion.file = text.sentence }
    return false
  }

  /// What stands in the parentheses that are already open; the rest if they are not closed.
  private static func expression(_ text: ByteText) -> String {
    var depth = 1
    for index in 0..<text.count {
      if text[index] == UInt8(ascii: "(") { depth += 1 }
      if text[index] == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0 { return text.slice(from: 0, to: index).trimmed.string }
    }
    return text.trimmed.string
  }

  private static func newlib(_ text: ByteText) -> Assertion? {
    var assertion = Assertion()
    guard let end = text.firstIndex(of: "\" failed: file \"") else { return nil }
    assertion.expression = text.slice(from: 11, to: end).sentence
    var cursor = TextCursor(text, at: end + 16)
    assertion.file = cursor.take(until: UInt8(ascii: "\"")).sentence
    guard cursor.skip("\", line ") else { return assertion }
    assertion.line = cursor.decimal()
    guard cursor.skip(", function: ") else { return assertion }
    let name = cursor.rest.trimmed
    assertion.function = name.isEmpty ? nil : name.sentence
    return assertion
  }

  private static func bootloader(_ text: ByteText) -> Assertion? {
    var cursor = TextCursor(text)
    guard cursor.skip("Assert failed in ") else { return nil }
    var assertion = Assertion()
    let name = cursor.take(until: UInt8(ascii: ","))
    guard name.firstIndex(of: 0x20) == nil, !name.isEmpty else { return nil }
    assertion.function = name.sentence
    guard cursor.skip(", ") else { return assertion }
    place(&assertion, in: cursor.rest)
    return assertion
  }

  /// Reads `file:line (function)`, what stands before `- assert failed!`.
  ///
  /// FreeRTOS can be configured to print and go on, so this line alone is not fatal: where it is,
  /// the line of `abort()` follows.
  static func freeRTOS(_ text: ByteText) -> Assertion? {
    var assertion = Assertion(isFatal: false)
    guard text[text.count - 1] == UInt8(ascii: ")"), place(&assertion, in: text) else { return nil }
    assertion.function = assertion.expression
    assertion.expression = nil
    return assertion
  }
}
