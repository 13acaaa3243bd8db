import ArgumentParser
import RuleFiles

/// `esptriage rules check`
struct RulesCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks rule files and tells all problems, with file, line, column and a hint.")

  @Argument(
    help: ArgumentHelp("Folders of rules, or single files.", valueName: "path"), completion: .file()
  )
  var folders: [String] = []

  @OptionGroup var options: RuleOptions

  mutating func validate() throws {
    if (folders + options.folders).isEmpty {
      throw ValidationError("Name a folder of rules, or a file.")
    }
  }

  func run() throws {
    var output = StandardOutput()
    var problems: [RuleProblem] = []
    for folder in folders + options.folders {
      do {
        let own = try RuleLibrary.folder(folder).loadAlone(beside: .embedded)
        let counts = "\(counted(own.rules.count, "rule")), \(counted(own.causes.count, "cause"))"
        try output.write("\(TextOfName.shown(folder)): no problems; \(counts)\n")
      } catch let error as RuleProblems {
        problems += error.problems
      }
    }
    try output.flush()
    guard problems.isEmpty else {
      Diagnostics.show(RuleProblems(problems).description)
      throw ExitStatus.unusable
    }
  }

  private func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
