import Testing

@testable import SerialInput

extension SerialInputTests {
  @Suite("Telling ports apart")
  struct Kinds {
    private func port(
      _ vendor: UInt16, _ product: UInt16, node: String = "/dev/ttyACM0", serial: String? = nil,
      path: String = "1-2", interface: UInt8 = 0
    ) -> AttachedPort {
      AttachedPort(
        node: node,
        usb: USBDevice(
          vendor: vendor, product: product, serial: serial, path: path, interface: interface))
    }

    @Test(
      "the ids tell the kind",
      arguments: [
        (0x303A, 0x1001, PortKind.espressif(.usbSerialJTAG)),
        (0x303A, 0x1002, .espressif(.usbBridge)), (0x303A, 0x0002, .espressif(.romCDC)),
        (0x303A, 0x4001, .espressif(.tinyUSB)),
        (0x303A, 0x80BF, .espressif(.unknown(product: 0x80BF))),
        (0x10C4, 0xEA60, .bridge(.cp210x)), (0x1A86, 0x7523, .bridge(.ch34x)),
        (0x1A86, 0x55D4, .bridge(.ch9102)), (0x1A86, 0x55D3, .bridge(.ch343)),
        (0x0403, 0x6010, .bridge(.ftdi)), (0x067B, 0x23A3, .bridge(.pl2303)),
        (0x2341, 0x0043, .other), (0x0000, 0x1001, .other),
      ] as [(UInt16, UInt16, PortKind)])
    func kind(vendor: UInt16, product: UInt16, kind: PortKind) {
      #expect(PortKind(vendor: vendor, product: product) == kind)
    }

    @Test("lines are dropped on bridges and left alone on a chip's own USB and on the unknown")
    func lines() {
      #expect(port(0x10C4, 0xEA60).lineTreatment == .dropBothAtOnce)
      #expect(port(0x303A, 0x1002).lineTreatment == .dropBothAtOnce)
      #expect(port(0x1234, 0x5678, node: "/dev/ttyUSB3").lineTreatment == .dropBothAtOnce)
      #expect(port(0x303A, 0x1001).lineTreatment == .untouched)
      #expect(port(0x303A, 0x4001).lineTreatment == .untouched)
      #expect(port(0x1234, 0x5678).lineTreatment == .untouched)
      #expect(AttachedPort(node: "/dev/ttyS0").lineTreatment == .untouched)
      #expect(port(0x303A, 0x1001).resetStrategy == .usbSerialJTAG)
      #expect(port(0x1A86, 0x7523).resetStrategy == .classic)
    }

    @Test("ids are written as everybody writes them")
    func ids() {
      #expect(port(0x303A, 0x0002).usb?.ids == "303a:0002")
      #expect(port(0x067B, 0x2303).usb?.ids == "067b:2303")
    }

    @Test("the same serial number is the same node, under another name and in another socket")
    func bySerial() {
      let mac = "F4:12:FA:00:00:01"
      let identity = port(0x303A, 0x1001, serial: mac).identity
      #expect(
        identity.matches(port(0x303A, 0x1001, node: "/dev/ttyACM7", serial: mac, path: "3-1")))
      #expect(identity.name == mac)
    }

    @Test("another board of the same make in the same socket is another node")
    func otherBoard() {
      let identity = port(0x303A, 0x1001, serial: "F4:12:FA:00:00:01").identity
      #expect(!identity.matches(port(0x303A, 0x1001, serial: "F4:12:FA:00:00:02")))
    }

    @Test("a chip that changes its ids between application and ROM is known by its socket")
    func changedProduct() {
      let identity = port(0x303A, 0x4001, serial: "A0B1C2D3E4F5").identity
      #expect(identity.matches(port(0x303A, 0x0002, node: "/dev/ttyACM1", serial: "0")))
      #expect(!identity.matches(port(0x303A, 0x0002, serial: "0", path: "1-3")))
    }

    @Test("a default serial number, which thousands of boards share, tells nothing")
    func defaultSerial() {
      let identity = port(0x10C4, 0xEA60, node: "/dev/ttyUSB0", serial: "0001").identity
      #expect(!identity.matches(port(0x10C4, 0xEA60, serial: "0001", path: "1-4")))
      #expect(identity.matches(port(0x10C4, 0xEA60, node: "/dev/ttyUSB5", serial: "0001")))
      #expect(identity.name == "ttyUSB0")
    }

    @Test("the two ports of one adapter are two")
    func interfaces() {
      let first = port(0x0403, 0x6010, serial: "FT123456", interface: 0).identity
      #expect(!first.matches(port(0x0403, 0x6010, serial: "FT123456", interface: 1)))
    }
  }

  @Suite("Choosing a port")
  struct Choosing {
    let node = AttachedPort(
      node: "/dev/ttyACM0", usb: USBDevice(vendor: 0x303A, product: 0x1001, path: "1-1"))
    let bridge = AttachedPort(
      node: "/dev/ttyUSB0", usb: USBDevice(vendor: 0x10C4, product: 0xEA60, path: "1-2"))
    let uart = AttachedPort(node: "/dev/ttyS0")
    let all = ["ESPPORT": "/dev/a", "ESPTOOL_PORT": "/dev/b", "ESPFLASH_PORT": "/dev/c"]

    @Test("the command line wins over the environment, and the environment over what is plugged in")
    func order() throws {
      var asked = 0
      func decide(_ named: [String], _ environment: [String: String]) throws -> PortChoice {
        try PortChoice.decide(named: named, environment: environment) {
          asked += 1
          return [node]
        }
      }
      #expect(
        try decide(["/dev/x", "/dev/y"], all)
          == .chosen(ports: ["/dev/x", "/dev/y"], because: .commandLine))
      var environment = all
      for (variable, port) in zip(PortChoice.variables, ["/dev/a", "/dev/b", "/dev/c"]) {
        let choice = try decide([], environment)
        #expect(choice == .chosen(ports: [port], because: .environment(variable: variable)))
        #expect(choice.description == "\(port) (from \(variable))")
        environment[variable] = ""
      }
      #expect(asked == 0)
      #expect(
        try decide([], environment)
          == .chosen(ports: ["/dev/ttyACM0"], because: .onlyNode(node)))
      #expect(asked == 1)
    }

    @Test("the kernel's name for a port will do, and nothing else is made of other names")
    func names() {
      #expect(PortChoice.path("ttyACM0") == "/dev/ttyACM0")
      #expect(PortChoice.path("ttyUSB12") == "/dev/ttyUSB12")
      for name in ["ttyACM", "ttyUSBx", "ttyACM0.log", "/tmp/ttyACM0", "boot.log", "tty0"] {
        #expect(PortChoice.path(name) == name)
      }
    }

    @Test("several nodes are a question, and none is something to wait for")
    func severalAndNone() throws {
      #expect(
        try PortChoice.decide(named: [], environment: [:]) { [node, bridge, uart] }
          == .several([node, bridge]))
      #expect(
        try PortChoice.decide(named: [], environment: [:]) { [uart] } == .none(others: [uart]))
    }

    @Test("the failure to list is not taken for nothing being there")
    func failure() {
      let error = SerialPortError.system(path: "/sys", operation: "listing", errno: 13)
      #expect(throws: error) {
        _ = try PortChoice.decide(named: [], environment: [:]) { () throws(SerialPortError) in
          throw error
        }
      }
    }
  }
}
