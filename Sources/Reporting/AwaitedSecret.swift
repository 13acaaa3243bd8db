/// Waits for a secret that a line announced and did not tell: it stands on the next one.
///
///     I (420) app: password:
///     I (420) app: correcthorse
///     D (512) wpa: PMK - hexdump(len=32):
///     D (512) wpa: 4a 7f 00 11 22 33 44 55  66 77 88 99 aa bb cc dd  |J..."3DUfw......|
///
/// A line or two of other tasks may come between, as far as their tags tell that they are.
struct AwaitedSecret: Sendable {
  private enum Expectation {
    case nothing
    /// A word, or rows of bytes, on the next line.
    case value(SecretNames.Kind)
    /// So many further rows of bytes at most.
    case rows(Int)
  }

  private var expectation = Expectation.nothing
  /// The tag of the line that announced it, or told a row of it; nil for one without the prefix of a log line.
  private var source: [UInt8]?
  /// How many lines of others may still come before it.
  private var patience = 0

  private static let mostOthers = 2

  /// A key of 4096 bits has fewer rows of 16 bytes.
  private static let mostRows = 32

  /// The part of a line that is the secret which a line before announced.
  mutating func secret(in line: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    let awaited = expectation
    let announcer = source
    let left = patience
    // Nearly all lines end with something else than a colon, and nothing is awaited.
    guard let last = line.last(where: { $0 > 0x20 }) else { return nil }
    expectation = .nothing
    if last == UInt8(ascii: ":") || last == UInt8(ascii: "=") {
      var scan = SecretScan(bytes: line)
      if let kind = scan.announced() { expect(.value(kind), from: Self.tag(of: line)) }
    }
    if case .nothing = awaited { return nil }
    let tag = Self.tag(of: line)
    // Directly behind its label it may stand under another tag; behind lines of others it is told by the same.
    if left == Self.mostOthers || tag == announcer, let secret = take(awaited, in: line, tag) {
      return secret
    }
    if case .nothing = expectation, left > 0, tag != nil, tag != announcer {
      expectation = awaited
      source = announcer
      patience = left - 1
    }
    return nil
  }

  private mutating func take(
    _ awaited: Expectation, in line: UnsafeBufferPointer<UInt8>, _ tag: [UInt8]?
  ) -> Range<Int>? {
    switch awaited {
    case .nothing: return nil
    case .value(let kind):
      if kind != .code, let row = Self.row(in: line) {
        expect(.rows(Self.mostRows), from: tag)
        return row
      }
      var scan = SecretScan(bytes: line)
      if kind == .password, let text = Self.onlyQuoted(in: scan), !scan.saysHowThingsStand(text) {
        return text
      }
      guard let word = Self.onlyWord(of: scan), scan.isAwaited(word, kind) else { return nil }
      return word
    case .rows(let left):
      guard left > 0, let row = Self.row(in: line) else { return nil }
      expect(.rows(left - 1), from: tag)
      return row
    }
  }

  private mutating func expect(_ next: Expectation, from tag: [UInt8]?) {
    expectation = next
    source = tag
    patience = Self.mostOthers
  }

  /// The tag of `I (420) app: x`, near the beginning of a line.
  private static func tag(of line: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    let scan = SecretScan(bytes: line)
    let limit = min(line.count, 64)
    var cursor = 0
    while cursor < limit, line[cursor] != UInt8(ascii: "(") { cursor += 1 }
    guard cursor >= 2, scan.isBlank(cursor - 1) else { return nil }
    switch line[cursor - 2] {
    case UInt8(ascii: "E"), UInt8(ascii: "W"), UInt8(ascii: "I"), UInt8(ascii: "D"),
      UInt8(ascii: "V"):
      break
    default: return nil
    }
    cursor += 1
    guard scan.isDigit(cursor) else { return nil }
    while cursor < limit, line[cursor] != UInt8(ascii: ")") { cursor += 1 }
    let start = cursor + 2
    guard cursor < limit, scan.isBlank(cursor + 1) else { return nil }
    var end = start
    while end < line.count, end - start < 64, line[end] != UInt8(ascii: ":") { end += 1 }
    guard end > start, scan.byte(end) == UInt8(ascii: ":") else { return nil }
    return Array(line[start..<end])
  }

  /// The text in quotes that is the whole line, or all that is said under a tag; of a password's length.
  private static func onlyQuoted(in scan: SecretScan) -> Range<Int>? {
    var end = scan.bytes.count
    while end > 0, scan.bytes[end - 1] <= 0x20 { end -= 1 }
    guard end > 0, scan.isQuote(end - 1) else { return nil }
    let quote = scan.bytes[end - 1]
    // WPA takes 8 to 63 characters.
    var open = end - 10
    let limit = end - 65
    while open >= 0, open >= limit {
      var before = open
      while before > 0, scan.isBlank(before - 1) { before -= 1 }
      if scan.bytes[open] == quote, before == 0 || scan.byte(before - 1) == UInt8(ascii: ":") {
        return open + 1..<end - 1
      }
      open -= 1
    }
    return nil
  }

  /// The word that is the whole line, or all that is said under a tag.
  private static func onlyWord(of scan: SecretScan) -> Range<Int>? {
    var end = scan.bytes.count
    while end > 0, scan.bytes[end - 1] <= 0x20 { end -= 1 }
    var start = end
    while start > 0, scan.bytes[start - 1] > 0x20 { start -= 1 }
    var before = start
    while before > 0, scan.bytes[before - 1] <= 0x20 { before -= 1 }
    guard start < end, before == 0 || scan.byte(before - 1) == UInt8(ascii: ":") else { return nil }
    if scan.isQuote(start), end - start > 2, scan.byte(end - 1) == scan.byte(start) {
      return start + 1..<end - 1
    }
    return start..<end
  }

  /// Eight bytes or more in hex, with blanks between, with which a line ends but for their characters behind `|`.
  private static func row(in line: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    let scan = SecretScan(bytes: line)
    // Behind the prefix of a log line and an address.
    var start = 0
    while start < line.count {
      start = scan.pastBlanks(start)
      var end = start
      while end < line.count, !scan.isBlank(end) { end += 1 }
      if end == start + 2, scan.isHex(start), scan.isHex(start + 1) { break }
      start = end
    }
    var cursor = start
    var count = 0
    while scan.isHex(cursor), scan.isHex(cursor + 1), !scan.isWord(cursor + 2) {
      count += 1
      cursor = scan.pastBlanks(cursor + 2)
    }
    guard count >= 8, scan.isLineEnd(cursor) || scan.byte(cursor) == UInt8(ascii: "|") else {
      return nil
    }
    var end = line.count
    while end > start, line[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }
}
