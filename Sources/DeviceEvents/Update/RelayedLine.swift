// child: E (3600) BOD: Brownout detector was triggered
// sub1 -> "E (311) esp_image: Image hash failed - image is corrupt"
// << E (6500) task_wdt: Task watchdog got triggered. …
// [sub] rst:0x10 (RTCWDT_RTC_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)
//
// Applications that print with printf what another chip sent them put its name, an arrow or a bracket before it. So do
// those that die behind their own prompt or label: another clock tells which it is.

import LineReading

/// Tells a line of another device's, printed behind a name outside any message, from one of this node's own that was
/// glued to a cut line.
enum RelayedLine {
  /// What stands before such a line.
  enum Lead {
    /// An arrow and a quotation mark: nothing of a node's own is cut so.
    case quotation
    /// An arrow, or a word in brackets.
    case mark
    /// A name and a colon.
    case name
  }

  /// What is kept of the words that stood before another device's line.
  struct Label: Hashable {
    private let length: Int
    private let hash: UInt64

    init(_ lead: ByteText) {
      length = lead.count
      hash = lead.buffer.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
  }

  /// The words that stood before another device's line, and what came since.
  struct Relay: Hashable {
    let label: Label
    /// Whether lines of this node's own came since, without these words: a tool puts its words before each of them.
    private(set) var isBesideOwnLines = false
    /// How many log heads stood behind the words since the last line of this node's own.
    private(set) var headsInRow = 0
    private var ownLines: Int

    /// Begins with the first line behind the words; so many lines of this node's own came before.
    init(_ label: Label, ownLines: Int) {
      self.label = label
      self.ownLines = ownLines
    }

    /// Goes on with another line behind the words; so many lines of this node's own came before.
    mutating func goOn(afterOwnLines count: Int) {
      guard count > ownLines else { return }
      ownLines = count
      isBesideOwnLines = true
      headsInRow = 0
    }

    /// Counts a log head behind the words.
    mutating func countHead() { headsInRow += 1 }
  }

  /// The longest words before such a line, in bytes.
  private static let longestLead = 40

  /// What the words are, if they are a lead.
  static func lead(_ words: ByteText) -> Lead? {
    // A record is a program's own way of printing what happened to it.
    guard words.count <= longestLead, words.trimmed[0] != UInt8(ascii: "{") else { return nil }
    var trimmed = words.trimmed
    var isQuoted = false
    switch trimmed[trimmed.count - 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      trimmed = trimmed.slice(from: 0, to: trimmed.count - 1).trimmed
      isQuoted = true
    default: break
    }
    if endsWithArrow(trimmed) { return isQuoted ? .quotation : .mark }
    let last = trimmed[trimmed.count - 1]
    if last == UInt8(ascii: "]"), trimmed[0] == UInt8(ascii: "["),
      isName(trimmed.slice(from: 1, to: trimmed.count - 1))
    {
      return .mark
    }
    if last == UInt8(ascii: ":"), isName(trimmed.slice(from: 0, to: trimmed.count - 1)) {
      return .name
    }
    return nil
  }

  /// Whether nothing but an arrow to the left stands before a line, which is how programs show what they received.
  static func isReceived(behind words: ByteText) -> Bool {
    words.trimmed.isExactly("<<") || words.trimmed.isExactly("<<<")
  }

  /// Whether words end with an arrow to the left.
  static func endsAsReceived(_ words: ByteText) -> Bool {
    words.trimmed.has("<<", at: words.trimmed.count - 2)
  }

  /// Whether words end with an arrow. One to the right stands apart behind a name: else it is the prompt of this node's
  /// own console, `>>> `, `esp32>> `.
  private static func endsWithArrow(_ words: ByteText) -> Bool {
    let start = words.count - 2
    if words.has("<<", at: start) || words.has("<-", at: start) { return true }
    let isRightward =
      words.has(">>", at: start) || words.has("->", at: start) || words.has("=>", at: start)
    return isRightward && (words[start - 1] == 0x20 || words[start - 1] == 0x09)
  }

  /// A name has a letter: a small number in brackets rather is a core's.
  private static func isName(_ word: ByteText) -> Bool {
    word.count > 1 && word.buffer.allSatisfy { Letters.isWord($0) || $0 == UInt8(ascii: "-") }
      && word.buffer.contains { ($0 | 0x20) &- 0x61 < 26 }
  }

  /// A reset's first lines have less than these milliseconds: behind a cut line they are this node's.
  static let firstMoments = 1_000

  /// How much earlier a line of the node's own may be, since two cores and queues print at once, in milliseconds.
  static let ownLinesComeLateBy = 2_000
}
