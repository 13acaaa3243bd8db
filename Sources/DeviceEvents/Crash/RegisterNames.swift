/// The names of registers that panics of ESP-IDF print: a dump holds two dozens, and a crash loop thousands of dumps.
struct RegisterNames: Sendable {
  /// All of them.
  static let usual = RegisterNames()

  /// A name with what is compared before it is.
  struct Name {
    let bytes: UInt64
    let name: String
    let hash: UInt32
  }

  /// The names by their bytes; one whose place is taken stands behind it.
  private var places = [Name?](repeating: nil, count: size)
  private static let size = 256

  private init() {
    var names = RegisterLine.named.map { "\($0)" }
    for number in 0...15 { names.append("A\(number)") }
    for number in 0...11 { names.append("S\(number)") }
    for number in 0...6 { names.append("T\(number)") }
    for number in 1...7 { names += ["EPC\(number)", "EPS\(number)"] }
    for name in names {
      let bytes = name.utf8.reduce(0) { $0 << 8 | UInt64($1) }
      var place = Self.place(of: bytes)
      while places[place] != nil { place = (place + 1) & (Self.size - 1) }
      places[place] = Name(bytes: bytes, name: name, hash: Register.hash(of: name))
    }
  }

  /// The name of these bytes, its last byte the lowest; nil if it is none of the usual ones.
  subscript(bytes: UInt64) -> Name? {
    var place = Self.place(of: bytes)
    while let known = places[place] {
      if known.bytes == bytes { return known }
      place = (place + 1) & (Self.size - 1)
    }
    return nil
  }

  private static func place(of bytes: UInt64) -> Int {
    Int(truncatingIfNeeded: (bytes &* 0x9e37_79b9_7f4a_7c15) >> 56)
  }
}
