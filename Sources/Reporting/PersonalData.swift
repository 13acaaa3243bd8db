/// Masks what tells whose node it is: Wi-Fi names, MAC and IP addresses, coordinates, users, numbers of one device.
package enum PersonalData {
  /// The text with all of it masked.
  static func masked(_ text: String) -> String {
    var copy = text
    let kept = copy.withUTF8 { masked(bytes: $0) }
    return kept.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The bytes with all of it masked; nil where there is none.
  package static func masked(bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var scan = PersonalScan(SecretScan(bytes: bytes))
    var kept: [UInt8] = []
    var copied = 0
    var position = 0
    while position < bytes.count {
      guard let found = scan.range(at: position), !found.isEmpty else {
        position += 1
        continue
      }
      // What was found inside a name that is masked already has no place of its own.
      kept += bytes[copied..<max(found.lowerBound, copied)]
      kept += Redaction.mask.utf8
      copied = found.upperBound
      position = max(found.upperBound, position + 1)
    }
    return copied == 0 ? nil : kept + bytes[copied...]
  }
}

/// Finds personal data in one text.
struct PersonalScan {
  var text: SecretScan
  /// Whether the text spoke of a place, so that two numbers are coordinates.
  var places = Lookbehind()

  init(_ text: SecretScan) { self.text = text }

  /// What this place begins, or names.
  mutating func range(at position: Int) -> Range<Int>? {
    let before = text.byte(position - 1)
    let isInsideWord = text.isWord(position - 1) || before == UInt8(ascii: ".")
    let byte = text.lower(position)
    switch byte {
    case UInt8(ascii: "$"): return satelliteSentence(at: position)
    case UInt8(ascii: "-"), UInt8(ascii: "+"):
      return isInsideWord
        ? nil
        : listedNetwork(at: position) ?? coordinates(at: position) ?? telephone(at: position)
    case UInt8(ascii: ">"): return text.consoleCommand(at: position)?.network
    case UInt8(ascii: "["), UInt8(ascii: "|"): return networkInTable(at: position)
    case 0x1b, UInt8(ascii: "\\"): return concealed(at: position)
    case UInt8(ascii: ":"): return userOfAddress(at: position) ?? version6(at: position)
    case UInt8(ascii: "@"): return mailAddress(at: position)
    case 0x30...0x39, 0x61...0x66: break
    // Of words, these begin the names of networks, places and users, or are asked for one.
    case UInt8(ascii: "g"), UInt8(ascii: "h"), UInt8(ascii: "i"), UInt8(ascii: "j"),
      UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "p"), UInt8(ascii: "s"),
      UInt8(ascii: "u"), UInt8(ascii: "v"), UInt8(ascii: "w"), 0xd0:
      break
    case UInt8(ascii: "l"): return isInsideWord ? nil : namedCoordinate(at: position)
    default: return nil
    }
    if let name = networkName(at: position) { return name }
    if byte >= 0x61, let found = user(at: position) ?? deviceNumber(at: position) { return found }
    if let end = endOfAddress(at: position) { return end }
    if !isInsideWord, byte & 0xf0 == 0x30, let name = numberedNetwork(at: position) { return name }
    // `usb-Espressif_F4:12:…-if00`, `node_f412fa001122`
    if before == UInt8(ascii: "_"), let address = hardware(at: position) { return address }
    guard !isInsideWord else { return nil }
    return hardware(at: position) ?? version4(at: position) ?? version6(at: position)
      ?? coordinates(at: position) ?? degreesAndMinutes(at: position)
  }
}
