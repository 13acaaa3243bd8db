import ArgumentParser
import SerialInput

/// `esptriage watch`
struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Follows nodes on their serial ports, and says what is wrong.",
    discussion: """
      Without a port: the one node that is plugged in, or the first that will be. The node is not \
      touched: opening and closing its port does not reset it (--reset does). A node that \
      restarts its USB, or is unplugged and comes back, stays the same case.

      The port is the one named here, else the first of ESPPORT, ESPTOOL_PORT and ESPFLASH_PORT \
      that is set, else the one node that is there. The baud rate is --baud, else ESPBAUD, else \
      115200.

      A port may be on another machine: socket:// is raw TCP (QEMU, socat), rfc2217:// a serial \
      server (esp_rfc2217_server, ser2net), with the options of pySerial. A connection that is \
      lost is made again, and the case goes on. - is what another program pipes in, to its end.

      A verdict is shown once it has settled: unchanged for two seconds, or the next boot has \
      told its slot. The whole report comes at the end (Ctrl-C, --timeout, --until-verdict).

      EXAMPLES
        esptriage                                   wait for a node and follow it
        esptriage /dev/ttyACM0 --record runs/       keep the raw bytes as well
        esptriage watch --all                       a bench full of nodes
        esptriage watch -p /dev/ttyUSB0 --reset --until-verdict --timeout 60 --quiet
        esptriage watch /dev/ttyUSB0 --find-baud    unreadable? try the usual rates
        esptriage rfc2217://10.0.0.7:4000           a node on another machine
        idf.py monitor | esptriage watch -          what another monitor shows
        esptriage watch --until-verdict --timeout 60 --format json | jq -r .verdict.id

      EXIT STATUS
        0 nothing wrong, 1 a fault (see --fail-on), 2 a port that cannot be used, nothing \
      received, or no log of an ESP32, 130 stopped by Ctrl-C.
      """)

  @Argument(
    help: ArgumentHelp(
      "Ports to follow, there already or not yet: devices, socket://HOST:PORT, rfc2217://HOST:PORT, or - for standard input.",
      valueName: "port"),
    completion: .file())
  var ports: [String] = []

  @OptionGroup(title: "Ports") var portOptions: PortOptions

  @Flag(
    help: """
      End once every node's verdict is final: a fault that has settled, or 10 seconds without one. \
      An update under way, or a node that sends nothing, is waited for: add --timeout.
      """)
  var untilVerdict = false

  @Option(help: ArgumentHelp("End after so much time.", valueName: "seconds"))
  var timeout: Double?

  @Option(
    help: ArgumentHelp(
      "Keep the raw bytes of each node, with their times, in a new folder in this one.",
      valueName: "folder"),
    completion: .directory)
  var record: String?

  @OptionGroup(title: "What is known") var knowledge: KnowledgeOptions
  @OptionGroup(title: "What is written") var reporting: ReportOptions

  mutating func validate() throws {
    if let timeout, !(timeout > 0 && timeout < 1e9) {
      throw ValidationError("--timeout takes a number of seconds above 0.")
    }
    if let twice = named.first(where: { name in named.count { $0 == name } > 1 }) {
      throw ValidationError("\(TextOfName.shown(twice)) is named twice.")
    }
    if portOptions.all, !named.isEmpty {
      throw ValidationError("--all follows every node: name no port with it.")
    }
  }

  /// The ports named on the command line.
  var named: [String] { ports + portOptions.port }

  func run() throws {
    let settings = try portOptions.followSettings()
    let context = try knowledge.context()
    let rules = try RuleLibrary(folders: knowledge.ruleFolders).rules
    // Asking comes before Ctrl-C is taken over, so that it ends the question.
    let target = try WatchTarget.decide(
      named: named, following: portOptions.all ? .every : .one, for: reporting.privacy)
    let interruption = try Interruption()
    let watching = try LiveDiagnosis(
      LiveWishes(
        context: context, rules: rules, decoder: try knowledge.crashDecoder(),
        reporting: reporting, end: untilVerdict ? .atVerdict : .whenStopped,
        rate: portOptions.findBaud ? .found : .asGiven, timeout: timeout.map { .seconds($0) },
        recordFolder: record),
      target: target, settings: settings, stop: interruption.signal)
    let status = try watching.run()
    if status != .nothingWrong { throw status }
  }
}
