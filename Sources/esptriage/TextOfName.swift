/// Names of files, made harmless for a terminal.
enum TextOfName {
  static func shown(_ name: String, keeping kept: Unicode.Scalar? = nil) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      if scalar == kept {
        text.unicodeScalars.append(scalar)
        continue
      }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text += "\\u{" + String(scalar.value, radix: 16) + "}"
      default:
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
