// W (500) main: rolled back to previous firmware
// W (500) ota: Firmware 1.5.0 was rolled back
// E (620) app: last update to 1.5.0 failed and has been rolled back
//
// How applications tell in prose that an update of theirs did not hold. What ESP-IDF's example and ESPHome print at each
// start until the next update stands in ApplicationUpdateSentences and FrameworkUpdateSentences.

import LineReading

/// Reads what an application says in prose about a rollback of its own.
enum ToldRollback: PlainDecoder {
  static let markers: [StaticString] = [
    "rolled back", "Rolled back", "ollback detected", "ollback occurred", "ollback happened",
  ]

  static let plainInterest = PlainInterest.textsWithMarkers

  static func decode(_ text: ByteText, _ body: EventSink) -> Bool { false }

  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    guard position <= 64, let marker = markers.first(where: { text.has($0, at: position) }),
      OwnWords.areAll(
        before: marker.utf8Start[0] == UInt8(ascii: "o") ? position - 1 : position, in: text,
        of: own, withVersions: true),
      let end = endOfSentence(behind: position + marker.utf8CodeUnitCount, in: text),
      namesFirmware(text.slice(from: 0, to: end))
    else { return false }
    body(.notice(Notice(.rollbackTold)))
    return true
  }

  /// Whether a word is one for firmware alone, or a release: an image, a version and an update may be a database's.
  private static func namesFirmware(_ words: ByteText) -> Bool {
    var cursor = TextCursor(words)
    while !cursor.isAtEnd {
      guard Letters.isWord(cursor.byte) else {
        cursor.advance()
        continue
      }
      let word = OwnWords.word(at: &cursor)
      if OwnWords.isOne(word, of: firmware) || word.has("ota_") || isRelease(word) { return true }
    }
    return false
  }

  /// `1.5.0`: a version of three numbers.
  private static func isRelease(_ word: ByteText) -> Bool {
    guard OwnWords.isVersion(word) else { return false }
    return (1..<word.count).count { index in
      word[index - 1] == UInt8(ascii: ".") && (0x30...0x39).contains(word[index])
    } >= 2
  }

  /// Where the sentence ends, here or behind what it went back to; nil if it goes on otherwise.
  private static func endOfSentence(behind position: Int, in text: ByteText) -> Int? {
    var cursor = TextCursor(text, at: position)
    cursor.skipBlanks()
    guard cursor.skip("to ") else { return endsClause(cursor) ? position : nil }
    for word: StaticString in ["the ", "previous ", "old ", "last ", "prior ", "working "] {
      _ = cursor.skip(word)
    }
    let word = OwnWords.word(at: &cursor)
    guard OwnWords.isOne(word, of: things) || word.has("ota_") || OwnWords.isVersion(word) else {
      return nil
    }
    return cursor.position
  }

  private static func endsClause(_ cursor: TextCursor) -> Bool {
    switch cursor.byte {
    case 0, 0x0d, 0x1b, UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "!"),
      UInt8(ascii: "("):
      true
    default: false
    }
  }

  /// In any case.
  private static let own: [StaticString] = [
    "ota", "firmware", "fw", "update", "upgrade", "image", "app", "application", "version",
    "warning", "last", "previous", "new", "the", "this", "to", "was", "were", "has", "been", "is",
    "failed", "and", "device", "system", "we", "boot", "automatically",
  ]

  private static let firmware: [StaticString] = [
    "ota", "firmware", "fw", "slot", "partition",
  ]

  private static let things: [StaticString] = [
    "firmware", "version", "image", "app", "application", "slot", "partition", "fw", "release",
    "build",
  ]
}
