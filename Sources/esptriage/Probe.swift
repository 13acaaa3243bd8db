import Analysis
import ArgumentParser
import BootTimeline
import DeviceEvents
import Diagnosis
import Firmware
import LogFiles
import NodeHTTP
import SerialInput

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `esptriage probe`
struct ProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Says over HTTP alone whether an update holds: the flip-flop probe.",
    discussion: """
      Reads GET /ota/status of the node (port 8032 unless given). With an image it is sent to POST \
      /ota, the boot is waited for, and the status is read three times, 5 s apart: a slot that \
      flips back and forth is a panic loop. Without an image the node is only watched. The node is \
      sent nothing but the image that is named here.

      A log of the same node joins the verdict: --log reads a saved one, --port listens to its \
      UART while the probe goes on.

      The key of a node that wants one comes from OTA_PSK, RUVIEW_OTA_PSK, --token-file or \
      --ask-token; never from an argument.

      EXAMPLES
        esptriage probe 192.168.1.40
        esptriage probe 192.168.1.40 build/app.bin
        esptriage probe 192.168.1.40 --watch 5m
        esptriage probe node-7.local:8032 build/app.bin --port /dev/ttyACM0
        OTA_PSK=$(pass node-7) esptriage probe 192.168.1.40 build/app.bin --format json

      EXIT STATUS
        0    nothing wrong: the update took, or the node is steady
        1    a fault was diagnosed (see --fail-on)
        2    the image, the log, the port or the key cannot be used; nothing was sent
        130  stopped by Ctrl-C
      """)

  @Argument(
    help: ArgumentHelp("The node: address or name, and port.", valueName: "host[:port]"),
    transform: NodeAddress.transform)
  var host: NodeAddress

  @Argument(
    help: ArgumentHelp("The image to send: build/<project>.bin.", valueName: "image"),
    completion: .file())
  var image: String?

  @Option(
    help: ArgumentHelp(
      "A log of the same node, joined into the verdict; may be given several times.",
      valueName: "file"),
    completion: .file())
  var log: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The node's serial port, read while the probe goes on.", valueName: "port"),
    completion: .file())
  var port: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Bits a second of that port.", valueName: "rate"))
  var baud: UInt32 = 115_200

  @OptionGroup(title: "Rhythm") var rhythm: ProbeOptions
  @OptionGroup(title: "Key") var key: KeyOptions
  @OptionGroup(title: "What is known") var knowledge: KnowledgeOptions
  @OptionGroup(title: "What is written") var reporting: ReportOptions

  mutating func validate() throws {
    if port != nil, !log.isEmpty {
      throw ValidationError("--port and --log exclude each other: one log joins the verdict.")
    }
    if let image, access(image, F_OK) != 0, access(host.host, F_OK) == 0 {
      throw ValidationError(
        "The node comes first, then the image: esptriage probe \(TextOfName.shown(image)) "
          + "\(TextOfName.shown(host.host)). Nothing was sent.")
    }
    if baud == 0 { throw ValidationError("--baud takes a number from 1 on, such as 115200.") }
  }

  mutating func run() async throws {
    let sent = try image.map { try ProbeImage(reading: $0) }
    if let sent, !reporting.quiet { Diagnostics.say(TextOfName.shown(sent.summary)) }
    let token = try key.token()
    var context = try knowledge.context()
    // The log of a node that was just updated shows a trace of it.
    if sent != nil, port != nil { context.expectsUpdate = true }
    let rules = try RuleLibrary(folders: knowledge.ruleFolders).rules
    try ProbeDiagnosis.check(logs: log)
    let client = try NodeClient()
    let interruption = try Interruption()
    var listening: PortListening?
    if let port {
      listening = try await .begin(on: port, baud: baud, until: interruption.signal)
    }
    let seen = try await look(client, sent, token, until: interruption.signal)
    let heard = listening?.finish() ?? []
    var history = NodeHistory(
      host: host.description, events: seen, image: sent?.description,
      hasLog: port != nil || !log.isEmpty)
    if seen.isEmpty { history.events = [] }
    let joined = ProbeDiagnosis(
      reading: LogReading(
        context: context, rules: rules, decoder: try knowledge.crashDecoder(),
        stop: interruption.signal),
      history: history)
    var printer = DiagnosisPrinter(reporting, manyLogs: .no)
    try printer.show(joined.outcome(logs: log, heard: heard))
    let status = try printer.finish()
    if status != .nothingWrong { throw status }
  }

  private func look(
    _ client: NodeClient, _ image: ProbeImage?, _ token: AccessToken?,
    until stop: Interruption.Signal
  ) async throws -> [NodeEvent] {
    let (probe, host, source) = (Probe(client, settings: rhythm.settings), host, image?.source)
    let progress = ProbeProgress(reporting)
    let seen = try await StopTask.run(until: stop) {
      await probe.run(host, image: source, token: token) { progress.tell($0) }
    }
    progress.finish()
    return seen
  }
}
