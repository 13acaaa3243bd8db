/// A way to disturb a sample without changing what it says.
public enum SampleVariant: String, CaseIterable, Sendable {
  case asIs = "as it is"
  case carriageReturns = "CRLF"
  case colours = "colours"
  case hostTimestamps = "host timestamps"
  case isoTimestamps = "ISO timestamps"
  case garbageLines = "a garbage line every 7 lines"
  case singleBytes = "chunks of 1 byte"
  case sevenBytes = "chunks of 7 bytes"
  case pages = "chunks of 4096 bytes"

  /// How many bytes are fed at once.
  public var chunkSize: Int {
    switch self {
    case .singleBytes: 1
    case .sevenBytes: 7
    case .pages: 4_096
    case .asIs, .carriageReturns, .colours, .hostTimestamps, .isoTimestamps, .garbageLines: 65_536
    }
  }

  /// The sample's bytes, disturbed.
  public func disturb(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .asIs, .singleBytes, .sevenBytes, .pages: return bytes
    case .carriageReturns:
      return Self.eachLine(of: bytes) { _, line, out in
        out += line.last == 0x0d ? Array(line) : line + [0x0d]
      }
    case .colours:
      return Self.eachLine(of: bytes) { _, line, out in
        guard let colour = Self.colour(of: line) else { return out += line }
        out += Array("\u{1b}[0;\(colour)m".utf8) + line + Array("\u{1b}[0m".utf8)
      }
    case .hostTimestamps:
      return Self.eachLine(of: bytes) { number, line, out in
        out += Array("[\(Self.clock(number)).\(Self.padded(number * 37 % 1_000, 3))] ".utf8) + line
      }
    case .isoTimestamps:
      return Self.eachLine(of: bytes) { number, line, out in
        out += Array("2026-05-18T\(Self.clock(number)).000Z ".utf8) + line
      }
    case .garbageLines:
      return Self.eachLine(of: bytes) { number, line, out in
        if number % 7 == 6 { out += Self.noise(seed: number) + [0x0a] }
        out += line
      }
    }
  }

  /// Rewrites each line; line ends stay as they are, a last line without one too.
  private static func eachLine(
    of bytes: [UInt8], _ body: (Int, ArraySlice<UInt8>, inout [UInt8]) -> Void
  ) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 2)
    var start = 0
    var number = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
      body(number, bytes[start..<end], &out)
      if end < bytes.count { out.append(0x0a) }
      number += 1
      start = end + 1
    }
    return out
  }

  /// The colour of a log line's level, as ESP-IDF prints it.
  private static func colour(of line: ArraySlice<UInt8>) -> Int? {
    guard line.count > 2, line[line.startIndex + 1] == 0x20,
      line[line.startIndex + 2] == UInt8(ascii: "(")
    else { return nil }
    switch line[line.startIndex] {
    case UInt8(ascii: "E"): return 31
    case UInt8(ascii: "W"): return 33
    case UInt8(ascii: "I"): return 32
    default: return nil
    }
  }

  private static func clock(_ seconds: Int) -> String {
    "\(padded(10 + seconds / 3_600 % 12, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Printable noise that is no known form: no colon, blank, bracket or hex run in it.
  private static func noise(seed: Int) -> [UInt8] {
    let letters = Array("ghjklmnpqrtuvwxyz~^%&".utf8)
    var state = UInt32(truncatingIfNeeded: seed &* 2_654_435_761 &+ 12_345)
    return (0..<24).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return letters[Int(state >> 16) % letters.count]
    }
  }
}
