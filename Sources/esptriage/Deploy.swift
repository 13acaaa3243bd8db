import ArgumentParser
import DeviceEvents
import Firmware
import NodeHTTP
import Reporting

/// `esptriage deploy`
struct Deploy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Updates nodes over Wi-Fi, and proves that each runs the new image.",
    discussion: """
      The image is checked before a byte is sent: its chip, segments, checksum, SHA-256 and \
      descriptor, and its size against what each node takes. Then every node is asked what it \
      runs, gets the image, is given 10 seconds for its restart, and is asked until it shows the \
      other slot and the image's build time; two further reads, 5 seconds apart, catch an image \
      that does not hold. What the upload was answered counts for nothing.

      Without hosts the neighbours of this machine are asked who is a node, and nothing is sent \
      before a yes. A node that runs the build already is left alone (--force sends it again).

      The state is kept on disk: after a crash, Ctrl-C or a pause the same command goes on, and \
      no confirmed node gets the image again. Ctrl-C lets running uploads end, a second one ends \
      the program at once.

      A staged rollout stops itself at the first failed node, or at --halt-failures and \
      --halt-rate; nodes that were off from the beginning do not count. With either limit, no \
      more than --jobs nodes are at stake at a time. A stopped rollout waits for --continue, a \
      paused one for the same command.

      EXAMPLES
        esptriage deploy app.bin                   find the nodes, ask, update
        esptriage deploy app.bin 192.168.1.40 192.168.1.41
        esptriage deploy app.bin --sweep --yes     the whole /24, for scripts
        OTA_PSK="$(cat key)" esptriage deploy app.bin node-7.local
        esptriage deploy app.bin --stage 1%,10%,100% --soak 24h --halt-rate 2%
        esptriage deploy app.bin --stage 10%,100% --one-stage   pause after each
        esptriage deploy app.bin 192.168.1.40 --format json | jq .confirmed

      EXIT STATUS
        0 every node confirmed, 1 one or more not, 2 wrong usage, an image that cannot be sent, \
      no node found, 130 stopped by Ctrl-C.
      """)

  @Argument(
    help: ArgumentHelp("The app image, build/PROJECT.bin.", valueName: "image"),
    completion: .file(extensions: ["bin"]))
  var image: String

  @OptionGroup(title: "Nodes") var targets: DeployTargetOptions
  @OptionGroup(title: "Nodes") var key: KeyOptions

  @Option(
    help: ArgumentHelp("Refuse an image for another chip, such as esp32s3.", valueName: "chip"))
  var chip: String?

  @OptionGroup(title: "Rollout") var rollout: DeployRolloutOptions
  @OptionGroup(title: "Earlier runs") var earlier: DeployStateOptions

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "More rules, a folder or a file; may be given several times.", valueName: "path"),
    completion: .file())
  var ruleFolders: [String] = []

  @Option(help: "How to write the results: text for people, json for one object.")
  var format = ReportFormat.text

  @Flag(help: "With --format json: indented, for reading.")
  var pretty = false

  @Flag(name: .shortAndLong, help: "No progress, only the results.")
  var quiet = false

  @Option(help: ArgumentHelp("Use colours: auto, always or never.", valueName: "when"))
  var color = ColourChoice.auto

  @OptionGroup var privacy: PrivacyOptions

  @Option(
    help: ArgumentHelp(
      "Let the waits pass so many times as fast; for trying things on simulated nodes.",
      valueName: "times", visibility: .hidden))
  var hurry = 1.0

  mutating func validate() throws {
    if pretty, format != .json {
      throw ValidationError("--pretty is for JSON: add --format json.")
    }
    if let chip, Self.chip(named: chip) == nil {
      let known = Chip.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--chip: '\(TextOfName.shown(chip))' is none of \(known).")
    }
    guard hurry >= 1, hurry <= 10_000 else {
      throw ValidationError("--hurry takes a number from 1 on.")
    }
  }

  func run() async throws {
    let file: DeployImageFile
    do {
      file = try DeployImageFile(path: image, chip: chip.flatMap { Self.chip(named: $0) })
    } catch {
      Diagnostics.say(TextOfName.shown("\(error)"))
      throw ExitStatus.unusable
    }
    let settings = try settings()
    let rules = try RuleLibrary(folders: ruleFolders).rules
    let client = try NodeClient(clock: hurry > 1 ? .hurried(hurry) : .real)
    if !quiet { Diagnostics.say(TextOfName.shown(file.summary)) }

    let run: DeployRun
    do {
      run = try await DeployRun.prepare(
        file: file, settings: settings, client: client, targets: targets, earlier: earlier,
        wishes: rollout)
    } catch let status as ExitStatus {
      throw status
    } catch {
      Diagnostics.say(TextOfName.shown("\(error)", keeping: "\n"))
      throw ExitStatus.unusable
    }
    let interruption = try Interruption()
    let progress = DeployProgress(
      run.record.nodes, manner: DeployProgress.manner(isQuiet: quiet),
      naming: DeployNaming(privacy.privacy(of: format)))
    let outcome = try await run.perform(
      rules: rules, stop: interruption.signal, progress: progress)
    progress.close()
    try report(outcome, file, run)
    if outcome.wasInterrupted { throw ExitStatus.interrupted }
    if !outcome.record.isConfirmed { throw ExitStatus.fault }
  }

  /// As people write it: `ESP32-S3` is `esp32s3`.
  private static func chip(named text: String) -> Chip? {
    Chip(rawValue: text.lowercased().filter { $0 != "-" })
  }

  private func settings() throws -> DeploySettings {
    var settings = DeploySettings()
    settings.token = try key.token()
    settings.jobs = rollout.jobs
    settings.uploadLimits.whole = rollout.uploadTimeout.duration
    settings.sameBuild = rollout.force ? .sendAgain : .leave
    settings.soak = rollout.soak?.duration ?? .zero
    settings.afterStage = rollout.oneStage ? .pause : .goOn
    settings.halt = rollout.halt
    settings.failedBefore = earlier.retryFailed ? .sendAgain : .leave
    return settings
  }

  private func report(
    _ outcome: Deployment.Outcome, _ file: DeployImageFile, _ run: DeployRun
  ) throws {
    var output = StandardOutput()
    switch format {
    case .json:
      let json = DeployJSON(
        outcome: outcome, file: file, statePath: run.state.path,
        layout: pretty ? .indented : .line, readers: privacy.privacy(of: format))
      try output.write(json.text + "\n")
    case .text:
      let layout = Terminal.layout(color, privacy.privacy(of: format))
      let table = DeployTable(
        record: outcome.record, columns: layout.columns, colouring: layout.colouring,
        naming: DeployNaming(layout.privacy), statePath: run.state.path)
      try output.write(table.text)
    }
    try output.flush()
  }
}
