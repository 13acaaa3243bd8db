import ArgumentParser
import NodeHTTP

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which nodes to update, and how they were found.
struct DeployTargets {
  let options: DeployTargetOptions
  let client: NodeClient

  /// The nodes, each once, by number and not by name.
  func decide() async throws -> [NodeAddress] {
    guard options.hosts.isEmpty else { return try named() }
    let found = try await discovered()
    try confirm(found)
    return found.map(\.address)
  }

  private func named() throws -> [NodeAddress] {
    var addresses: [NodeAddress] = []
    var found = 0
    var problem: DiscoveryError?
    for text in options.hosts {
      var address = try NodeAddress(parsing: text)
      if address.port == NodeAddress.firmwarePort { address.port = options.nodePort }
      let resolved: NodeAddress
      do {
        resolved = try address.resolved()
      } catch {
        // One name that nobody knows must not keep the other nodes from their update: it is told as unreachable.
        Diagnostics.say(TextOfName.shown("\(error)"))
        problem = problem ?? error
        if !addresses.contains(address) { addresses.append(address) }
        continue
      }
      found += 1
      if resolved.host != address.host {
        Diagnostics.say(TextOfName.shown("\(address.host) is \(resolved.host)"))
      }
      // The same node under two names must not get two uploads.
      if !addresses.contains(resolved) { addresses.append(resolved) }
    }
    if found == 0, let problem { throw problem }
    return addresses
  }

  // MARK: - Discovery

  private func discovered() async throws -> [StatusRead] {
    if options.sweep { return try await swept() }
    let table = try NeighbourTable(reading: options.neighbours ?? NeighbourTable.systemPath)
    Diagnostics.say(
      "asking \(table.addresses.count) \(table.addresses.count == 1 ? "neighbour" : "neighbours") "
        + "for nodes")
    let found = await ask(table.addresses)
    if !found.isEmpty { return found }
    guard isSomebodyThere else { throw Problem.noneFound(asked: table.addresses.count) }
    Diagnostics.show(
      "No node among the neighbours. Ask every address of the local network? [y/N]")
    guard Self.isYes(readLine()) else { throw Problem.noneFound(asked: table.addresses.count) }
    return try await swept()
  }

  private func swept() async throws -> [StatusRead] {
    let networks = try LocalNetwork.all()
    guard !networks.isEmpty else { throw Problem.noNetwork }
    let names = networks.map { "\($0.description) (\($0.interface))" }.joined(separator: ", ")
    Diagnostics.say(TextOfName.shown("asking every address of \(names)"))
    let addresses = networks.flatMap(\.addresses)
    let found = await ask(addresses)
    guard !found.isEmpty else { throw Problem.noneFound(asked: addresses.count) }
    return found
  }

  private func ask(_ hosts: [String]) async -> [StatusRead] {
    await Discovery(client: client).nodes(
      among: hosts.map { NodeAddress(host: $0, port: options.nodePort) })
  }

  /// Nodes that nobody named are updated only after a yes.
  private func confirm(_ found: [StatusRead]) throws {
    var list = "\(found.count) \(found.count == 1 ? "node" : "nodes") found:\n"
    for read in found {
      let status = read.status
      list += "  \(read.address)  \(status?.runningPartition ?? "")  \(status?.version ?? "")"
      list += "  \(status?.build?.description ?? "")\n"
    }
    let shown = TextOfName.shown(list, keeping: "\n")
    Diagnostics.show(String(shown.dropLast()))
    if options.yes { return }
    guard isSomebodyThere else { throw Problem.notConfirmed }
    Diagnostics.show("Update them? [y/N]")
    guard Self.isYes(readLine()) else { throw Problem.notConfirmed }
  }

  private var isSomebodyThere: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  private static func isYes(_ answer: String?) -> Bool {
    ["y", "yes"].contains(answer?.split(separator: " ").first.map { $0.lowercased() } ?? "")
  }

  enum Problem: Error, CustomStringConvertible {
    case noneFound(asked: Int)
    case noNetwork
    case notConfirmed

    var description: String {
      switch self {
      case .noneFound(let asked):
        "No node found among \(asked) addresses. The table only knows machines that this one has "
          + "spoken with: name the nodes, or add --sweep to ask every address of the local network."
      case .noNetwork: "This machine is in no IPv4 network. Name the nodes by address."
      case .notConfirmed:
        "Nothing was sent. Name the nodes to update, or add --yes to update all that are found."
      }
    }
  }
}

/// Which nodes to update.
struct DeployTargetOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Nodes by address or name, with or without a port. Without any, the network is asked.",
      valueName: "host"))
  var hosts: [String] = []

  @Flag(help: "Ask every address of the local /24 networks, not only the known neighbours.")
  var sweep = false

  @Flag(name: .shortAndLong, help: "Update the nodes that were found without asking.")
  var yes = false

  @Option(help: ArgumentHelp("The port that nodes listen on.", valueName: "port"))
  var nodePort = NodeAddress.firmwarePort

  @Option(
    help: ArgumentHelp(
      "Read the neighbours from a file of the form of /proc/net/arp.", valueName: "file",
      visibility: .hidden),
    completion: .file())
  var neighbours: String?

  mutating func validate() throws {
    guard 1...65_535 ~= nodePort else {
      throw ValidationError("--node-port takes a number from 1 to 65535.")
    }
    if !hosts.isEmpty, sweep {
      throw ValidationError("--sweep looks for nodes: name none with it.")
    }
    for host in hosts {
      do {
        _ = try NodeAddress(parsing: host)
      } catch {
        throw ValidationError(TextOfName.shown("\(error)"))
      }
    }
  }
}
