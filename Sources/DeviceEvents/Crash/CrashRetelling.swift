import LineReading

/// Tells panic text from text about a panic.
enum CrashRetelling {
  /// Whether the text at a marker is only told of: an application prints last boot's panic message,
  /// or the start-up prints the hash of the ELF file.
  ///
  /// Real panic text follows a line that was cut anywhere, hardly ever exactly behind such a byte.
  /// Labels (`Value: `) are printed before what crashes, too: see `keptBehindLabels`.
  static func retells(_ before: ByteText, _ marker: ByteText) -> Bool {
    guard !before.isEmpty, !marker.begins(withAnyOf: ofROM) else { return false }
    let last = before[before.count - 1]
    switch last {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "("),
      UInt8(ascii: "="):
      return true
    case UInt8(ascii: " "):
      guard before.trimmed[before.trimmed.count - 1] == UInt8(ascii: ":") else {
        return speaksOfACrash(before)
      }
      return !marker.begins(withAnyOf: keptBehindLabels) || speaksOfThePast(before)
    default:
      return false
    }
  }

  /// Whether a label stands before what follows, of which no word says that it happened earlier.
  static func labels(_ before: ByteText) -> Bool {
    before[before.count - 1] == 0x20
      && before.trimmed[before.trimmed.count - 1] == UInt8(ascii: ":")
      && !speaksOfThePast(before)
  }

  /// Whether a message passes on what the ROM of another chip printed. The ROM prints its banner before the reason of
  /// the reset, and a line feed between: in a message, the reason follows a line that was cut anywhere, and the banner one
  /// that was hardly ever cut behind a mark.
  static func retellsReset(_ before: ByteText, _ marker: ByteText) -> Bool {
    guard !before.isEmpty else { return false }
    if marker.has("rst:0x") { return !cutsALine(before[before.count - 1]) }
    return marker.begins(withAnyOf: ofROM) && QuotedLine.endsWithMark(before)
  }

  /// Tells whether places of a text stand in a string of a JSON object: `{"node":7,"msg":"rx: `.
  struct RecordStrings {
    private let text: ByteText
    private let isRecord: Bool
    /// The place up to which quotes were counted, each once however many places are asked for.
    private var place: Int
    private var isInside = false

    /// An object, if there is one, begins at `start`, or behind words that tell where it is published.
    init(in text: ByteText, from start: Int) {
      self.text = text
      let words = text.slice(from: start, to: start + Self.longestTopic)
      place = words.firstIndex(of: " = {\"").map { start + $0 + 3 } ?? start
      isRecord = text[place] == UInt8(ascii: "{") && text[place + 1] == UInt8(ascii: "\"")
    }

    /// The longest words before an object, in bytes.
    private static let longestTopic = 128

    /// Whether `position`, which lies behind those asked for before, stands in a string.
    mutating func contain(_ position: Int) -> Bool {
      guard isRecord else { return false }
      while place < position {
        if text[place] == UInt8(ascii: "\"") { isInside.toggle() }
        place += 1
      }
      return isInside
    }
  }

  /// Whether a byte is rather one at which a reset cut a line than the end of a label: a letter, a digit, or noise.
  static func cutsALine(_ byte: UInt8) -> Bool { Letters.isWord(byte) || byte >= 0x80 }

  /// The ROM cares for no text before it.
  private static let ofROM: Openings = ["rst:0x", "ESP-ROM", "ets J"]

  /// The header is hardly ever retold; `FreeRTOS: FreeRTOS Task "x" should not return` is a panic's
  /// own form on RISC-V, where the first word is no tag; the last is printed under the tag `assert`.
  private static let keptBehindLabels: Openings = [
    "Guru Meditation Error", "FreeRTOS Task \"", "Assert failed in ", "***ERROR***",
    "CORRUPT HEAP:",
    "= CORE DUMP",
  ]

  /// Whether words lead up to what a program, or somebody, tells of a crash.
  static func isSentence(about words: ByteText) -> Bool {
    speaksOfThePast(words) || speaksOfACrash(words)
  }

  /// Whether a word of the label says that what follows happened earlier.
  private static func speaksOfThePast(_ before: ByteText) -> Bool {
    let label = before.slice(from: before.count - 40)
    return past.contains { label.contains($0) }
  }

  /// Whether a sentence leads up to what follows, as somebody's words about a crash do.
  private static func speaksOfACrash(_ before: ByteText) -> Bool {
    let words = before.trimmed
    return leads.contains { words.has($0, at: words.count - $0.utf8CodeUnitCount) }
  }

  /// Words with which such a sentence comes to it.
  private static let leads: [StaticString] = [
    " crashed with", " crashed with a", " crashes with", " crashes with a", " crash with",
    " crashing with", " crashing with a", " restarted with a", " rebooted with a",
    " reboots with a", " died with", " died with a", " ended with a", " failed with a",
    " got a", " get a", " gets a", " saw a", " seen a", " because of a", " due to a", " I got",
    " I get", " it says",
  ]

  private static let past: [StaticString] = [
    "last ", "Last ", "previous", "Previous", "prev ", "Prev ", "earlier", "saved", "Saved",
    "stored",
    "Stored", "reported",
  ]
}
