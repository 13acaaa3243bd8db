/// Numbers as people read them.
enum Quantity {
  /// `1,234,567`.
  static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    return (number < 0 ? "-" : "") + groups.joined(separator: ",")
  }

  /// `47.1 KiB`.
  static func bytes(_ count: Int) -> String {
    guard count >= 1_024 else { return count == 1 ? "1 byte" : "\(count) bytes" }
    var tenths = count.multipliedReportingOverflow(by: 10).partialValue
    for unit in ["KiB", "MiB", "GiB"] {
      tenths /= 1_024
      if tenths < 10_240 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
    }
    return "\(grouped(tenths / 10_240)) TiB"
  }

  /// `1 boot`, `12 boots`.
  static func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)" + (number == 1 ? "" : noun.hasSuffix("sh") ? "es" : "s")
  }
}

/// How sure a verdict is.
enum Confidence {
  /// `97 %`; what is not quite certain never reads as certain.
  static func percent(_ share: Double) -> String {
    let bounded = share.isNaN ? 0 : min(max(share, 0), 1)
    if bounded > 0.99, bounded < 1 { return ">99 %" }
    if bounded > 0, bounded < 0.005 { return "<1 %" }
    return "\(Int((bounded * 100).rounded())) %"
  }

  /// `near certain`.
  static func words(_ share: Double) -> String {
    switch share {
    case 0.95...: "near certain"
    case 0.85..<0.95: "very likely"
    case 0.7..<0.85: "likely"
    case 0.5..<0.7: "more likely than not"
    default: "a guess"
    }
  }
}
