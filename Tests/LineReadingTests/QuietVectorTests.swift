import CLineScan
import Testing

/// The stepping over quiet lines has a form for vector instructions, and one without.
@Suite("Quiet lines with vectors")
struct QuietVectorTests {
  @Test(
    "are the same as without, at both edges of readable memory", arguments: [5, 81, 30_127])
  func sameResults(seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed)
    let table = Self.table()
    let memory = try EdgedMemory(size: 65_536)
    var quiet = 0
    for round in 0..<400 {
      let text = Self.text(with: &chance)
      let place = memory.place(text, at: round % 2 == 0 ? .start : .end)
      let prints = [
        CLINESCAN_NO_PRINTS, CLINESCAN_UNREADABLE_PRINTS, CLINESCAN_ALL_PRINTS,
      ].randomElement(using: &chance)
      let plain = Self.steps(over: place, table, CLINESCAN_NONE, prints ?? CLINESCAN_NO_PRINTS)
      for vectors in [CLINESCAN_UP_TO_16, CLINESCAN_UP_TO_32, CLINESCAN_UP_TO_64] {
        let found = Self.steps(over: place, table, vectors, prints ?? CLINESCAN_NO_PRINTS)
        #expect(found == plain, "round \(round), \(vectors)")
      }
      quiet += plain.reduce(0) { $0 + $1.count }
    }
    // Else nothing was compared.
    #expect(quiet > 2_000)
  }

  /// What a call said.
  private struct Step: Equatable {
    let count: Int
    let messages: Int
    let time: Int64
    let earlier: Int64
  }

  /// Steps over all lines, those that are not quiet one by one.
  private static func steps(
    over text: UnsafeBufferPointer<UInt8>, _ table: [UInt64], _ vectors: clinescan_vectors,
    _ prints: clinescan_prints
  ) -> [Step] {
    var ends = [UInt32](repeating: 0, count: 4_096)
    var scanned = 0
    var flags: UInt32 = 0
    var markers = [UInt64](repeating: 0, count: clinescan_markers_size(1, 5) / 8 + 1)
    clinescan_markers_build(&markers, Array("panic".utf8), [5], 1)
    let count = clinescan_lines(
      markers, text.baseAddress, text.count, 0, 0, CLINESCAN_NONE, &ends, ends.count, &scanned,
      &flags)
    var clock = clinescan_clock()
    let stamp = Array("[12:34:56] ".utf8)
    clinescan_clock_learn(&clock, stamp, stamp.count)
    var found: [Step] = []
    var next = 0
    var start = 0
    var time: Int64 = 0
    while next < count {
      var progress = clinescan_progress()
      progress.time = time
      progress.prints = prints
      let quiet = ends[next..<count].withUnsafeBufferPointer {
        clinescan_quiet_lines(
          table, &clock, text.baseAddress, text.count, $0.baseAddress, $0.count, start, vectors,
          &progress)
      }
      found.append(
        Step(
          count: quiet, messages: progress.messages, time: progress.time,
          earlier: progress.messages > 0 ? progress.earlier : 0))
      // The line behind them is a loud one; a clock that it sets back goes on from there.
      next += quiet + 1
      start = Int(ends[min(next, count) - 1]) >> CLINESCAN_FLAG_BITS + 1
      time = quiet == 0 ? Int64(found.count % 3) * 900 : progress.time
    }
    return found
  }

  private static func table() -> [UInt64] {
    let openings = ["reconnect to ", "calibration data MAC check failed", "state: "]
    var table = [UInt64](repeating: 0, count: clinescan_quiet_size(8, openings.count) / 8)
    clinescan_quiet_init(&table, 8, openings.count)
    for opening in openings {
      clinescan_quiet_open(&table, 0, Array(opening.utf8), opening.utf8.count)
    }
    clinescan_quiet_listen(&table, Array("wifi".utf8), 4, 0)
    clinescan_quiet_listen(&table, Array("esp_image".utf8), 9, UInt8(CLINESCAN_EARS))
    clinescan_quiet_listen(&table, Array("a_tag_of_more_than_16_bytes".utf8), 27, 0)
    for first in UInt8(ascii: "a")...UInt8(ascii: "f") {
      clinescan_quiet_plain(&table, first, CLINESCAN_PLAIN_OPENINGS)
    }
    return table
  }

  private static func text(with chance: inout SeededGenerator) -> [UInt8] {
    let tags = [
      "wifi", "main", "esp_image", "sensor", "boot.esp32", "boot", "a_tag_of_more_than_16_bytes",
      "a tag of more than 31 bytes, which nobody has", "", "i2c.master",
    ]
    let messages = [
      "up", "21 C", "reconnect to home", "recnnect to home", "state: run -> init", "a > b >",
      "\u{1b}[0m", "(19) ok)", "panic", "calibration step 3", "calibration dta MAC check", "",
      "a longer message that goes on until it is longer than a register, or than two of them",
    ]
    var text = ""
    var time = Int.random(in: 0..<3_000, using: &chance)
    if Bool.random(using: &chance) {
      time += [99_999_000, 9_999_999_000, 9_000].randomElement(using: &chance) ?? 0
    }
    for _ in 0..<Int.random(in: 0...60, using: &chance) {
      time += Int.random(in: 0..<40, using: &chance)
      let kind = Int.random(in: 0..<40, using: &chance)
      if kind == 0 { time = max(0, time - 50) }
      let tag = tags.randomElement(using: &chance) ?? ""
      let message = messages.randomElement(using: &chance) ?? ""
      let level = ["E", "W", "I", "D", "V", "I", "I", "C"].randomElement(using: &chance) ?? ""
      var line = "\(level) (\(kind == 1 ? "0" : "")\(time)) \(tag): \(message)"
      switch kind {
      case 2...9: line = "\u{1b}[0;32m\(line)\u{1b}[0m"
      case 10: line = "[09:41:07] \(line)"
      case 11: line = message
      case 12: line = "b 12 \(message)"
      case 13: line = String(line.dropLast(3))
      case 14: line += "0m"
      case 15: line = ""
      default: break
      }
      text += line + ["\n", "\n", "\r\n", "\r\r\n"][Int.random(in: 0..<4, using: &chance)]
    }
    var bytes = Array(text.utf8)
    for _ in 0..<bytes.count / 400 {
      bytes[Int.random(in: 0..<bytes.count, using: &chance)] = UInt8.random(
        in: 0...255, using: &chance)
    }
    return bytes
  }
}
