// Names of Wi-Fi networks in lists of a scan, in commands and in codes.

extension PersonalScan {
  /// `- 'lab' (aa:bb:cc:dd:ee:ff) ...`, `- 'lab' (HIDDEN) ...` of ESPHome.
  func listedNetwork(at position: Int) -> Range<Int>? {
    let open = position + 2
    guard text.byte(position) == UInt8(ascii: "-"), text.byte(position + 1) == 0x20,
      text.byte(open) == UInt8(ascii: "'")
    else { return nil }
    var end = open + 1
    let limit = end + Self.longestName
    // A name may have the sign itself: the one counts that an address follows.
    while end < limit, !text.isLineEnd(end) {
      if text.byte(end) == UInt8(ascii: "'"), text.has(" (", at: end + 1),
        hardware(at: end + 3) != nil || text.has("***", at: end + 3)
          || text.has("hidden)", at: end + 3)
      {
        return open + 1..<end
      }
      end += 1
    }
    return nil
  }

  /// `1: lab (-60)*` of Arduino's examples, and `02: lab    -52 dBm  WPA2`.
  func numberedNetwork(at position: Int) -> Range<Int>? {
    var start = position
    while start < position + 3, text.isDigit(start) { start += 1 }
    if text.has(" : ", at: start) { start += 1 }
    guard text.has(": ", at: start) else { return nil }
    // `channel 3: noise floor (-95)` has a word before.
    var before = position
    while before > position - 4, text.isBlank(before - 1) { before -= 1 }
    guard before == 0 || text.byte(before - 1) == UInt8(ascii: ":") else { return nil }
    start += 2
    let found = name(from: start) { isStrength(behind: $0) }
    return found.flatMap { name in
      name.allSatisfy { text.isDigit($0) } || isMeasured(name) ? nil : name
    }
  }

  /// ` (-60)`, ` (-60 dBm)`, and `     -60 dBm`.
  private func isStrength(behind end: Int) -> Bool {
    guard text.isBlank(end) else { return false }
    var cursor = end
    while cursor < end + 40, text.isBlank(cursor) { cursor += 1 }
    let isBracketed = text.byte(cursor) == UInt8(ascii: "(")
    if isBracketed { cursor += 1 }
    guard text.byte(cursor) == UInt8(ascii: "-"), text.isDigit(cursor + 1),
      text.isDigit(cursor + 2)
    else { return false }
    cursor += 3
    if text.isDigit(cursor) { cursor += 1 }
    if isBracketed, text.byte(cursor) == UInt8(ascii: ")") { return true }
    if text.isBlank(cursor) { cursor += 1 }
    return text.has("dbm", at: cursor)
  }

  /// What is told in the same unit, and is no network.
  private func isMeasured(_ name: Range<Int>) -> Bool {
    let quantities: [StaticString] = [
      "rssi", "signal", "noise", "power", "level", "floor", "strength", "snr", "average", "min",
      "max", "threshold", "sensitivity", "is", "at", "of", "to", "=", ":",
    ]
    return quantities.contains { text.has($0, at: name.upperBound - $0.utf8CodeUnitCount) }
  }

  /// `[lab][rssi=-60]`, and ` 1 | lab      |  -60 |  6 | WPA2` in a table.
  func networkInTable(at position: Int) -> Range<Int>? {
    if text.byte(position) == UInt8(ascii: "[") {
      return name(from: position + 1) { text.has("][rssi", at: $0) }
    }
    // The row's number stands before.
    guard text.byte(position + 1) == 0x20, text.isDigit(position - 2) || text.isDigit(position - 1)
    else { return nil }
    return name(from: position + 2) { end in
      guard text.isBlank(end) else { return false }
      let bar = text.pastBlanks(end)
      let number = text.pastBlanks(bar + 1)
      return text.byte(bar) == UInt8(ascii: "|") && text.byte(number) == UInt8(ascii: "-")
        && text.isDigit(number + 1) && text.isDigit(number + 2) && !text.isDigit(number + 3)
    }
  }

  /// What begins at `start` and ends where `isEnd` says so.
  private func name(from start: Int, until isEnd: (Int) -> Bool) -> Range<Int>? {
    var end = start
    let limit = start + Self.longestOfList
    while end < limit, !text.isLineEnd(end) {
      if isEnd(end) { return start..<end }
      end += 1
    }
    return nil
  }

  /// Lists show names as they are, or padded to 32 characters.
  private static let longestOfList = 96

  /// The name in `WIFI:S:lab;T:WPA;P:x;;`, the text of a code that phones read; `position` is that of the `S`.
  func nameInCode(at position: Int) -> Range<Int>? {
    let before = text.byte(position - 1)
    guard before == UInt8(ascii: ":") || before == UInt8(ascii: ";"),
      (max(position - 96, 0)..<position).contains(where: { text.has("wifi:", at: $0) })
    else { return nil }
    let start = position + 2
    var end = start
    let limit = start + Self.longestName
    while end < limit, !text.isLineEnd(end),
      text.byte(end) != UInt8(ascii: ";") || text.byte(end - 1) == UInt8(ascii: "\\")
    {
      end += 1
    }
    return text.byte(end) == UInt8(ascii: ";") ? start..<end : nil
  }

  /// What a firmware itself conceals on terminals, `ESC [5m lab ESC [6m` of ESPHome; `position` is that of the first sign,
  /// which may be written as an escape.
  func concealed(at position: Int) -> Range<Int>? {
    guard let start = endOfSequence("[5m", at: position) else { return nil }
    var end = start
    let limit = start + 2 * Self.longestName
    while end < limit, !text.isLineEnd(end), endOfSequence("[6m", at: end) == nil { end += 1 }
    return endOfSequence("[6m", at: end) == nil ? nil : start..<end
  }

  private func endOfSequence(_ sequence: StaticString, at position: Int) -> Int? {
    let escape: StaticString = "\\u{1b}"
    let start =
      text.byte(position) == 0x1b
      ? position + 1 : text.has(escape, at: position) ? position + escape.utf8CodeUnitCount : nil
    guard let start, text.has(sequence, at: start) else { return nil }
    return start + sequence.utf8CodeUnitCount
  }
}
