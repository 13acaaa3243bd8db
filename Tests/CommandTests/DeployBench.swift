import Foundation
import NodeSimulation
import Testing

/// Simulated nodes on one port, and the built program that updates them.
final class DeployBench {
  static let speed = 20

  let program: BuiltProgram
  let simulation: Simulation
  let port: UInt16

  /// Nodes on 127.0.0.30 and the addresses behind it.
  init(_ scenarios: [Scenario], speed: Int = DeployBench.speed, imageSize: Int = 120_000) throws {
    program = try BuiltProgram()
    try program.write(Data(ImageMaker(size: imageSize).bytes()), to: "app.bin")
    port = UInt16.random(in: 20_000..<32_000)
    simulation = try Self.start(scenarios, port: port, speed: speed)
    var table = "IP address  HW type  Flags  HW address  Mask  Device\n"
    for index in scenarios.indices {
      table += "\(Self.host(index))  0x1  0x2  02:00:00:00:00:01  *  lo\n"
    }
    try program.write(table, to: "arp")
    try program.write(NodeSetup.usualKey + "\n", to: "key")
  }

  /// Discovery asks all addresses on one port, so the kernel cannot choose one for each.
  private static func start(
    _ scenarios: [Scenario], port: UInt16, speed: Int
  ) throws -> Simulation {
    let setups = scenarios.enumerated().map { index, scenario in
      NodeSetup(scenario, host: host(index), port: port, number: index + 1)
    }
    return try Simulation(setups, pace: .times(Double(speed)))
  }

  static func host(_ index: Int) -> String { "127.0.\(index / 200).\(30 + index % 200)" }

  /// What every run needs.
  var arguments: [String] {
    [
      "deploy", "app.bin", "--node-port", "\(port)", "--hurry", "\(Self.speed)", "--token-file",
      "key", "--state", "state.json",
    ]
  }

  /// The nodes by name.
  var hosts: [String] { simulation.addresses.map(\.host) }

  /// Runs it to its end.
  func deploy(_ more: String...) throws -> BuiltProgram.Run {
    try RunningProgram(program, arguments + more).end()
  }

  /// Lets it run.
  func start(_ more: [String]) throws -> RunningProgram {
    try RunningProgram(program, arguments + more)
  }

  /// How often each node took an update.
  var updates: [Int] { hosts.indices.map { simulation.state(of: $0).uploadsTaken } }

  /// How often somebody began to send to each node.
  var uploads: [Int] { hosts.indices.map { simulation.state(of: $0).uploadsBegun } }

  /// The steps of the nodes in the state file; empty where there is none that can be read.
  var recordedSteps: [String] {
    guard let data = try? Data(contentsOf: program.folder.appending(path: "state.json")),
      let state = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let nodes = state["nodes"] as? [[String: Any]]
    else { return [] }
    return nodes.compactMap { $0["step"] as? String }
  }
}

extension Scenario {
  /// The one of this name in the catalogue; a name that is not there behaves as `ok`.
  static func catalogued(_ name: String) -> Scenario { named(name) ?? .ok }
}
