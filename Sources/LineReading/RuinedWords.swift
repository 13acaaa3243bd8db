/// Counts the words of ESP-IDF that can be made out in damaged lines though some of their bytes are no text.
///
/// A wrong baud rate leaves no letter in its place. Where the others stand in theirs, the rate is right, and the line is
/// disturbed or a tool replaced bytes.
struct RuinedWords: Hashable, Sendable {
  /// How many there are.
  private(set) var count = 0
  /// How many bytes were looked at.
  private var bytes = 0

  /// Enough to tell.
  private static let mostBytes = 16_384
  /// So many letters in their places are no accident.
  private static let fewestLetters = 4

  private static let words: [StaticString] = [
    "cpu_start", "Backtrace:", "ESP-ROM:", "boot: ", "load:0x", "entry 0x", "app_init",
    "main_task", "heap_init", "SPI_FAST_FLASH_BOOT",
  ]

  /// Counts the words of a damaged line.
  mutating func add(_ line: ByteText) {
    guard bytes < Self.mostBytes else { return }
    let end = min(line.count, Self.mostBytes - bytes)
    bytes += end
    for start in 0..<end where Self.hasWord(line, at: start) { count += 1 }
  }

  private static func hasWord(_ line: ByteText, at start: Int) -> Bool {
    words.contains { stands($0, at: start, in: line) }
  }

  /// Whether at least half of a word's letters stand at an index, and bytes that are no text instead of the others.
  private static func stands(_ word: StaticString, at start: Int, in line: ByteText) -> Bool {
    let length = word.utf8CodeUnitCount
    guard start + length <= line.count else { return false }
    var letters = 0
    for index in 0..<length {
      let byte = line[start + index]
      if byte == word.utf8Start[index] {
        letters += 1
      } else if byte >= 0x20, byte < 0x7f {
        return false
      }
    }
    return letters >= fewestLetters && letters * 2 >= length && letters < length
  }
}
