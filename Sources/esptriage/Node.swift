import ArgumentParser

/// `esptriage node`
struct Node: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Asks one node for its status, moves its target, or has it calibrate again.",
    discussion: """
      EXAMPLES
        esptriage node status 192.168.1.40
        esptriage node set-target 192.168.1.40 192.168.1.20:5005
        esptriage node recalibrate 192.168.1.40 --token-file ~/.ota-key
        esptriage node status 192.168.1.40 --format json | jq -r .running_partition

      EXIT STATUS
        0    the node answered, and after a call it came back
        1    it did not, or it refused
        2    wrong usage, or a key that cannot be read
      """,
    subcommands: [NodeStatusCommand.self, NodeSetTarget.self, NodeRecalibrate.self])
}
