import ArgumentParser
import DeviceEvents
import NodeHTTP

/// What every call that restarts a node takes, and how it is made.
struct NodeCallOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The limit of each request.", valueName: "time"))
  var timeout = Seconds(5)

  @Option(help: ArgumentHelp("How long to wait for the node's restart.", valueName: "time"))
  var wait = Seconds(10)

  @Option(help: ArgumentHelp("How often to look for the node after that.", valueName: "count"))
  var tries = 6

  @Option(help: ArgumentHelp("From one look to the next.", valueName: "time"))
  var interval = Seconds(3)

  @Option(help: "How to write the result: text for people, json for one object.")
  var format = ReportFormat.text

  @OptionGroup var privacy: PrivacyOptions

  @OptionGroup(title: "Key") var key: KeyOptions

  mutating func validate() throws {
    guard 1...1000 ~= tries else { throw ValidationError("--tries takes a number from 1 on.") }
  }

  /// Looks at the node, calls it, waits for its restart and looks again.
  func run(
    on host: NodeAddress, called name: String, asked: String,
    _ call: @escaping @Sendable (NodeClient, AccessToken?, TimeLimits) async -> OperatorCall
  ) async throws {
    let token = try key.token()
    let client = try NodeClient()
    let limits = TimeLimits.within(timeout.duration)
    let interruption = try Interruption()
    let (settings, stop) = (Waiting(self), interruption.signal)
    let report = try await StopTask.run(until: stop) {
      let before = await client.status(of: host, limits: limits)
      var report = NodeReport(host: host, read: NodeRead(before, since: before.at), call: name)
      report.asked = asked
      // A host that is not a node of ours gets neither a request nor the key.
      guard before.status != nil else { return report }
      report.take(await call(client, token, limits))
      guard report.isAccepted else { return report }
      let looks = await settings.lookAgain(client, host, limits)
      report.after = looks.last
      report.wasSilentBetween = looks.wasSilent
      return report
    }
    try report.write(as: format, for: privacy.privacy(of: format))
    if stop.isRequested { throw ExitStatus.interrupted }
    guard report.isAccepted, report.after?.result == .answer else { throw ExitStatus.fault }
  }

  /// The rhythm of looking for a node that restarts.
  private struct Waiting: Sendable {
    let wait, interval: Duration
    let tries: Int

    init(_ options: NodeCallOptions) {
      wait = options.wait.duration
      interval = options.interval.duration
      tries = options.tries
    }

    /// What was seen of the node between the call and the last look.
    struct Looks {
      /// A look met silence: it was away.
      var wasSilent = false
      /// The look that decides; nil where it was stopped before.
      var last: NodeRead?
    }

    /// Looks for the node until it answers; also while it should restart, since only silence shows a restart.
    func lookAgain(_ client: NodeClient, _ host: NodeAddress, _ limits: TimeLimits) async -> Looks {
      let zero = client.clock.now
      var looks = Looks()
      while client.clock.now < zero + wait {
        let pause = min(Self.betweenGlances, zero + wait - client.clock.now)
        guard (try? await client.clock.sleep(for: pause)) != nil else { return looks }
        let glance = await client.status(of: host, limits: .within(Self.longestGlance))
        if Task.isCancelled { return looks }
        if Self.isAway(NodeRead(glance, since: zero)) { looks.wasSilent = true }
      }
      for round in 0..<tries {
        if round > 0, (try? await client.clock.sleep(for: interval)) == nil {
          return Looks(wasSilent: looks.wasSilent)
        }
        let read = await client.status(of: host, limits: limits)
        // What was broken off says nothing about the node.
        if Task.isCancelled { return Looks(wasSilent: looks.wasSilent) }
        let look = NodeRead(read, since: zero)
        looks.last = look
        if read.status != nil { break }
        if Self.isAway(look) { looks.wasSilent = true }
      }
      return looks
    }

    /// A node that takes the connection and is slow to answer is not away.
    private static func isAway(_ read: NodeRead) -> Bool {
      read.result.isSilence && !read.isAcceptedInSilence
    }

    private static let betweenGlances = Duration.milliseconds(500)
    private static let longestGlance = Duration.seconds(1)
  }
}
