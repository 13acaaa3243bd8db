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

  private var nodes: [Node] = []
  /// The lines of the nodes, at the same places.
  private var lines = CourseLines()
  private var firstRoot = -1
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
    step(from: lines.child(of: index), text, arrival)
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
    var child = lines.child(of: index)
    while child >= 0 {
      let node = nodes[child]
      if node.gap == nil, node.facts.change == change, node.facts.origin == origin,
        node.events == events
      {
        return child
      }
      child = lines.sibling(of: child)
    }
    return nil
  }

  /// The step over so many lines that told nothing.
  func gap(after index: Int, _ count: CourseGap.Count) -> Int? {
    let gap = CourseGap(count, crashAge: nodes[index].facts.crashAge)
    var child = lines.child(of: index)
    while child >= 0, nodes[child].gap != gap { child = lines.sibling(of: child) }
    return child >= 0 ? child : nil
  }

  private func step(from first: Int, _ text: ByteText, _ arrival: Arrival) -> (
    index: Int, time: Int
  )? {
    var index = first
    while index >= 0 {
      if let time = lines.time(of: text, as: index) {
        switch arrival {
        case .bare:
          if lines.comesBare(index) { return (index, time) }
        case .handedOn(let origin):
          if nodes[index].facts.origin == origin { return (index, time) }
        }
      }
      index = lines.sibling(of: index)
    }
    return nil
  }

  // MARK: following many lines

  /// The lines from the start of `text` on that go as those did that came behind the one at `index`.
  @inline(__always)
  func span(after index: Int, clock: Int?, _ text: ByteText) -> CourseLines.Span {
    lines.span(from: lines.child(of: index), atMost: nodes.count, clock: clock, text)
  }

  /// The line at the start of `text`, if it begins a course.
  @inline(__always)
  func beginning(_ text: ByteText) -> CourseLines.Span {
    lines.span(from: firstRoot, atMost: 1, clock: nil, text)
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
  mutating func noteBare(_ index: Int) { lines.noteBare(index) }

  /// Adds the course of a boot that left `ending` behind.
  mutating func add(_ course: [RecordedStep], ending: Ending) {
    guard let last = add(course) else { return }
    noteEnding(ending, at: last)
  }

  /// Notes what boots leave behind that end at `index`.
  mutating func noteEnding(_ ending: Ending, at index: Int) { nodes[index].ending = ending }

  /// Adds the course of a boot; returns its last step, nil if there is no room for it.
  mutating func add(_ course: [RecordedStep]) -> Int? {
    guard !course.isEmpty, nodes.count + course.count <= Limit.nodes,
      lines.byteCount + course.reduce(0, { $0 + $1.step.text.count }) <= Limit.bytes
    else {
      isFull = true
      return nil
    }
    var last = -1
    for recorded in course {
      guard let index = child(of: last, recorded) else { return nil }
      last = index
    }
    return last
  }

  /// The child of `parent` that is this step, new if there is none; nil if it has too many others.
  private mutating func child(of parent: Int, _ recorded: RecordedStep) -> Int? {
    var index = parent < 0 ? firstRoot : lines.child(of: parent)
    var last = -1
    var count = 0
    while index >= 0 {
      if isSame(index, recorded.step) {
        if recorded.arrivesBare { noteBare(index) }
        return index
      }
      last = index
      count += 1
      index = lines.sibling(of: index)
    }
    guard count < Limit.children else { return nil }
    let new = nodes.count
    append(recorded, behind: parent)
    if last >= 0 {
      lines.setSibling(of: last, to: new)
    } else if parent >= 0 {
      lines.setChild(of: parent, to: new)
    } else {
      firstRoot = new
    }
    return new
  }

  private mutating func append(_ recorded: RecordedStep, behind parent: Int) {
    let step = recorded.step
    var path = parent < 0 ? Path() : nodes[parent].path
    if step.gap == nil { path.add(step.facts) }
    nodes.append(Node(facts: step.facts, events: step.events, gap: step.gap, path: path))
    lines.append(recorded)
  }

  private func isSame(_ index: Int, _ step: CourseStep) -> Bool {
    nodes[index].gap == step.gap && nodes[index].facts == step.facts
      && lines.isLine(index, of: step)
  }
}
