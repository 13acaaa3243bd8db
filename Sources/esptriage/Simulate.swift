import ArgumentParser
import NodeSimulation

/// `esptriage simulate`
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs nodes on this machine, to try things on without hardware.",
    discussion: """
      A simulated node speaks the protocol of the firmware on addresses of this machine, keeps its \
      slots and images through resets, and takes its time for erasing, writing and starting. \
      Nobody else can reach it. It runs an image of version 0.6.4 at first; --make-image makes \
      one to update it with. 'four-nodes' are four nodes, of which the third panics.

      Uploads need the key in OTA_PSK or RUVIEW_OTA_PSK; where neither is set the node's key is \
      'simulated-key'.

      EXAMPLES
        esptriage simulate --list                     all scenarios, and what each shows
        esptriage simulate --make-image new.bin       an image to send
        esptriage simulate early-panic                one node on 127.0.0.2 port 8032
        esptriage simulate four-nodes --uart node.log
        esptriage simulate --count 200 --speed 10 --node 3=early-panic --node 7=dead
        curl http://127.0.0.2:8032/ota/status
        curl -H 'Authorization: Bearer simulated-key' --data-binary @new.bin http://127.0.0.2:8032/ota

      EXIT STATUS
        0 after Ctrl-C, 2 when the nodes cannot be started or the image cannot be written.
      """)

  @Argument(
    help: ArgumentHelp("What all nodes do; see --list.", valueName: "scenario"),
    completion: .list(Fleet.names))
  var scenario = "ok"

  @Flag(help: "List the scenarios, and what each shows.")
  var list = false

  @Option(help: ArgumentHelp("How many nodes, on one address after another.", valueName: "n"))
  var count: Int?

  @Option(
    help: ArgumentHelp("What one of them does instead; may be repeated.", valueName: "n=scenario"))
  var node: [NodeChoice] = []

  @Option(help: ArgumentHelp("The first address, one of 127.0.0.0/8.", valueName: "address"))
  var host = "127.0.0.2"

  @Option(help: "The port; 0 takes a free one for each node.")
  var port: UInt16 = 8032

  @Option(help: ArgumentHelp("How many times as fast as hardware.", valueName: "factor"))
  var speed = 1.0

  @Option(
    help: ArgumentHelp(
      "Write what the UART prints; of several nodes each gets a file with its number in the name.",
      valueName: "file"), completion: .file())
  var uart: String?

  @OptionGroup(title: "MAKING AN IMAGE") var making: ImageOptions

  mutating func validate() throws {
    guard Fleet.names.contains(scenario) else {
      throw ValidationError(Fleet.unknown(scenario))
    }
    if let count, !(1...1000).contains(count) {
      throw ValidationError("--count takes a number from 1 to 1000.")
    }
    if let count, scenario == Fleet.fourNodes, count < Fleet.panickingNode {
      throw ValidationError(
        "The node of 'four-nodes' that panics is number \(Fleet.panickingNode): --count takes at least so many."
      )
    }
    guard speed > 0, speed <= 1000 else {
      throw ValidationError("--speed takes a number above 0, at most 1000.")
    }
    guard let first = LoopbackAddress(host), first.advanced(by: nodeCount - 1) != nil else {
      throw ValidationError(
        "--host takes an address of 127.0.0.0/8 with room for \(nodeCount) nodes behind it.")
    }
    if let beyond = node.first(where: { $0.number > nodeCount }) {
      throw ValidationError(
        "--node names node \(beyond.number), but there are \(nodeCount). Add --count.")
    }
    try making.check()
  }

  func run() throws {
    if list {
      try show(ScenarioList.text(columns: Terminal.columns))
    } else if making.makeImage != nil {
      try show(try making.write())
    } else {
      try simulate()
    }
  }

  private var nodeCount: Int { count ?? Fleet.scenarios(of: scenario, count: nil).count }

  private func simulate() throws {
    let token = NodeKey.fromEnvironment
    let setups = try setups(key: token.text)
    let interruption = try Interruption()
    let simulation = try Simulation(setups, pace: .times(speed))
    try show(
      SimulationReport(setups: setups, addresses: simulation.addresses, key: token).text)
    interruption.signal.wait()
    simulation.stop()
    for (index, setup) in setups.enumerated() {
      if let code = simulation.state(of: index).logError, let log = setup.log {
        throw SimulationError.log(path: TextOfName.shown(log), errno: code)
      }
    }
  }

  private func setups(key: String) throws -> [NodeSetup] {
    guard let first = LoopbackAddress(host) else { return [] }
    var scenarios = Fleet.scenarios(of: scenario, count: nodeCount)
    for choice in node where scenarios.indices.contains(choice.number - 1) {
      scenarios[choice.number - 1] = choice.scenario
    }
    return scenarios.enumerated().map { index, scenario in
      NodeSetup(
        scenario, host: first.advanced(by: index)?.text ?? host, port: port, key: key,
        log: uart.map { LogName.of(node: index + 1, in: scenarios.count, file: $0) },
        number: index + 1)
    }
  }

  private func show(_ text: String) throws {
    var output = StandardOutput()
    try output.write(text)
    try output.flush()
  }
}
