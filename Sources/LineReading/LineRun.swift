import CLineScan

/// Lines that stand one behind the other in memory, a window of the input.
///
/// For whoever can tell from the bytes alone that it has nothing to do with a line: handing on each
/// line by itself costs more than that takes. The window is searched once, for line ends and for
/// whatever literals the first one who asks is after.
public struct LineRun {
  /// The memory from the window on; the first line may begin before it.
  package let bytes: ByteText
  /// Where the lines end, as `clinescan_lines` writes it; only the first `count` are of this run.
  private let ends: UnsafeMutableBufferPointer<UInt32>
  private var windowSize: Int
  /// How many bytes of the same text stand before the window.
  private let before: Int
  private var state = State.unsearched
  /// How many lines were found; none before the window was searched.
  package private(set) var count = 0

  /// How far the window was searched, and what is known of the line that is unfinished there.
  private(set) var scanned = 0
  private(set) var flags: UInt32
  /// The index of the line that comes next.
  package internal(set) var next = 0
  /// Where that line begins, relative to `bytes`.
  package internal(set) var start = 0
  /// The clock that the capture puts before lines.
  package var clock: clinescan_clock
  /// Whether the capture puts something else before lines, which is recognised by what stood there before.
  package internal(set) var prefixes: Prefixes

  /// Whether lines may be records that hold a device's line.
  package internal(set) var records: Records
  /// Whether a log line is among those that were stepped over last.
  package var holdsSteppedLogLine = false

  /// The number of the line that comes next.
  package internal(set) var number = 0
  /// Where that line begins in the input.
  package internal(set) var offset = 0

  /// Where lines end that were passed without looking for their ends.
  private(set) var passedEnd: Int?

  /// What a capture puts before lines.
  package enum Prefixes {
    case none
    /// It may be learned: each line tells whether it is.
    case learning
    case learned
  }

  /// Whether a capture may have put the device's lines into records: not where one was seen to stand bare.
  package enum Records { case possible, ruledOut }

  private enum State { case unsearched, searchedForLines, searchedForMarkers }

  init(
    of text: ByteText, from before: Int, windowSize: Int, ends: UnsafeMutableBufferPointer<UInt32>,
    flags: UInt32, clock: clinescan_clock, prefixes: Prefixes, records: Records
  ) {
    bytes = text.slice(from: before)
    self.ends = ends
    self.windowSize = min(windowSize, bytes.count)
    self.before = before
    self.flags = flags
    self.clock = clock
    self.prefixes = prefixes
    self.records = records
  }

  /// How many lines are left of those that were found, the next one included.
  public var remaining: Int { count - next }

  /// Where the lines end that are left; nil if the window was not searched for markers.
  package var endsOfMarkedLines: UnsafePointer<UInt32>? {
    // Of a run that is only read, another module makes a copy.
    mutating get {
      guard state == .searchedForMarkers, let first = ends.baseAddress else { return nil }
      return UnsafePointer(first) + next
    }
  }

  /// Notes that whoever is shown the run has passed the lines ahead that are so many bytes, their ends included,
  /// whether or not they were found.
  package mutating func pass(_ length: Int) { passedEnd = start + length }

  /// Makes a window smaller that was not searched: where lines are passed all the time, much of a search is in vain.
  package mutating func narrow(to size: Int) {
    if state == .unsearched { windowSize = min(windowSize, size) }
  }

  /// Takes so many lines; returns where the next one begins.
  mutating func take(_ lines: Int) -> Int {
    let last = next + lines - 1
    next += lines
    guard let end = passedEnd else { return self.end(of: last).position + 1 }
    passedEnd = nil
    return end
  }

  /// Whether the next line is no more in reach.
  var isLeft: Bool { next > count }

  /// Searches the window for line ends and the literals of a marker table, if nobody has yet.
  package mutating func search(markers: UnsafeRawPointer) {
    guard state == .unsearched else { return }
    state = .searchedForMarkers
    scan(markers)
  }

  /// Searches the window for line ends alone, if nobody has yet.
  mutating func search() {
    guard state == .unsearched else { return }
    state = .searchedForLines
    Self.noMarkers.withUnsafeBytes { table in
      guard let start = table.baseAddress else {
        preconditionFailure("a marker table is never empty")
      }
      scan(start)
    }
  }

  /// The end of a line that was found.
  func end(of line: Int) -> LineEnd { LineEnd(ends[line]) }

  /// Whether there are lines in the window that were not taken.
  var isOver: Bool { state != .unsearched && next == count }

  private mutating func scan(_ markers: UnsafeRawPointer) {
    count = clinescan_lines(
      markers, bytes.base, windowSize, before, bytes.count - windowSize, CLINESCAN_UP_TO_64,
      ends.baseAddress, ends.count, &scanned, &flags)
  }

  /// A marker table without literals.
  private static let noMarkers: [UInt64] = {
    var table = [UInt64](repeating: 0, count: clinescan_markers_size(0, 0) / 8 + 1)
    clinescan_markers_build(&table, nil, nil, 0)
    return table
  }()
}

extension LineRun {
  /// A line that stands in the run.
  package struct Line {
    /// What the device printed, where `isColoured` or where the same bytes were no decoration before.
    package let text: ByteText
    /// Whether the line came in the log macros' colours, which are no part of the text.
    package let isColoured: Bool
    /// Where the next line begins, relative to `bytes`.
    package let next: Int
  }

  /// The line at an index that begins at `start`; nil if it takes a closer look to read it.
  @inline(__always)
  package func line(at index: Int, from start: Int) -> Line? {
    let lineEnd = end(of: index)
    let end = lineEnd.position
    let raw = ByteText(base: bytes.base.map { $0 + start }, count: end - start)
    guard raw.count <= LineReader.longestPiece else { return nil }
    let line = raw.withoutTrailingReturns
    if case .absent = lineEnd.oddBytes { return Line(text: line, isColoured: false, next: end + 1) }
    guard line[0] == Byte.escape, let text = line.asUndecoratedLogLine(oddBytes: .unknown) else {
      return nil
    }
    return Line(text: text, isColoured: true, next: end + 1)
  }
}

/// An entry of `clinescan_lines`.
struct LineEnd {
  private let entry: UInt32

  init(_ entry: UInt32) { self.entry = entry }

  /// Where the line feed stands.
  var position: Int { Int(entry) >> CLINESCAN_FLAG_BITS }

  /// What is known about odd bytes in the line.
  var oddBytes: OddBytes { Int(entry) & CLINESCAN_ODD == 0 ? .absent : .unknown }
}
