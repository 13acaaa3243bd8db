import SerialInput

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What to follow, and how it was found.
struct WatchTarget {
  /// Whether one node is wanted, or all there are.
  enum Wish { case one, every }

  let target: FollowTarget
  /// Which port won and why, for people; safe to show.
  let explanation: String

  /// Decides by the command line, the environment and what is plugged in; asks where that leaves several.
  static func decide(named: [String], following wish: Wish) throws -> WatchTarget {
    if wish == .every {
      return WatchTarget(target: .everyNode, explanation: "following every node")
    }
    let choice = try PortChoice.decide(named: named, environment: PortOptions.environment) {
      () throws(SerialPortError) in try SerialPorts.list()
    }
    switch choice {
    case .chosen(let ports, _):
      return WatchTarget(
        target: .ports(ports), explanation: "following " + TextOfName.shown(choice.description))
    case .several(let nodes):
      let node = try ask(nodes)
      return WatchTarget(
        target: .ports([node]), explanation: "following " + TextOfName.shown(node))
    case .none(let others):
      return WatchTarget(target: .firstNode, explanation: waiting(others))
    }
  }

  private static func waiting(_ others: [AttachedPort]) -> String {
    let text = "no node is plugged in; waiting for one (Ctrl-C ends)"
    guard !others.isEmpty else { return text }
    let names = TextOfName.shown(others.map(\.node).joined(separator: ", "))
    return text + ". Other ports are there, name one to follow it: " + names
  }

  private static func ask(_ nodes: [AttachedPort]) throws -> String {
    let list = PortList(nodes).numbered
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw TooManyNodes(list: list)
    }
    Diagnostics.show("Several nodes are plugged in:\n" + list.dropLast())
    while true {
      Diagnostics.show("Which one (1-\(nodes.count))? --all follows them all.")
      guard let answer = readLine() else { throw TooManyNodes(list: list) }
      let number = answer.split(separator: " ").first.flatMap { Int($0) }
      if let number, nodes.indices.contains(number - 1) { return nodes[number - 1].node }
    }
  }

  /// Several nodes are there, and nobody to ask.
  struct TooManyNodes: Error, CustomStringConvertible {
    let list: String

    var description: String {
      "Several nodes are plugged in. Name one (ESPPORT works as well), or use --all:\n"
        + list.dropLast()
    }
  }
}
