/// What a plain word means, as YAML has it.
extension Node {
  var isNull: Bool {
    guard let scalar, scalar.isPlain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// `true`, `yes`, `on` and their opposites, in any case.
  var bool: Bool? {
    guard let scalar, scalar.isPlain else { return nil }
    return switch scalar.string.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }

  /// A whole number: decimal, `0x…`, `0b…`, `0o…` or, as YAML 1.1 has it, octal behind a zero.
  var int: Int? {
    guard let scalar, scalar.isPlain else { return nil }
    var digits = scalar.string.filter { $0 != "_" }[...]
    let sign = digits.first == "-" ? "-" : ""
    if let first = digits.first, first == "-" || first == "+" { digits = digits.dropFirst() }
    guard digits != "0" else { return 0 }
    // `Int` would take a second sign.
    guard let first = digits.first, first != "-", first != "+" else { return nil }
    for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8), ("0", 8)]
    where digits.hasPrefix(prefix) {
      let number = digits.dropFirst(prefix.count)
      guard let first = number.first, first.isHexDigit else { return nil }
      return Int(sign + number, radix: radix)
    }
    return Int(sign + digits)
  }

  var float: Double? {
    guard let scalar, scalar.isPlain else { return nil }
    return Double(scalar.string.filter { $0 != "_" })
  }
}
