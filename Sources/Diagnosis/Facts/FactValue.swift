/// The value of an attribute.
public enum FactValue: Hashable, Sendable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case address(UInt32)

  /// A whole number.
  public static func whole(_ value: Int) -> FactValue { .number(Double(value)) }

  /// The value as a number, for comparisons.
  public var number: Double? {
    switch self {
    case .number(let number): number
    case .address(let address): Double(address)
    case .text, .flag: nil
    }
  }

  /// The value for a person: addresses as `0x` and eight digits, whole numbers without a point.
  public var spelled: String {
    switch self {
    case .text(let text): return text
    case .flag(let flag): return flag ? "yes" : "no"
    case .address(let address): return hexadecimal(address)
    case .number(let number):
      if let whole = Int(exactly: number) { return String(whole) }
      return String((number * 100).rounded() / 100)
    }
  }

  /// Whether both are the same; an address equals the number with its value.
  public func isSame(as other: FactValue) -> Bool {
    if let left = number, let right = other.number { return left == right }
    return self == other
  }
}

/// `0x` and eight lower-case digits.
public func hexadecimal(_ address: UInt32) -> String {
  let digits = String(address, radix: 16)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}

/// The kinds of items that rules speak about.
public enum ItemKind: String, CaseIterable, Hashable, Sendable {
  case boot, update, crash, notice, log, node
}
