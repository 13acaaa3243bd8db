/// What stays the same when one bug crashes again, in whatever build: the reason without its numbers,
/// and the innermost functions by name.
///
/// What changes from build to build is left out: addresses, lines, clone suffixes of the compiler.
/// What changes from crash to crash is left out too: core numbers, the depth of a recursion, frames
/// that are guessed or lie far out. Whether a function was inlined makes no difference, since inlined
/// calls count as calls.
///
/// Without an ELF there are no names, and addresses do not survive a rebuild: then the signature is
/// that of the reason alone (its ``basis`` says so), and groups all crashes with the same words. For
/// crash loops of one build, whose addresses do repeat, the timeline's own signature is finer.
public struct CrashSignature: Hashable, Sendable, CustomStringConvertible {
  /// What a signature rests on.
  public enum Basis: String, Hashable, Sendable {
    /// The reason and functions.
    case functions
    /// The reason alone.
    case reason
  }

  /// The reason without its numbers.
  public let reason: String
  /// The functions that count, innermost first.
  public let functions: [String]

  /// What it rests on.
  public var basis: Basis { functions.isEmpty ? .reason : .functions }

  /// So many functions tell one bug from another; further out, all crashes of a task look alike.
  private static let mostFunctions = 5

  /// The signature of a crash whose calls bear these names, innermost first, inlined calls among
  /// them; nil for a call without a name.
  ///
  /// The reason is the panic's: `Load access fault`, `abort`, the text of an assertion.
  public init(reason: String, functions: [String?]) {
    self.reason = Self.withoutNumbers(reason)
    var names: [String] = []
    var isWithinPanic = true
    for case .some(let function) in functions {
      let name = FunctionName.withoutVariant(function)
      if name.isEmpty || isWithinPanic && FunctionName.isOfPanic(name) { continue }
      isWithinPanic = false
      if names.contains(name) { continue }
      names.append(name)
      if names.count == Self.mostFunctions { break }
    }
    self.functions = names
  }

  /// Sixteen hexadecimal digits, equal wherever and whenever they are computed.
  public var description: String {
    // FNV-1a: Swift's own hashes differ from run to run.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in ([reason] + functions).joined(separator: "\n").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Numbers become `#`, and blanks single: `at PC 0x42009351 on core 0` is `at PC # on core #`.
  private static func withoutNumbers(_ text: String) -> String {
    var words: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      words.append(withoutNumbers(inWord: word))
    }
    return words.joined(separator: " ")
  }

  private static func withoutNumbers(inWord word: Substring) -> String {
    var result = ""
    var rest = word[...]
    while let first = rest.first {
      guard first.isASCII, first.isNumber else {
        result.append(first)
        rest.removeFirst()
        continue
      }
      if rest.hasPrefix("0x") || rest.hasPrefix("0X") {
        rest = rest.dropFirst(2).drop { $0.isHexDigit }
      } else {
        rest = rest.drop { $0.isASCII && $0.isNumber }
      }
      result.append("#")
    }
    return result
  }
}
