/// A decimal number of which a digit may have been lost, doubled or changed.
struct DamagedNumber {
  private let digits: [UInt8]

  init(_ number: Int) { digits = Array(String(number).utf8) }

  /// Whether one of the numbers in `range` became this one by the loss of one digit.
  func mayHaveLostDigit(of range: ClosedRange<Int>) -> Bool {
    (0...digits.count).contains { place in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains { digit in
        isNumber(digits[..<place] + [digit] + digits[place...], in: range)
      }
    }
  }

  /// Whether one of the numbers in `range` became this one by the damage of one digit.
  func mayHaveBeen(in range: ClosedRange<Int>) -> Bool {
    if mayHaveLostDigit(of: range) { return true }
    for place in 0...digits.count {
      for digit in UInt8(ascii: "0")...UInt8(ascii: "9") {
        if place < digits.count,
          isNumber(digits[..<place] + [digit] + digits[(place + 1)...], in: range)
        {
          return true
        }
      }
      if place < digits.count, isNumber(digits[..<place] + digits[(place + 1)...], in: range) {
        return true
      }
    }
    return false
  }

  /// Nobody prints zeros in front of a time.
  private func isNumber(_ digits: some Collection<UInt8>, in range: ClosedRange<Int>) -> Bool {
    guard let first = digits.first, first != UInt8(ascii: "0"), digits.count < 15 else {
      return false
    }
    return range.contains(digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
  }
}
