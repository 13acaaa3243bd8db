import ArgumentParser
import SerialInput

/// `esptriage ports`
struct Ports: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists what is plugged in, and which ports are nodes.",
    discussion: """
      Nodes come first: chips of Espressif that speak USB themselves, then boards with a bridge \
      (CP210x, CH34x, CH343, CH9102, FTDI, PL2303). On a chip's own USB Serial/JTAG the serial \
      number is its MAC; --redact masks serial numbers. Nothing is opened, so nothing is reset.

      Not allowed to open a port? --udev-rules prints rules for udev, made of the same ids: \
      whoever sits at the computer may open the ports of nodes, and ModemManager leaves them alone.

      EXAMPLES
        esptriage ports
        esptriage ports --format json | jq -r 'select(.node) | .port'
        esptriage watch "$(esptriage ports --format json | jq -r .port | head -n 1)"
        esptriage ports --udev-rules | sudo tee /etc/udev/rules.d/60-esptriage.rules
        sudo udevadm control --reload && sudo udevadm trigger

      EXIT STATUS
        0 also when nothing is plugged in, 2 when the ports cannot be listed.
      """)

  @Option(help: "How to write the list: text for people, json for one object a line.")
  var format = ReportFormat.text

  @Flag(help: "With --format json: indented, for reading.")
  var pretty = false

  @Flag(help: "Print rules for udev that give access to nodes, instead of the list.")
  var udevRules = false

  @OptionGroup var privacy: PrivacyOptions

  mutating func validate() throws {
    if udevRules, format != .text {
      throw ValidationError("--udev-rules prints rules, not ports: it goes without --format.")
    }
    if pretty, format != .json {
      throw ValidationError("--pretty is for JSON: add --format json.")
    }
  }

  func run() throws {
    var output = StandardOutput()
    guard !udevRules else {
      try output.write(UdevRules.text)
      return try output.flush()
    }
    let ports = try SerialPorts.list()
    let readers = privacy.privacy(of: format)
    switch format {
    case .json:
      for port in ports {
        try output.write(
          PortJSON(port, layout: pretty ? .indented : .line, for: readers).text + "\n")
      }
    case .text:
      try output.write(PortList(ports, for: readers).text)
    }
    try output.flush()
  }
}
