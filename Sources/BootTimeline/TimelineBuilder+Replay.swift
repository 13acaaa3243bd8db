import DeviceEvents
import LineReading

// Reading boots by the script of one before them.
extension TimelineBuilder {
  /// Whether the boots that come are kept, and not compared with others alone.
  private var mayReplay: Bool {
    switch following.repeatedBoots {
    case .compared:
      following.place == nil && !following.recording.isOn && !replay.isRecording
        && !assembly.history.passesOverBoots
    case .decoded: false
    }
  }

  /// Whether the boot that may begin with the next line is to be noted.
  var recordsNextScript: Bool { mayReplay && replay.recordsNext }

  /// Notes that a boot began.
  mutating func noteScriptBegins() {
    if mayReplay || replay.isRecording { replay.noteBeginning() }
  }

  /// Takes lines of the run that come as they came in the boot before; returns how many.
  mutating func replay(_ run: inout LineRun) -> Int {
    guard replay.isOn, mayReplay, case .none = run.prefixes, case .ruledOut = run.records else {
      return 0
    }
    decoder.search(&run)
    var index = run.next
    var start = run.start
    // A boot that began with the last line may be one that is noted, or only counted.
    while index < run.count, replay.isOn, mayReplay,
      let line = run.line(at: index, from: start),
      let known = replay.expected(line.text)
    {
      let read = LogLine(
        number: run.number + index - run.next, offset: run.offset + start - run.start,
        text: line.text, ending: .lineFeed)
      guard replay(read, as: known) else { break }
      index += 1
      start = line.next
    }
    return index - run.next
  }

  /// Takes a line that is equal to one of the script; false if it may say something else.
  private mutating func replay(_ line: LogLine, as known: (index: Int, time: Int)) -> Bool {
    let index = known.index
    guard replay.script.lines[index].saysTheSame else {
      read(line)
      replay.passed(index)
      return true
    }
    guard decoder.stands(in: replay.script.lines[index].context),
      decoder.repeatChange(replay.script.lines[index].change, at: known.time)
    else { return false }
    let events = replay.script.lines[index].events
    if !events.isEmpty {
      eventfulLines += 1
      decoder.noteEvents()
      _ = tell(events, of: line)
    }
    assembly.noteLine(number: line.number, clock: decoder.clock)
    replay.passed(index)
    return true
  }
}
