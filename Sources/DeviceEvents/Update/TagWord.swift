// modem: reset reason: BROWNOUT
// E (61320) nrf52_dfu: Firmware update failed
//
// Whose a message is, the words of its tag tell; underscores and dots stand between them.

import LineReading

/// Finds words in the tag of a log message.
enum TagWord {
  /// What makes another word of one when it stands right beside it.
  enum Neighbour {
    case letter
    /// `rx2` is another word than `rx`.
    case letterOrDigit

    fileprivate func extends(_ byte: UInt8) -> Bool {
      switch self {
      case .letter: (byte | 0x20) &- 0x61 < 26
      case .letterOrDigit: byte != UInt8(ascii: "_") && Letters.isWord(byte)
      }
    }
  }

  /// Whether the tag has one of the words, which are in small letters, in any case.
  static func isAny(
    of words: [StaticString], in tag: ByteText, extendedBy neighbour: Neighbour
  ) -> Bool {
    words.contains { stands($0, in: tag, neighbour) }
  }

  private static func stands(
    _ word: StaticString, in tag: ByteText, _ neighbour: Neighbour
  ) -> Bool {
    let length = word.utf8CodeUnitCount
    guard tag.count >= length else { return false }
    return (0...tag.count - length).contains { start in
      guard start == 0 || !neighbour.extends(tag[start - 1]),
        !neighbour.extends(tag[start + length])
      else { return false }
      return (0..<length).allSatisfy { tag[start + $0] | 0x20 == word.utf8Start[$0] }
    }
  }
}
