import DeviceEvents
import LineReading

// Boots of which neither the ROM nor the bootloader prints anything on this console.
extension BootAssembly {
  /// Whether the boot ended with the reboot that a panic announced, although the ROM, the bootloader and the start-up
  /// print nothing on this console.
  func followsReboot(_ reading: LineReadingState) -> Bool {
    guard !startShows, !update.isOpen else { return false }
    return crash.hasRebooted && crash.age(applicationLines: reading.applicationLines) != nil
  }

  /// Whether what comes before an application was seen in this boot, so that it would be seen of the next one too.
  var startShows: Bool {
    signs.banner || signs.reset || signs.bootloaderBanner || signs.applicationInformation
  }

  /// Whether a program that prints no clock tells of its start again: in the same words, and with a count of its starts
  /// that went up by one, whether the reason is the same or another. Without a count it must be another reason, behind
  /// other lines, in words that say that it starts: else it may be a list of the starts of before, or another node's.
  func tellsAnotherStart(
    _ line: BootLine, _ reading: LineReadingState, _ open: BootRecord
  ) -> Bool {
    guard !startShows, reading.clock == nil, line.partition == nil, line.isOwn(at: nil),
      let reason = line.reason, let known = open.boot.resetReason,
      reason != .unknown, known != .unknown, open.boot.resetReasonSource == .app,
      // No program starts twice in one line.
      let told = open.boot.resetReasonLine, reading.line.number > told.number
    else { return false }
    return StartWords.compare(reading.line.text, with: told) { words, earlier in
      guard words.tellReason(like: earlier) else { return false }
      switch (earlier.startsCounted, words.startsCounted) {
      case (let before?, let now?):
        return now &- before == 1 && reading.line.number - told.number > Self.linesThatTellOneStart
      case (nil, nil):
        return reason != known && followsOtherWords(reading, told) && line.subject == .thisNode
          && words.sayThatItStarts
      case (nil, _?), (_?, nil): return false
      }
    }
  }

  /// Whether a start is known by the reason alone that a program without a clock tells of it, another than before: the
  /// boot begins with that line, and no count of starts stands in it.
  func isToldByReasonAlone(
    _ line: BootLine, _ reading: LineReadingState, _ record: BootRecord
  ) -> Bool {
    let boot = record.boot
    return boot.index > 0 && !boot.beganInLog && reading.clock == nil && line.partition == nil
      && boot.firstLine.number == reading.line.number
      && StartWords(reading.line.text).startsCounted == nil
  }

  /// Whether other lines stand between what a program told of its start, as one of its first words, and what it tells
  /// now: in a list of the starts of before none do.
  private func followsOtherWords(_ reading: LineReadingState, _ told: LineReference) -> Bool {
    let last = signs.toldLine ?? told.number
    return reading.line.number - last > 1 && told.number - bootFirstLine <= Self.firstWords
  }

  /// So many lines a program prints before it tells why it was started.
  private static let firstWords = 10

  /// Whether a program that prints a clock tells of its start again, in the same words, where nothing prints before it:
  /// at the same moment of a run, behind a later one; or of another partition, of which no boot runs two.
  func tellsStartAgain(_ line: BootLine, _ reading: LineReadingState, _ open: BootRecord) -> Bool {
    guard !startShows, let clock = reading.clock, let before = signs.bootLineClock,
      let earlier = signs.bootLine, line.reason != nil, line.isOwn(at: clock),
      open.boot.resetReasonSource == .app, let told = open.boot.resetReasonLine,
      reading.line.number > told.number, abs(clock - before) <= Self.startsDiffer
    else { return false }
    let isSame = StartWords.compare(reading.line.text, with: told) { words, earlier in
      words.behindClock.tellReason(like: earlier.behindClock)
    }
    guard isSame else { return false }
    if let last = lastClock, clock < last { return true }
    return earlier.isWhole && line.isWhole && earlier.partition != line.partition
  }

  /// By so many milliseconds one start of a program may be quicker than another.
  private static let startsDiffer = 300

  /// So many lines may list the starts of before.
  private static let linesThatTellOneStart = 3
}
