/// Commands to a CI service in text that it takes for a job's output.
///
/// GitHub's runner obeys lines that begin with `::name parameters::`, blanks before it aside, and whatever has
/// `##[name]` in it; Azure has `##vso[name]`, TeamCity `##teamcity[name]`. GitLab's marks of sections hold control
/// characters, which are escaped anyway. A node whose log is diagnosed in a job could set variables and hide errors.
enum WorkflowCommand {
  /// The characters that have to be escaped so that nothing is obeyed. A text may be broken at any blank, so that each
  /// word may come to begin a line.
  static func beginnings(in text: String) -> Set<String.Index> {
    guard mayHoldOne(text) else { return [] }
    let bytes = text.utf8
    var found: Set<String.Index> = []
    var before: UInt8 = 0x20
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: ":"), before <= 0x20, isCommand(bytes[index...]) {
        found.insert(index)
      } else if byte == UInt8(ascii: "#"), isService(bytes[index...]) {
        found.insert(index)
      }
      before = byte
      index = bytes.index(after: index)
    }
    return found
  }

  /// Whether two colons or two hash signs stand together: most texts have neither.
  private static func mayHoldOne(_ text: String) -> Bool {
    var copy = text
    return copy.withUTF8 { bytes in
      var before: UInt8 = 0
      for byte in bytes {
        if byte == before, byte == UInt8(ascii: ":") || byte == UInt8(ascii: "#") { return true }
        before = byte
      }
      return false
    }
  }

  /// `::name parameters::`; not `::operator new(unsigned int)`
  private static func isCommand(_ text: Substring.UTF8View) -> Bool {
    guard text.starts(with: "::".utf8) else { return false }
    let rest = text.dropFirst(2)
    let name = rest.prefix { ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: "-") }
    guard !name.isEmpty else { return false }
    var before: UInt8 = 0
    for byte in rest[name.endIndex...] {
      if byte == UInt8(ascii: ":"), before == byte { return true }
      before = byte
    }
    return false
  }

  /// `##[name]`, `##vso[name]`, `##teamcity[name]`; of the name alone, as a text may be cut before its bracket.
  private static func isService(_ text: Substring.UTF8View) -> Bool {
    guard text.starts(with: "##".utf8), let next = text.dropFirst(2).first else { return false }
    return next == UInt8(ascii: "[") || (next | 0x20) &- 0x61 < 26
  }
}
