import CLineScan
import DeviceEvents
import LineReading

/// The courses that boots took and that need not be kept any more: their lines, one behind the other.
///
/// Courses that begin alike share their beginning. A line is compared with the few that came next
/// before, byte by byte, so nothing is taken for something else.
struct CourseTree {
  /// What a boot leaves behind that is not kept.
  struct Ending: Equatable {
    let crashes: Int
    let notices: Int
    let elidedCrashes: Int
    let elidedNotices: Int
  }

  /// How a line reached the one who compares it.
  enum Arrival: Equatable {
    /// The reader took its decorations off.
    case handedOn(LogLine.Origin)
    /// As it stands in the input.
    case bare
  }

  /// A line that can come behind another one; its text is one of `lines`.
  struct Node {
    let facts: CourseStep.Facts
    /// What it told.
    fileprivate let events: [DeviceEvent]
    fileprivate let gap: CourseGap?
    /// What the lines from the course's beginning through this one did to counts.
    fileprivate let path: Path
    /// What a boot leaves behind that ends here; nil if none did.
    fileprivate(set) var ending: Ending?
  }

  /// Lines one behind the other.
  struct Path {
    var counts = DecodingCounts()
    /// Those that told something.
    var eventfulLines = 0
    /// Readable text without a known form behind the last of these.
    var plainLinesSinceEvent = 0

    mutating func add(_ facts: CourseStep.Facts) {
      counts = counts + facts.change.counts
      plainLinesSinceEvent += facts.change.counts.plainLines
      guard facts.isEventful else { return }
      eventfulLines += 1
      plainLinesSinceEvent = 0
    }
  }

  private enum Limit {
    static let nodes = 4_096
    static let bytes = 1 << 20
    /// Of lines that differ from boot to boot there is no end.
    static let children = 24
  }

  /// Texts are compared in blocks of so many bytes.
  private static let block = CLINESCAN_COURSE_BLOCK

  private var nodes: [Node] = []
  /// The lines of the nodes, as those who compare them have them.
  private var lines: [clinescan_course_line] = []
  private var texts: [UInt8] = []
  private var freeDigits: [UInt64] = []
  private var firstRoot = -1
  /// Kept, because another module's constant is called for.
  private let earlyBefore = Int64(DecodingChange.earlyBefore)
  /// Whether a course was left out for want of room.
  private(set) var isFull = false

  /// Whether there is no course.
  var isEmpty: Bool { firstRoot < 0 }

  subscript(index: Int) -> Node {
    @inline(__always) get { nodes[index] }
  }

  // MARK: following

  /// The step that a line takes behind the one at `index`, and its time, 0 without one.
  @inline(__always)
  func step(after index: Int, _ text: ByteText, _ arrival: Arrival) -> (index: Int, time: Int)? {
    step(from: Int(lines[index].child), text, arrival)
  }

  /// The step that begins a course.
  @inline(__always)
  func beginning(_ text: ByteText, _ arrival: Arrival) -> (index: Int, time: Int)? {
    step(from: firstRoot, text, arrival)
  }

  /// The step of a line behind the one at `index` that may be another one, and told and changed the same.
  func step(
    after index: Int, telling events: [DeviceEvent], changing change: DecodingChange,
    from origin: LogLine.Origin
  ) -> Int? {
    var child = Int(lines[index].child)
    while child >= 0 {
      let node = nodes[child]
      if node.gap == nil, node.facts.change == change, node.facts.origin == origin,
        node.events == events
      {
        return child
      }
      child = Int(lines[child].sibling)
    }
    return nil
  }

  /// The step over so many lines that told nothing.
  func gap(after index: Int, _ count: CourseGap.Count) -> Int? {
    let gap = CourseGap(count, crashAge: nodes[index].facts.crashAge)
    var child = Int(lines[index].child)
    while child >= 0, nodes[child].gap != gap { child = Int(lines[child].sibling) }
    return child >= 0 ? child : nil
  }

  private func step(from first: Int, _ text: ByteText, _ arrival: Arrival) -> (
    index: Int, time: Int
  )? {
    var index = first
    while index >= 0 {
      if let time = time(of: text, as: index) {
        switch arrival {
        case .bare:
          if lines[index].comes_bare != 0 { return (index, time) }
        case .handedOn(let origin):
          if nodes[index].facts.origin == origin { return (index, time) }
        }
      }
      index = Int(lines[index].sibling)
    }
    return nil
  }

  /// The time of a line that is equal to the one at `index`; nil if it is not equal.
  private func time(of text: ByteText, as index: Int) -> Int? {
    guard lines[index].level != 0 else { return hasText(text, at: index) ? 0 : nil }
    guard text[0] == lines[index].level, let time = LineTime(text),
      hasText(text.slice(from: time.end), at: index)
    else { return nil }
    return time.value
  }

  private func hasText(_ text: ByteText, at index: Int) -> Bool {
    guard text.count == lines[index].length else { return false }
    return withCourse {
      clinescan_course_has($0, Int32(index), text.buffer.baseAddress, text.count) != 0
    }
  }

  @inline(__always)
  private func withCourse<Result>(
    _ body: (UnsafePointer<clinescan_course>) -> Result
  ) -> Result {
    lines.withUnsafeBufferPointer { lines in
      texts.withUnsafeBufferPointer { texts in
        freeDigits.withUnsafeBufferPointer { free in
          var course = clinescan_course(
            lines: lines.baseAddress, texts: texts.baseAddress, free: free.baseAddress,
            early_before: earlyBefore)
          return body(&course)
        }
      }
    }
  }

  // MARK: following many lines

  /// Lines that went as others before.
  struct Span {
    /// How many, and how many bytes they are with their line ends.
    let count: Int
    let length: Int
    /// The last one.
    let last: Int
    /// How many of them have a time, and the last two of these.
    let timedCount: Int
    let timed: (clinescan_timed_line, clinescan_timed_line)
    /// The time of the last of these; 0 without one.
    var time: Int { timedCount > 0 ? Int(timed.1.time) : 0 }
    /// Whether the line behind them, too, may go as another one did.
    let isUnsure: Bool
  }

  /// The lines from the start of `text` on that go as those did that came behind the one at `index`.
  @inline(__always)
  func span(after index: Int, clock: Int?, _ text: ByteText) -> Span {
    span(from: lines[index].child, atMost: nodes.count, clock: clock, text)
  }

  /// The line at the start of `text`, if it begins a course.
  @inline(__always)
  func beginning(_ text: ByteText) -> Span {
    span(from: Int32(firstRoot), atMost: 1, clock: nil, text)
  }

  private func span(
    from first: Int32, atMost most: Int, clock: Int?, _ text: ByteText
  ) -> Span {
    var following = clinescan_following()
    following.clock = Int64(clock ?? -1)
    withCourse {
      clinescan_course_follow(
        $0, text.buffer.baseAddress, text.count, most, first, CLINESCAN_UP_TO_64, &following)
    }
    return Span(
      count: following.count, length: following.length, last: Int(following.line),
      timedCount: following.timed_count, timed: following.timed,
      isUnsure: following.is_unsure != 0)
  }

  /// What the lines did that stand behind the one at `index` on the way to `last`, that one included.
  @inline(__always)
  func path(from index: Int, to last: Int) -> Path {
    let before = nodes[index].path
    var path = nodes[last].path
    path.counts = path.counts - before.counts
    path.eventfulLines -= before.eventfulLines
    return path
  }

  // MARK: growing

  /// Notes that the reader hands on a line like the one at `index` as it stands in the input.
  mutating func noteBare(_ index: Int) {
    if isPlain(index) { lines[index].comes_bare = 1 }
  }

  /// Adds the course of a boot that left `ending` behind.
  mutating func add(_ course: [RecordedStep], ending: Ending) {
    guard !course.isEmpty, nodes.count + course.count <= Limit.nodes,
      texts.count + course.reduce(0, { $0 + $1.step.text.count }) <= Limit.bytes
    else {
      isFull = true
      return
    }
    var last = -1
    for recorded in course {
      guard let index = child(of: last, recorded) else { return }
      last = index
    }
    nodes[last].ending = ending
  }

  /// The child of `parent` that is this step, new if there is none; nil if it has too many others.
  private mutating func child(of parent: Int, _ recorded: RecordedStep) -> Int? {
    var index = parent < 0 ? firstRoot : Int(lines[parent].child)
    var last = -1
    var count = 0
    while index >= 0 {
      if isSame(index, recorded.step) {
        if recorded.arrivesBare { noteBare(index) }
        return index
      }
      last = index
      count += 1
      index = Int(lines[index].sibling)
    }
    guard count < Limit.children else { return nil }
    let new = nodes.count
    append(recorded, behind: parent)
    if last >= 0 {
      lines[last].sibling = Int32(new)
    } else if parent >= 0 {
      lines[parent].child = Int32(new)
    } else {
      firstRoot = new
    }
    return new
  }

  private mutating func append(_ recorded: RecordedStep, behind parent: Int) {
    let step = recorded.step
    let index = nodes.count
    var path = parent < 0 ? Path() : nodes[parent].path
    if step.gap == nil { path.add(step.facts) }
    nodes.append(Node(facts: step.facts, events: step.events, gap: step.gap, path: path))
    lines.append(clinescan_course_line(step, text: texts.count))
    texts += step.text
    let digits = Self.freeDigits(of: step)
    freeDigits += digits
    texts += repeatElement(0, count: digits.count * Self.block - step.text.count)
    guard step.gap == nil, isPlain(index) else { return }
    if recorded.arrivesBare { noteBare(index) }
    if step.facts.origin == .device { lines[index].comes_coloured = 1 }
  }

  /// Whether the text has bytes only of which the reader of lines has nothing to note.
  private func isPlain(_ index: Int) -> Bool {
    let start = Int(lines[index].text)
    let length = Int(lines[index].length)
    return texts.withUnsafeBufferPointer { texts in
      texts.baseAddress.map { clinescan_first_odd($0 + start, length) == length } ?? true
    }
  }

  /// For each block of the step's text, which of its bytes may be other digits.
  private static func freeDigits(of step: CourseStep) -> [UInt64] {
    var digits = [UInt64](repeating: 0, count: max((step.text.count + block - 1) / block, 1))
    for number in step.freeNumbers {
      for place in number..<number + 8 { digits[place / block] |= 1 << UInt64(place % block) }
    }
    return digits
  }

  private func isSame(_ index: Int, _ step: CourseStep) -> Bool {
    let node = nodes[index]
    guard lines[index].level == step.level, node.gap == step.gap, node.facts == step.facts,
      lines[index].length == step.text.count
    else { return false }
    let digits = Self.freeDigits(of: step)
    let first = Int(lines[index].text) / Self.block
    guard freeDigits[first..<first + digits.count].elementsEqual(digits) else { return false }
    return step.text.withUnsafeBufferPointer { hasText(ByteText($0), at: index) }
  }
}

extension clinescan_course_line {
  /// The line of a step, of which the text stands at `text`.
  fileprivate init(_ step: CourseStep, text: Int) {
    self.init()
    self.text = UInt32(text)
    length = UInt32(step.text.count)
    child = -1
    sibling = -1
    level = step.level
    has_free = step.freeNumbers.isEmpty ? 0 : 1
    is_early = step.facts.change.isEarly ? 1 : 0
  }
}
