/// Where the next byte of some kind stands, remembered: a text of 60 KB that asks the same of each of its words
/// must not be read to its end each time.
struct Lookahead {
  private var asked = 0
  private var found = -1

  /// The first index from `start` on that `isMeant`, or the end.
  mutating func next(
    from start: Int, in bytes: UnsafeBufferPointer<UInt8>, _ isMeant: (UInt8) -> Bool
  ) -> Int {
    if asked <= start, start <= found { return found }
    var index = start
    while index < bytes.count, !isMeant(bytes[index]) { index += 1 }
    (asked, found) = (start, index)
    return index
  }
}

/// Whether a word stands before some place, found with one walk over the text however often it is asked.
struct Lookbehind {
  private var searched = 0
  private(set) var isFound = false

  mutating func isFound(before position: Int, _ isMeant: (Int) -> Bool) -> Bool {
    while !isFound, searched < position {
      isFound = isMeant(searched)
      searched += 1
    }
    return isFound
  }
}

// The ends of words, and what is in them.
extension SecretScan {
  /// The end of the word that begins here: at a blank, a quote, a comma or a bracket.
  mutating func wordEnd(from start: Int) -> Int {
    wordEnds.next(from: start, in: bytes) { byte in
      switch byte {
      case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ","),
        UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: ")"), UInt8(ascii: "]"),
        UInt8(ascii: "}"):
        true
      default: false
      }
    }
  }

  /// The end of what may be a key, which may hold all brackets but one.
  mutating func keyLikeEnd(from start: Int) -> Int {
    keyLikeEnds.next(from: start, in: bytes) { byte in
      switch byte {
      case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ","),
        UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: ")"):
        true
      default: false
      }
    }
  }

  /// The end of a value of a header: at a blank or a quote.
  mutating func headerEnd(from start: Int) -> Int {
    headerEnds.next(from: start, in: bytes) { byte in
      byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        || byte == UInt8(ascii: "`")
    }
  }

  /// The end of a key of letters, digits, `_`, `-` and `.`.
  mutating func keyEnd(from start: Int) -> Int {
    keyEnds.next(from: start, in: bytes) { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        false
      default: true
      }
    }
  }

  mutating func nextLetter(from start: Int) -> Int {
    letters.next(from: start, in: bytes) { 0x61...0x7a ~= $0 | 0x20 }
  }

  mutating func nextDigit(from start: Int) -> Int {
    digits.next(from: start, in: bytes) { 0x30...0x39 ~= $0 }
  }

  /// A sign that parts of an address of the web end with.
  enum WebSign { case dot, slash, colon, at }

  mutating func next(_ sign: WebSign, from start: Int) -> Int {
    switch sign {
    case .dot: dots.next(from: start, in: bytes) { $0 == UInt8(ascii: ".") }
    case .slash: slashes.next(from: start, in: bytes) { $0 == UInt8(ascii: "/") }
    case .colon: colons.next(from: start, in: bytes) { $0 == UInt8(ascii: ":") }
    case .at: ats.next(from: start, in: bytes) { $0 == UInt8(ascii: "@") }
    }
  }
}
