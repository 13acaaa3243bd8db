import DeviceEvents
import LineReading

/// Lines that read like a reset or a crash behind other words, kept until the clock tells whose they are.
///
/// A chip that crashed or was reset counts its milliseconds anew. Where this node's own log heads, which stand bare, go on
/// with a later time, the node printed what another one told it. The same goes for a reset directly behind such a head.
struct PassedOnLines {
  /// A line that is kept, and how it stands.
  struct Line {
    let number: Int
    let offset: Int
    let ending: LogLine.Ending
    let origin: LogLine.Origin
    /// How many bytes the words are behind which it stands; 0 if it stands behind none.
    let labelLength: Int
    fileprivate let text: Range<Int>

    /// Whether it stands behind the words.
    var isLabelled: Bool { labelLength > 0 }
  }

  /// What the clock tells, or what stands bare.
  enum Answer {
    case passedOn, own, none
    /// A start that does not follow a crash: whose that was stays open.
    case unproved
  }

  private(set) var lines: [Line] = []
  private var bytes: [UInt8] = []
  private var label: [UInt8] = []
  /// Whether a log head of this node's stands before the first line, and nothing else.
  private(set) var isBehindHead = false
  /// Whether that head may be a tool's, which puts one before every line.
  private(set) var mayBeTools = false
  /// What the first line reads like.
  private(set) var subject = PassedOnWords.Subject.crash
  /// This node's clock before the first line.
  private var clock = 0
  /// The time behind the words of the first line, where it is ahead of that clock.
  private var clockAhead: Int?
  /// Log heads of this node's own since then.
  private var ownHeads = 0
  /// The last time behind the words.
  private var labelledClock: Int?
  /// Where among the lines the last bare row of a crash stands: of a dump the first line alone may stand behind words.
  private(set) var lastBareRow: Int?
  /// The words that were another device's in this boot.
  private var known: [UInt8] = []
  /// The words that were this node's own, or a tool's, in an earlier boot.
  private var own: [UInt8] = []

  /// By so many milliseconds the clock goes back where two cores print.
  private static let coresDiffer = 50
  /// By so many milliseconds a line comes late that stood in a queue. Behind a reset the ROM speaks as well.
  private static let ownLinesComeLateBy = 2_000
  /// A core that crashes stops the other one at once: so many milliseconds, or log heads, later nothing is printed.
  private static let lastWords = 500
  private static let lastHeads = 3
  /// A label behind which a run of so many milliseconds stands may be a tool's that came late.
  private static let longRun = 5_000
  private static let mostBytes = 1 << 18
  private static let mostLines = 4_096

  /// Whether lines are kept.
  var isOpen: Bool { !lines.isEmpty }

  /// Whether the words before a line are those of another device in this boot.
  func isKnown(_ text: ByteText) -> Bool {
    !known.isEmpty && Self.stands(known, before: text)
  }

  /// Whether the words before what is kept are those of another device in this boot.
  var standsBehindKnown: Bool {
    !known.isEmpty && known.count == label.count
      && label.withUnsafeBufferPointer { isKnown(ByteText($0)) }
  }

  /// Forgets whose words they were: another boot begins.
  mutating func forgetKnown() { known.removeAll() }

  /// Begins with a line behind other words.
  mutating func begin(_ line: LogLine, _ words: PassedOnWords, at clock: Int) {
    begin(line, behind: Array(line.text.slice(from: 0, to: words.length).buffer), at: clock)
    subject = words.subject
  }

  /// Begins with a line behind words that are known.
  mutating func beginAgain(_ line: LogLine, at clock: Int) {
    begin(line, behind: known, at: clock)
  }

  /// Begins with a reset directly behind a log head of this node's.
  mutating func begin(_ line: LogLine, behind head: HeadBeforeReset) {
    begin(line, behind: [], at: head.time)
    isBehindHead = true
    mayBeTools = !head.isShownByStart
    subject = .reset
  }

  private mutating func begin(_ line: LogLine, behind words: [UInt8], at clock: Int) {
    label = words
    isBehindHead = false
    self.clock = clock
    ownHeads = 0
    lastBareRow = nil
    labelledClock = LineTime(line.text.slice(from: words.count))?.value
    clockAhead = labelledClock.flatMap { $0 > clock ? $0 : nil }
    keep(line, isLabelled: true)
  }

  /// Keeps a line behind the words; false if it stands behind others.
  mutating func keepLabelled(_ line: LogLine) -> Bool {
    guard Self.stands(label, before: line.text) else { return false }
    if let time = LineTime(line.text.slice(from: label.count)) { labelledClock = time.value }
    keep(line, isLabelled: true)
    return true
  }

  /// Keeps a bare row of a crash.
  mutating func keepRow(_ line: LogLine) {
    lastBareRow = lines.count
    keep(line, isLabelled: false)
  }

  /// Keeps another line.
  mutating func keepOther(_ line: LogLine) { keep(line, isLabelled: false) }

  /// What a log head of this node's own tells by its time.
  mutating func hear(_ time: Int) -> Answer {
    if time < clock - (isBehindHead ? Self.ownLinesComeLateBy : Self.coresDiffer) { return .own }
    // It was this node's clock that leapt.
    if let clockAhead, time >= clockAhead - Self.coresDiffer { return .own }
    ownHeads += 1
    return time - clock >= Self.lastWords || ownHeads >= Self.lastHeads ? .passedOn : .none
  }

  /// Whether a bare line goes on with the crash of which the first line is kept: a full stack is told before the abort.
  func mayGoOn(in text: ByteText) -> Bool {
    lines.count <= Self.nextLines && !text.has("Guru Meditation Error")
  }

  /// Whether a bare line of the ROM's goes on with the reset that is kept: it stands close behind, and is none that comes
  /// before a reset is told.
  func mayBeginStart(with text: ByteText) -> Bool {
    lines.count <= Self.nextLines && !Self.banners.contains { text.has($0) }
  }

  /// Whether a bare line of the ROM's comes before the one that tells of the reset.
  static func precedesReset(_ text: ByteText) -> Bool {
    text.has("Build:") || banners.contains { text.has($0) }
  }

  private static let nextLines = 3
  private static let banners: [StaticString] = ["ESP-ROM:", "ets Jun ", "ets Jul "]

  /// Words before lines of other devices.
  struct Labels {
    private var words: [[UInt8]] = []
    private static let most = 16

    func stand(before text: ByteText) -> Bool {
      words.contains { PassedOnLines.stands($0, before: text) }
    }

    mutating func add(_ label: ByteText) {
      if words.count < Self.most { words.append(Array(label.buffer)) }
    }
  }

  /// Whether a bare line of the ROM's is of a start that a crash does not lead to: whoever crashes is reset by software.
  static func beginsAtPowerOn(_ text: ByteText) -> Bool {
    text.has("rst:0x") && text.contains("(POWERON")
  }

  /// Whether no more may be kept.
  var isFull: Bool { bytes.count > Self.mostBytes || lines.count > Self.mostLines }

  /// Whether, at the log's end, the lines may be another device's.
  var mayBeAnothers: Bool { (labelledClock ?? 0) < Self.longRun && own != label }

  /// Gives away what is kept.
  mutating func takeAll() -> (lines: [Line], bytes: [UInt8]) {
    defer {
      lines = []
      bytes = []
    }
    return (lines, bytes)
  }

  /// Notes that the words are another device's.
  mutating func noteKnown() { known = label }

  /// Notes that the words are this node's own: its clock began anew behind them.
  mutating func noteOwn() { own = label }

  private mutating func keep(_ line: LogLine, isLabelled: Bool) {
    let start = bytes.count
    bytes.append(contentsOf: line.text.buffer)
    lines.append(
      Line(
        number: line.number, offset: line.offset, ending: line.ending, origin: line.origin,
        labelLength: isLabelled ? label.count : 0, text: start..<bytes.count))
  }

  /// Whether words stand before a text, but for their digits: they may count or tell a time.
  fileprivate static func stands(_ words: [UInt8], before text: ByteText) -> Bool {
    guard text.count >= words.count else { return false }
    return words.indices.allSatisfy { index in
      let byte = text[index]
      return byte == words[index] || byte &- 0x30 < 10 && words[index] &- 0x30 < 10
    }
  }
}

extension PassedOnLines.Line {
  /// The line, valid as long as `bytes` are in memory.
  func line(in bytes: UnsafeBufferPointer<UInt8>) -> LogLine { line(in: bytes, from: 0) }

  /// The same without the words: what a chip printed behind them.
  func lineBehindWords(in bytes: UnsafeBufferPointer<UInt8>) -> LogLine {
    line(in: bytes, from: labelLength)
  }

  private func line(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> LogLine {
    LogLine(
      number: number, offset: offset + start,
      text: ByteText(UnsafeBufferPointer(rebasing: bytes[text].dropFirst(start))), ending: ending,
      origin: origin)
  }
}
