import CElfutils

/// Reading one entry of the debug information.
extension Dwarf_Die {
  /// Calls `body` with each stretch of code that the entry covers; no more than `limit`.
  mutating func forEachRange(atMost limit: Int, _ body: (Range<UInt32>) -> Void) {
    var base: Dwarf_Addr = 0
    var start: Dwarf_Addr = 0
    var end: Dwarf_Addr = 0
    var offset = 0
    var left = limit
    while left > 0 {
      offset = dwarf_ranges(&self, offset, &base, &start, &end)
      guard offset > 0 else { return }
      left -= 1
      guard let low = UInt32(exactly: start), low < end else { continue }
      // Code at the very end of the address space would end at 2^32.
      body(low..<UInt32(clamping: end))
    }
  }

  /// The text of an attribute, also from the entry that this one is an instance of.
  mutating func text(_ attribute: Int) -> String? {
    var found = Dwarf_Attribute()
    guard dwarf_attr_integrate(&self, UInt32(attribute), &found) != nil,
      let text = dwarf_formstring(&found)
    else { return nil }
    return String(cString: text)
  }

  /// The number of an attribute of this very entry.
  mutating func number(_ attribute: Int) -> UInt64? {
    var found = Dwarf_Attribute()
    var number: Dwarf_Word = 0
    guard dwarf_attr(&self, UInt32(attribute), &found) != nil,
      dwarf_formudata(&found, &number) == 0
    else { return nil }
    return number
  }
}
