import CLineScan

/// What is known about bytes of a line that are neither printable ASCII nor tabs nor line ends:
/// only such a line can hold escape sequences or damage, so most lines need no second look.
enum OddBytes {
  case absent, unknown
}

/// Whether a piece is a line's beginning; decorations stand only there.
enum LinePlace {
  case lineStart, continuation
}

extension ByteText {
  /// Where the first odd byte at or after `start` stands.
  func firstOddByte(from start: Int = 0) -> Int? {
    let rest = slice(from: start)
    let found = clinescan_first_odd(rest.base, rest.count)
    return found < rest.count ? start + found : nil
  }

  /// The text without the carriage returns at its end.
  var withoutTrailingReturns: ByteText {
    var end = count
    while end > 0, self[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return slice(from: 0, to: end)
  }

  /// Whether a line of the log macros with its time begins at `index`: `I (1`.
  @inline(__always)
  func hasLogLine(at index: Int) -> Bool {
    guard self[index + 1] == UInt8(ascii: " "), self[index + 2] == UInt8(ascii: "(") else {
      return false
    }
    switch self[index] {
    case UInt8(ascii: "E"), UInt8(ascii: "W"), UInt8(ascii: "I"), UInt8(ascii: "D"),
      UInt8(ascii: "V"):
      return self[index + 3] &- 0x30 < 10
    default: return false
    }
  }

  /// The way of nearly all lines: a log line that has no decoration but the log macros' colour,
  /// without it; nil if the line needs the long way.
  @inline(__always)
  func asUndecoratedLogLine(oddBytes: OddBytes) -> ByteText? {
    var start = 0
    var end = count
    var isClean = oddBytes == .absent
    if self[0] == Byte.escape {
      // ESC[0;32m
      guard self[1] == Byte.bracket, self[2] == UInt8(ascii: "0"), self[3] == UInt8(ascii: ";"),
        self[4] == UInt8(ascii: "3"), self[6] == Byte.m
      else { return nil }
      start = 7
      isClean = false
    }
    guard hasLogLine(at: start) else { return nil }
    switch self[end - 1] {
    case UInt8(ascii: ">"): return nil  // perhaps a literal <LF>
    case Byte.m where self[end - 2] == UInt8(ascii: "0") && self[end - 3] == Byte.bracket:
      guard self[end - 4] == Byte.escape else { return nil }
      end -= 4
      // A terminal's colours were put around a line that still had its CR.
      while self[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    default: break
    }
    let text = slice(from: start, to: end)
    return isClean || text.firstOddByte() == nil ? text : nil
  }
}

/// Bytes with a role in decorations.
enum Byte {
  static let escape: UInt8 = 0x1b
  static let bracket = UInt8(ascii: "[")
  static let m = UInt8(ascii: "m")
  static let blank = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
}
