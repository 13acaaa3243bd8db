import DeviceEvents
import LineReading

/// Builds a timeline from lines, in one pass and in bounded memory.
public struct TimelineBuilder {
  var decoder: EventDecoder
  var assembly: BootAssembly
  var following: BootFollowing
  var passedOn = PassedOnLines()
  private let limits: HistoryLimits
  private var events: [DeviceEvent] = []
  /// How many lines told something so far; while it stands still, only time and text go on.
  public internal(set) var eventfulLines = 0
  /// The number of the last line that was read and told something.
  private var lastEventfulLine = 0

  /// A builder that also keeps the lines that match `patterns`.
  public init(watching patterns: [LinePattern] = [], repeatedBoots: RepeatedBoots = .compared) {
    self.init(watching: patterns, repeatedBoots: repeatedBoots, keeping: .standard)
  }

  /// The same, with other bounds on what is kept.
  package init(
    watching patterns: [LinePattern] = [], repeatedBoots: RepeatedBoots, keeping: HistoryLimits
  ) {
    decoder = EventDecoder(watching: patterns)
    limits = keeping
    assembly = BootAssembly(limits: keeping)
    following = BootFollowing(repeatedBoots, holding: keeping.newest)
  }

  /// Begins another log, with what the decoder remembers of lines.
  public mutating func startOver() {
    decoder.startOver()
    passedOn = PassedOnLines()
    assembly = BootAssembly(limits: limits)
    following = BootFollowing(following.repeatedBoots, holding: limits.newest)
    eventfulLines = 0
    lastEventfulLine = 0
  }

  /// How many boots took a known course, those included that were read in the end.
  package var followedBoots: Int { following.count }

  /// How many boots were kept that were made of the record of an earlier one.
  package var castBoots: Int { following.molds.casts }

  /// Takes the next line.
  public mutating func feed(_ line: LogLine) {
    if !keepsBack(line) { take(line) }
    forgetUpcoming()
  }

  /// Takes a line that is not kept back.
  mutating func take(_ line: LogLine) {
    if !follow(line) { read(line) }
  }

  /// Reads a line.
  mutating func read(_ line: LogLine) {
    // The events are collected first: the decoder may not be in use while the assembly tells it
    // that a boot began.
    var collected: [DeviceEvent] = []
    swap(&collected, &events)
    let isRecorded = isRecordingWorthwhile
    let before = following.recording.isOn || isRecorded ? decoder.state : nil
    decoder.decode(line) { collected.append($0) }
    let beginsStrongly = collected.first?.isStrongBeginning ?? false
    // What changed is asked for before the assembly tells the decoder that a boot began.
    let change =
      following.recording.isOn || beginsStrongly
      ? before.flatMap { decoder.change(from: $0, by: line) } : nil
    var beginning: Int?
    if !collected.isEmpty {
      eventfulLines += 1
      lastEventfulLine = line.number
      beginning = tell(collected, of: line)
    }
    assembly.noteLine(number: line.number, clock: decoder.clock)
    if let beginning, beginning == 0, isRecorded, beginsStrongly {
      following.recording.begin()
    }
    if following.recording.isOn, let before {
      record(line, saying: collected, from: before, change)
    }
    // One by one, for there are one or two: to remove all at once takes longer.
    while !collected.isEmpty { collected.removeLast() }
    swap(&collected, &events)
  }

  /// Tells the assembly what a line said; returns the place of the event with which a boot began, if one did.
  mutating func tell(_ events: [DeviceEvent], of line: LogLine) -> Int? {
    let reading = LineReadingState(
      line: line, clock: decoder.clock, applicationLines: decoder.applicationLines,
      plainLines: decoder.plainLines)
    var beginning: Int?
    // By their places: an event is large, and an iterator copies each.
    for index in events.indices where assembly.take(events[index], reading) == .bootBegan {
      decoder.noteBootBegan()
      beginning = index
    }
    guard let beginning else { return nil }
    passedOn.forgetKnown()
    noteBeginning(at: beginning)
    return beginning
  }

  /// Lets go of the memory of all runs that were shown: to be called before it is used otherwise.
  public mutating func letGo() { following.held.letGo() }

  /// Steps over lines of the run that change nothing but counts and the clock; returns how many. The memory of the
  /// run has to stay until `letGo`.
  public mutating func stepOver(_ lines: inout LineRun) -> Int {
    guard !passedOn.isOpen else { return 0 }
    if !following.tree.isEmpty {
      let known = followAhead(&lines)
      if known.count > 0 { return known.count }
      if following.place != nil { lines.narrow(to: following.nextWindow()) }
      decoder.search(&lines)
      if known.isUnsure {
        let count = follow(&lines)
        if count > 0 { return count }
      }
    }
    let count = decoder.stepOver(&lines)
    guard count > 0 else {
      noteUpcoming(&lines)
      return 0
    }
    if let place = following.place {
      if following.tree[place].facts.crashAge != nil {
        following.gap.add(lines: count, applicationLines: count)
      }
      following.held.holdSilence(
        through: lines.number + count - 1, state: decoder.currentState())
    } else {
      assembly.noteLines(count, clock: decoder.clock)
      noteSilence(
        lines: count, applicationLines: count, behind: decoder.applicationLines - count)
    }
    return count
  }

  /// The timeline as far as the log has been read; `capture` tells what the reader counted.
  public func timeline(capture: Capture) -> Timeline {
    var copy = self
    return copy.finish(capture: capture)
  }

  /// The timeline of the whole log. To be called once: the boots go into it, so that they are not there twice.
  public mutating func finish(capture: Capture) -> Timeline {
    endKeeping()
    following.isOver = true
    readHeldBoots()
    assembly.finish(
      applicationLines: decoder.applicationLines, plainLines: decoder.plainLines)
    var capture = capture
    capture.espLines = decoder.espLines
    capture.damagedLines = decoder.damagedLines
    let end = capture.garbledEnd
    if end.undecodable == 0 || end.lastTextLine > lastEventfulLine {
      // Behind text of somebody's, what follows is not what the chip prints behind its start.
      capture.garbledEnd = GarbledEnd()
    }
    return assembly.takeTimeline(capture: capture)
  }

  /// The number of boots that have begun so far.
  public var bootCount: Int { assembly.bootCount + following.held.count }
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
