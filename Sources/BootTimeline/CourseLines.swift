import CLineScan
import DeviceEvents
import LineReading

/// The lines of courses as those have them who compare texts with them: their bytes, and which of them may be others.
///
/// Whatever comes behind a line is found from it: the first line that came there, and from each of these the next one.
struct CourseLines {
  /// Texts are compared in blocks of so many bytes.
  private static let block = CLINESCAN_COURSE_BLOCK

  private var lines: [clinescan_course_line] = []
  private var texts: [UInt8] = []
  private var freeDigits: [UInt64] = []
  /// Kept, because another module's constant is called for.
  private let earlyBefore = Int64(DecodingChange.earlyBefore)

  var count: Int { lines.count }

  /// How many bytes the texts take.
  var byteCount: Int { texts.count }

  // MARK: which line comes behind which

  /// The first line that came behind one; below 0 if none did.
  @inline(__always)
  func child(of index: Int) -> Int { Int(lines[index].child) }

  /// The next line that came where the one at `index` did; below 0 if none did.
  @inline(__always)
  func sibling(of index: Int) -> Int { Int(lines[index].sibling) }

  mutating func setChild(of index: Int, to child: Int) { lines[index].child = Int32(child) }

  mutating func setSibling(of index: Int, to sibling: Int) {
    lines[index].sibling = Int32(sibling)
  }

  /// Whether the reader hands the line on as it stands in the input.
  @inline(__always)
  func comesBare(_ index: Int) -> Bool { lines[index].comes_bare != 0 }

  /// Notes that the reader hands on a line like the one at `index` as it stands in the input.
  mutating func noteBare(_ index: Int) {
    if isPlain(index) { lines[index].comes_bare = 1 }
  }

  // MARK: comparing

  /// The time of a line that is equal to the one at `index`, 0 without one; nil if it is not equal.
  func time(of text: ByteText, as index: Int) -> Int? {
    guard lines[index].level != 0 else { return hasText(text, at: index) ? 0 : nil }
    guard text[0] == lines[index].level, let time = LineTime(text),
      hasText(text.slice(from: time.end), at: index)
    else { return nil }
    return time.value
  }

  /// Whether the line at `index` is that of a step.
  func isLine(_ index: Int, of step: CourseStep) -> Bool {
    guard lines[index].level == step.level, lines[index].length == step.text.count else {
      return false
    }
    let digits = Self.freeDigits(of: step)
    let first = Int(lines[index].text) / Self.block
    guard freeDigits[first..<first + digits.count].elementsEqual(digits) else { return false }
    return step.text.withUnsafeBufferPointer { hasText(ByteText($0), at: index) }
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

  // MARK: comparing many

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

  /// The lines from the start of `text` on, at most so many, that go as those did of which `first` is the first.
  @inline(__always)
  func span(from first: Int, atMost most: Int, clock: Int?, _ text: ByteText) -> Span {
    var following = clinescan_following()
    following.clock = Int64(clock ?? -1)
    withCourse {
      clinescan_course_follow(
        $0, text.buffer.baseAddress, text.count, most, Int32(first), CLINESCAN_UP_TO_64, &following)
    }
    return Span(
      count: following.count, length: following.length, last: Int(following.line),
      timedCount: following.timed_count, timed: following.timed,
      isUnsure: following.is_unsure != 0)
  }

  // MARK: growing

  /// Adds the line of a step, which nothing leads to and nothing comes behind as yet.
  mutating func append(_ recorded: RecordedStep) {
    let step = recorded.step
    let index = lines.count
    lines.append(clinescan_course_line(step, text: texts.count))
    texts += step.text
    let digits = Self.freeDigits(of: step)
    freeDigits += digits
    texts += repeatElement(0, count: digits.count * Self.block - step.text.count)
    guard step.gap == nil, isPlain(index) else { return }
    if recorded.arrivesBare { lines[index].comes_bare = 1 }
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
