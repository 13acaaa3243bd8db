import Analysis
import ArgumentParser
import Diagnosis
import Firmware
import Reporting

/// How results are written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

/// What `--rollback` may say.
enum RollbackChoice: String, CaseIterable, ExpressibleByArgument {
  case on, off
}

/// From which severity on a verdict makes the exit status 1.
enum FailureThreshold: String, CaseIterable, ExpressibleByArgument {
  case info, warning, error, critical, never

  /// The least severity that counts as a fault.
  var severity: Severity? {
    switch self {
    case .info: .info
    case .warning: .warning
    case .error: .error
    case .critical: .critical
    case .never: nil
    }
  }
}

/// How a diagnosis is written.
struct ReportOptions: ParsableArguments {
  @Option(help: "How to write the results: text for people, json for one object a line.")
  var format = ReportFormat.text

  @Flag(help: "With --format json: indented, for reading.")
  var pretty = false

  @Flag(help: "Show how each probability came about.")
  var explain = false

  @Flag(name: .shortAndLong, help: "One line a log: severity, verdict, confidence.")
  var quiet = false

  @Option(help: ArgumentHelp("Use colours: auto, always or never.", valueName: "when"))
  var color = ColourChoice.auto

  @Flag(help: PrivacyOptions.help)
  var redact = false

  @Option(
    help: ArgumentHelp(
      "The least severity of a verdict that makes the exit status 1; findings never do.",
      valueName: "severity"))
  var failOn = FailureThreshold.error

  /// Who may read the results.
  var privacy: Privacy { redact ? .shared : format.readers }

  mutating func validate() throws {
    if pretty, format != .json {
      throw ValidationError("--pretty is for JSON: add --format json.")
    }
    if quiet, format == .json {
      throw ValidationError("--quiet is for text: JSON is one line a log already.")
    }
  }
}

/// What is known about the node besides its log.
struct KnowledgeOptions: ParsableArguments {
  @Flag(
    help:
      "An update was sent to the node: a log without a trace of it gets the verdict ota_not_received (a warning)."
  )
  var expectUpdate = false

  @Option(
    help: ArgumentHelp(
      "Whether app and bootloader on the node were built with rollback: on or off.",
      valueName: "on|off"))
  var rollback: RollbackChoice?

  @Option(
    help: ArgumentHelp("The firmware's sdkconfig, read for facts.", valueName: "file"),
    completion: .file())
  var sdkconfig: String?

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "More rules, a folder or a file; may be given several times.", valueName: "path"),
    completion: .file())
  var ruleFolders: [String] = []

  @Option(
    help: ArgumentHelp(
      "Names the calls of crashes: an ELF, a folder of ELFs, or a built ESP-IDF project; may be given several times. ELFs of the store (esptriage elf add) are found without it.",
      valueName: "path"),
    completion: .file())
  var elf: [String] = []

  @Flag(
    help:
      "Use the ELF of --elf even where the log names another build; each call then bears a warning."
  )
  var forceElf = false

  /// What names the calls of crashes. Files that are no ELFs are refused here, before any log is
  /// read.
  func crashDecoder() throws -> CrashDecoder {
    if forceElf, elf.isEmpty { throw ValidationError("--force-elf needs --elf.") }
    var choice = ELFChoice(trust: forceElf ? .forced : .checked)
    choice.given = try elf.flatMap(ELFSearch.paths)
    for path in choice.given { _ = try ELFFile(path: path) }
    do throws(ELFStoreError) {
      let store = try ELFStore.ofUser()
      choice.stored = { digits in try store.entries(digestPrefix: digits).first?.path }
    } catch {
      // Who has no home has no store either, and logs are diagnosed all the same.
    }
    return CrashDecoder(choice)
  }

  /// What the rules may use. What was said on the command line beats what a file says.
  func context() throws -> Context {
    var context = Context()
    context.expectsUpdate = expectUpdate
    if let sdkconfig {
      let file = try SdkconfigFile(path: sdkconfig)
      context.sdkconfig = file.options
      if let rollback = file.rollback {
        context.rollback = rollback
        context.rollbackSource = "sdkconfig: \(SdkconfigFile.rollbackOption)"
      }
    }
    switch rollback {
    case .on?: context.rollback = .on
    case .off?: context.rollback = .off
    case nil: return context
    }
    context.rollbackSource = "--rollback \(context.rollback.rawValue)"
    return context
  }
}
