/// Which builds a log names, and whether their ELFs are at hand: symbols of another build are wrong.
struct BuildsOfLog {
  private var seen: Set<String> = []
  /// The build that was named last.
  private var current: String?

  /// What a panic and the start of an app print before the first digits of the ELF's hash.
  private static let label = Array("ELF file SHA256:".utf8)
  /// Fewer digits fit too many files, and a damaged line has few.
  private static let fewestDigits = 8
  private static let mostSeen = 1_000

  /// Has the ELF of the build that a line names answer from there on; returns what to say where there is none, once for
  /// each build.
  mutating func follow(_ line: [UInt8], in annotated: inout AnnotatedLine) -> String? {
    guard let digits = Self.hash(in: line), digits != current else { return nil }
    current = digits
    guard !annotated.prefer(digits), seen.count < Self.mostSeen, seen.insert(digits).inserted
    else { return nil }
    return
      "The log names the build \(digits), and no ELF given is of it: symbols may be wrong there. "
      + "Give the ELF of that build as well (--elf FILE)."
  }

  private static func hash(in line: [UInt8]) -> String? {
    guard line.count > label.count, let end = end(ofLabelIn: line) else { return nil }
    let digits = line[end...].drop { $0 == 0x20 }.prefix { HexDigit.value($0) != nil }
    guard fewestDigits...64 ~= digits.count else { return nil }
    return String(decoding: digits, as: UTF8.self).lowercased()
  }

  private static func end(ofLabelIn line: [UInt8]) -> Int? {
    guard let last = label.last else { return nil }
    var from = 0
    // The colon is the rarest byte of the label that a short search can go by.
    while let colon = line[from...].firstIndex(of: last) {
      let start = colon + 1 - label.count
      if start >= 0, line[start...colon].elementsEqual(label) { return colon + 1 }
      from = colon + 1
    }
    return nil
  }
}
