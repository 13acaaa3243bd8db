import ArgumentParser
import NodeHTTP

/// The rhythm of a probe.
struct ProbeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many reads after the upload; without an image, in all.", valueName: "count"))
  var reads = 3

  @Option(
    help: ArgumentHelp("From one read to the next, in seconds (or 500ms, 1m).", valueName: "time"))
  var interval = Seconds(5)

  @Option(
    help: ArgumentHelp("From the upload to the first read after it: the boot.", valueName: "time"))
  var wait = Seconds(10)

  @Option(help: ArgumentHelp("The limit of each read.", valueName: "time"))
  var timeout = Seconds(5)

  @Option(help: ArgumentHelp("The limit of the upload.", valueName: "time"))
  var uploadTimeout = Seconds(300)

  @Option(
    help: ArgumentHelp(
      "Go on reading for so long, whatever --reads says: catches a node that panics every minute.",
      valueName: "time"))
  var watch: Seconds?

  mutating func validate() throws {
    guard 1...100_000 ~= reads else { throw ValidationError("--reads takes a number from 1 on.") }
    for (name, time) in [
      ("--interval", interval), ("--timeout", timeout), ("--upload-timeout", uploadTimeout),
    ] where time.duration <= .zero {
      throw ValidationError("\(name) takes a time above zero.")
    }
  }

  /// As the probe takes it.
  var settings: Probe.Settings {
    var settings = Probe.Settings()
    settings.reads = reads
    settings.interval = interval.duration
    settings.wait = wait.duration
    settings.watch = watch?.duration
    settings.readLimits = .within(timeout.duration)
    settings.uploadLimits.whole = uploadTimeout.duration
    return settings
  }
}
