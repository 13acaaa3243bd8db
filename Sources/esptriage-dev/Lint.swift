import ArgumentParser
import Diagnosis
import RuleFiles

/// Reports all problems of the rule files.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Report all problems of the rules.")

  @Option(help: "The project's top folder.")
  var project = "."

  func run() throws {
    let set = try Rules.load(from: project)
    print("\(set.rules.count) rules and \(set.causes.count) causes are well-formed.")
  }
}

/// The project's own rules.
enum Rules {
  /// Loads them; prints all problems and ends with 1 if there are any.
  static func load(from project: String) throws -> RuleSet {
    let path = project == "." ? "rules" : project + "/rules"
    do {
      return try RuleFolder(path, layout: .families).load()
    } catch {
      print(error)
      throw ExitCode.failure
    }
  }
}
