import DeviceEvents
import LineReading

/// What to do with boots that go as earlier ones did, line for line.
public enum RepeatedBoots: Sendable {
  /// Their lines are compared with those of the earlier boots, and nothing is decoded again.
  case compared
  /// They are decoded as all others: the way that proves the other one right.
  case decoded
}

/// Where the log stands on the courses that boots took before.
///
/// A crash loop of a gigabyte is a million boots of which a hundred are kept. Once enough of a kind are
/// kept, all that the next one adds are counts; it is enough to see that its lines are the same. Of the
/// last boots the text is held, so that they can be read after all when the log goes on otherwise.
struct BootFollowing {
  let repeatedBoots: RepeatedBoots
  var tree = CourseTree()
  var recording = CourseRecording()
  var held: HeldBoots
  /// The last step taken; nil where boots are read.
  var place: Int?
  /// Lines behind it that told nothing while a crash was open.
  var gap = CourseGap.Count()
  /// Whether boots are read that were held, but for the last one.
  var isCatchingUp = false
  /// How many boots began on a known course.
  var count = 0
  /// How much is searched at once where lines come that no boot printed.
  private var window = smallestWindow
  /// Where in the input the line begins that was looked at last, and is none that comes here; no place twice.
  var unknownOffset = -1
  /// Where the line begins and ends in memory that the reader is about to hand on.
  var upcoming = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  /// A boot's own lines are few; behind them its course goes on.
  private static let smallestWindow = 384
  private static let largestWindow = 1 << 20

  init(_ repeatedBoots: RepeatedBoots, holding limit: Int) {
    self.repeatedBoots = repeatedBoots
    held = HeldBoots(limit: limit)
  }

  /// How much is to be searched next; more each time, until lines are known again.
  mutating func nextWindow() -> Int {
    let size = window
    window = min(2 * window, Self.largestWindow)
    return size
  }

  /// Notes that lines are known again.
  mutating func noteKnownLines() { window = Self.smallestWindow }

  /// Whether a line with this text stands so in the input.
  func isUpcoming(_ text: ByteText) -> Bool {
    text.count == upcoming.count && text.buffer.baseAddress == upcoming.baseAddress
      && upcoming.baseAddress != nil
  }
}

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

  // MARK: following

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
      guard case .lineFeed = line.ending, !following.tree.isEmpty,
        let step = following.tree.beginning(line.text, .handedOn(line.origin)),
        mayBegin(number: line.number), begin(step)
      else { return false }
      following.held.hold(line)
      return true
    }
    guard case .lineFeed = line.ending, following.held.hasRoom else {
      readHeldBoots()
      return false
    }
    if let standing = standing,
      follows(line.text, .handedOn(line.origin), after: standing)
    {
      if let now = following.place, following.isUpcoming(line.text) { following.tree.noteBare(now) }
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
    if following.place != nil { return ending != nil }
    return !decoder.state.isInCoreDump && assembly.endsSurely(before: number)
  }

  /// Begins a boot that takes a known course.
  mutating func begin(_ step: (index: Int, time: Int)) -> Bool {
    let state = decoder.currentState()
    let facts = following.tree[step.index].facts
    guard decoder.repeatChange(facts.change, at: step.time) else { return false }
    if following.place == nil {
      assembly.endBoot(
        applicationLines: decoder.applicationLines, plainLines: decoder.plainLines)
      finishRecording()
    }
    if let passed = following.held.begin(state: state, ending: ending) {
      assembly.pass(passed)
    }
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
    eventfulLines += 1
    return true
  }

  private mutating func hold(_ run: inout LineRun, from start: Int, to end: Int, index: Int) {
    guard end > start, let base = run.bytes.buffer.baseAddress else { return }
    following.held.hold(
      input: ByteText(UnsafeBufferPointer(start: base + start, count: end - start)),
      number: run.number + index - run.next, offset: run.offset + start - run.start)
  }

  /// Notes how the line stands in the input that is handed on next.
  mutating func noteUpcoming(_ lines: inout LineRun) {
    guard following.recording.isOn || following.place != nil || isRecordingWorthwhile,
      lines.remaining > 0, case .none = lines.prefixes,
      let line = lines.line(at: lines.next, from: lines.start),
      !line.isColoured
    else { return }
    following.upcoming = line.text.buffer
  }

  // MARK: reading what was held

  /// Reads the boots that are held, as if they had been read at once.
  mutating func readHeldBoots() {
    guard following.place != nil else { return }
    following.place = nil
    following.gap = CourseGap.Count()
    let eventful = eventfulLines
    let boots = following.held.takeAll()
    for (index, boot) in boots.enumerated() {
      following.isCatchingUp = index + 1 < boots.count
      decoder.state = boot.state
      boot.bytes.withUnsafeBufferPointer { bytes in
        for piece in boot.pieces { read(piece, of: boot, bytes) }
      }
    }
    following.isCatchingUp = false
    eventfulLines = eventful
  }

  private mutating func read(
    _ piece: HeldBoots.Piece, of boot: HeldBoots.Boot, _ bytes: UnsafeBufferPointer<UInt8>
  ) {
    switch piece {
    case .input(let number, let offset, let place):
      var reader = LineReader()
      reader.feed(boot.memory(of: place, in: bytes)) { line in
        read(
          LogLine(
            number: number + line.number - 1, offset: offset + line.offset, text: line.text,
            ending: line.ending, origin: line.origin))
      }
    case .line(let number, let offset, let place, let origin):
      read(
        LogLine(
          number: number, offset: offset, text: ByteText(boot.memory(of: place, in: bytes)),
          ending: .lineFeed, origin: origin))
    case .silence(let number, let place):
      let state = boot.states[place]
      noteSilence(
        lines: number - assembly.lastLineNumber,
        applicationLines: state.applicationLines - decoder.applicationLines,
        behind: decoder.applicationLines)
      decoder.state = state
      assembly.noteLine(number: number, clock: state.clock)
    }
  }

  // MARK: recording

  /// Whether the courses of boots are worth recording here.
  var isRecordingWorthwhile: Bool {
    switch following.repeatedBoots {
    case .compared:
      !following.isCatchingUp && assembly.history.passesOverBoots && !following.tree.isFull
    case .decoded: false
    }
  }

  /// Notes that a boot began at an event of the line, by its place.
  mutating func noteBeginning(at index: Int) {
    // What stands before it in the same line belongs to the boot before.
    if index > 0 { following.recording.stop() }
    finishRecording()
  }

  /// Notes what a line did that was read.
  mutating func record(
    _ line: LogLine, saying events: [DeviceEvent], from before: DecodingState,
    _ change: DecodingChange?
  ) {
    guard !before.isCoreDumpRow(line) else { return }
    // A line that tells nothing may come or not, unless the boot is young; within a crash only so many.
    if events.isEmpty, !before.isInCoreDump,
      assembly.stage == .application || decoder.plainLines == before.plainLines
    {
      let count = decoder.applicationLines - before.applicationLines
      guard assembly.crash.age(applicationLines: before.applicationLines) != nil else { return }
      if count > 0 || following.recording.hasGap {
        return following.recording.widenGap(lines: 1, applicationLines: count)
      }
    }
    guard case .lineFeed = line.ending, let change, let stage = assembly.stage,
      !assembly.crash.hasOrphan(since: assembly.bootFirstLine)
    else { return following.recording.stop() }
    let facts = CourseStep.Facts(
      origin: line.origin, change: change, isEventful: !events.isEmpty,
      crashAge: assembly.crash.age(applicationLines: decoder.applicationLines), stage: stage)
    let free = FreeNumbers(places: assembly.history.isFull ? .doNotMatter : .matter)
    following.recording.add(
      CourseStep(line, saying: events, free: free, facts: facts),
      arrivesBare: following.isUpcoming(line.text), updates: assembly.history.updates)
  }

  /// Notes lines that told nothing; `total` are the application's lines before them.
  mutating func noteSilence(lines: Int, applicationLines: Int, behind total: Int) {
    guard following.recording.isOn, assembly.crash.age(applicationLines: total) != nil else {
      return
    }
    following.recording.widenGap(lines: lines, applicationLines: applicationLines)
  }

  /// Keeps the course of the boot that has just ended, if boots like it are only counted.
  mutating func finishRecording() {
    following.recording.closeGap()
    guard let steps = following.recording.steps else { return }
    following.recording.stop()
    guard let ending = assembly.history.lastPassedOver else { return }
    following.tree.add(steps, ending: ending)
  }
}
