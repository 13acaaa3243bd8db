import Foundation
import NodeHTTP
import NodeSimulation
import Synchronization

/// Simulated nodes, an image for them, and all that a deployment recorded.
final class DeployFleet: Sendable {
  /// How much faster than on hardware all goes.
  static let speed = 40.0

  let simulation: Simulation
  let client: NodeClient
  let image: DeployImage
  private let file: URL
  private let saved = Mutex<[DeployRecord]>([])

  init(_ scenarios: [Scenario], imageSize: Int = 120_000) throws {
    simulation = try Simulation(
      scenarios.enumerated().map { index, scenario in
        NodeSetup(scenario, host: "127.0.0.\(10 + index)", number: index + 1)
      }, pace: .times(Self.speed))
    client = try NodeClient(clock: .hurried(Self.speed))
    file = FileManager.default.temporaryDirectory.appending(path: "fleet-" + UUID().uuidString)
    let build = BuildDescription()
    try Data(ImageMaker(build, size: imageSize).bytes()).write(to: file)
    image = DeployImage(
      source: ImageSource(path: file.path, length: Int64(imageSize / 16 * 16)),
      build: BuildTime(date: build.date, time: build.time), version: build.version)
  }

  deinit { try? FileManager.default.removeItem(at: file) }

  /// The nodes' addresses.
  var nodes: [NodeAddress] {
    simulation.addresses.map { NodeAddress(host: $0.host, port: Int($0.port)) }
  }

  /// How often each node took an update.
  var updates: [Int] { nodes.indices.map { simulation.state(of: $0).uploadsTaken } }

  /// How often somebody began to send to each node.
  var uploads: [Int] { nodes.indices.map { simulation.state(of: $0).uploadsBegun } }

  /// Every record that was to be written, in order.
  var records: [DeployRecord] { saved.withLock { $0 } }

  /// The usual settings, with the key that the nodes want.
  var settings: DeploySettings {
    var settings = DeploySettings()
    settings.token = AccessToken(NodeSetup.usualKey)
    settings.statusLimits = .within(.seconds(2))
    return settings
  }

  /// A record in which nothing was done.
  func newRecord(_ stages: StagePlan = .atOnce) -> DeployRecord {
    DeployRecord(imageDigest: "00", imagePath: file.path, stages: stages, nodes: nodes)
  }

  /// Runs a deployment from a record.
  func deploy(
    _ record: DeployRecord? = nil, _ settings: DeploySettings? = nil,
    isStopRequested: @escaping @Sendable () -> Bool = { false },
    isImageIntact: @escaping @Sendable () -> Bool = { true },
    tell: @escaping @Sendable (DeployEvent) -> Void = { _ in }
  ) async throws -> Deployment.Outcome {
    try await Deployment(
      of: image, record: record ?? newRecord(), settings: settings ?? self.settings,
      client: client,
      judge: { NodeJudgement(verdict: "-", why: "\($0.reads.count) reads") },
      save: { record in self.saved.withLock { $0.append(record) } },
      isStopRequested: isStopRequested, isImageIntact: isImageIntact, tell: tell
    ).run()
  }
}

extension Scenario {
  /// The one of this name in the catalogue; a name that is not there behaves as `ok`.
  static func catalogued(_ name: String) -> Scenario { named(name) ?? .ok }
}
