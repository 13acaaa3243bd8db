import Reporting
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
  static func decide(
    named: [String], following wish: Wish, for readers: Privacy
  ) throws -> WatchTarget {
    if wish == .every {
      return WatchTarget(target: .everyNode, explanation: "following every node")
    }
    let choice = try PortChoice.decide(named: named, environment: PortOptions.environment) {
      () throws(SerialPortError) in try SerialPorts.list()
    }
    switch choice {
    case .chosen(let ports, _):
      try check(ports)
      return WatchTarget(target: .ports(ports), explanation: "following " + shown(choice))
    case .several(let nodes): return try ask(nodes, for: readers)
    case .none(let others):
      return WatchTarget(target: .firstNode, explanation: waiting(others))
    }
  }

  /// A name that cannot be read, and a standard input that is none, are better refused before anything is opened.
  private static func check(_ names: [String]) throws {
    for name in names {
      switch try PortSource(name) {
      case .standardInput where !StandardStreams.hasInput: throw ClosedInput()
      case .device, .network, .standardInput: break
      }
    }
  }

  private static func shown(_ choice: PortChoice) -> String {
    let text = choice.description
    guard case .chosen([PortSource.standardInputName], .commandLine) = choice else {
      return TextOfName.shown(text)
    }
    return isatty(STDIN_FILENO) == 1
      ? "standard input: what is typed or pasted here (Ctrl-D ends it)" : "standard input"
  }

  private static func waiting(_ others: [AttachedPort]) -> String {
    // Options that only ports have mean a port, also where a log is piped in.
    let hint = PipedInput.current == nil ? "" : "; standard input is not read, '-' would read it"
    let text = "no node is plugged in; waiting for one (Ctrl-C ends)" + hint
    guard !others.isEmpty else { return text }
    let names = TextOfName.shown(others.map(\.node).joined(separator: ", "))
    return text + ". Other ports are there, name one to follow it: " + names
  }

  private static func ask(_ nodes: [AttachedPort], for readers: Privacy) throws -> WatchTarget {
    let list = PortList(nodes, for: readers).numbered
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw TooManyNodes(list: list)
    }
    Diagnostics.show("Several nodes are plugged in:\n" + list.dropLast())
    while true {
      Diagnostics.ask("Which one (1-\(nodes.count), or all)?")
      guard let answer = readLine() else {
        Diagnostics.show("")
        throw TooManyNodes(list: list)
      }
      let word = answer.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
      if word == "all" { return try decide(named: [], following: .every, for: readers) }
      if let node = node(meant: word, among: nodes) {
        return WatchTarget(
          target: .ports([node]), explanation: "following " + TextOfName.shown(node))
      }
      if !word.isEmpty { Diagnostics.show("'\(TextOfName.shown(word))' is none of them.") }
    }
  }

  /// By its number in the list, or by its name, copied from there.
  private static func node(meant word: String, among nodes: [AttachedPort]) -> String? {
    if let number = Int(word), nodes.indices.contains(number - 1) { return nodes[number - 1].node }
    return nodes.first { $0.node == word || $0.node == "/dev/" + word }?.node
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
