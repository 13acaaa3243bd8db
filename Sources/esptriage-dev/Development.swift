import ArgumentParser

/// Upkeep of the project; not shipped.
@main
struct Development: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "esptriage-dev", abstract: "Keeps generated files in step with the rules.",
    subcommands: [Generate.self, Check.self, Lint.self])
}
