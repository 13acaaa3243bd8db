import CLineScan
import DeviceEvents
import LineReading

/// The lines of a boot that was read, one behind the other, and what each of them said.
///
/// Nothing is taken for something else: a line says what an equal one said where the decoder stands as it stood then.
struct BootScript {
  /// A line, and what it did.
  struct Line {
    /// Where its bytes are: of a line with a time, those behind its digits.
    fileprivate let text: Range<Int>
    /// Where in these bytes numbers of 8 hexadecimal digits begin that may be others.
    fileprivate let freeNumbers: [Int]
    /// The level of a line with a time, which stands before its digits; else 0.
    fileprivate let level: UInt8
    /// How the decoder stood before it.
    let context: DecodingContext
    let change: DecodingChange
    let events: [DeviceEvent]
    /// Whether an equal line says the same.
    let saysTheSame: Bool
  }

  private enum Limit {
    static let lines = 256
    static let bytes = 1 << 15
  }

  private(set) var lines: [Line] = []
  private var bytes: [UInt8] = []

  /// Adds a line that was read; what is too much is left out.
  mutating func add(
    _ line: LogLine, saying events: [DeviceEvent], in context: DecodingContext,
    _ change: DecodingChange
  ) {
    var text = line.text
    var level: UInt8 = 0
    if change.hasTime, let time = LineTime(text) {
      level = text[0]
      text = text.slice(from: time.end)
    }
    guard lines.count < Limit.lines, bytes.count + text.count <= Limit.bytes else { return }
    let free = FreeNumbers(places: .doNotMatter).starts(in: text, saying: events)
    let start = bytes.count
    bytes.append(contentsOf: text.buffer)
    lines.append(
      Line(
        text: start..<bytes.count, freeNumbers: free, level: level, context: context,
        change: change, events: events,
        saysTheSame: free.isEmpty && !events.contains { $0.hasTime }
          && (events.isEmpty || !change.hasTime || change.isEarly)))
  }

  /// The time of a line that is equal to the one at `index`, 0 without one; nil if it is not equal.
  @inline(__always)
  func time(of text: ByteText, as index: Int) -> Int? {
    let level = lines[index].level
    guard level != 0 else { return hasText(text, at: index) ? 0 : nil }
    guard text[0] == level, let time = LineTime(text),
      hasText(text.slice(from: time.end), at: index)
    else { return nil }
    return time.value
  }

  private func hasText(_ text: ByteText, at index: Int) -> Bool {
    let place = lines[index].text
    guard text.count == place.count else { return false }
    guard let theirs = text.buffer.baseAddress else { return true }
    return bytes.withUnsafeBufferPointer { bytes in
      guard let ours = bytes.baseAddress.map({ $0 + place.lowerBound }) else { return true }
      var start = 0
      for number in lines[index].freeNumbers {
        guard HexadecimalWord.stands(in: text, at: number),
          clinescan_is_same(ours + start, theirs + start, number - start) != 0
        else { return false }
        start = number + 8
      }
      return clinescan_is_same(ours + start, theirs + start, text.count - start) != 0
    }
  }
}

extension DeviceEvent {
  /// Whether it tells the time of its line, or goes by it.
  fileprivate var hasTime: Bool {
    switch self {
    case .segment, .clockWentBack: true
    case .rom, .bootloader, .application, .bootLine, .update, .panic, .taskWatchdog, .power,
      .coreDump,
      .notice, .watched, .foreign:
      false
    }
  }
}
