import LineReading

/// What lines said before, so that a line that comes again need not be decoded again.
///
/// A crash loop prints the same banner, registers and backtrace boot after boot, and only a fraction of
/// the time goes into telling that a line is known. It is for texts of which what they say depends on
/// their bytes and their level alone. A line is remembered when it comes for the second time, so
/// that lines that never come again cost a hash and nothing else.
struct LineMemory {
  /// What decoding a line gave.
  final class Answer: Sendable {
    fileprivate let bytes: [UInt8]
    /// The level of a log message, on which depends what some of them say; 0 of other lines.
    let level: UInt8
    let events: [DeviceEvent]
    /// Whether the line counts as one of ESP-IDF's.
    let isESPLine: Bool

    init(_ text: ByteText, level: UInt8 = 0, events: [DeviceEvent], isESPLine: Bool) {
      bytes = Array(text.buffer)
      self.level = level
      self.events = events
      self.isESPLine = isESPLine
    }
  }

  /// What is known about a line.
  enum Acquaintance {
    case known(Answer)
    /// It came before, and is worth remembering at this place.
    case seen(place: Int)
    case new
  }

  /// Enough for the lines of some boots; a line takes the place of another one with the same hash.
  private static let places = 512
  /// Longer lines are not remembered, which bounds the memory.
  private static let longestLine = 512
  /// Shorter ones are quickly decoded.
  private static let shortestLine = 8

  private var hashes = [UInt64](repeating: 0, count: places)
  private var answers = [Answer?](repeating: nil, count: places)

  /// Looks a line up, and notes that it was there.
  mutating func meet(_ text: ByteText) -> Acquaintance {
    guard (Self.shortestLine...Self.longestLine).contains(text.count) else { return .new }
    let hash = TagTable.hash(text)
    let place = Int(truncatingIfNeeded: hash) & (Self.places - 1)
    guard hashes[place] == hash else {
      hashes[place] = hash
      answers[place] = nil
      return .new
    }
    guard let answer = answers[place] else { return .seen(place: place) }
    return text.hasSameBytes(as: answer.bytes) ? .known(answer) : .new
  }

  /// Remembers what a line said that was met at `place`.
  mutating func keep(_ answer: Answer, at place: Int) { answers[place] = answer }
}

extension ByteText {
  /// Whether the text is `bytes`, compared word by word.
  fileprivate func hasSameBytes(as bytes: [UInt8]) -> Bool {
    guard count == bytes.count else { return false }
    let ours = UnsafeRawBufferPointer(buffer)
    return bytes.withUnsafeBytes { theirs in
      var position = 0
      while count - position >= 8 {
        let word = ours.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        if word != theirs.loadUnaligned(fromByteOffset: position, as: UInt64.self) { return false }
        position += 8
      }
      while position < count {
        if ours[position] != theirs[position] { return false }
        position += 1
      }
      return true
    }
  }
}
