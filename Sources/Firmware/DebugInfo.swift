import CElfutils

/// The debug information of an ELF, opened through libdw, and which compilation unit made the code
/// at which address.
///
/// libdw's own look-up by address gives up on ESP-IDF's `.debug_aranges`, which has empty entries
/// in its middle; so this index is built from the units themselves.
final class DebugInfo {
  private let handle: ELFHandle
  let dwarf: OpaquePointer
  private var units: [CompilationUnit] = []
  private var spans: [Span] = []

  private struct Span {
    var low: UInt32
    var high: UInt32
    /// The furthest end of this span and all before it.
    var reach: UInt32
    var unit: Int32
  }

  /// Ranges beyond these are not looked at: a few bytes can claim them again and again.
  private static let mostSpans = 1 << 20

  /// Nil where there is none that can be read.
  init?(_ handle: ELFHandle?, _ memory: MemoryOfELF) {
    guard let handle, let dwarf = dwarf_begin_elf(handle.elf, DWARF_C_READ, nil) else {
      return nil
    }
    self.handle = handle
    self.dwarf = dwarf
    indexUnits(memory)
  }

  deinit { dwarf_end(dwarf) }

  /// The unit whose code the address is.
  func unit(at address: UInt32) -> CompilationUnit? {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].low <= address { low = middle + 1 } else { high = middle }
    }
    var index = low
    while index > 0, spans[index - 1].reach > address {
      index -= 1
      if spans[index].high > address { return units[Int(spans[index].unit)] }
    }
    return nil
  }

  private func indexUnits(_ memory: MemoryOfELF) {
    var current: OpaquePointer?
    while true {
      var next: OpaquePointer?
      var kind: UInt8 = 0
      var die = Dwarf_Die()
      guard dwarf_get_units(dwarf, current, &next, nil, &kind, &die, nil) == 0, next != nil else {
        break
      }
      current = next
      // A skeleton's rest lies in another file, which is not there on whoever's machine this is.
      guard die.addr != nil, kind == DW_UT_compile || kind == DW_UT_partial else { continue }
      let room = Self.mostSpans - spans.count
      var ranges: [Range<UInt32>] = []
      die.forEachRange(atMost: room) { range in
        // What the linker threw away is left in the debug information, at address 0 or thereabouts.
        if memory.isCode(range.lowerBound) { ranges.append(range) }
      }
      guard !ranges.isEmpty else { continue }
      let unit = Int32(units.count)
      units.append(CompilationUnit(die))
      for range in ranges {
        spans.append(Span(low: range.lowerBound, high: range.upperBound, reach: 0, unit: unit))
      }
    }
    spans.sort { ($0.low, $0.unit) < ($1.low, $1.unit) }
    var reach: UInt32 = 0
    for index in spans.indices {
      reach = max(reach, spans[index].high)
      spans[index].reach = reach
    }
  }
}
