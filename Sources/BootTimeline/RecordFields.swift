import LineReading

/// The names of the fields of a record: `{"node":3,"msg":"…"}`.
enum RecordFields {
  /// How far into a record its fields are looked at; it bounds the work on a long one.
  private static let reach = 4_096

  /// Whether a field says which node, peer or line the record is about.
  static func nameNode(in record: ByteText) -> Bool {
    let text = record.slice(from: 0, to: reach)
    var search = 0
    while let opening = text.firstIndex(of: quote, from: search),
      let closing = text.firstIndex(of: quote, from: opening + 1)
    {
      let name = text.slice(from: opening + 1, to: closing)
      var behind = closing + 1
      while text[behind] == UInt8(ascii: " ") { behind += 1 }
      guard text[behind] == UInt8(ascii: ":") else {
        // It ends a string, or begins the next one.
        search = closing
        continue
      }
      if isNode(name.string.lowercased()) { return true }
      search = behind
    }
    return false
  }

  private static let quote = UInt8(ascii: "\"")

  private static func isNode(_ name: String) -> Bool {
    names.contains(name) || parts.contains { name.contains($0) }
  }

  private static let names = ["id", "ip", "dev", "name", "from", "port", "dut", "topic", "unit"]

  private static let parts = [
    "node", "child", "peer", "device", "host", "container", "mac", "addr", "sender", "remote",
    "slave", "client", "station",
  ]
}
