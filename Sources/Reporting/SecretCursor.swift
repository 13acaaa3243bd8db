/// Bytes to mask, and where to look for the next secret.
struct Secret {
  let bytes: Range<Int>
  let resume: Int

  /// The end is plain; inside, other secrets may begin.
  init(_ bytes: Range<Int>) {
    self.bytes = bytes
    resume = bytes.lowerBound
  }

  /// One that stands further on: what lies before it is looked at as well.
  init(_ bytes: Range<Int>, after place: Int) {
    self.bytes = bytes
    resume = place
  }

  /// Everything up to the next name, or a whole that holds no other secret.
  init(upToNextName bytes: Range<Int>) {
    self.bytes = bytes
    resume = bytes.upperBound
  }
}

// Steps over bytes; beyond both ends stand zeros.
extension SecretScan {
  func byte(_ index: Int) -> UInt8 {
    index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  func lower(_ index: Int) -> UInt8 {
    let byte = byte(index)
    return 0x41...0x5a ~= byte ? byte | 0x20 : byte
  }

  func has(_ literal: StaticString, at index: Int) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard index >= 0, length <= bytes.count - index else { return false }
    for place in 0..<length {
      let byte = bytes[index + place]
      let isSame = byte == literal.utf8Start[place]
      guard isSame || 0x41...0x5a ~= byte && byte | 0x20 == literal.utf8Start[place] else {
        return false
      }
    }
    return true
  }

  /// As `has`, with capitals and small letters told apart.
  func hasExactly(_ literal: StaticString, at index: Int) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard index >= 0, length <= bytes.count - index else { return false }
    for place in 0..<length where bytes[index + place] != literal.utf8Start[place] { return false }
    return true
  }

  func isCapital(_ index: Int) -> Bool { 0x41...0x5a ~= byte(index) }

  func isLetter(_ index: Int) -> Bool { 0x61...0x7a ~= lower(index) }

  func isDigit(_ index: Int) -> Bool { 0x30...0x39 ~= byte(index) }

  func isWord(_ index: Int) -> Bool {
    isLetter(index) || isDigit(index) || byte(index) == UInt8(ascii: "_")
  }

  func isHex(_ index: Int) -> Bool { isDigit(index) || 0x61...0x66 ~= lower(index) }

  func isQuote(_ index: Int) -> Bool {
    let byte = byte(index)
    return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
  }

  func isBlank(_ index: Int) -> Bool { byte(index) == 0x20 || byte(index) == 0x09 }

  func isLineEnd(_ index: Int) -> Bool {
    index >= bytes.count || byte(index) == 0x0a || byte(index) == 0x0d
  }

  func isSeparator(_ index: Int) -> Bool {
    switch byte(index) {
    case 0x20, 0x09, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "&"): true
    default: false
    }
  }

  /// Whether `:` or `=` stands here; the `::` of a name in C++ is none.
  func isSign(_ index: Int) -> Bool {
    switch byte(index) {
    case UInt8(ascii: "="): true
    case UInt8(ascii: ":"):
      byte(index + 1) != UInt8(ascii: ":") && byte(index - 1) != UInt8(ascii: ":")
    default: false
    }
  }

  /// Whether `==` or `!=` stands here.
  func isComparison(_ index: Int) -> Bool {
    (byte(index) == UInt8(ascii: "=") || byte(index) == UInt8(ascii: "!"))
      && byte(index + 1) == UInt8(ascii: "=")
  }

  func isBracket(_ index: Int) -> Bool {
    switch byte(index) {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "<"), UInt8(ascii: "{"): true
    default: false
    }
  }

  func pastBlanks(_ index: Int) -> Int {
    var cursor = index
    while isBlank(cursor) { cursor += 1 }
    return cursor
  }

  func pastSeparators(_ index: Int) -> Int {
    var cursor = index
    while isSeparator(cursor) { cursor += 1 }
    return cursor
  }

  func beginsName(at index: Int) -> Bool {
    var cursor = index
    while isWord(cursor) { cursor += 1 }
    return cursor > index && isLetter(index) && isSign(cursor)
  }
}
