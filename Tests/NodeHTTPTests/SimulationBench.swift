import Glibc
import NodeSimulation
import Testing

/// A simulated node whose time flies, and somebody who talks to it.
struct SimulationBench {
  let simulation: Simulation
  private let client: PlainClient
  /// An image that is newer than the node's.
  let image: [UInt8]
  static let newer = BuildDescription()

  init(
    _ name: String, size: Int = 150_000, log: String? = nil, speed: Double = 40
  ) throws {
    try self.init(
      try #require(Scenario.named(name), "\(name)"), size: size, log: log, speed: speed)
  }

  init(_ scenario: Scenario, size: Int = 150_000, log: String? = nil, speed: Double = 40) throws {
    simulation = try Simulation(
      NodeSetup(scenario, host: "127.0.0.9", log: log), pace: .times(speed))
    client = PlainClient(simulation.addresses[0])
    image = ImageMaker(Self.newer, size: size).bytes()
  }

  var state: NodeState { simulation.state(of: 0) }

  func get(_ path: String, within milliseconds: Int32 = 30_000) async -> PlainClient.Answer {
    await client.get(path, within: milliseconds)
  }

  func post(
    _ path: String, _ body: [UInt8], key: String? = "simulated-key",
    within milliseconds: Int32 = 30_000
  ) async -> PlainClient.Answer {
    await client.post(path, body, key: key, within: milliseconds)
  }

  func status() async -> PlainClient.Answer { await get("/ota/status") }

  func upload() async -> PlainClient.Answer { await post("/ota", image) }

  /// Whether the node comes to this in time; meanwhile other tests have the thread.
  func reaches(within seconds: Int = 20, _ condition: (NodeState) -> Bool) async throws -> Bool {
    for _ in 0..<seconds * 250 {
      if condition(state) { return true }
      try await Task.sleep(for: .milliseconds(4))
    }
    return false
  }
}
