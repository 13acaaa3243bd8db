import CLineScan
import DeviceEvents
import LineReading

// Following lines in memory, many in a call, before anybody looks for their ends.
extension TimelineBuilder {
  /// Takes the lines that come next as far as boots took them before, without looking for their ends; returns how many,
  /// and whether it takes a closer look to tell whether the line behind them is one of those.
  mutating func followAhead(_ run: inout LineRun) -> (count: Int, isUnsure: Bool) {
    guard run.offset != following.unknownOffset, case .none = run.prefixes,
      following.place == nil || following.held.hasRoom
    else { return (0, false) }
    let text = run.ahead
    let number = run.number
    let offset = run.offset
    var lines = Passed()
    var held = Passed()
    var isUnsure = false
    while true {
      if let standing = standing {
        let span = following.tree.span(
          after: standing, clock: decoder.timeBefore, text.slice(from: lines.length))
        if span.count > 0 { take(span, after: standing) }
        lines.add(span)
        isUnsure = span.isUnsure
        guard !isUnsure, following.mayEnd(at: span.count > 0 ? span.last : standing) else {
          break
        }
      }
      let beginning = following.tree.beginning(text.slice(from: lines.length))
      isUnsure = beginning.isUnsure
      guard beginning.count > 0, mayBegin(number: number + lines.count) else { break }
      hold(text, number: number, offset: offset, from: held, to: lines)
      held = lines
      guard begin((beginning.last, beginning.time)) else { break }
      lines.add(beginning)
    }
    guard lines.count > 0 else { return (0, isUnsure) }
    hold(text, number: number, offset: offset, from: held, to: lines)
    following.noteKnownLines()
    if !isUnsure { following.unknownOffset = offset + lines.length }
    run.pass(lines.length)
    return (lines.count, isUnsure)
  }

  /// Lines that were passed, and their bytes.
  private struct Passed {
    var count = 0
    var length = 0

    mutating func add(_ span: CourseLines.Span) {
      count += span.count
      length += span.length
    }
  }

  private mutating func hold(
    _ text: ByteText, number: Int, offset: Int, from start: Passed, to end: Passed
  ) {
    following.held.hold(
      input: text.slice(from: start.length, to: end.length), number: number + start.count,
      offset: offset + start.length, of: text)
  }

  /// Takes steps behind the one at `standing`.
  private mutating func take(_ span: CourseLines.Span, after standing: Int) {
    let path = following.tree.path(from: standing, to: span.last)
    decoder.repeatCounts(path.counts, endingWith: following.tree[span.last].facts.change)
    if span.timedCount > 1 { repeatTime(of: span.timed.0) }
    if span.timedCount > 0 { repeatTime(of: span.timed.1) }
    if path.eventfulLines > 0 {
      eventfulLines += path.eventfulLines
      decoder.noteEvents(plainLinesAgo: path.plainLinesSinceEvent)
    }
    following.place = span.last
    following.gap = CourseGap.Count()
  }

  private mutating func repeatTime(of line: clinescan_timed_line) {
    decoder.repeatTime(of: following.tree[Int(line.line)].facts.change, at: Int(line.time))
  }
}

// Here and not where runs are, so that nothing is called and nothing copied to ask.
extension LineRun {
  /// The memory from the next line on, the rest of the window and what stands behind it.
  fileprivate var ahead: ByteText {
    @inline(__always) get {
      let memory = bytes.buffer
      return ByteText(
        UnsafeBufferPointer(
          start: memory.baseAddress.map { $0 + start }, count: memory.count - start))
    }
  }
}
