import Diagnosis
import LogFiles

/// An ESP-IDF project's `sdkconfig`: lines `CONFIG_X=y` and `# CONFIG_X is not set`.
struct SdkconfigFile: Equatable {
  /// Where it was read from.
  let path: String
  /// The options, `CONFIG_X` to its value without quotes; `n` for those that are not set.
  private(set) var options: [String: String] = [:]

  /// Reads a file.
  init(path: String) throws {
    var bytes: [UInt8] = []
    try LogInput(path: path).read { chunk in
      bytes += chunk
      return .continue
    }
    try self.init(path: path, text: String(decoding: bytes, as: UTF8.self))
  }

  /// Reads the text of a file; tells all lines that make no sense at once.
  init(path: String, text: String) throws(SdkconfigError) {
    self.path = path
    var problems: [SdkconfigError.Problem] = []
    // To Swift CRLF is one character.
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() {
      switch Self.meaning(of: line) {
      case .option(let name, let value): options[name] = value
      case .nothing: break
      case .unknown: problems.append(.init(line: index + 1, text: String(line.prefix(60))))
      }
    }
    guard problems.isEmpty else { throw SdkconfigError(path: path, problems: problems) }
    guard !options.isEmpty else { throw SdkconfigError(path: path, problems: []) }
  }

  /// Whether rollback is on; nil when the file says neither, as `sdkconfig.defaults` may.
  var rollback: Context.Rollback? {
    options[Self.rollbackOption].map { $0 == "y" ? .on : .off }
  }

  /// The option that makes bootloader and app go back to the old image.
  static let rollbackOption = "CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE"

  private enum Meaning {
    case option(String, String)
    case nothing
    case unknown
  }

  private static func meaning(of line: Substring) -> Meaning {
    let text = line.drop { $0 == " " || $0 == "\t" }
    if text.isEmpty { return .nothing }
    if text.first == "#" {
      let words = text.dropFirst().split(separator: " ")
      guard words.count == 4, isName(words[0]), words[1...] == ["is", "not", "set"] else {
        return .nothing
      }
      return .option(String(words[0]), "n")
    }
    guard let equals = text.firstIndex(of: "="), isName(text[..<equals]) else { return .unknown }
    return .option(String(text[..<equals]), unquoted(text[text.index(after: equals)...]))
  }

  private static func isName(_ text: Substring) -> Bool {
    text.hasPrefix("CONFIG_")
      && text.utf8.allSatisfy {
        0x30...0x39 ~= $0 || 0x41...0x5a ~= $0 || 0x61...0x7a ~= $0 || $0 == 0x5f
      }
  }

  private static func unquoted(_ value: Substring) -> String {
    var value = value
    while value.last == " " || value.last == "\t" { value.removeLast() }
    guard value.count >= 2, value.first == "\"", value.last == "\"" else { return String(value) }
    return String(value.dropFirst().dropLast())
  }
}

/// What is wrong with an `sdkconfig`.
struct SdkconfigError: Error, Equatable, CustomStringConvertible {
  let path: String
  /// None when the file holds no option at all.
  let problems: [Problem]

  struct Problem: Equatable {
    let line: Int
    let text: String
  }

  var description: String {
    guard !problems.isEmpty else {
      return "\(path) holds no CONFIG_ option. Give the file 'sdkconfig' of the firmware's project."
    }
    let shown = problems.prefix(10).map { problem in
      "\(path):\(problem.line): expected 'CONFIG_NAME=value' or '# CONFIG_NAME is not set', "
        + "found '\(Self.harmless(problem.text))'"
    }
    let rest = problems.count - shown.count
    return (shown + (rest > 0 ? ["… and \(rest) more lines"] : [])).joined(separator: "\n")
  }

  private static func harmless(_ text: String) -> String {
    String(
      text.map { $0.isASCII && !($0.asciiValue.map { $0 < 0x20 || $0 == 0x7f } ?? true) ? $0 : "?" }
    )
  }
}
