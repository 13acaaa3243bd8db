import Foundation
import Testing

/// Ports of simulated USB devices, as the built program sees them.
@Suite("esptriage ports", .enabled(if: isSimulationThere || isSimulationDemanded), .serialized)
struct PortsTests {
  let program: BuiltProgram

  init() throws {
    program = try BuiltProgram()
    try program.write(
      Self.hub + Self.board("1-1", "303a", "1001", "cdc_acm", "ttyACM7", "F4:12:FA:00:00:11"),
      to: "one")
    try program.write(
      Self.hub + Self.board("1-1", "303a", "1001", "cdc_acm", "ttyACM7", "F4:12:FA:00:00:11")
        + Self.board("1-2", "10c4", "ea60", "cp210x", "ttyUSB3", "0001\\x1b[2J")
        + Self.board("1-3", "2341", "0043", "cdc_acm", "ttyACM9", "A1"),
      to: "three")
    try program.write(Self.hub, to: "none")
  }

  private func run(_ devices: String, _ arguments: String) throws -> BuiltProgram.Run {
    try program.shell("umockdev-run -d \(devices) -- $esptriage \(arguments)")
  }

  @Test("lists what is known about each port, nodes first")
  func text() throws {
    let run = try run("three", "ports")
    #expect(run.status == 0)
    let ports = run.lines.filter { $0.hasPrefix("/dev/") }.map { line in
      line.split(separator: " ").first.map(String.init) ?? ""
    }
    #expect(ports == ["/dev/ttyACM7", "/dev/ttyUSB3", "/dev/ttyACM9"])
    #expect(run.output.contains("USB Serial/JTAG"))
    #expect(run.output.contains("303a:1001"))
    #expect(run.output.contains("serial F4:12:FA:00:00:11"))
    #expect(run.output.contains("CP210x"))
    #expect(run.output.contains("no known node"))
  }

  @Test(
    "with --redact tells ports and kinds, and no serial number", arguments: ["", "--format json"])
  func redacted(_ form: String) throws {
    let run = try run("three", "ports --redact \(form)")
    #expect(run.status == 0)
    #expect(run.output.contains("/dev/ttyACM7") && run.output.contains("303a:1001"))
    #expect(!run.output.contains("F4:12:FA") && !run.output.contains("0001"))
  }

  @Test("gives one object a port to programs")
  func json() throws {
    let run = try run("three", "ports --format json")
    let objects = try run.lines.map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
    #expect(objects.map { $0?["kind"] as? String } == ["usb_serial_jtag", "cp210x", "other"])
    #expect(objects.map { $0?["node"] as? Bool } == [true, true, false])
    let usb = objects.first??["usb"] as? [String: Any]
    #expect(usb?["serial"] as? String == "F4:12:FA:00:00:11")
    #expect(usb?["ids"] as? String == "303a:1001")
  }

  @Test("the schema accepts what is printed for programs")
  func schema() throws {
    try program.write(
      """
      import json
      from jsonschema import Draft202012Validator
      schema = json.load(open("schema.json"))
      Draft202012Validator.check_schema(schema)
      lines = open("ports.jsonl").read().splitlines()
      for line in lines:
          Draft202012Validator(schema).validate(json.loads(line))
      known = set(schema["properties"]["kind"]["enum"])
      print(len(lines), "valid", sorted({json.loads(line)["kind"] for line in lines} & known))

      """, to: "check.py")
    let run = try program.shell(
      "$esptriage schema ports >schema.json; "
        + "umockdev-run -d three -- $esptriage ports --format json >ports.jsonl; python3 check.py")
    #expect(
      run.output == "3 valid ['cp210x', 'other', 'usb_serial_jtag']\n", "\(run.errors)")
  }

  @Test("prints rules for udev, whatever is plugged in")
  func udevRules() throws {
    let run = try program.run("ports", "--udev-rules")
    #expect(run.status == 0)
    #expect(run.output.contains(#"ATTRS{idVendor}=="303a", TAG+="uaccess""#))
    let both = try program.run("ports", "--udev-rules", "--format", "json")
    #expect(both.status == 2)
    #expect(both.output.isEmpty)
  }

  @Test("says so when nothing is plugged in")
  func none() throws {
    let run = try run("none", "ports")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("No serial port is plugged in."))
  }

  @Test("with several nodes and nobody to ask, names them and ends")
  func several() throws {
    let run = try run("three", "watch </dev/null")
    #expect(run.status == 2)
    #expect(run.errors.contains("1  /dev/ttyACM7  USB Serial/JTAG, F4:12:FA:00:00:11"))
    #expect(run.errors.contains("2  /dev/ttyUSB3  CP210x"))
    #expect(!run.errors.contains("ttyACM9"))
  }

  @Test(
    "with several nodes and somebody there, asks until the answer is one of them",
    arguments: [
      ("2", "following /dev/ttyUSB3"), ("ttyACM7", "following /dev/ttyACM7"),
      ("all", "following every node"),
    ])
  func asks(answer: String, result: String) throws {
    let run = try program.shell(
      "printf '9\\n\(answer)\\n' | script -qec "
        + "\"umockdev-run -d three -- $esptriage watch --timeout 0.5\" /dev/null")
    #expect(run.status == 2)
    #expect(run.output.contains("Which one (1-2, or all)? "))
    #expect(run.output.components(separatedBy: "'9' is none of them.").count == 2)
    #expect(run.output.contains(result), "\(run.output)")
  }

  @Test("asks without serial numbers where the answer is made for sharing")
  func asksForSharing() throws {
    let question =
      "script -qec \"umockdev-run -d three -- $esptriage watch --timeout 0.5 %\" /dev/null"
    let open = try program.shell("printf '2\\n' | " + question.replacing("%", with: ""))
    let closed = try program.shell("printf '2\\n' | " + question.replacing("%", with: "--redact"))
    #expect(open.output.contains("F4:12:FA:00:00:11"))
    #expect(closed.output.contains("USB Serial/JTAG") && closed.output.contains("Which one (1-2"))
    #expect(!closed.output.contains("F4:12:FA"))
    let unasked = try program.shell(
      "umockdev-run -d three -- $esptriage watch --timeout 0.5 --redact </dev/null")
    #expect(unasked.errors.contains("Several nodes are plugged in"))
    #expect(!unasked.errors.contains("F4:12:FA"))
  }

  @Test("the one node that is there is taken, without a word on the command line")
  func onlyNode() throws {
    var script = "d 0 /dev/ttyACM7\n"
    for (index, line) in ShortLog.panic.split(separator: "\n").enumerated() {
      script += "r \(index == 0 ? 300 : 5) \(line)^M^J\n"
    }
    try program.write(script, to: "uart")
    let run = try program.shell(
      "umockdev-run -d one -s /dev/ttyACM7=uart -- $esptriage --until-verdict --timeout 20 --quiet")
    #expect(run.status == 1)
    #expect(run.errors.contains("following /dev/ttyACM7 (the only node: USB Serial/JTAG)"))
    #expect(run.output.hasPrefix("/dev/ttyACM7: error panic "))
  }

  @Test("what a device calls itself acts on no terminal, and no secret in it is told")
  func hostileNames() throws {
    // Octal escapes: ESC [ 2 J, C1's CSI as UTF-8 and as one byte, and the mark that turns the reading direction.
    let poison = "\\033[2J\\302\\233\\233\\342\\200\\256 token=hunTer2x9yZq"
    let board = Self.board("1-1", "303a", "1001", "cdc_acm", "ttyACM7", poison).replacing(
      "A: serial=",
      with: "A: manufacturer=Evil\(poison)\\n\nA: product=Node\(poison)\\n\nA: serial=")
    try program.write(Self.hub + board, to: "hostile")
    for line in [
      "ports", "ports --format json", "watch --timeout 0.5", "watch --timeout 0.5 --quiet",
    ] {
      let run = try run("hostile", line)
      #expect((run.output + run.errors).contains("ttyACM7"), "\(line)")
      for text in [run.output, run.errors] {
        let found = text.unicodeScalars.first { scalar in
          scalar != "\n" && [.control, .format].contains(scalar.properties.generalCategory)
        }
        #expect(found == nil, "\(line): U+\(found?.value ?? 0)")
        #expect(!text.contains("hunTer2x9yZq"), "\(line)")
      }
    }
    #expect(try run("hostile", "ports --format json").output.contains("\\u001b"))
  }

  @Test("waits where no node is plugged in")
  func waiting() throws {
    let run = try run("none", "--timeout 0.5")
    #expect(run.status == 2)
    #expect(run.errors.contains("no node is plugged in; waiting for one"))
    #expect(run.errors.contains("No node was plugged in."))
  }

  private static let hub = """
    P: /devices/pci0000:00/0000:00:14.0/usb1
    E: DEVTYPE=usb_device
    E: SUBSYSTEM=usb
    A: idVendor=1d6b\\n
    A: idProduct=0002\\n


    """

  private static func board(
    _ socket: String, _ vendor: String, _ product: String, _ driver: String, _ name: String,
    _ serial: String
  ) -> String {
    let device = "/devices/pci0000:00/0000:00:14.0/usb1/\(socket)"
    let isACM = driver == "cdc_acm"
    let tty =
      isACM ? "\(device)/\(socket):1.0/tty/\(name)" : "\(device)/\(socket):1.0/\(name)/tty/\(name)"
    let (major, minor) = (isACM ? 166 : 188, name.drop { !$0.isNumber })
    return """
      P: \(device)
      E: DEVTYPE=usb_device
      E: SUBSYSTEM=usb
      A: idVendor=\(vendor)\\n
      A: idProduct=\(product)\\n
      A: serial=\(serial)\\n

      P: \(device)/\(socket):1.0
      E: DEVTYPE=usb_interface
      E: SUBSYSTEM=usb
      E: DRIVER=\(driver)
      A: bInterfaceNumber=00\\n
      L: driver=../../../../../../bus/usb/drivers/\(driver)

      P: \(tty)
      N: \(name)
      E: DEVNAME=/dev/\(name)
      E: SUBSYSTEM=tty
      E: MAJOR=\(major)
      E: MINOR=\(minor)
      A: dev=\(major):\(minor)\\n


      """
  }
}

private let isSimulationThere = FileManager.default.isExecutableFile(
  atPath: "/usr/bin/umockdev-run")
/// Where a build must be sure of itself, a missing simulation is a failure and not a reason to skip.
private let isSimulationDemanded = ProcessInfo.processInfo.environment["CI"] != nil
