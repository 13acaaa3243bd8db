import Foundation
import Glibc
import Testing

@testable import SerialInput

extension SerialInputTests {
  /// Where a build must be sure of itself, a missing simulation is a failure and not a reason to skip.
  private static let isDemanded = ProcessInfo.processInfo.environment["CI"] != nil

  @Suite("Simulated USB devices", .enabled(if: isDemanded || SimulatedUdev.isPreloaded))
  struct Simulated {
    init() throws {
      try #require(
        SimulatedUdev.isPreloaded, "run the tests under umockdev-wrapper: scripts/test does")
      _ = SimulatedUdev.shared
    }

    private func listed(_ node: String) throws -> AttachedPort? {
      try SerialPorts.list().first { $0.node == node }
    }

    @Test("a port is listed with all that is known about it")
    func lists() throws {
      let board = SimulatedBoard(socket: "1-1", serial: "F4:12:FA:00:00:11", minor: 10)
      let link = "serial/by-id/usb-Espressif_USB_JTAG_serial_debug_unit_F4:12:FA:00:00:11-if00"
      board.plugIn(as: "ttyACM10", links: [link])
      let port = try #require(try listed("/dev/ttyACM10"))
      #expect(port.kind == .espressif(.usbSerialJTAG))
      #expect(port.stableLinks == ["/dev/" + link])
      #expect(port.usb?.ids == "303a:1001")
      #expect(port.usb?.serial == "F4:12:FA:00:00:11")
      #expect(port.usb?.productName == "USB JTAG/serial debug unit")
      #expect(port.usb?.path == "1-1")
      #expect(port.driver == "cdc_acm")
      #expect(port.access != nil)
      #expect(try SerialPorts.port(at: "/dev/" + link)?.node == "/dev/ttyACM10")
      board.pullOut("ttyACM10")
      #expect(try listed("/dev/ttyACM10") == nil)
    }

    @Test(
      "bridges are known by their ids",
      arguments: [
        ("1-20", "10c4", "ea60", "cp210x", "ttyUSB20", PortKind.bridge(.cp210x)),
        ("1-21", "1a86", "7523", "ch341-uart", "ttyUSB21", .bridge(.ch34x)),
        ("1-22", "1a86", "55d4", "cdc_acm", "ttyACM22", .bridge(.ch9102)),
        ("1-23", "0403", "6015", "ftdi_sio", "ttyUSB23", .bridge(.ftdi)),
        ("1-24", "067b", "23a3", "pl2303", "ttyUSB24", .bridge(.pl2303)),
        ("1-25", "2341", "0043", "cdc_acm", "ttyACM25", .other),
      ])
    func bridges(
      socket: String, vendor: String, product: String, driver: String, name: String, kind: PortKind
    ) throws {
      let board = SimulatedBoard(
        socket: socket, vendor: vendor, product: product, driver: driver,
        minor: Int(name.drop { !$0.isNumber }) ?? 0)
      board.plugIn(as: name)
      let port = try #require(try listed("/dev/" + name))
      #expect(port.kind == kind)
      #expect(port.usb?.serial == nil)
      #expect(port.driver == driver)
      board.pullOut(name)
    }

    @Test("nodes come first in the list, and port 2 before port 10")
    func order() throws {
      let boards = [("1-31", "ttyACM132"), ("1-32", "ttyACM31")].map { socket, name in
        (
          SimulatedBoard(socket: socket, minor: socket == "1-31" ? 32 : 31), name
        )
      }
      let modem = SimulatedBoard(socket: "1-33", vendor: "1199", product: "9071", minor: 33)
      modem.plugIn(as: "ttyACM30")
      for (board, name) in boards { board.plugIn(as: name) }
      let nodes = try SerialPorts.list().map(\.node)
      #expect(nodes == ["/dev/ttyACM31", "/dev/ttyACM132", "/dev/ttyACM30"])
      modem.pullOut("ttyACM30")
      for (board, name) in boards { board.pullOut(name) }
    }

    @Test("a node that is plugged in is opened by its event, and found again under another number")
    func renumbered() throws {
      var board = SimulatedBoard(socket: "1-4", serial: "F4:12:FA:00:00:44", minor: 40)
      try following(.firstNode) { log, _ in
        #expect(log.wait { $0.seen.contains(.waiting) })
        board.plugIn(as: "ttyACM40")
        #expect(log.wait { $0.seen.contains { isOpened($0, "/dev/ttyACM40") } })
        let node = NodeIdentity(
          node: "/dev/ttyACM40",
          usb: USBDevice(
            vendor: 0x303A, product: 0x1001, productName: board.productName,
            serial: board.serial, path: "1-4"))
        #expect(log.seen.contains(.opened(node, "/dev/ttyACM40")))
        board.print("Guru Meditation", on: "ttyACM40")
        #expect(log.wait { $0.text(of: node) == "Guru Meditation" })

        board.pullOut("ttyACM40")
        #expect(log.wait { $0.seen.contains(.disconnected(node)) })
        // In another socket, under another number.
        board.socket = "1-5"
        board.minor = 41
        let there = ContinuousClock.now
        board.plugIn(as: "ttyACM41")
        #expect(log.wait { $0.seen.contains(.reconnected(node, "/dev/ttyACM41")) })
        let open = try #require(log.moment { $0 == .reconnected(node, "/dev/ttyACM41") })
        // Without the event it would be a second, and a busy machine takes its time.
        #expect(open - there < .milliseconds(500))
        board.print(" Error", on: "ttyACM41")
        #expect(log.wait { $0.text(of: node) == "Guru Meditation Error" })
        #expect(log.count { isOpened($0, nil) } == 1)
      }
      board.pullOut("ttyACM41")
    }

    @Test("a bridge without a serial number is known by its socket")
    func bySocket() throws {
      var board = SimulatedBoard(
        socket: "1-6", vendor: "1a86", product: "7523", productName: "USB Serial",
        driver: "ch341-uart", minor: 60)
      board.plugIn(as: "ttyUSB60")
      let recorder = LineRecorder()
      var settings = FollowSettings()
      settings.recorder = recorder
      try following(.ports(["/dev/ttyUSB60"]), settings: settings) { log, _ in
        #expect(log.wait { $0.seen.contains { isOpened($0, "/dev/ttyUSB60") } })
        board.removePort("ttyUSB60")
        #expect(log.wait { $0.count(isDisconnected) == 1 })
        board.minor = 61
        board.addPort("ttyUSB61")
        #expect(log.wait { $0.seen.contains { isReconnected($0, "/dev/ttyUSB61") } })
      }
      // As on every bridge, both lines are dropped at each opening.
      #expect(recorder.operations.count { $0 == .linesSet([]) } == 2)
      board.pullOut("ttyUSB61")
    }

    @Test("every node gets a lane of its own, and other ports get none")
    func everyNode() throws {
      let first = SimulatedBoard(socket: "1-7", serial: "F4:12:FA:00:00:71", minor: 70)
      let second = SimulatedBoard(socket: "1-8", serial: "F4:12:FA:00:00:72", minor: 71)
      let modem = SimulatedBoard(socket: "1-9", vendor: "1199", product: "9071", minor: 72)
      first.plugIn(as: "ttyACM70")
      modem.plugIn(as: "ttyACM72")
      let recorder = LineRecorder()
      var settings = FollowSettings()
      settings.recorder = recorder
      try following(.everyNode, settings: settings) { log, _ in
        #expect(log.wait { $0.seen.contains { isOpened($0, "/dev/ttyACM70") } })
        second.plugIn(as: "ttyACM71")
        #expect(log.wait { $0.seen.contains { isOpened($0, "/dev/ttyACM71") } })
        first.print("one", on: "ttyACM70")
        second.print("two", on: "ttyACM71")
        let texts: (EventLog) -> Set<String> = { log in
          Set(
            log.seen.compactMap { seen in
              if case .opened(let node, _) = seen { log.text(of: node) } else { nil }
            })
        }
        #expect(log.wait { texts($0) == ["one", "two"] })
        #expect(log.seen.contains(.appeared("/dev/ttyACM72")))
        #expect(!log.seen.contains { isOpened($0, "/dev/ttyACM72") })
      }
      // On the chips' own USB no line was touched.
      #expect(!recorder.operations.contains(.linesSet([])))
      first.pullOut("ttyACM70")
      second.pullOut("ttyACM71")
      modem.pullOut("ttyACM72")
    }

    @Test("another board under the name that was asked for is another node")
    func swapped() throws {
      let first = SimulatedBoard(socket: "1-10", serial: "F4:12:FA:00:00:81", minor: 80)
      let second = SimulatedBoard(socket: "1-10", serial: "F4:12:FA:00:00:82", minor: 81)
      try following(.firstNode) { log, _ in
        first.plugIn(as: "ttyACM80")
        #expect(log.wait { $0.seen.contains { isOpened($0, "/dev/ttyACM80") } })
        first.pullOut("ttyACM80")
        #expect(log.wait { $0.count(isDisconnected) == 1 })
        second.plugIn(as: "ttyACM81")
        #expect(log.wait { $0.seen.contains { isOpened($0, "/dev/ttyACM81") } })
        #expect(!log.seen.contains { isReconnected($0, nil) })
      }
      second.pullOut("ttyACM81")
    }

    @Test("a port that is named before it is plugged in is opened once, by its stable link as well")
    func namedEarly() throws {
      let board = SimulatedBoard(socket: "1-11", serial: "F4:12:FA:00:00:91", minor: 90)
      let link = "serial/by-id/usb-Espressif_F4:12:FA:00:00:91-if00"
      try following(.ports(["/dev/" + link])) { log, _ in
        #expect(
          log.wait {
            $0.seen.contains(
              .failed(NodeIdentity(node: "/dev/" + link), .notFound(path: "/dev/" + link)))
          })
        board.plugIn(as: "ttyACM90", links: [link])
        #expect(log.wait { $0.seen.contains { isOpened($0, "/dev/ttyACM90") } })
        usleep(50_000)
        #expect(log.count { isOpened($0, nil) } == 1)
        #expect(log.count { if case .failed = $0 { true } else { false } } == 1)
      }
      board.pullOut("ttyACM90")
    }

    @Test("two boards with the same serial number are two nodes")
    func sameSerial() throws {
      let boards = [("1-12", 92, "ttyUSB92"), ("1-13", 93, "ttyUSB93")].map { socket, minor, name in
        let board = SimulatedBoard(
          socket: socket, vendor: "10c4", product: "ea60", serial: "CLONE-0815",
          driver: "cp210x", minor: minor)
        return (board, name)
      }
      try following(.everyNode) { log, _ in
        #expect(log.wait { $0.seen.contains(.waiting) })
        for (board, name) in boards {
          board.plugIn(as: name)
          #expect(log.wait { $0.seen.contains { isOpened($0, "/dev/" + name) } })
        }
        for (board, name) in boards { board.print(name, on: name) }
        let texts: (EventLog) -> [String] = { log in
          log.seen.compactMap { seen in
            if case .opened(let node, _) = seen { log.text(of: node) } else { nil }
          }
        }
        #expect(log.wait { texts($0) == ["ttyUSB92", "ttyUSB93"] })
      }
      for (board, name) in boards { board.pullOut(name) }
    }

    private func isOpened(_ seen: EventLog.Seen, _ node: String?) -> Bool {
      if case .opened(_, let opened) = seen { node == nil || opened == node } else { false }
    }

    private func isReconnected(_ seen: EventLog.Seen, _ node: String?) -> Bool {
      if case .reconnected(_, let opened) = seen { node == nil || opened == node } else { false }
    }

    private func isDisconnected(_ seen: EventLog.Seen) -> Bool {
      if case .disconnected = seen { true } else { false }
    }
  }
}
