/// What makes a device the same one after it was away.
public struct NodeIdentity: Hashable, Sendable {
  /// The device node or path it was first seen under.
  public let node: String
  /// The USB device as it was first seen; nil for a port that is none.
  public let usb: USBDevice?

  /// The identity of a port.
  public init(node: String, usb: USBDevice? = nil) {
    self.node = node
    self.usb = usb
  }

  /// A short name: the serial number where it means something, otherwise the last part of the node.
  public var name: String {
    if node == PortSource.standardInputName { return "stdin" }
    return usb?.ownSerial ?? node.split(separator: "/").last.map(String.init) ?? "port"
  }

  /// Whether this port is the device that came back.
  ///
  /// The serial number decides where both have one of their own; a chip that changed its product id (application
  /// to ROM) may change its number too, and is known by its place on the bus. Another board of the same make in
  /// the same socket is another node.
  public func matches(_ port: AttachedPort) -> Bool {
    guard let usb else { return port.usb == nil && port.node == node }
    guard let other = port.usb, other.interface == usb.interface else { return false }
    if let mine = usb.ownSerial, let theirs = other.ownSerial {
      if mine == theirs { return usb.vendor == other.vendor }
      if usb.ids == other.ids { return false }
    }
    return usb.path == other.path
  }
}
