import CLineScan
import LineReading
import Testing

/// Lines that came before are followed in memory without a search for their ends.
@Suite("Courses in memory")
struct CourseTests {
  @Test(
    "are followed as far as a comparison by single bytes goes, at both edges of readable memory",
    arguments: [5, 81, 40_127])
  func sameResults(seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    let memory = try EdgedMemory(size: 65_536)
    var followed = 0
    for round in 0..<300 {
      let course = SketchedCourse(with: &chance)
      let text = course.text(with: &chance)
      let place = memory.place(text, at: round % 2 == 0 ? .start : .end)
      let clock = Int.random(in: -1...60, using: &chance)
      let expected = course.expected(text, clock: clock)
      for vectors in [CLINESCAN_NONE, CLINESCAN_UP_TO_16, CLINESCAN_UP_TO_64] {
        let found = course.follow(place, clock: clock, vectors)
        // The last lines of the memory may be left to others, and nothing else may.
        #expect(found.steps <= expected.count, "round \(round)")
        #expect(expected.count == found.steps || found.isUnsure, "round \(round)")
        let upTo = expected.prefix(found.steps)
        #expect(found.length == upTo.last?.end ?? 0, "round \(round)")
        #expect(found.line == upTo.last?.line ?? -1, "round \(round)")
        #expect(found.times == upTo.compactMap(\.time).suffix(2), "round \(round)")
        followed += found.steps
      }
    }
    #expect(followed > 1_800, "seed \(seed)")
  }

  @Test("are left where the memory ends soon, and are told to be unsure")
  func end() {
    let course = SketchedCourse(lines: ["ESP-ROM:esp32s3-20210327", "Build:Mar 27 2021"])
    let all =
      "ESP-ROM:esp32s3-20210327\r\nBuild:Mar 27 2021\r\n" + String(repeating: ".", count: 200)
    let bytes = Array(all.utf8)
    for count in 0...bytes.count {
      let found = bytes[..<count].withUnsafeBufferPointer { course.follow($0, clock: -1) }
      #expect(found.steps < 2 || count > 45)
      #expect(found.isUnsure || found.steps == 2)
    }
  }

  @Test("go on with what came there first, of two lines that are the same")
  func order() {
    let course = SketchedCourse(lines: ["Rebooting..."], twice: true)
    let text = Array("Rebooting...\n".utf8) + [UInt8](repeating: 0x20, count: 200)
    #expect(text.withUnsafeBufferPointer { course.follow($0, clock: -1).line } == 0)
  }
}

/// A course of a few lines, as text and as the C functions have it.
private struct SketchedCourse {
  struct Step: Equatable {
    let line: Int
    let time: Int?
    let end: Int
  }

  struct Result {
    let steps: Int
    let length: Int
    let line: Int
    let times: [Int]
    let isUnsure: Bool
  }

  private struct Line {
    var level: UInt8 = 0
    var text: [UInt8]
    var free: [Int] = []
    var bare: UInt8 = 1
    var coloured: UInt8 = 1
    var isEarly = true
    var child = -1
    var sibling = -1
  }

  private static let earlyBefore = 1_000
  private var lines: [Line]

  init(lines texts: [String], twice: Bool = false) {
    lines = texts.map { Line(text: Array($0.utf8)) }
    for index in lines.indices.dropLast() { lines[index].child = index + 1 }
    guard twice else { return }
    lines += lines
    lines[0].sibling = lines.count / 2
  }

  /// Some lines, each of which may have come in place of others.
  init(with chance: inout SeededGenerator) {
    lines = []
    var before = -1
    for _ in 0..<Int.random(in: 2...14, using: &chance) {
      var last = -1
      var chosen = -1
      for _ in 0..<Int.random(in: 1...3, using: &chance) {
        lines.append(Self.line(with: &chance))
        let new = lines.count - 1
        if last >= 0 {
          lines[last].sibling = new
        } else if before >= 0 {
          lines[before].child = new
        }
        last = new
        if chosen < 0 || Bool.random(using: &chance) { chosen = new }
      }
      before = chosen
    }
  }

  private static func line(with chance: inout SeededGenerator) -> Line {
    let count = Int.random(in: 0...150, using: &chance)
    var line = Line(
      text: (0..<count).map { _ in UInt8.random(in: 0x20...0x7e, using: &chance) })
    switch Int.random(in: 0..<3, using: &chance) {
    case 0:
      line.level = [0x45, 0x49].randomElement(using: &chance) ?? 0
      line.text.insert(contentsOf: Array(") ".utf8), at: 0)
      line.isEarly = Int.random(in: 0..<30, using: &chance) > 0
    case 1 where count > 20:
      line.free = count > 40 ? [3, 20] : [Int.random(in: 0...count - 8, using: &chance)]
      for start in line.free {
        for place in start..<start + 8 { line.text[place] = UInt8(ascii: "a") }
      }
    default: break
    }
    if Int.random(in: 0..<40, using: &chance) == 0 { line.bare = 0 }
    return line
  }

  /// What a boot may print that goes this way, more or less.
  func text(with chance: inout SeededGenerator) -> [UInt8] {
    var text: [UInt8] = []
    var index = lines.isEmpty ? -1 : 0
    var clock = Int.random(in: 40...120, using: &chance)
    let isColoured = Int.random(in: 0..<4, using: &chance) == 0
    while index >= 0 {
      while lines[index].sibling >= 0,
        lines[index].child < 0 || Int.random(in: 0..<9, using: &chance) == 0
      {
        index = lines[index].sibling
      }
      let line = lines[index]
      var body = line.text
      for start in line.free {
        for place in start..<start + 8 {
          body[place] = Array("0123456789abcdef".utf8).randomElement(using: &chance) ?? 0x30
        }
      }
      if line.level != 0 {
        if line.isEarly == false { clock += Self.earlyBefore }
        clock += Int.random(in: -1...60, using: &chance)
        body = [line.level] + Array(" (\(max(clock, 0))".utf8) + body
        if isColoured { body = Array("\u{1b}[0;32m".utf8) + body + Array("\u{1b}[0m".utf8) }
      }
      if Int.random(in: 0..<30, using: &chance) == 0, !body.isEmpty {
        body[Int.random(in: 0..<body.count, using: &chance)] = UInt8.random(
          in: 0...255, using: &chance)
      }
      // A line that ends where its colour would be told.
      if isColoured, line.level != 0, Int.random(in: 0..<30, using: &chance) == 0 { body[5] = 0x0a }
      text += body + Array(["\n", "\r\n", "\r\r\n"].randomElement(using: &chance)?.utf8 ?? "".utf8)
      index = line.child
    }
    return text + [UInt8](repeating: 0x2e, count: Int.random(in: 0...300, using: &chance))
  }

  func follow(
    _ text: UnsafeBufferPointer<UInt8>, clock: Int,
    _ vectors: clinescan_vectors = CLINESCAN_UP_TO_64
  ) -> Result {
    let block = CLINESCAN_COURSE_BLOCK
    var texts: [UInt8] = []
    var free: [UInt64] = []
    var table: [clinescan_course_line] = []
    for line in lines {
      var entry = clinescan_course_line()
      entry.text = UInt32(texts.count)
      entry.length = UInt32(line.text.count)
      entry.child = Int32(line.child)
      entry.sibling = Int32(line.sibling)
      entry.level = line.level
      entry.has_free = line.free.isEmpty ? 0 : 1
      entry.comes_bare = line.bare
      entry.comes_coloured = line.coloured
      entry.is_early = line.isEarly ? 1 : 0
      table.append(entry)
      let blocks = max((line.text.count + block - 1) / block, 1)
      texts += line.text + [UInt8](repeating: 0, count: blocks * block - line.text.count)
      free += [UInt64](repeating: 0, count: blocks)
      for start in line.free {
        for place in start..<start + 8 {
          free[Int(entry.text) / block + place / block] |= 1 << UInt64(place % block)
        }
      }
    }
    var following = clinescan_following()
    following.clock = Int64(clock)
    var course = clinescan_course()
    course.early_before = Int64(Self.earlyBefore)
    table.withUnsafeBufferPointer { table in
      texts.withUnsafeBufferPointer { texts in
        free.withUnsafeBufferPointer { free in
          course.lines = table.baseAddress
          course.texts = texts.baseAddress
          course.free = free.baseAddress
          clinescan_course_follow(
            &course, text.baseAddress, text.count, 1_000, 0, vectors, &following)
        }
      }
    }
    let times = [following.timed.0, following.timed.1].suffix(min(following.timed_count, 2))
    return Result(
      steps: following.count, length: following.length, line: Int(following.line),
      times: times.map { Int($0.time) }, isUnsure: following.is_unsure != 0)
  }

  /// The same by the reader of lines and by single bytes.
  func expected(_ text: [UInt8], clock: Int) -> [Step] {
    var steps: [Step] = []
    var clock = clock
    var first = 0
    var start = 0
    while let feed = text[start...].firstIndex(of: 0x0a) {
      var raw = Array(text[start..<feed])
      while raw.last == 0x0d { raw.removeLast() }
      var isColoured = false
      if raw.starts(with: Array("\u{1b}[0;3".utf8)), raw.count > 11, raw[6] == 0x6d,
        (0x30...0x39).contains(raw[5]),
        raw.suffix(4) == Array("\u{1b}[0m".utf8)[...]
      {
        isColoured = true
        raw = Array(raw.dropFirst(7).dropLast(4))
        while raw.last == 0x0d { raw.removeLast() }
      }
      var index = first
      var time: Int?
      while index >= 0 {
        let line = lines[index]
        let arrives = isColoured ? line.coloured == 1 && line.level != 0 : line.bare == 1
        if arrives, let found = isEqual(raw, line) {
          time = line.level == 0 ? nil : found
          break
        }
        index = line.sibling
      }
      guard index >= 0 else { break }
      if let time {
        guard time >= clock, (time < Self.earlyBefore) == lines[index].isEarly else { break }
        clock = time
      }
      start = feed + 1
      steps.append(Step(line: index, time: time, end: start))
      first = lines[index].child
    }
    return steps
  }

  private func isEqual(_ raw: [UInt8], _ line: Line) -> Int? {
    var rest = raw[...]
    var time = 0
    if line.level != 0 {
      guard raw.starts(with: [line.level, 0x20, 0x28]) else { return nil }
      let digits = raw.dropFirst(3).prefix { (0x30...0x39).contains($0) }
      guard (1...10).contains(digits.count) else { return nil }
      time = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      rest = raw.dropFirst(3 + digits.count)
    }
    guard rest.count == line.text.count else { return nil }
    for (place, (ours, theirs)) in zip(rest, line.text).enumerated() {
      if line.free.contains(where: { ($0..<$0 + 8).contains(place) }) {
        guard (0x30...0x39).contains(ours) || (0x61...0x66).contains(ours) else { return nil }
      } else if ours != theirs {
        return nil
      }
    }
    return time
  }
}
