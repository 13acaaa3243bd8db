import Firmware
import Reporting

/// Answers as text.
struct DecodeText {
  private let habits: DecodeHabits

  init(_ habits: DecodeHabits) { self.habits = habits }

  /// What addr2line writes for an address that it does not know, or cannot read.
  var unknown: String { answer(0, []) }

  /// What addr2line writes for the same letters.
  func answer(_ address: UInt32, _ frames: [SourceFrame]) -> String {
    var text = ""
    if habits.addresses { text += Self.hexadecimal(address) + (habits.pretty ? ": " : "\n") }
    if frames.isEmpty {
      if habits.functions { text += habits.pretty ? "?? " : "??\n" }
      return text + "??:0\n"
    }
    for (depth, frame) in frames.enumerated() {
      guard depth == 0 || habits.inlines else { break }
      if depth > 0, habits.pretty { text += " (inlined by) " }
      if habits.functions {
        text += HostileText.shown(name(frame)) + (habits.pretty ? " at " : "\n")
      }
      text += place(frame) + "\n"
    }
    return text
  }

  private func name(_ frame: SourceFrame) -> String {
    if case .section = frame.origin { return "??" }
    return (habits.demangle ? nil : frame.linkageName) ?? frame.function ?? "??"
  }

  private func place(_ frame: SourceFrame) -> String {
    guard let file = frame.file else { return frame.function == nil ? "??:0" : "??:?" }
    let name =
      habits.basenames ? file.split(separator: "/").last.map(String.init) ?? file : file
    return HostileText.shown(name) + ":" + (frame.line.map { String($0) } ?? "?")
  }

  /// All that is known: one line for the innermost function, one for each that it was inlined into.
  static func everything(_ address: UInt32, _ frames: [SourceFrame], place: CodePlace) -> String {
    guard !frames.isEmpty else {
      return hexadecimal(address) + ": " + HostileText.shown(explanation(place)) + "\n"
    }
    var text = ""
    for (depth, frame) in frames.enumerated() {
      text += depth == 0 ? hexadecimal(address) + ": " : " (inlined by) "
      text += HostileText.shown(described(frame)) + "\n"
    }
    return text
  }

  private static func explanation(_ place: CodePlace) -> String {
    switch place {
    case .code: "code, of which nothing more is known"
    case .data(let section): "data\(section.map { " in \($0.name)" } ?? ""), not code"
    case .rom: "in the ROM of the chip"
    case .outside: "in no section of the ELF"
    }
  }

  private static func described(_ frame: SourceFrame) -> String {
    switch frame.origin {
    case .debugInfo, .symbol(0):
      return (frame.function ?? "??") + placeSuffix(frame)
    case .symbol(let offset), .section(let offset):
      return (frame.function ?? "??") + "+0x" + String(offset, radix: 16) + placeSuffix(frame)
    case .rom(let offset):
      guard let function = frame.function else { return "in the ROM of the chip" }
      return function + (offset == 0 ? "" : "+0x" + String(offset, radix: 16))
        + " in the ROM of the chip"
    }
  }

  private static func placeSuffix(_ frame: SourceFrame) -> String {
    guard let file = frame.file else { return ", line not known" }
    return " at " + file + (frame.line.map { ":\($0)" } ?? "")
  }

  /// An address as addr2line writes it, eight digits.
  static func hexadecimal(_ address: UInt32) -> String {
    let digits = String(address, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }
}
