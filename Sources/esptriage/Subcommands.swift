import ArgumentParser
import RuleFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The first word of the command line, where it was meant as a command.
enum Subcommands {
  /// Refuses a word that names no file and is a few slips away from a command.
  ///
  /// Paths need no command in front of them, so a mistyped command arrives here as a path.
  static func explainMistyped(_ word: String) throws {
    guard access(word, F_OK) != 0, !word.contains("/"), !word.contains(".") else { return }
    let commands = Esptriage.configuration.subcommands.map { $0._commandName }
    guard let meant = Spelling.nearest(to: word, among: commands + ["help"]) else { return }
    throw ValidationError(
      "There is no file and no command '\(TextOfName.shown(word))'. "
        + "Did you mean 'esptriage \(meant)'?")
  }
}
