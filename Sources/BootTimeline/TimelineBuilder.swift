import DeviceEvents
import LineReading

/// Builds a timeline from lines, in one pass and in bounded memory.
public struct TimelineBuilder {
  private var decoder: EventDecoder
  private var assembly = BootAssembly()
  private var events: [DeviceEvent] = []
  /// How many lines told something so far; while it stands still, only time and text go on.
  public private(set) var eventfulLines = 0

  /// A builder that also keeps the lines that match `patterns`.
  public init(watching patterns: [LinePattern] = []) {
    decoder = EventDecoder(watching: patterns)
  }

  /// Takes the next line.
  public mutating func feed(_ line: LogLine) {
    // The events are collected first: the decoder may not be in use while the assembly tells it
    // that a boot began.
    var collected: [DeviceEvent] = []
    swap(&collected, &events)
    decoder.decode(line) { collected.append($0) }
    if !collected.isEmpty {
      eventfulLines += 1
      let reading = LineReadingState(
        line: line, clock: decoder.clock, applicationLines: decoder.applicationLines,
        plainLines: decoder.plainLines)
      for event in collected where assembly.take(event, reading) == .bootBegan {
        decoder.noteBootBegan()
      }
      collected.removeAll(keepingCapacity: true)
    }
    assembly.noteLine(number: line.number, clock: decoder.clock)
    swap(&collected, &events)
  }

  /// Steps over lines of the run that change nothing but counts and the clock; returns how many.
  public mutating func stepOver(_ lines: inout LineRun) -> Int {
    let count = decoder.stepOver(&lines)
    if count > 0 { assembly.noteLines(count, clock: decoder.clock) }
    return count
  }

  /// The timeline as far as the log has been read; `capture` tells what the reader counted.
  public func timeline(capture: Capture) -> Timeline {
    var finished = assembly
    finished.finish(
      applicationLines: decoder.applicationLines, plainLines: decoder.plainLines)
    var capture = capture
    capture.espLines = decoder.espLines
    return finished.timeline(capture: capture)
  }

  /// The number of boots that have begun so far.
  public var bootCount: Int { assembly.bootCount }
}

/// What is known about the log at the line that an event comes from.
struct LineReadingState {
  let line: LogLine
  /// The log's clock, milliseconds since boot.
  let clock: Int?
  /// Lines under an application's own tags so far, in the whole log.
  let applicationLines: Int
  /// Lines of readable text without a known form so far, in the whole log.
  let plainLines: Int
}
