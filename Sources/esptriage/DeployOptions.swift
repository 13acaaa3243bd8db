import ArgumentParser
import NodeHTTP

/// How an update is brought to the nodes.
struct DeployRolloutOptions: ParsableArguments {
  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: ArgumentHelp("Uploads at once.", valueName: "count"))
  var jobs = 16

  @Option(help: ArgumentHelp("The limit of each upload.", valueName: "time"))
  var uploadTimeout = Seconds(300)

  @Flag(help: "Send the image also to nodes that run this build already.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Update these shares of the nodes one after the other, such as 1%,10%,100%; what is beyond the last is left as it is.",
      valueName: "shares"))
  var stage: StagePlan?

  @Option(
    help: ArgumentHelp(
      "Watch the updated nodes for so long before the next stage: 90s, 30m, 24h.",
      valueName: "duration"))
  var soak: Seconds?

  @Flag(help: "Pause after each stage; the same command goes on with the next.")
  var oneStage = false

  @Option(
    help: ArgumentHelp(
      "Stop at so many failed nodes (default with --stage: 1).", valueName: "count"))
  var haltFailures: Int?

  @Option(
    help: ArgumentHelp("Stop at this share of failed nodes, such as 5%.", valueName: "percent"))
  var haltRate: Percent?

  @Option(
    help: ArgumentHelp("The share counts from so many judged nodes on.", valueName: "count"))
  var haltMinimum = 10

  mutating func validate() throws {
    guard 1...1_000 ~= jobs else { throw ValidationError("--jobs takes a number from 1 to 1000.") }
    guard uploadTimeout.duration > .zero else {
      throw ValidationError("--upload-timeout takes a time above zero.")
    }
    if let haltFailures, haltFailures < 1 {
      throw ValidationError("--halt-failures takes a number from 1 on.")
    }
    guard haltMinimum >= 1 else {
      throw ValidationError("--halt-minimum takes a number from 1 on.")
    }
    if soak != nil || oneStage, stage == nil {
      throw ValidationError("--soak and --one-stage are for rollouts in stages: add --stage.")
    }
  }

  /// When to stop: by itself, a staged rollout does not go on over a failure.
  var halt: HaltRule {
    let failures = haltFailures ?? (stage != nil && haltRate == nil ? 1 : nil)
    return HaltRule(failures: failures, percent: haltRate?.value, minimum: haltMinimum)
  }
}

/// What becomes of an earlier run.
struct DeployStateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the state here (default: a file for each image in $XDG_STATE_HOME/esptriage).",
      valueName: "file"),
    completion: .file())
  var state: String?

  @Flag(
    name: .customLong("continue"), help: "Go on with a rollout that stopped itself over failures.")
  var goOn = false

  @Flag(help: "Send again to nodes that had the image and do not run it.")
  var retryFailed = false

  @Flag(help: "Forget an earlier run and begin anew.")
  var restart = false

  mutating func validate() throws {
    if goOn, restart {
      throw ValidationError("--continue goes on with an earlier run, --restart forgets it.")
    }
  }
}

extension StagePlan: ExpressibleByArgument {
  /// `1%,10%,100%`
  public init?(argument: String) { self.init(argument) }
}

/// A share, with or without its sign.
struct Percent: ExpressibleByArgument {
  let value: Double

  init?(argument: String) {
    let digits = argument.last == "%" ? argument.dropLast() : Substring(argument)
    guard let value = Double(digits), value > 0, value <= 100 else { return nil }
    self.value = value
  }
}
