/// Makes text of a device harmless to show.
///
/// A node can print whatever it likes: sequences that clear the screen, marks that reverse the
/// reading direction, blanks without width that hide a word. All of these become visible escapes.
package enum HostileText {
  /// For a terminal: secrets masked, control and invisible characters as `\u{…}`, tabs as a blank.
  package static func shown(_ text: String) -> String { escaped(Redaction.masked(text)) }

  /// As `shown`, without masking; for texts of rules and names of files.
  package static func escaped(_ text: String) -> String {
    if isPlain(text) { return text }
    let commands = WorkflowCommand.beginnings(in: text)
    guard !commands.isEmpty || text.unicodeScalars.contains(where: { mustNotBeShown($0) }) else {
      return text
    }
    var safe = ""
    for index in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[index]
      if scalar == "\t" {
        safe += " "
      } else if mustNotBeShown(scalar) || commands.contains(index) {
        safe += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// Whether a text is printable ASCII, and no two of the signs stand together that begin a command to a CI service; most are.
  private static func isPlain(_ text: String) -> Bool {
    var copy = text
    return copy.withUTF8 { bytes in
      var before: UInt8 = 0
      for byte in bytes {
        guard byte &- 0x20 < 0x5f else { return false }
        if byte == before, byte == UInt8(ascii: ":") || byte == UInt8(ascii: "#") { return false }
        before = byte
      }
      return true
    }
  }

  /// Whether a character acts on a terminal, or is there without being seen.
  static func mustNotBeShown(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
    // Fillers and selectors that count as letters or marks, and are still invisible.
    switch scalar.value {
    case 0x034f, 0x115f, 0x1160, 0x3164, 0xffa0, 0xfe00...0xfe0f, 0xe0000...0xe0fff: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      return true
    default:
      return false
    }
  }
}
