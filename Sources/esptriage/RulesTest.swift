import Analysis
import ArgumentParser
import Diagnosis
import RuleFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `esptriage rules test`
struct RulesTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Proves rules by their examples: where they must hold, and where not.",
    usage: "esptriage rules test [<options>] [<rule> ...]",
    discussion: """
      Each example is read as it is and disturbed: CRLF, colours, host timestamps of two styles, \
      a garbage line every seven lines, pieces of 1, 7 and 4096 bytes. A rule that must hold may \
      be explained away by another verdict; it must hold all the same.

      With --rules only the rules of those folders are tested, unless rules are named.

      EXIT STATUS
        0  every example holds
        1  one does not
        2  rules or samples cannot be read, or nothing could be tested
      """)

  @Argument(help: ArgumentHelp("Only these rules.", valueName: "rule"))
  var ids: [String] = []

  @Option(
    help: ArgumentHelp("The folder that holds the samples, one folder each.", valueName: "folder"),
    completion: .directory)
  var samples = "Samples"

  @OptionGroup var options: RuleOptions

  func run() throws {
    let library = try options.library()
    let rules = try chosen(library)
    var output = StandardOutput()
    let (proved, bare) = Self.divided(rules)
    for rule in bare {
      try output.write("\(rule.id) has no examples: nothing was proved\n")
    }
    guard !proved.isEmpty else {
      try output.flush()
      throw ExitStatus.unusable
    }
    guard Self.isFolder(samples) else { throw MissingSamples(folder: samples) }
    let all = library.rules
    let results = RuleExamples.run(proved, samplesDirectory: samples) { input in
      var analysis = LogAnalysis(source: input.name, context: input.context, rules: all)
      analysis.node = input.node
      analysis.feed(input.bytes, inPiecesOf: input.chunkSize)
      let report = analysis.finish()
      let fired = firedRules(report.timeline, context: input.context, rules: all)
      return RuleExamples.Outcome(
        conclusion: report.conclusion, firedRules: Set(fired.map(\.rule.id)))
    }
    for result in results where !result.isRight {
      try output.write("\(TextOfName.shown("\(result)"))\n")
    }
    let held = results.count { $0.isRight }
    try output.write(
      "\(held) of \(results.count) examples hold, \(proved.count) "
        + "rule\(proved.count == 1 ? "" : "s") in \(SampleVariant.allCases.count) variants\n")
    try output.flush()
    if results.contains(where: { $0.got == nil }) { throw ExitStatus.unusable }
    if held < results.count { throw ExitStatus.fault }
  }

  /// The named rules; or those of the user's folders, which are what is to be proved; or all.
  private func chosen(_ library: RuleLibrary) throws -> [Rule] {
    if !ids.isEmpty { return try ids.map { try library.rule($0) } }
    return options.folders.isEmpty ? library.rules.rules : library.own
  }

  private static func divided(_ rules: [Rule]) -> (proved: [Rule], bare: [Rule]) {
    let bare = rules.filter { $0.examples.fires.isEmpty && $0.examples.silent.isEmpty }
    let ids = Set(bare.map(\.id))
    return (rules.filter { !ids.contains($0.id) }, bare)
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The folder of the samples is not there.
  struct MissingSamples: Error, CustomStringConvertible {
    let folder: String

    var description: String {
      "There is no folder of samples '\(TextOfName.shown(folder))'. Say with --samples where they are."
    }
  }
}
