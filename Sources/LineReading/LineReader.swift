/// Cuts bytes into lines and strips what the capture added to them.
///
/// The bytes may come in pieces of any size; the lines are the same. Lines end at a line feed, and
/// carriage returns before it belong to the line end. A line longer than 64 KiB comes in pieces,
/// so that memory stays bounded whatever the input.
public struct LineReader {
  /// The longest piece of a line, in bytes.
  public static let longestPiece = 65_536

  /// What was read so far.
  public private(set) var statistics = InputStatistics()

  /// The start of a line whose end has not come yet.
  private var unfinished: [UInt8] = []
  /// Where the next line (or its next piece) begins, in bytes of the input.
  private var offset = 0
  /// Whether the line that is being read has already given a piece.
  private var isContinued = false
  private var decorations = Decorations()
  private var clock = CaptureClock()
  /// Line ends of a window of the input, reused.
  private var ends: [UInt32]

  /// Windows are small enough to stay in the first-level cache between the scan and the reading.
  private static let windowSize = 16_384
  private static let windowLines = 1_024

  /// A reader at the start of the input.
  public init() {
    ends = [UInt32](repeating: 0, count: Self.windowLines)
  }

  /// Begins another input; memory is kept, and nothing of what was read.
  public mutating func startOver() {
    statistics = InputStatistics()
    unfinished.removeAll(keepingCapacity: true)
    offset = 0
    isContinued = false
    decorations = Decorations()
    clock = CaptureClock()
  }

  /// Whether the last line has no end yet.
  public var hasUnfinishedLine: Bool { !unfinished.isEmpty }

  /// Reads more bytes and hands on the lines that ended in them.
  ///
  /// A line's text is borrowed: it is valid until `body` returns.
  public mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (LogLine) -> Void) {
    feed(bytes, steppingOver: { _ in 0 }, lettingGo: {}, body)
  }

  /// The same, for a reader of lines that can step over many at once: it is shown the lines that come
  /// next, and says how many of them, from the first on, need not be handed on. What it keeps of their memory it has to
  /// let go of when it is told, which is before that memory goes.
  public mutating func feed(
    _ bytes: UnsafeBufferPointer<UInt8>, steppingOver stepOver: (inout LineRun) -> Int,
    lettingGo letGo: () -> Void, _ body: (LogLine) -> Void
  ) {
    statistics.bytes += bytes.count
    var rest = ByteText(bytes)
    var ends: [UInt32] = []
    swap(&ends, &self.ends)
    ends.withUnsafeMutableBufferPointer { ends in
      if !unfinished.isEmpty {
        rest = completeLine(with: rest, ends: ends, steppingOver: stepOver, lettingGo: letGo, body)
      }
      // Still unfinished, it has no end in these bytes.
      guard unfinished.isEmpty else { return }
      rest = deliverLines(of: rest, ends: ends, steppingOver: stepOver, body)
      letGo()
    }
    swap(&ends, &self.ends)
    keep(rest, body)
  }

  /// Hands on one line that somebody else cut out of a log, where it is the line `number` and begins at `offset`.
  ///
  /// What is counted as lines then are those of that log, up to this one.
  public mutating func feed(
    line: ByteText, number: Int, offset: Int, _ body: (LogLine) -> Void
  ) {
    statistics.lines = number - 1
    self.offset = offset
    isContinued = false
    deliverLong(line, at: .lineFeed, body)
  }

  /// Hands on a last line without an end; to be called once, when the input is over.
  public mutating func finish(_ body: (LogLine) -> Void) {
    statistics.endsMidLine = !unfinished.isEmpty
    guard !unfinished.isEmpty else { return }
    var line: [UInt8] = []
    swap(&line, &unfinished)
    line.withUnsafeBufferPointer { deliver(ByteText($0), at: .endOfInput, body) }
  }

  /// Hands on the lines that end in `bytes`, and returns what follows the last of them.
  private mutating func deliverLines(
    of bytes: ByteText, ends: UnsafeMutableBufferPointer<UInt32>,
    steppingOver stepOver: (inout LineRun) -> Int, _ body: (LogLine) -> Void
  ) -> ByteText {
    var lineStart = 0
    var scanned = 0
    var flags: UInt32 = 0
    windows: while scanned < bytes.count {
      var run = LineRun(
        of: bytes, from: scanned, windowSize: Self.windowSize, ends: ends, flags: flags,
        clock: clock.shape, prefixes: decorations.learnedPrefixes, records: decorations.records)
      while !run.isOver {
        run.start = lineStart - scanned
        run.number = statistics.lines + 1
        run.offset = offset
        run.holdsSteppedLogLine = false
        let quiet = isContinued ? 0 : stepOver(&run)
        if quiet > 0 {
          let next = scanned + run.take(quiet)
          statistics.lines += quiet
          decorations.noteSteppedLines(holdLogLine: run.holdsSteppedLogLine)
          // Blank lines are stepped over as well.
          if GarbledEnd.holdsText(bytes.slice(from: lineStart, to: next)) {
            statistics.noteText()
          } else {
            statistics.noteLetters(next - lineStart - quiet)
          }
          offset += next - lineStart
          lineStart = next
          guard run.isLeft else { continue }
          scanned = next
          flags = 0
          continue windows
        }
        run.search()
        guard !run.isOver else { break }
        let lineEnd = run.end(of: run.next)
        let end = scanned + lineEnd.position
        let line = bytes.slice(from: lineStart, to: end)
        if line.count <= Self.longestPiece {
          deliver(line, at: .lineFeed, oddBytes: lineEnd.oddBytes, body)
        } else {
          deliverLong(line, at: .lineFeed, body)
        }
        offset += 1
        lineStart = end + 1
        run.next += 1
        run.clock = clock.shape
        run.prefixes = decorations.learnedPrefixes
        run.records = decorations.records
      }
      scanned += run.scanned
      flags = run.flags
    }
    return bytes.slice(from: lineStart)
  }

  /// Ends the unfinished line if its line feed is in `bytes`, and returns what follows it.
  private mutating func completeLine(
    with bytes: ByteText, ends: UnsafeMutableBufferPointer<UInt32>,
    steppingOver stepOver: (inout LineRun) -> Int, lettingGo letGo: () -> Void,
    _ body: (LogLine) -> Void
  ) -> ByteText {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return bytes }
    keep(bytes.slice(from: 0, to: end), body)
    var line: [UInt8] = []
    swap(&line, &unfinished)
    line.append(UInt8(ascii: "\n"))
    line.withUnsafeBufferPointer {
      _ = deliverLines(of: ByteText($0), ends: ends, steppingOver: stepOver, body)
      letGo()
    }
    // The memory goes back, so that small pieces do not allocate for each line.
    line.removeAll(keepingCapacity: true)
    swap(&line, &unfinished)
    return bytes.slice(from: end + 1)
  }

  /// Keeps the start of a line until its rest comes; what is too long to keep is handed on.
  private mutating func keep(_ bytes: ByteText, _ body: (LogLine) -> Void) {
    var rest = bytes
    while unfinished.count + rest.count > Self.longestPiece {
      let head = rest.slice(from: 0, to: Self.longestPiece - unfinished.count)
      var piece: [UInt8] = []
      swap(&piece, &unfinished)
      piece.append(contentsOf: head.buffer)
      piece.withUnsafeBufferPointer { deliver(ByteText($0), at: .tooLong, body) }
      piece.removeAll(keepingCapacity: true)
      swap(&piece, &unfinished)
      rest = rest.slice(from: head.count)
    }
    unfinished.append(contentsOf: rest.buffer)
  }

  /// Hands on a line longer than `longestPiece`, in pieces.
  private mutating func deliverLong(
    _ line: ByteText, at ending: LogLine.Ending, _ body: (LogLine) -> Void
  ) {
    var rest = line
    while rest.count > Self.longestPiece {
      deliver(rest.slice(from: 0, to: Self.longestPiece), at: .tooLong, body)
      rest = rest.slice(from: Self.longestPiece)
    }
    deliver(rest, at: ending, body)
  }

  @inline(__always)
  private mutating func deliver(
    _ raw: ByteText, at ending: LogLine.Ending, oddBytes: OddBytes = .unknown,
    _ body: (LogLine) -> Void
  ) {
    if !isContinued { statistics.lines += 1 }
    let number = statistics.lines
    let start = offset
    let place: LinePlace = isContinued ? .continuation : .lineStart
    offset += raw.count
    isContinued = ending == .tooLong
    let line = ending == .tooLong ? raw : raw.withoutTrailingReturns
    if place == .lineStart, let text = line.asUndecoratedLogLine(oddBytes: oddBytes) {
      decorations.noteBareLine()
      statistics.noteText()
      body(LogLine(number: number, offset: start, text: text, ending: ending))
      return
    }
    let damaged = oddBytes == .absent ? 0 : TextDamage.damagedBytes(in: raw)
    if place == .lineStart { clock.learn(from: line) }
    // Without what capture and monitor put there: a clock before nothing is no text of the node.
    var isText = false
    decorations.strip(line, at: place, oddBytes: oddBytes) { text, origin, inside in
      if origin == .device, GarbledEnd.holdsText(text) { isText = true }
      body(
        LogLine(
          number: number, offset: start + inside, text: text, ending: ending, origin: origin))
    }
    statistics.note(damaged, in: raw, isText: isText)
  }
}

/// What a `LineReader` has read.
public struct InputStatistics: Hashable, Sendable {
  /// Bytes.
  public var bytes = 0
  /// Lines, a last one without an end included.
  public var lines = 0
  /// Bytes that are no text: no valid UTF-8, or control characters that no terminal is sent.
  public var undecodableBytes = 0
  /// How the bytes of damaged lines are spread.
  public private(set) var damage = ByteSpread()
  /// What stands behind the last line of undamaged text.
  public private(set) var garbledEnd = GarbledEnd()
  /// What cannot be read between lines that can.
  public private(set) var ruin = RuinedStretches()
  private var words = RuinedWords()
  /// How many words of ESP-IDF can be made out in damaged lines, bytes of which are no text.
  public var ruinedWords: Int { words.count }
  /// Whether the input ended within a line; known after `finish`.
  public var endsMidLine = false

  /// Nothing read.
  public init() {}

  /// Notes the last line, of which so many bytes are no text, and whether the node printed words in it.
  @inline(__always)
  mutating func note(_ damaged: Int, in line: ByteText, isText: Bool) {
    if damaged > 0 {
      undecodableBytes += damaged
      ruin.note(damaged, in: line, behind: garbledEnd.lastTextLine)
      garbledEnd.bytes += line.count
      garbledEnd.undecodable += damaged
      damage.add(line)
      words.add(line)
    } else if isText {
      noteText()
    } else {
      noteLetters(line.count)
    }
  }

  /// Notes undamaged lines that hold no text: of noise some bytes are letters, and now and then a line has no others.
  @inline(__always)
  mutating func noteLetters(_ count: Int) {
    if garbledEnd.undecodable > 0 { garbledEnd.bytes += count }
  }

  /// Notes that the last line is undamaged text.
  @inline(__always)
  mutating func noteText() { garbledEnd = GarbledEnd(behind: lines) }
}

/// The end of an input, behind its last line of undamaged text.
public struct GarbledEnd: Hashable, Sendable {
  /// So many bytes of text in a line are no accident.
  private static let shortestText = 8

  /// Whether undamaged bytes are text rather than noise that happens to be printable, which has neither blanks nor
  /// colons.
  static func holdsText(_ text: ByteText) -> Bool {
    guard text.count >= shortestText else { return false }
    return text.firstIndex(of: Byte.blank) != nil || text.firstIndex(of: UInt8(ascii: ":")) != nil
  }

  /// The number of that line, 0 where there is none.
  public var lastTextLine: Int
  /// How long the end is, line ends left out.
  public var bytes = 0
  /// How many bytes of it are no text.
  public var undecodable = 0

  /// Nothing behind a line.
  public init(behind line: Int = 0) { lastTextLine = line }
}
