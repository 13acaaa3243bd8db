import DeviceEvents
import LineReading

/// Where a boot stands in the script of one before it.
///
/// The first boots of a crash loop are all kept, with all that they say. Most of their lines say what they said the boot
/// before, and to see that a line is the one that came there takes a fraction of reading it.
struct BootReplay {
  /// The lines of a boot that was read.
  private(set) var script = BootScript()
  /// The line of the script that is expected next.
  private var next = 0
  /// The script of the boot that is being read, if it is noted.
  private var recording: BootScript?
  private var recordings = 0
  private var boots = 0
  /// Whether the last boot did not go by the script.
  private var isScriptPoor = true
  /// How many lines of the boot came as expected, and how many were read.
  private var expectedLines = 0
  private var readLines = 0
  /// The line that comes next, colours aside.
  var upcoming = UpcomingLine()

  /// To note a boot takes a part of the time of reading it: one is read before it pays, and not each is noted.
  private static let readBefore = 1
  private static let mostAtOnce = 4
  private static let bootsForEach = 8
  /// So many lines of a boot show whether it goes by the script.
  private static let linesThatTell = 8
  /// So many lines of the script may be missing one behind the other.
  private static let reach = 4

  /// Whether there is a script.
  var isOn: Bool { !script.lines.isEmpty }

  /// Whether the boot that is being read is noted.
  var isRecording: Bool { recording != nil }

  /// Whether the next boot is to be noted.
  var recordsNext: Bool {
    isScriptPoor && boots >= Self.readBefore
      && recordings < Self.mostAtOnce + boots / Self.bootsForEach
  }

  /// The line of the script that a line is, and its time, 0 without one.
  @inline(__always)
  func expected(_ text: ByteText) -> (index: Int, time: Int)? {
    let end = min(next + Self.reach, script.lines.count)
    var index = next
    while index < end {
      if let time = script.time(of: text, as: index) { return (index, time) }
      index += 1
    }
    guard next > 0, let time = script.time(of: text, as: 0) else { return nil }
    return (0, time)
  }

  /// Begins another log. What lines say is remembered: many logs begin with the same lines.
  mutating func startOver() {
    endBoot()
    next = 0
  }

  /// Notes that the line at `index` came.
  mutating func passed(_ index: Int) {
    next = index + 1
    expectedLines += 1
  }

  /// Notes that a line was read that was not expected.
  mutating func noteRead() { readLines += 1 }

  /// Notes that a boot begins.
  mutating func noteBeginning() {
    endBoot()
    if recordsNext {
      recording = BootScript()
      recordings += 1
    }
    boots += 1
    next = 0
  }

  private mutating func endBoot() {
    if let recorded = recording {
      script = recorded
      recording = nil
      isScriptPoor = false
    } else if expectedLines + readLines > Self.linesThatTell {
      isScriptPoor = readLines >= expectedLines
    }
    expectedLines = 0
    readLines = 0
  }

  /// Notes what a line did that was read.
  mutating func record(
    _ line: LogLine, saying events: [DeviceEvent], in context: DecodingContext,
    _ change: DecodingChange?
  ) {
    guard case .lineFeed = line.ending, let change, upcoming.has(line.text),
      Self.teachesNothing(line.text)
    else { return }
    recording?.add(line, saying: events, in: context, change)
  }

  /// Whether the reader of lines learns nothing from a line that it handed on as it stands: what may be a clock or a
  /// label before a device's line decides how it reads those that follow.
  private static func teachesNothing(_ text: ByteText) -> Bool {
    if LineTime(text) != nil { return true }
    return text[0] != UInt8(ascii: "[") && text[0] &- 0x30 >= 10
      && text.firstLogPrefix(from: 0) == nil
  }
}
