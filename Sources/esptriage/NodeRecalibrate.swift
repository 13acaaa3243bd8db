import ArgumentParser
import NodeHTTP

/// `esptriage node recalibrate`
struct NodeRecalibrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recalibrate", abstract: "Has a node forget its calibration and start anew.",
    discussion: """
      Clears gl_agc, gl_fft and gl_ap_mac in the NVS namespace csi_cfg. The node restarts, and the \
      command waits until it is back.

      EXAMPLES
        esptriage node recalibrate 192.168.1.40
        esptriage node recalibrate 192.168.1.40 --token-file ~/.ota-key --format json
      """)

  @Argument(
    help: ArgumentHelp("The node: address or name, and port.", valueName: "host[:port]"),
    transform: NodeAddress.transform)
  var host: NodeAddress

  @OptionGroup var call: NodeCallOptions

  mutating func run() async throws {
    let host = host
    try await call.run(on: host, called: "recalibrate", asked: "recalibration") {
      client, token, limits in
      await client.recalibrate(host, token: token, limits: limits)
    }
  }
}
