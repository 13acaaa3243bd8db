import LineReading

/// Reads Zephyr's failed assertions, which are fatal unless the application replaces `assert_post_action`.
///
///     ASSERTION FAIL [z_spin_lock_valid(l)] @ WEST_TOPDIR/zephyr/include/zephyr/spinlock.h:114
///     ASSERTION FAIL [thread != ((void *)0)] @ ZEPHYR_BASE/kernel/sched.c:367:
///
/// Zephyr `include/zephyr/sys/__assert.h`; a colon more before 2.0. The trap that follows is the system's own.
enum ZephyrAssertion {
  static let marker: StaticString = "ASSERTION FAIL ["

  static func decode(_ line: ByteText, _ body: EventSink) -> Bool {
    var cursor = TextCursor(line)
    guard cursor.skip("ASSERTION FAIL ["), let end = line.firstIndex(of: "] @ ") else {
      return false
    }
    var assertion = Assertion(expression: line.slice(from: cursor.position, to: end).sentence)
    let place = line.slice(from: end + 4)
    if let colon = place.firstIndex(of: UInt8(ascii: ":"), from: 0) {
      assertion.file = place.slice(from: 0, to: colon).sentence
      var number = TextCursor(place, at: colon + 1)
      assertion.line = number.decimal()
    }
    body(.foreign(.zephyr))
    body(.panic(.assertion(assertion)))
    return true
  }
}
