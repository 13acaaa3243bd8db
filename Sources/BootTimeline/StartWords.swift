// [PUMP] [2.1.0] REBOOT reason: 4 - ESP_RST_PANIC - Reset | reboots: 9
// Booting, reset reason 4
//
// What a line says beside the reason of a start. A hostile line holds thousands of reasons, and all of this is asked for
// at each of them: the line is read in place, and no farther than a program's words of its start go.

import LineReading

/// The words of a line that tells why a program was started.
struct StartWords {
  private let text: ByteText

  /// Those of a line, borrowed as it is.
  init(_ line: ByteText) { text = line.slice(from: 0, to: Self.reach) }

  /// Calls `body` with the words of a line and those of one that was kept, in which bytes that are no UTF-8 are others.
  static func compare(
    _ line: ByteText, with kept: LineReference, _ body: (StartWords, StartWords) -> Bool
  ) -> Bool {
    var text = line.slice(from: 0, to: reach).string
    var keptText = kept.text
    return text.withUTF8 { text in
      keptText.withUTF8 { kept in body(StartWords(ByteText(text)), StartWords(ByteText(kept))) }
    }
  }

  private init(cut text: ByteText) { self.text = text }

  /// In bytes.
  private static let reach = 256

  /// Those behind the line's clock: `I (335) main: …`, `[   335][I]…`.
  var behindClock: StartWords {
    for position in 0..<min(text.count, 24)
    where text[position] == UInt8(ascii: ")") || text[position] == UInt8(ascii: "]") {
      return StartWords(cut: text.slice(from: position + 1))
    }
    return self
  }

  /// Whether two lines are the same up to where they come to the reason of a reset: no date, no number of an entry. In
  /// records, what a key names before it may differ.
  func tellReason(like other: StartWords) -> Bool {
    guard let mine = beforeReason, let others = other.beforeReason, mine.count == others.count
    else {
      return false
    }
    return (0..<mine.count).allSatisfy { Self.lower(mine[$0]) == Self.lower(others[$0]) }
  }

  /// What the line says up to the word for the reason; of a record the string in which it stands.
  private var beforeReason: ByteText? {
    let end = (0..<text.count).first { position in
      Self.reasonWords.contains { has($0, at: position) }
    }
    guard let end else { return nil }
    guard text[0] == UInt8(ascii: "{") else { return text.slice(from: 0, to: end) }
    let quote = (0..<end).last { text[$0] == UInt8(ascii: "\"") }
    return text.slice(from: quote ?? 0, to: end)
  }

  private static let reasonWords: [StaticString] = ["reason", "cause", "esp_rst_"]

  /// How many starts the line counts, those that it names `reboots: 42`.
  var startsCounted: Int? {
    var position = 0
    var isNamed = false
    while let word = nextWord(from: &position, of: { Self.isLetter($0) || Self.isDigit($0) }) {
      // What the end of the words cuts may go on.
      if isNamed { return position < Self.reach ? Int(word.string) : nil }
      isNamed = Self.isOne(word, of: Self.wordsForStarts)
    }
    return nil
  }

  private static let wordsForStarts: [StaticString] = [
    "reboots", "boots", "restarts", "resets", "bootcount",
  ]

  /// Whether the line opens with the words of a program that starts: `Booting, reset reason 4`, and names nobody.
  var sayThatItStarts: Bool {
    guard let before = beforeReason else { return false }
    let opening = StartWords(cut: before)
    var position = 0
    guard let first = opening.nextWord(from: &position, of: Self.isLetter), position == first.count,
      Self.isOne(first, of: Self.startingWords)
    else { return false }
    while let word = opening.nextWord(from: &position, of: Self.isLetter) {
      guard Self.isOne(word, of: Self.wordsBehindStart) else { return false }
    }
    position = 0
    while let word = nextWord(from: &position, of: Self.isLetter) {
      guard !Self.isOne(word, of: Self.wordsForOthers) else { return false }
    }
    return true
  }

  private static let startingWords: [StaticString] = ["booting", "starting"]

  private static let wordsBehindStart: [StaticString] = [
    "up", "last", "the", "my", "boot", "reset", "restart",
  ]

  private static let wordsForOthers: [StaticString] = [
    "node", "child", "peer", "device", "slave", "station", "client", "id", "mac", "addr", "address",
    "name", "from",
  ]

  /// The next word at or behind `position`, which is behind it then.
  private func nextWord(from position: inout Int, of isPart: (UInt8) -> Bool) -> ByteText? {
    while position < text.count, !isPart(text[position]) { position += 1 }
    let start = position
    while position < text.count, isPart(text[position]) { position += 1 }
    return position > start ? text.slice(from: start, to: position) : nil
  }

  private static func isOne(_ word: ByteText, of words: [StaticString]) -> Bool {
    words.contains { $0.utf8CodeUnitCount == word.count && StartWords(cut: word).has($0, at: 0) }
  }

  /// Whether these words, given in small letters, stand at `position` in any.
  private func has(_ words: StaticString, at position: Int) -> Bool {
    guard position + words.utf8CodeUnitCount <= text.count else { return false }
    for offset in 0..<words.utf8CodeUnitCount
    where Self.lower(text[position + offset]) != words.utf8Start[offset] { return false }
    return true
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
