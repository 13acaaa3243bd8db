import ArgumentParser

/// `esptriage rules`
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The rules behind the verdicts: read them, check and test your own.",
    discussion: """
      EXAMPLES
        esptriage rules list
        esptriage rules explain new-image-crashed
        esptriage rules check rules/
        esptriage rules test --rules rules/ --samples Samples/
      """,
    subcommands: [
      RulesList.self, RulesShow.self, RulesExplain.self, RulesCheck.self, RulesTest.self,
    ])
}

/// Which rules a command works with.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "More rules, a folder or a file; may be given several times.", valueName: "path"),
    completion: .file())
  var folders: [String] = []

  func library() throws -> RuleLibrary { try RuleLibrary(folders: folders) }
}
