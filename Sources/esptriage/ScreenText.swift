import Reporting

/// Lines of a log as a terminal may see them: with their colours, and with nothing else that acts on a screen.
enum ScreenText {
  /// The bytes with what is dangerous made visible and what is secret masked; line ends stay.
  static func shown(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var start = 0
    var index = 0
    func plain(to end: Int) -> [UInt8] {
      Array(HostileText.shown(String(decoding: bytes[start..<end], as: UTF8.self)).utf8)
    }
    while index < bytes.count {
      let kept = keptLength(bytes, at: index)
      guard kept > 0 else {
        index += 1
        continue
      }
      result += plain(to: index) + bytes[index..<(index + kept)]
      index += kept
      start = index
    }
    return result + plain(to: bytes.count)
  }

  /// The length of a line end, a tab, or a colour (`ESC [ 0;32 m`) at this place; 0 for anything else.
  private static func keptLength(_ bytes: [UInt8], at index: Int) -> Int {
    switch bytes[index] {
    case 0x0A, 0x09: return 1
    case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 0
    case 0x1B:
      guard index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "[") else { return 0 }
      var end = index + 2
      while end < bytes.count, end < index + 16, 0x30...0x3B ~= bytes[end], bytes[end] != 0x3A {
        end += 1
      }
      return end < bytes.count && bytes[end] == UInt8(ascii: "m") ? end + 1 - index : 0
    default: return 0
    }
  }
}
