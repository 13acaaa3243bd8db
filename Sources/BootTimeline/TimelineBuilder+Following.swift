import DeviceEvents
import LineReading

// Following the courses of boots before, line by line.
extension TimelineBuilder {
  /// What the next step must follow; nil if no boot went on after such a gap.
  var standing: Int? {
    @inline(__always) get {
      guard let place = following.place, !following.gap.isEmpty else { return following.place }
      return following.tree.gap(after: place, following.gap)
    }
  }

  /// What the boot leaves behind if it ends here; nil if none ended here.
  var ending: CourseTree.Ending? {
    @inline(__always) get {
      guard let standing else { return nil }
      return following.tree[standing].ending
    }
  }

  /// Takes lines of the run that boots took before; returns how many.
  mutating func follow(_ run: inout LineRun) -> Int {
    guard !following.tree.isEmpty, case .none = run.prefixes,
      following.place == nil || following.held.hasRoom
    else { return 0 }
    var index = run.next
    var start = run.start
    var heldIndex = index
    var heldStart = start
    while index < run.count, let line = run.line(at: index, from: start) {
      let arrival: CourseTree.Arrival = line.isColoured ? .handedOn(.device) : .bare
      if let place = standing, follows(line.text, arrival, after: place) {
        // One step further.
      } else if let step = following.tree.beginning(line.text, arrival),
        mayBegin(number: run.number + index - run.next)
      {
        hold(&run, from: heldStart, to: start, index: heldIndex)
        heldStart = start
        heldIndex = index
        guard begin(step) else { break }
      } else {
        break
      }
      index += 1
      start = line.next
    }
    hold(&run, from: heldStart, to: start, index: heldIndex)
    return index - run.next
  }

  /// Takes a line that a boot took before; false if it must be read.
  mutating func follow(_ line: LogLine) -> Bool {
    guard let place = following.place else {
      endRecordedBoot(before: line)
      guard case .lineFeed = line.ending, !following.tree.isEmpty,
        let step = following.tree.beginning(line.text, .handedOn(line.origin)),
        mayBegin(number: line.number), begin(step)
      else { return false }
      following.held.hold(line)
      return true
    }
    guard case .lineFeed = line.ending, following.held.hasRoom else {
      if case .endOfInput = line.ending { following.isOver = true }
      readHeldBoots()
      return false
    }
    if let standing = standing,
      follows(line.text, .handedOn(line.origin), after: standing)
    {
      if let now = following.place, following.upcoming.has(line.text) {
        following.tree.noteBare(now)
      }
      following.held.hold(line)
    } else if decoder.state.isCoreDumpRow(line) {
      decoder.passCoreDumpRow()
      eventfulLines += 1
      following.held.hold(line)
    } else if let step = following.tree.beginning(line.text, .handedOn(line.origin)),
      mayBegin(number: line.number), begin(step)
    {
      following.held.hold(line)
    } else {
      switch likeness(of: line, after: place) {
      case .tellsNothing:
        following.held.holdSilence(through: line.number, state: decoder.state)
      case .tellsTheSame: following.held.hold(line)
      case nil:
        noteBreach()
        readHeldBoots()
        return false
      }
    }
    return true
  }

  /// Takes the step behind `place` that the line is, if it is one.
  @inline(__always)
  private mutating func follows(
    _ text: ByteText, _ arrival: CourseTree.Arrival, after place: Int
  ) -> Bool {
    guard let step = following.tree.step(after: place, text, arrival),
      decoder.repeatChange(following.tree[step.index].facts.change, at: step.time)
    else { return false }
    following.place = step.index
    following.gap = CourseGap.Count()
    if following.tree[step.index].facts.isEventful {
      eventfulLines += 1
      decoder.noteEvents()
    }
    return true
  }

  /// Whether a known beginning begins a boot here, whatever it is.
  func mayBegin(number: Int) -> Bool {
    if following.place != nil { return standing.map { following.mayEnd(at: $0) } ?? false }
    return !decoder.state.isInCoreDump && assembly.endsSurely(before: number)
  }

  /// Begins a boot that takes a known course.
  mutating func begin(_ step: (index: Int, time: Int)) -> Bool {
    let state = decoder.currentState()
    let facts = following.tree[step.index].facts
    let left = takesLeave(at: state)
    if case .unknown = left { return false }
    guard decoder.repeatChange(facts.change, at: step.time) else { return false }
    switch left {
    case .nothing:
      assembly.endBoot(
        applicationLines: decoder.applicationLines, plainLines: decoder.plainLines)
      finishRecording()
      _ = following.held.begin(state: state, ending: nil)
    case .record(let record, let place): keep(record, endingAt: place, before: state)
    case .counts(let ending):
      if let passed = following.held.begin(state: state, ending: ending) {
        assembly.pass(passed)
      }
    case .unknown: break
    }
    following.isInexact = false
    passedOn.forgetKnown()
    decoder.noteEvents()
    decoder.noteBootBegan()
    following.place = step.index
    following.gap = CourseGap.Count()
    following.count += 1
    eventfulLines += 1
    return true
  }

  /// What a line does that no boot printed as it stands.
  private enum Likeness {
    /// It changes nothing but counts and the clock.
    case tellsNothing
    /// What another line told that came here: it differs in what nobody reads, as a counter.
    case tellsTheSame
  }

  /// Decodes a line, and tells whether the boot stays on its course with it.
  private mutating func likeness(of line: LogLine, after place: Int) -> Likeness? {
    let before = decoder.state
    guard !before.isInCoreDump else { return nil }
    let facts = following.tree[place].facts
    var events: [DeviceEvent] = []
    decoder.decode(line) { events.append($0) }
    guard events.isEmpty else {
      return takesStep(telling: events, by: line, from: before) ? .tellsTheSame : nil
    }
    guard facts.stage == .application || decoder.plainLines == before.plainLines else { return nil }
    guard facts.crashAge != nil else { return .tellsNothing }
    // Within a crash, only the application's lines may come in any number.
    let count = decoder.applicationLines - before.applicationLines
    guard count > 0 || !following.gap.isEmpty else { return nil }
    following.gap.add(lines: 1, applicationLines: count)
    return .tellsNothing
  }

  /// Takes the step that a line is which was decoded and told this, if there is one.
  private mutating func takesStep(
    telling events: [DeviceEvent], by line: LogLine, from before: DecodingState
  ) -> Bool {
    guard let standing, let change = decoder.change(from: before, by: line),
      let step = following.tree.step(
        after: standing, telling: events, changing: change, from: line.origin)
    else { return false }
    following.place = step
    following.gap = CourseGap.Count()
    if !events.allSatisfy(\.isToldWithoutItsText) { following.isInexact = true }
    eventfulLines += 1
    return true
  }

  private mutating func hold(_ run: inout LineRun, from start: Int, to end: Int, index: Int) {
    guard end > start, let base = run.bytes.buffer.baseAddress else { return }
    following.held.hold(
      input: ByteText(UnsafeBufferPointer(start: base + start, count: end - start)),
      number: run.number + index - run.next, offset: run.offset + start - run.start,
      of: run.bytes)
  }

  /// Notes how the line stands in the input that is handed on next.
  mutating func noteUpcoming(_ lines: inout LineRun) {
    guard
      following.recording.isOn || following.place != nil || isRecordingWorthwhile,
      lines.remaining > 0, case .none = lines.prefixes,
      let line = lines.line(at: lines.next, from: lines.start)
    else { return }
    if !line.isColoured { following.upcoming = UpcomingLine(line.text) }
  }

  /// Notes that the line was handed on of which that was noted.
  mutating func forgetUpcoming() {
    following.upcoming = UpcomingLine()
  }
}
