/// A file name made of a device's own text, which may hold anything.
struct RecordingName: Hashable {
  let text: String

  /// Letters, digits, `.`, `_` and `-` stay, all else becomes `-`; not hidden, not long, not empty.
  init(_ deviceText: String) {
    var kept = String(
      decoding: deviceText.utf8.prefix(64).map { byte -> UInt8 in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"):
          byte
        default: UInt8(ascii: "-")
        }
      }, as: UTF8.self)
    while let first = kept.first, first == "." || first == "-" { kept.removeFirst() }
    text = kept.isEmpty ? "device" : kept
  }
}
