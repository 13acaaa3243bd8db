import CUMockdev
import Foundation
import Glibc

/// The simulated `/sys`, `/dev` and udev of this process; there can be only one.
///
/// The simulation aborts the process when a device name comes back that it has seen, so that each device here has
/// a name of its own, as a re-enumerated port mostly has.
final class SimulatedUdev: @unchecked Sendable {
  // The tests that use it run one after the other.
  static let shared = SimulatedUdev()

  /// Whether the process runs under `umockdev-wrapper`.
  static var isPreloaded: Bool {
    getenv("LD_PRELOAD").map { String(cString: $0).contains("umockdev") } ?? false
  }

  private let testbed: OpaquePointer

  private init() {
    guard let testbed = umockdev_testbed_new() else { fatalError("no testbed") }
    self.testbed = OpaquePointer(testbed)
    add(
      """
      P: \(Self.hub)
      E: DEVTYPE=usb_device
      E: SUBSYSTEM=usb
      A: idVendor=1d6b\\n
      A: idProduct=0002\\n

      """)
  }

  static let hub = "/devices/pci0000:00/0000:00:14.0/usb1"

  private var pointer: UnsafeMutablePointer<UMockdevTestbed> { UnsafeMutablePointer(testbed) }

  var root: String {
    guard let text = umockdev_testbed_get_root_dir(pointer) else { return "" }
    defer { g_free(text) }
    return String(cString: text)
  }

  func add(_ description: String) {
    var error: UnsafeMutablePointer<GError>?
    guard umockdev_testbed_add_from_string(pointer, description, &error) != 0 else {
      fatalError(error.map { String(cString: $0.pointee.message) } ?? "refused")
    }
  }

  func remove(_ path: String) {
    umockdev_testbed_remove_device(pointer, "/sys" + path)
  }

  /// Removes a port, and with it what the simulation forgets: the terminal's number will be used again.
  func removePort(_ path: String, named name: String) {
    let terminal = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(root)/dev/\(name)")
    remove(path)
    if let terminal {
      unlink("\(root)/dev/.ptymap/" + terminal.replacingOccurrences(of: "/", with: "_"))
    }
  }

  /// The end of a port that the chip writes to.
  func master(of node: String) -> Int32 {
    umockdev_testbed_get_dev_fd(pointer, node)
  }
}

/// A board in a simulated socket.
struct SimulatedBoard {
  var socket: String
  var vendor = "303a"
  var product = "1001"
  var serial: String?
  var productName = "USB JTAG/serial debug unit"
  var driver = "cdc_acm"
  var minor = 0

  var device: String { "\(SimulatedUdev.hub)/\(socket)" }
  var interface: String { "\(device)/\(socket):1.0" }

  func tty(_ name: String) -> String {
    driver == "cdc_acm" ? "\(interface)/tty/\(name)" : "\(interface)/\(name)/tty/\(name)"
  }

  /// The board is plugged in, with a port of this name.
  func plugIn(as name: String, links: [String] = []) {
    SimulatedUdev.shared.add(
      """
      P: \(device)
      E: DEVTYPE=usb_device
      E: SUBSYSTEM=usb
      A: idVendor=\(vendor)\\n
      A: idProduct=\(product)\\n
      A: product=\(productName)\\n
      \(serial.map { "A: serial=\($0)\\n\n" } ?? "")
      P: \(interface)
      E: DEVTYPE=usb_interface
      E: SUBSYSTEM=usb
      E: DRIVER=\(driver)
      A: bInterfaceNumber=00\\n
      L: driver=../../../../../../bus/usb/drivers/\(driver)

      \(port(name, links))
      """)
  }

  /// Only the port comes back; the device was on the bus all the time.
  func addPort(_ name: String) {
    SimulatedUdev.shared.add(port(name, []))
  }

  private func port(_ name: String, _ links: [String]) -> String {
    let major = driver == "cdc_acm" ? 166 : 188
    return """
      P: \(tty(name))
      N: \(name)
      \(links.map { "S: \($0)\n" }.joined())E: DEVNAME=/dev/\(name)
      E: SUBSYSTEM=tty
      E: MAJOR=\(major)
      E: MINOR=\(minor)
      A: dev=\(major):\(minor)\\n

      """
  }

  /// What the chip prints on that port.
  func print(_ text: String, on name: String) {
    let master = SimulatedUdev.shared.master(of: "/dev/\(name)")
    var text = text
    text.withUTF8 { _ = write(master, $0.baseAddress, $0.count) }
  }

  /// The cable is pulled: the port hangs up and goes away, and the board with it.
  func pullOut(_ name: String) {
    removePort(name)
    SimulatedUdev.shared.remove(interface)
    SimulatedUdev.shared.remove(device)
  }

  func removePort(_ name: String) {
    let master = SimulatedUdev.shared.master(of: "/dev/\(name)")
    SimulatedUdev.shared.removePort(tty(name), named: name)
    close(master)
  }
}
