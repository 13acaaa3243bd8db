/// Which port to follow when nobody, one or several are named or plugged in.
public enum PortChoice: Hashable, Sendable {
  /// These, for this reason.
  case chosen(ports: [String], because: Reason)
  /// Several nodes are there and none was named.
  case several([AttachedPort])
  /// No node is there; these ports are, but nothing says that an ESP32 is behind them.
  case none(others: [AttachedPort])

  /// What decided.
  public enum Reason: Hashable, Sendable {
    /// The command line named it.
    case commandLine
    /// This environment variable named it.
    case environment(variable: String)
    /// It is the one node that is there.
    case onlyNode(AttachedPort)
  }

  /// The variables that other tools of Espressif read, the first that is set wins.
  public static let variables = ["ESPPORT", "ESPTOOL_PORT", "ESPFLASH_PORT"]

  /// Decides: the command line, then the variables in their order, then the one node that is there.
  ///
  /// `plugged` is asked only when nothing was named.
  public static func decide(
    named: [String], environment: [String: String],
    plugged: () throws(SerialPortError) -> [AttachedPort]
  ) throws(SerialPortError) -> PortChoice {
    let named = named.filter { !$0.isEmpty }.map(path)
    if !named.isEmpty { return .chosen(ports: named, because: .commandLine) }
    for variable in variables {
      if let port = environment[variable], !port.isEmpty {
        return .chosen(ports: [path(port)], because: .environment(variable: variable))
      }
    }
    let ports = try plugged()
    let nodes = ports.filter(\.kind.mayBeNode)
    guard let node = nodes.first else { return .none(others: ports) }
    guard nodes.count == 1 else { return .several(nodes) }
    return .chosen(ports: [node.node], because: .onlyNode(node))
  }
}

extension PortChoice {
  /// The path that a name means: the kernel's name for a port, `ttyACM0`, stands for its node in `/dev`.
  public static func path(_ name: String) -> String {
    let stems = ["ttyACM", "ttyUSB", "ttyS", "ttyAMA"]
    let isPort = stems.contains { stem in
      name.hasPrefix(stem) && UInt(name.dropFirst(stem.count)) != nil
    }
    // A link of that name in the folder one is in was meant.
    return isPort && PortAccess(of: name) == nil ? "/dev/" + name : name
  }
}

extension PortChoice: CustomStringConvertible {
  /// Which won and why, in one line. Holds names from outside: escape it before it reaches a terminal.
  public var description: String {
    switch self {
    case .chosen(let ports, .commandLine):
      ports.joined(separator: ", ") + " (named on the command line)"
    case .chosen(let ports, .environment(let variable)):
      ports.joined(separator: ", ") + " (from \(variable))"
    case .chosen(let ports, .onlyNode(let port)):
      ports.joined(separator: ", ") + " (the only node: \(port.kind.name))"
    case .several(let nodes):
      "several nodes: " + nodes.map(\.node).joined(separator: ", ")
    case .none:
      "no node is plugged in"
    }
  }
}
