import ArgumentParser
import NodeHTTP

/// `esptriage node set-target`
struct NodeSetTarget: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set-target", abstract: "Tells a node where to send its data.",
    discussion: """
      The target is checked before anything is sent, the node restarts with it, and the command \
      waits until it is back.

      EXAMPLES
        esptriage node set-target 192.168.1.40 192.168.1.20:5005
        OTA_PSK=$(pass node-7) esptriage node set-target 192.168.1.40 10.0.0.2:5005
      """)

  @Argument(
    help: ArgumentHelp("The node: address or name, and port.", valueName: "host[:port]"),
    transform: NodeAddress.transform)
  var host: NodeAddress

  @Argument(
    help: ArgumentHelp("Where the node sends its data.", valueName: "ipv4:port"),
    transform: Self.target)
  var target: AggregatorTarget

  @Flag(help: "Set also a target that no machine can have, such as 0.0.0.0.")
  var force = false

  @OptionGroup var call: NodeCallOptions

  mutating func validate() throws {
    if let objection = target.objection, !force {
      throw ValidationError(
        "\(target) is no target: \(objection). Nothing was sent; --force sets it all the same.")
    }
  }

  mutating func run() async throws {
    let (host, target) = (host, target)
    try await call.run(on: host, called: "set-target", asked: "target \(target)") {
      client, token, limits in
      await client.setTarget(target, on: host, token: token, limits: limits)
    }
  }

  private static func target(_ text: String) throws -> AggregatorTarget {
    guard let target = AggregatorTarget(text) else {
      throw ValidationError(
        "'\(TextOfName.shown(text))' is no target. The firmware takes an IPv4 address and a port, such as "
          + "192.168.1.20:5005; names are not looked up there. Nothing was sent.")
    }
    return target
  }
}
