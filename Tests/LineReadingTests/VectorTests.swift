import CLineScan
import Testing

/// The search for line ends and markers has a form for each kind of vector instructions, and one without.
@Suite("Vectors")
struct VectorTests {
  private static let literals = [
    "rst:0x", "Guru Meditation Error", "reset_reason", "mepc: ", "OTA failed",
  ]

  @Test(
    "find the same as single steps, at both edges of readable memory", arguments: [3, 77, 20_261])
  func sameResults(seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    let table = Self.table()
    let memory = try EdgedMemory(size: 32_768)
    for round in 0..<250 {
      let text = Self.text(with: &chance)
      let place = memory.place(text, at: round % 2 == 0 ? .start : .end)
      let window =
        Int.random(in: 0..<3, using: &chance) == 0
        ? Int.random(in: 64...3_000, using: &chance) : 16_384
      let capacity = Int.random(in: 1...1_024, using: &chance)
      let plain = Self.scan(place, table, CLINESCAN_NONE, window: window, capacity: capacity)
      for vectors in [CLINESCAN_UP_TO_16, CLINESCAN_UP_TO_32, CLINESCAN_UP_TO_64] {
        let found = Self.scan(place, table, vectors, window: window, capacity: capacity)
        #expect(found == plain, "round \(round), \(vectors)")
      }
      #expect(plain.count == text.count { $0 == 0x0a } + 1)
    }
  }

  @Test(
    "look at nothing in front of the text where a window begins behind its first bytes",
    arguments: [0, 1, 2])
  func windowNearTheStart(before: Int) throws {
    let table = Self.table()
    let memory = try EdgedMemory(size: 32_768)
    let rest = Array((String(repeating: "a word ", count: 60) + "\n").utf8)
    for literal in Self.literals {
      // What is looked for first may be any part of a literal: each of them stands once where the window begins.
      for cut in 0..<literal.utf8.count {
        let blanks = [UInt8](repeating: 0x20, count: before)
        let place = memory.place(blanks + literal.utf8.dropFirst(cut) + rest, at: .start)
        let start = try #require(place.baseAddress) + before
        for vectors in [CLINESCAN_UP_TO_16, CLINESCAN_UP_TO_32, CLINESCAN_UP_TO_64] {
          var ends = [UInt32](repeating: 0, count: 64)
          var scanned = 0
          var flags: UInt32 = 0
          let count = clinescan_lines(
            table, start, place.count - before, before, 0, vectors, &ends, 64, &scanned,
            &flags)
          #expect(count == 1)
          #expect(ends[0] & UInt32(CLINESCAN_MARKED) == (cut == 0 ? UInt32(CLINESCAN_MARKED) : 0))
        }
      }
    }
  }

  @Test("tell what is remarkable about a line")
  func flags() {
    let text =
      "I (1) a: b\nrst:0x1\n\u{1b}[0;32mI (2) a: b\u{1b}[0m\nx I (3) I (4) V (5)\n\u{e9}\u{e9}\n"
    let found = Array(text.utf8).withUnsafeBufferPointer {
      Self.scan($0, Self.table(), CLINESCAN_UP_TO_64, window: 16_384, capacity: 64)
    }
    #expect(found.map { Int($0 & 31) } == [0, CLINESCAN_MARKED, 2 | 4, 2 << 2, 3, 0])
  }

  private static func table() -> [UInt64] {
    let bytes = literals.flatMap { Array($0.utf8) }
    var table = [UInt64](
      repeating: 0, count: clinescan_markers_size(literals.count, bytes.count) / 8 + 1)
    clinescan_markers_build(&table, bytes, literals.map { UInt32($0.utf8.count) }, literals.count)
    return table
  }

  /// The entries of all lines, their positions counted from the start, and what held for the unfinished last one.
  private static func scan(
    _ text: UnsafeBufferPointer<UInt8>, _ table: [UInt64], _ vectors: clinescan_vectors,
    window: Int, capacity: Int
  ) -> [UInt64] {
    var ends = [UInt32](repeating: 0, count: capacity)
    var found: [UInt64] = []
    var flags: UInt32 = 0
    var start = 0
    while start < text.count, let base = text.baseAddress {
      let size = min(window, text.count - start)
      var scanned = 0
      let count = clinescan_lines(
        table, base + start, size, start, text.count - start - size, vectors, &ends, capacity,
        &scanned, &flags)
      found += ends[..<count].map { UInt64($0) + UInt64(start << CLINESCAN_FLAG_BITS) }
      start += scanned
    }
    return found + [UInt64(flags)]
  }

  private static func text(with chance: inout SeededGenerator) -> [UInt8] {
    let pieces =
      literals + [
        "I (12) tag: message", "\r\n", "\n", "\u{1b}[0;32m", " W (", "I (", "\u{e9}", "reset_",
        "a word or two ",
      ]
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0...900, using: &chance) {
      text += Array(pieces.randomElement(using: &chance)?.utf8 ?? "".utf8)
    }
    for _ in 0..<text.count / 100 {
      text[Int.random(in: 0..<text.count, using: &chance)] = UInt8.random(
        in: 0...255, using: &chance)
    }
    return text
  }
}
