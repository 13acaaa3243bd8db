import ArgumentParser
import DeviceEvents
import NodeHTTP

/// `esptriage node status`
struct NodeStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Reads GET /ota/status once.",
    discussion: """
      EXAMPLES
        esptriage node status 192.168.1.40
        esptriage node status node-7.local:8032 --format json

      EXIT STATUS
        0    the node answered
        1    it did not, or something else answers there
      """)

  @Argument(
    help: ArgumentHelp("The node: address or name, and port.", valueName: "host[:port]"),
    transform: NodeAddress.transform)
  var host: NodeAddress

  @Option(help: ArgumentHelp("The limit of the read.", valueName: "time"))
  var timeout = Seconds(5)

  @Option(help: "How to write the result: text for people, json for one object.")
  var format = ReportFormat.text

  @OptionGroup var privacy: PrivacyOptions

  mutating func run() async throws {
    let client = try NodeClient()
    let read = await client.status(of: host, limits: .within(timeout.duration))
    let report = NodeReport(host: host, read: NodeRead(read, since: read.at))
    try report.write(as: format, for: privacy.privacy(of: format))
    guard read.status != nil else { throw ExitStatus.fault }
  }
}
