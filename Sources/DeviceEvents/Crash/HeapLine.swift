import LineReading

/// Reads what the heap's checks print.
///
///     CORRUPT HEAP: Bad head at 0x3ffb8f2c. Expected 0xabba1234 got 0x3ffb9040
///     CORRUPT HEAP: Bad tail at 0x3ffb8f2c. Expected 0xbaad5678 got 0xbaad5600
///     CORRUPT HEAP: Invalid data at 0x3ffb8f2c. Expected 0xfefefefe got 0xfefe0000
///     CORRUPT HEAP: Size at 0x3ffb8f2c expected <=0x00000200 got 0xfefefefe
///     CORRUPT HEAP: multi_heap.c:432 detected at 0x3ffb8f2c
///     CORRUPT HEAP: Block 0x3ffb8f2c is outside heap (last valid block 0x3ffb8f00)
///     Mem alloc fail. size 0x00001000 caps 0x00001800
///
/// ESP-IDF `heap/multi_heap*.c` of every version, the `Block` family up to v4.2; the last one is
/// the detail of an abort (v4.4.5+).
enum HeapLine {
  static func decode(_ text: ByteText) -> PanicLine? {
    var cursor = TextCursor(text)
    if cursor.skip("CORRUPT HEAP:") {
      cursor.skipBlanks()
      return .heapCorruption(damage(cursor.rest))
    }
    guard cursor.skip("Mem alloc fail. size ") else { return nil }
    guard let size = cursor.wholeAddress() else { return nil }
    let capabilities = cursor.skip(" caps ") ? cursor.wholeAddress() : nil
    return .allocationFailed(size: Int(size), capabilities: capabilities ?? 0)
  }

  private static func damage(_ text: ByteText) -> HeapDamage {
    var damage = HeapDamage(kind: kind(text))
    switch damage.kind {
    case .structure:
      damage.address = text.firstAddress
    case .badHead, .badTail, .invalidData, .size:
      var cursor = TextCursor(text)
      guard cursor.skip(through: " at ") else { return damage }
      damage.address = cursor.wholeAddress()
      guard cursor.skip(through: "xpected ") else { return damage }
      _ = cursor.skip("<=")
      let expected = number(&cursor)
      guard cursor.skip(" got ") else { return damage }
      damage.expected = expected?.value
      let found = number(&cursor)
      // Both have the same width; fewer digits mean that the line is cut.
      if let expected, let found, found.digits >= expected.digits { damage.found = found.value }
    }
    return damage
  }

  private static func kind(_ text: ByteText) -> HeapDamage.Kind {
    if text.has("Bad head") { return .badHead }
    if text.has("Bad tail") { return .badTail }
    if text.has("Invalid data") { return .invalidData }
    return text.has("Size at") ? .size : .structure
  }

  private static func number(_ cursor: inout TextCursor) -> (value: UInt32, digits: Int)? {
    guard cursor.skip("0x") else { return nil }
    let start = cursor.position
    guard let value = cursor.hexadecimal(limit: 8) else { return nil }
    return (UInt32(truncatingIfNeeded: value), cursor.position - start)
  }
}
