/// Something wrong in a rule file.
public struct RuleProblem: Error, Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file, as it was found; empty where none was.
  public var file: String
  /// Counted from 1; 0 where the whole file is meant.
  public var line: Int
  /// Counted from 1; 0 where the whole file is meant.
  public var column: Int
  /// What is wrong.
  public var message: String
  /// What to write instead.
  public var suggestion: String?

  /// Puts a problem together.
  public init(file: String, line: Int, column: Int, message: String, suggestion: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.suggestion = suggestion
  }

  /// `rules/ota/x.yaml:3:5: unknown key 'capure' - did you mean 'capture'?`.
  public var description: String {
    let place = line > 0 ? "\(file):\(line):\(column): " : file.isEmpty ? "" : "\(file): "
    return place + message + (suggestion.map { " - \($0)" } ?? "")
  }

  /// By file, then by place.
  public static func < (left: RuleProblem, right: RuleProblem) -> Bool {
    (left.file, left.line, left.column, left.message)
      < (right.file, right.line, right.column, right.message)
  }
}

/// All that is wrong in a folder of rules.
public struct RuleProblems: Error, Hashable, Sendable, CustomStringConvertible {
  /// In the order of files and lines.
  public var problems: [RuleProblem]

  /// Sorts the problems.
  public init(_ problems: [RuleProblem]) { self.problems = problems.sorted() }

  /// One problem a line, and the total where there are several.
  public var description: String {
    let lines = problems.map(\.description)
    guard lines.count > 1 else { return lines.joined() }
    let files = Set(problems.map(\.file)).count
    let total = "\(lines.count) problems in \(files) file\(files == 1 ? "" : "s")"
    return (lines + [total]).joined(separator: "\n")
  }
}
