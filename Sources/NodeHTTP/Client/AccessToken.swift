/// The key that a node wants to see before it takes an image.
///
/// Nothing prints it: not a description, not a dump, not a record. It goes to the one node that the call names.
public struct AccessToken: Hashable, Sendable {
  /// The header's value after `Bearer `.
  let secret: String

  /// Takes the key; white space around it is dropped. Nil where it is empty or could not stand in a header line.
  public init?(_ text: String) {
    var bytes = Substring(text).utf8
    while let last = bytes.last, last <= UInt8(ascii: " ") { bytes = bytes.dropLast() }
    while let first = bytes.first, first <= UInt8(ascii: " ") { bytes = bytes.dropFirst() }
    guard !bytes.isEmpty, bytes.count <= 1024, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      let secret = String(bytes)
    else { return nil }
    self.secret = secret
  }
}

extension AccessToken {
  /// A text from outside without the key: a server that echoes what it was sent must not carry it into a report.
  func struck(from text: String) -> String { text.replacing(secret, with: description) }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Never the key itself.
  public var description: String { "(key)" }
  /// Never the key itself.
  public var debugDescription: String { description }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
