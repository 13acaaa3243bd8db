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
  /// It stands behind the causes of every rule by itself.
  private static let unknownCause = "unknown"

  /// Loads them; prints all problems and ends with 1 if there are any.
  static func load(from project: String) throws -> RuleSet {
    let path = project == "." ? "rules" : project + "/rules"
    do {
      let set = try RuleFolder(path, layout: .families).load()
      let used = Set(set.rules.flatMap(\.causes).map(\.id))
      let unused = set.causes.map(\.id).filter { !used.contains($0) && $0 != unknownCause }
      guard unused.isEmpty else {
        print("\(path)/causes.yaml: no rule names \(unused.joined(separator: ", "))")
        throw ExitCode.failure
      }
      return set
    } catch let exit as ExitCode {
      throw exit
    } catch {
      print(error)
      throw ExitCode.failure
    }
  }
}
