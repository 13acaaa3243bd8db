// I (50037) rec: I (101400) hub: poll cycle 7 done
// I (50074) rec: rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)
//
// A board that records what a node prints, and logs it with ESP-IDF's macros, puts a head of its own before each line.

/// Tells the heads of a recorder, which stand before every line of a log, from those of a node that passes some lines on.
///
/// A node has more to say than what it was told, and says it under more than one tag.
struct RecorderHeads {
  /// What the beginning of a log shows.
  enum Reading {
    case none
    /// Not enough of it.
    case open
    /// The tag of the heads.
    case heads(tag: [UInt8])
  }

  private var tag: [UInt8] = []
  private var lines = 0
  private var others = 0
  /// How many lines hold, directly behind the head, what only a device prints.
  private var devices = 0

  /// So many lines show them.
  private static let fewestLines = 8
  /// Of so many lines one may have no such head.
  private static let linesForEachOther = 50
  private static let longestTag = 32

  /// Reads a beginning of a log, which is all of it or enough.
  static func read(_ beginning: ByteText, isEnough: Bool) -> Reading {
    var heads = RecorderHeads()
    var start = 0
    while start < beginning.count {
      let end = beginning.firstIndex(of: UInt8(ascii: "\n"), from: start)
      guard end != nil || isEnough else { break }
      let line = beginning.slice(from: start, to: end ?? beginning.count)
      guard heads.take(line.withoutTrailingReturns) else { return .none }
      start = (end ?? beginning.count) + 1
    }
    guard isEnough else { return .open }
    return heads.areShown ? .heads(tag: heads.tag) : .none
  }

  /// Takes a line; false if the heads are none of a recorder's. Of nearly all logs the first lines show it.
  private mutating func take(_ line: ByteText) -> Bool {
    if line.slice(from: Self.start(of: line)).trimmed.isEmpty { return true }
    guard let head = Self.head(of: line), tag.isEmpty || head.tag.buffer.elementsEqual(tag) else {
      others += 1
      return lines >= Self.fewestLines
    }
    if tag.isEmpty { tag = Array(head.tag.buffer) }
    lines += 1
    if DeviceText.begins(line, at: head.end) { devices += 1 }
    return lines < 3 || devices > 0
  }

  private var areShown: Bool {
    lines >= Self.fewestLines && devices * 2 >= lines
      && others * Self.linesForEachOther <= lines
  }

  /// Where a line begins, colours and a clock aside.
  private static func start(of line: ByteText) -> Int {
    var start = 0
    while !line.hasLogLine(at: start),
      let length = TerminalCodes.length(at: start, in: line)
        ?? HostClock.length(in: line.slice(from: start)), length > 0
    {
      start += length
    }
    return start
  }

  /// The tag of a log head at the start of a line, and where the head ends.
  static func head(of line: ByteText) -> (tag: ByteText, end: Int)? {
    let start = start(of: line)
    guard line.hasLogLine(at: start) else { return nil }
    var position = start + 3
    while line[position] &- 0x30 < 10 { position += 1 }
    guard line.has(") ", at: position) else { return nil }
    let tag = position + 2
    position = tag
    while position < tag + longestTag, HostPrefixes.isNameByte(line[position]) { position += 1 }
    guard position > tag, line.has(": ", at: position) else { return nil }
    return (line.slice(from: tag, to: position), position + 2)
  }
}
