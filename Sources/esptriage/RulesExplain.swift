import ArgumentParser

/// `esptriage rules explain`
struct RulesExplain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a rule, verdict or cause by the id that reports print.",
    discussion: """
      A rule: what it looks for, why, its causes with their fixes. A verdict: the rules that \
      conclude it. A cause: what happens, the fix, and the rules that name it.
      """)

  @Argument(
    help: ArgumentHelp("The id of a rule, verdict or cause.", valueName: "id"))
  var id: String

  @OptionGroup var options: RuleOptions

  func run() throws {
    let library = try options.library()
    let page = try library.page(about: id)
    var output = StandardOutput()
    try output.write(PlainText(columns: Terminal.columns).rendered(page))
    try output.flush()
  }
}
