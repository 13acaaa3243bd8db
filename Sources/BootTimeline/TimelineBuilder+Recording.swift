import DeviceEvents
import LineReading

// Recording the courses that boots take which are read.
extension TimelineBuilder {
  /// Whether the courses of boots are worth recording here.
  var isRecordingWorthwhile: Bool {
    switch following.repeatedBoots {
    case .compared:
      !following.isCatchingUp && !following.isOver && !following.tree.isFull
        && (assembly.history.passesOverBoots
          || following.molds.areWorthwhile(behind: assembly.bootCount))
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
      CourseStep(line, saying: events, free: free, facts: facts), of: line,
      arrivesBare: following.upcoming.has(line.text), updates: assembly.history.updates)
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
    if let ending = assembly.history.lastPassedOver {
      following.tree.add(steps, ending: ending)
    } else {
      following.molds.noteCourse()
      guard let record = assembly.moldable, let mold = BootMold(record, course: steps),
        let place = following.tree.add(steps)
      else { return }
      following.molds.add(mold, at: place)
    }
  }
}
