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
