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

  /// A line that can come behind another one.
  struct Node {
    let facts: CourseStep.Facts
    fileprivate let text: Range<Int>
    fileprivate let free: Range<Int>
    fileprivate let level: UInt8
    fileprivate let gap: CourseGap?
    fileprivate var firstChild = -1
    fileprivate var sibling = -1
    /// Whether the reader hands such a line on as it stands in the input.
    fileprivate(set) var arrivesBare: Bool
    /// What a boot leaves behind that ends here; nil if none did.
    fileprivate(set) var ending: Ending?
  }

  private enum Limit {
    static let nodes = 4_096
    static let bytes = 1 << 20
    /// Of lines that differ from boot to boot there is no end.
    static let children = 24
  }

  private var nodes: [Node] = []
  private var bytes: [UInt8] = []
  private var freeNumbers: [Int] = []
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
    step(from: nodes[index].firstChild, text, arrival)
  }

  /// The step that begins a course.
  @inline(__always)
  func beginning(_ text: ByteText, _ arrival: Arrival) -> (index: Int, time: Int)? {
    step(from: firstRoot, text, arrival)
  }

  /// The step over so many lines that told nothing.
  func gap(after index: Int, _ count: CourseGap.Count) -> Int? {
    let gap = CourseGap(count, crashAge: nodes[index].facts.crashAge)
    var child = nodes[index].firstChild
    while child >= 0, nodes[child].gap != gap { child = nodes[child].sibling }
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
          if nodes[index].arrivesBare { return (index, time) }
        case .handedOn(let origin):
          if nodes[index].facts.origin == origin { return (index, time) }
        }
      }
      index = nodes[index].sibling
    }
    return nil
  }

  /// The time of a line that is equal to the one at `index`; nil if it is not equal.
  @inline(__always)
  private func time(of text: ByteText, as index: Int) -> Int? {
    let expected = nodes[index].text
    guard let start = text.buffer.baseAddress else { return expected.isEmpty ? 0 : nil }
    guard nodes[index].level != 0 else {
      guard text.count == expected.count else { return nil }
      return isEqual(UnsafeRawPointer(start), to: index) ? 0 : nil
    }
    guard text.count > expected.count, text[0] == nodes[index].level, let time = LineTime(text),
      text.count - time.end == expected.count
    else { return nil }
    return isEqual(UnsafeRawPointer(start + time.end), to: index) ? time.value : nil
  }

  @inline(__always)
  private func isEqual(_ line: UnsafeRawPointer, to index: Int) -> Bool {
    let expected = nodes[index].text
    let free = nodes[index].free
    return bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress.map({ $0 + expected.lowerBound }) else { return true }
      var position = 0
      for place in free {
        let number = freeNumbers[place]
        guard Self.areEqual(line + position, start + position, count: number - position),
          HexadecimalWord.stands(at: line + number)
        else { return false }
        position = number + 8
      }
      return Self.areEqual(line + position, start + position, count: expected.count - position)
    }
  }

  @inline(__always)
  private static func areEqual(
    _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, count: Int
  ) -> Bool {
    var position = 0
    while count - position >= 8 {
      guard word(left, position) == word(right, position) else { return false }
      position += 8
    }
    guard position < count else { return true }
    // The last word overlaps what was compared, which is cheaper than going byte by byte.
    if count >= 8 { return word(left, count - 8) == word(right, count - 8) }
    while position < count {
      guard
        left.load(fromByteOffset: position, as: UInt8.self)
          == right.load(fromByteOffset: position, as: UInt8.self)
      else { return false }
      position += 1
    }
    return true
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawPointer, _ position: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
  }

  // MARK: growing

  /// Notes that the reader hands on a line like the one at `index` as it stands in the input.
  mutating func noteBare(_ index: Int) { nodes[index].arrivesBare = true }

  /// Adds the course of a boot that left `ending` behind.
  mutating func add(_ course: [RecordedStep], ending: Ending) {
    guard !course.isEmpty, nodes.count + course.count <= Limit.nodes,
      bytes.count + course.reduce(0, { $0 + $1.step.text.count }) <= Limit.bytes
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
    var index = parent < 0 ? firstRoot : nodes[parent].firstChild
    var last = -1
    var count = 0
    while index >= 0 {
      if isSame(index, recorded.step) {
        if recorded.arrivesBare { nodes[index].arrivesBare = true }
        return index
      }
      last = index
      count += 1
      index = nodes[index].sibling
    }
    guard count < Limit.children else { return nil }
    let step = recorded.step
    nodes.append(
      Node(
        facts: step.facts, text: bytes.count..<bytes.count + step.text.count,
        free: freeNumbers.count..<freeNumbers.count + step.freeNumbers.count, level: step.level,
        gap: step.gap, arrivesBare: recorded.arrivesBare))
    bytes += step.text
    freeNumbers += step.freeNumbers
    let new = nodes.count - 1
    if last >= 0 {
      nodes[last].sibling = new
    } else if parent >= 0 {
      nodes[parent].firstChild = new
    } else {
      firstRoot = new
    }
    return new
  }

  private func isSame(_ index: Int, _ step: CourseStep) -> Bool {
    let node = nodes[index]
    guard node.level == step.level, node.gap == step.gap, node.facts == step.facts,
      node.text.count == step.text.count,
      freeNumbers[node.free].elementsEqual(step.freeNumbers)
    else { return false }
    return step.text.withUnsafeBytes { bytes in
      bytes.baseAddress.map { isEqual($0, to: index) } ?? true
    }
  }
}
