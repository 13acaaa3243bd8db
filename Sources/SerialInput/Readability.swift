/// How much of some bytes reads as a log.
///
/// At a wrong rate every bit pattern occurs: control characters, and bytes above 127 that are no UTF-8. A log is letters,
/// digits and spaces for the most part.
struct Readability {
  /// How many bytes there are.
  let count: Int
  /// The share that is text, 0 to 1; 0 without bytes.
  let share: Double
  /// The share that is letters, digits and spaces.
  private let words: Double

  init(_ bytes: [UInt8]) {
    var text = 0
    var words = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let length = Self.characterLength(bytes[index...])
      if length > 0 { text += length }
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "):
        words += 1
      default: break
      }
      index += max(length, 1)
    }
    count = bytes.count
    share = bytes.isEmpty ? 0 : Double(text) / Double(bytes.count)
    self.words = bytes.isEmpty ? 0 : Double(words) / Double(bytes.count)
  }

  /// Whether it is a log, with a flipped bit here and there.
  var isText: Bool { share >= 0.95 && words >= 0.5 }

  /// For choosing among trials: few bytes prove little.
  var merit: Double { count < 24 ? share / 4 : share }

  /// The length of the character that these bytes begin with; 0 where they begin with none.
  private static func characterLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let first = bytes.first else { return 0 }
    let length: Int
    switch first {
    case 0x20...0x7E, 0x09, 0x0A, 0x0D, 0x1B, 0x08: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return 0
    }
    let rest = bytes.dropFirst().prefix(length - 1)
    return rest.count == length - 1 && rest.allSatisfy { $0 & 0xC0 == 0x80 } ? length : 0
  }
}
