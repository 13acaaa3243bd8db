import NodeSimulation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The token that simulated nodes want.
enum NodeKey {
  /// From this variable of the environment; it is not shown.
  case variable(String, value: String)
  /// The one that is no secret.
  case usual

  static var fromEnvironment: NodeKey {
    for name in ["OTA_PSK", "RUVIEW_OTA_PSK"] {
      if let value = getenv(name), value.pointee != 0 {
        return .variable(name, value: String(cString: value))
      }
    }
    return .usual
  }

  var text: String {
    switch self {
    case .variable(_, let value): value
    case .usual: NodeSetup.usualKey
    }
  }
}

/// What is said once the nodes are there.
struct SimulationReport {
  let setups: [NodeSetup]
  let addresses: [(host: String, port: UInt16)]
  let key: NodeKey

  /// More nodes than these are told by their first and last.
  private static let shownNodes = 16

  var text: String {
    var text = ""
    if setups.count <= Self.shownNodes {
      for (setup, address) in zip(setups, addresses) { text += line(setup, address) }
    } else if let first = addresses.first, let last = addresses.last {
      text +=
        "\(setups.count) nodes from \(first.host):\(first.port) to \(last.host):\(last.port)\n"
      let usual = setups.first { $0.scenario.name == mostFrequent }?.scenario
      if let usual { text += "  \(usual.name): \(usual.shows)\n" }
      for (setup, address) in zip(setups, addresses) where setup.scenario != usual {
        text += line(setup, address)
      }
    }
    switch key {
    case .usual: text += "Key for uploads: export OTA_PSK=\(NodeSetup.usualKey)\n"
    case .variable(let name, _): text += "Key for uploads: the one in \(name)\n"
    }
    return text + "Ctrl-C ends the simulation.\n"
  }

  private func line(_ setup: NodeSetup, _ address: (host: String, port: UInt16)) -> String {
    "node \(setup.number)  \(address.host):\(address.port)  \(setup.scenario.name): "
      + "\(setup.scenario.shows)\n"
  }

  private var mostFrequent: String {
    let counts = Dictionary(setups.map { ($0.scenario.name, 1) }, uniquingKeysWith: +)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
  }
}

/// `simulate --list`
enum ScenarioList {
  static func text(columns: Int) -> String {
    let entries =
      Scenario.all.map { ($0.name, $0.shows) } + [(Fleet.fourNodes, Fleet.fourNodesShow)]
    let indent = (entries.map(\.0.count).max() ?? 0) + 2
    return entries.map { name, shows in
      var lines = [name + String(repeating: " ", count: indent - name.count)]
      for word in shows.split(separator: " ") {
        let last = lines[lines.count - 1]
        if last.count > indent, last.count + word.count > columns {
          lines.append(String(repeating: " ", count: indent) + word + " ")
        } else {
          lines[lines.count - 1] += word + " "
        }
      }
      return lines.map { $0.dropLast() + "\n" }.joined()
    }.joined()
  }
}
