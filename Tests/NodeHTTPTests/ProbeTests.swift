import Analysis
import BootTimeline
import Diagnosis
import Foundation
import NodeHTTP
import NodeSimulation
import Synchronization
import Testing

/// Probes of simulated nodes, judged by the rules, with the mission's intervals on a clock that runs faster.
@Suite("The flip-flop probe")
struct ProbeTests {
  /// How many seconds of node and probe pass in one.
  private static let hurry = isSanitized ? 2.0 : 8.0

  /// A sanitizer makes the probe several times as slow, the node's own clock as little as any other.
  private static let isSanitized = ProcessInfo.processInfo.environment.keys.contains {
    $0 == "TSAN_OPTIONS" || $0 == "ASAN_OPTIONS"
  }

  /// A probe and what came of it.
  private struct Outcome {
    let history: NodeHistory
    let report: Report

    var verdict: VerdictID { report.conclusion.verdict.id }
    var firstCause: String? { report.conclusion.causes.first?.id }
  }

  /// An image in a file that goes with it.
  private final class ImageFile: Sendable {
    /// Made once: that takes a while.
    static let images = [
      BuildDescription(): ImageMaker(size: 600_000).bytes(),
      NodeSetup.olderImage: ImageMaker(NodeSetup.olderImage, size: 600_000).bytes(),
    ]

    let path = FileManager.default.temporaryDirectory
      .appending(path: "esptriage-probe-\(UUID().uuidString).bin").path
    let length: Int
    let build: BuildDescription

    init(_ build: BuildDescription) throws {
      let bytes = try #require(Self.images[build])
      self.build = build
      length = bytes.count
      try Data(bytes).write(to: URL(filePath: path))
    }

    deinit { unlink(path) }
  }

  /// What the node's UART prints.
  private final class UARTFile: Sendable {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "esptriage-uart-\(UUID().uuidString).log").path

    deinit { unlink(path) }

    func contents() throws -> Data { try Data(contentsOf: URL(filePath: path)) }
  }

  /// A machine too busy to look in time proves nothing about the node: then it looks again.
  private func probe(
    _ scenario: String, sending build: BuildDescription? = BuildDescription(),
    token: AccessToken? = AccessToken(NodeSetup.usualKey), uart: UARTFile? = nil,
    change: (inout Probe.Settings) -> Void = { _ in }
  ) async throws -> Outcome {
    var settings = Probe.Settings()
    settings.readLimits = .within(.seconds(3))
    change(&settings)
    var outcome = try await probeOnce(scenario, build, token, uart, settings)
    for _ in 0..<5 where Self.wasHeldUp(outcome.history, settings) {
      outcome = try await probeOnce(scenario, build, token, uart, settings)
    }
    return outcome
  }

  private static func wasHeldUp(_ history: NodeHistory, _ settings: Probe.Settings) -> Bool {
    guard let upload = history.upload, upload.result != .refused else { return false }
    // When they come later than this, all looks at a node that panics every 8 s may fall into its runs.
    let patience = 0.8
    var due = upload.seconds + upload.tookSeconds * hurry + settings.wait.seconds
    for read in history.judged {
      if read.seconds > due + patience { return true }
      due = read.seconds + max(settings.interval.seconds, read.tookSeconds * hurry)
    }
    return false
  }

  private func probeOnce(
    _ scenario: String, _ build: BuildDescription?, _ token: AccessToken?, _ uart: UARTFile?,
    _ settings: Probe.Settings
  ) async throws -> Outcome {
    let setup = NodeSetup(
      try #require(Scenario.named(scenario)), host: "127.0.0.1", log: uart?.path)
    let simulation = try Simulation(setup, pace: .times(Self.hurry))
    defer { simulation.stop() }
    let place = try #require(simulation.addresses.first)
    let node = NodeAddress(host: place.host, port: Int(place.port))
    let client = try NodeClient(clock: .hurried(Self.hurry))
    // Until the node's own boot is over.
    for _ in 0..<200 where !simulation.state(of: 0).isAnswering {
      try await Task.sleep(for: .milliseconds(20))
    }
    let file = try build.map { try ImageFile($0) }
    let events = await Probe(client, settings: settings).run(
      node, image: file.map { ImageSource(path: $0.path, length: Int64($0.length)) }, token: token)
    let image = file.map { file in
      NodeHistory.SentImage(
        build: BuildTime(date: file.build.date, time: file.build.time)?.description,
        version: file.build.version, bytes: file.length)
    }
    let history = NodeHistory(
      host: node.description, events: events, image: image, hasLog: uart != nil)
    var analysis = LogAnalysis(source: node.description)
    analysis.node = history
    // What is written after the last read belongs to no read.
    simulation.stop()
    try uart?.contents().withUnsafeBytes { analysis.feed($0.bindMemory(to: UInt8.self)) }
    return Outcome(history: history, report: analysis.finish())
  }

  @Test(
    "every scenario of an update reaches its verdict",
    arguments: [
      ("ok", VerdictID.otaOK), ("slow-erase", .otaOK), ("reset-after-answer", .otaOK),
      ("reset-without-answer", .otaOK), ("old-image-stays", .otaNotTaken),
      ("early-panic", .otaNotTaken), ("loop", .otaPanicLoop),
      ("dead", .nodeUnreachable), ("early-panic-loop", .nodeUnreachable),
      ("handler-overflow", .otaNotTaken), ("wrong-key", .otaAuthRejected),
      ("no-key", .otaAuthRejected), ("too-large", .otaImageTooLarge),
      ("no-partition", .otaWriteFailed), ("begin-failed", .otaWriteFailed),
      ("receive-error", .otaDownloadFailed), ("write-failed", .otaWriteFailed),
      ("validation-failed", .otaValidationFailed), ("set-boot-failed", .otaWriteFailed),
      ("reset-mid-upload", .otaDownloadFailed), ("brownout", .otaDownloadFailed),
      ("other-server", .noOTAEndpoint), ("redirect", .noOTAEndpoint),
      ("not-http", .noOTAEndpoint), ("json-cut", .nodeUnreachable), ("endless", .noOTAEndpoint),
      ("stalled", .nodeUnreachable), ("answer-cut", .nodeUnreachable),
    ])
  func verdicts(scenario: String, expected: VerdictID) async throws {
    let outcome = try await probe(scenario)
    #expect(outcome.verdict == expected, "\(outcome.history.events)")
    #expect(outcome.report.conclusion.verdict.severity == expected.severity)
    if expected.severity >= .error {
      #expect(outcome.report.conclusion.causes.contains { $0.fix != nil })
    }
  }

  @Test(
    "what the node prints and what HTTP sees are one verdict",
    arguments: [
      ("ok", VerdictID.otaOK), ("old-image-stays", .otaNotTaken),
      ("early-panic", .otaNewImagePanic), ("loop", .otaPanicLoop), ("flip-flop", .otaPanicLoop),
      ("unconfirmed", .otaRollbackUnconfirmed), ("unconfirmed-brownout", .brownout),
      ("dead", .nodeUnreachable), ("early-panic-loop", .otaPanicLoop),
      ("handler-overflow", .otaHandlerCrash), ("wrong-key", .otaAuthRejected),
      ("begin-failed", .otaWriteFailed), ("write-failed", .otaWriteFailed),
      ("set-boot-failed", .otaWriteFailed), ("receive-error", .otaDownloadFailed),
      ("validation-failed", .otaValidationFailed), ("reset-mid-upload", .otaHandlerCrash),
      ("brownout", .brownout), ("other-server", .noOTAEndpoint),
    ])
  func joined(scenario: String, expected: VerdictID) async throws {
    let outcome = try await probe(scenario, uart: UARTFile()) { $0.watch = .seconds(50) }
    #expect(outcome.verdict == expected, "\(outcome.report.conclusion)")
    // That node changes its slot while the last read is on its way.
    guard scenario != "flip-flop" else { return }
    let findings = outcome.report.conclusion.findings.map(\.rule)
    #expect(!findings.contains("node-log-names-other-slot"))
  }

  @Test("an image that answers and panics is seen to go back")
  func reverted() async throws {
    let outcome = try await probe("late-panic") { settings in
      settings.interval = .seconds(1)
      settings.watch = .seconds(45)
    }
    #expect(outcome.history.course == .reverted, "\(outcome.history.judged.map(\.running))")
    #expect(outcome.verdict == .otaPanicLoop)
    #expect(outcome.history.secondsUntilReverted ?? 0 > 10)
  }

  @Test("slots that change places again and again are a loop")
  func flips() async throws {
    let outcome = try await probe("flip-flop") { settings in
      settings.interval = .seconds(1)
      settings.watch = .seconds(60)
    }
    #expect(outcome.history.course == .flips, "\(outcome.history.judged.map(\.running))")
    #expect(outcome.verdict == .otaPanicLoop)
  }

  @Test("a connection that dies at the end of the body puts the handler's stack first")
  func handlerOverflow() async throws {
    let outcome = try await probe("handler-overflow")
    #expect(outcome.history.upload?.result == .delivered)
    #expect(outcome.history.course == .steadyOld)
    #expect(outcome.firstCause == "httpd_stack_overflow")
  }

  @Test("a body cut in the middle tells how far it came")
  func midUpload() async throws {
    let upload = try #require(try await probe("reset-mid-upload").history.upload)
    #expect(upload.result == .interrupted)
    #expect(upload.acknowledged > 0)
    #expect(upload.acknowledged < upload.bytes)
  }

  @Test("the same build sent again is judged by the partition")
  func sameBuild() async throws {
    let outcome = try await probe("ok", sending: NodeSetup.olderImage)
    #expect(outcome.verdict == .otaOK)
    #expect(outcome.report.conclusion.findings.contains { $0.rule == "node-same-build" })
  }

  @Test("a node that is only watched is sent nothing")
  func watched() async throws {
    let outcome = try await probe("ok", sending: nil) { $0.watch = .seconds(20) }
    #expect(outcome.history.upload == nil)
    #expect(outcome.history.reads.count >= 2)
    #expect([.healthy, .resetLoop].contains(outcome.verdict))
  }

  @Test("an image that is larger than the node takes is not sent")
  func tooLarge() async throws {
    let outcome = try await probe("too-large")
    #expect(outcome.history.upload == nil)
    #expect(outcome.verdict == .otaImageTooLarge)
  }

  @Test("a cancelled probe keeps what was seen by then")
  func cancelled() async throws {
    let simulation = try Simulation(
      NodeSetup(.ok, host: "127.0.0.1"), pace: .times(Self.hurry))
    defer { simulation.stop() }
    let place = try #require(simulation.addresses.first)
    let client = try NodeClient()
    var settings = Probe.Settings()
    settings.reads = 1000
    let probe = Probe(client, settings: settings)
    let hasRead = Mutex(false)
    let node = NodeAddress(host: place.host, port: Int(place.port))
    let task = Task {
      await probe.run(node) { news in
        if case .read = news { hasRead.withLock { $0 = true } }
      }
    }
    while !hasRead.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(10)) }
    task.cancel()
    #expect(await task.value.count >= 1)
  }
}
