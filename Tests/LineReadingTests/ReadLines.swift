import LineReading

/// A line as a test compares it.
struct ReadLine: Equatable, CustomStringConvertible {
  var number: Int
  var offset: Int
  var bytes: [UInt8]
  var ending: LogLine.Ending
  var origin: LogLine.Origin

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var description: String { "\(number)@\(offset) \(ending) \(origin) \(text.debugDescription)" }
}

/// Reads `input`, fed in pieces of the given lengths (the last length repeats).
func read(
  _ input: [UInt8], pieces: [Int] = [Int.max]
) -> (lines: [ReadLine], statistics: InputStatistics) {
  var reader = LineReader()
  var lines: [ReadLine] = []
  func keep(_ line: LogLine) {
    lines.append(
      ReadLine(
        number: line.number, offset: line.offset, bytes: Array(line.text.buffer),
        ending: line.ending, origin: line.origin))
  }
  var start = 0
  var piece = 0
  while start < input.count {
    let length = pieces[min(piece, pieces.count - 1)]
    let end = length < input.count - start ? start + length : input.count
    // A copy of its own, so that a sanitizer sees reads behind the piece.
    let copy = Array(input[start..<end])
    copy.withUnsafeBufferPointer { reader.feed($0, keep) }
    start = end
    piece += 1
  }
  reader.finish(keep)
  return (lines, reader.statistics)
}

func read(_ text: String) -> [ReadLine] { read(Array(text.utf8)).lines }

/// The text of a single line without its decorations.
func stripped(_ text: String) -> String { read(text + "\n").first?.text ?? "(no line)" }

/// A small generator whose runs can be repeated from the printed seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
