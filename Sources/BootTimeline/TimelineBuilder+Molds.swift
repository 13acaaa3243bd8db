import DeviceEvents
import LineReading

// Keeping boots that went as others did without reading them.
extension TimelineBuilder {
  /// What a boot leaves behind that ends here.
  enum Legacy {
    /// It was read, and is in the assembly's hands.
    case nothing
    /// Its record, and the step at which it ended.
    case record(BootMold.Cast, endingAt: Int)
    /// It is only counted.
    case counts(CourseTree.Ending)
    /// Only reading it tells.
    case unknown
  }

  /// Ends the boot that is recorded where the next one begins with the line with which it began itself, so that the
  /// next one already can follow it.
  mutating func endRecordedBoot(before line: LogLine) {
    guard following.tree.isEmpty, case .lineFeed = line.ending,
      following.recording.began(with: line), mayBegin(number: line.number)
    else { return }
    assembly.endBoot(
      applicationLines: decoder.applicationLines, plainLines: decoder.plainLines)
    finishRecording()
  }

  /// What the boot that ends before the next line leaves behind; `state` is the decoder's.
  func takesLeave(at state: DecodingState) -> Legacy {
    guard following.place != nil else { return .nothing }
    guard let standing else { return .unknown }
    if let ending = following.tree[standing].ending { return .counts(ending) }
    guard !following.isInexact, let mold = following.molds[standing],
      let boot = following.held.single,
      let cast = mold.cast(from: boot, index: assembly.bootCount, endingIn: state)
    else { return .unknown }
    return .record(cast, endingAt: standing)
  }

  /// Keeps the boot of a record; `state` is the decoder's behind it.
  mutating func keep(_ cast: BootMold.Cast, endingAt place: Int, before state: DecodingState) {
    assembly.keep(cast.record, crashEnd: cast.crashEnd)
    following.molds.noteCast()
    if let ending = assembly.history.lastPassedOver {
      following.tree.noteEnding(ending, at: place)
    }
    following.held.beginAnew(state: state)
  }

  /// Notes that the boot that is held did not go on as those before it.
  mutating func noteBreach() {
    guard following.held.count == 1, !following.molds.isEmpty else { return }
    following.molds.noteBreach()
    if !following.molds.pay, !assembly.history.passesOverBoots { following.giveUpMolds() }
  }
}
