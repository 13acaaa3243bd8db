// I: Swap type: revert
// I: Image index: 0, Swap type: revert
// [esp32c3] [INF] Image index: 0, Swap type: revert
//
// MCUboot's boot/bootutil/src/loader.c. Applications print what MCUboot will do at the next start in similar words:
// those of the shell begin with a small letter, others stand behind brackets of their own. That the system is MCUboot
// tells the boot in which it stands: a gateway prints the same of a chip beside its own.

import LineReading

/// Tells that MCUboot swaps the image of before back, because nobody confirmed the one that it had on trial.
enum MCUbootSwap {
  static let marker: StaticString = "Swap type: revert"

  static func decode(at position: Int, in text: ByteText, _ body: EventSink) -> Bool {
    guard position > 0, text.has(marker, at: position), isBootloaders(before: position, in: text)
    else { return false }
    body(.notice(Notice(.mcubootReverts)))
    return true
  }

  /// Reads a message of the port to Espressif's chips, whose head in brackets was read off: it begins with the swap, or
  /// with the number of the image.
  static func decode(behindHead text: ByteText, _ body: EventSink) {
    guard let position = text.slice(from: 0, to: longestHead).firstIndex(of: marker),
      position == 0
        || text.has(image) && startOfImage(text.slice(from: 0, to: position).trimmed) == 0
    else { return }
    body(.notice(Notice(.mcubootReverts)))
  }

  private static let image: StaticString = "Image index: "
  /// In bytes; a line may say nothing else over and over.
  private static let longestHead = 40

  /// Whether MCUboot's own head stands before it, and at most the number of the image between.
  private static func isBootloaders(before position: Int, in text: ByteText) -> Bool {
    var words = text.slice(from: position - longestHead, to: position).trimmed
    let isWhole = position <= longestHead
    if let start = startOfImage(words) {
      words = words.slice(from: 0, to: start).trimmed
      // The head in brackets was read off before.
      if words.isEmpty { return isWhole }
    }
    return words.isExactly("I:") && isWhole
      || words.has("[INF]", at: words.count - "[INF]".utf8.count)
  }

  /// Where the number of the image begins with which the words end.
  private static func startOfImage(_ words: ByteText) -> Int? {
    guard words[words.count - 1] == UInt8(ascii: ",") else { return nil }
    return words.firstIndex(of: image)
  }
}
