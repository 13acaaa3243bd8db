import ArgumentParser
import LogFiles

/// `esptriage diagnose`
struct Diagnose: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what is wrong, from saved logs.",
    discussion: """
      A folder is searched for logs; gzip, zstd and xz are unpacked; - is standard input. One log \
      gets its whole story: verdict, proof, causes, fix, boots. Many logs get one short block \
      each, then a summary of all; with --explain each gets its whole story before the summary.

      EXAMPLES
        esptriage node-7.log
        esptriage diagnose node-7.log --rollback off --explain
        esptriage diagnose --elf build node-7.log         functions and lines of its crashes
        esptriage diagnose logs/ --format json | jq -r .verdict.id | sort | uniq -c
        esptriage diagnose app.log.2.gz app.log.1 app.log --as-one
        esptriage diagnose --follow run.log
        esptriage diagnose logs/ --quiet --fail-on warning

      EXIT STATUS
        0    nothing wrong
        1    the verdict on a log is a fault (see --fail-on)
        2    an input cannot be read, is empty or is no log of an ESP32
        130  stopped by Ctrl-C
      """)

  @Argument(
    help: ArgumentHelp("Logs, folders of logs, or - for standard input.", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @Flag(help: "Keep reading as the log grows, and tell each verdict once it has settled.")
  var follow = false

  @Flag(help: "Take all inputs as one log; the parts of a rotated log in the order of time.")
  var asOne = false

  // Joined as make and rg take it: `-j2`.
  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: ArgumentHelp("How many logs to read at once; the default is one a core.", valueName: "n"))
  var jobs: Int?

  @OptionGroup(title: "What is known") var knowledge: KnowledgeOptions
  @OptionGroup(title: "What is written") var reporting: ReportOptions

  /// What is said where no log is named.
  static let logIsMissing = "Name a log, a folder of logs, or - for standard input."

  mutating func validate() throws {
    guard !paths.isEmpty else { throw ValidationError(Self.logIsMissing) }
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1 on.") }
    try Subcommands.explainMistyped(paths[0])
    if follow, asOne || paths.count > 1 {
      throw ValidationError("--follow takes one log, and no --as-one.")
    }
  }

  mutating func run() throws {
    let interruption = try Interruption()
    let reading = LogReading(
      context: try knowledge.context(),
      rules: try RuleLibrary(folders: knowledge.ruleFolders).rules,
      decoder: try knowledge.crashDecoder(), stop: interruption.signal,
      reasoning: reporting.explain ? .shown : .leftOut)
    let status = follow ? try followed(reading) : try batch(reading)
    if status != .nothingWrong { throw status }
  }

  private func followed(_ reading: LogReading) throws -> ExitStatus {
    var printer = DiagnosisPrinter(reporting, manyLogs: .no)
    if paths == ["-"], !StandardStreams.hasInput { throw ClosedInput() }
    if let problem = LogInputs.problem(following: paths[0]) {
      printer.complain(problem.description)
      return try printer.finish()
    }
    let input = paths == ["-"] ? LogInput.standardInput : LogInput(path: paths[0])
    var following = FollowedDiagnosis(reading: reading, printer: printer)
    return try following.run(input)
  }

  private func batch(_ reading: LogReading) throws -> ExitStatus {
    let hasInput = !paths.contains("-") || StandardStreams.hasInput
    let paths = hasInput ? paths : paths.filter { $0 != "-" }
    let found = asOne ? LogInputs.rotated(paths: paths) : LogInputs.resolve(paths: paths)
    let isOneLog = asOne || found.inputs.count == 1
    var printer = DiagnosisPrinter(reporting, manyLogs: isOneLog ? .no : .yes)
    var reading = reading
    reading.progress = ReadingProgress(files: found.inputs.count)
    printer.progress = reading.progress
    if !hasInput { printer.complain(ClosedInput().description) }
    for problem in found.problems { printer.complain(problem.description) }
    if asOne, !found.inputs.isEmpty {
      let name = found.inputs.map(\.displayName).joined(separator: ", ")
      try printer.show(reading.diagnose(asOne: found.inputs, called: name))
    } else {
      let batch = BatchDiagnosis(
        reading: reading, rendering: printer.rendering, jobs: jobs ?? BatchDiagnosis.cores)
      try batch.run(found.inputs) { try printer.show($0) }
    }
    return try printer.finish()
  }
}
