/// A serial port of this computer, with what the system knows about it.
public struct AttachedPort: Hashable, Sendable {
  /// The device node, such as `/dev/ttyACM0`; another one after every re-enumeration.
  public let node: String
  /// Links that stay the same, such as those in `/dev/serial/by-id`, sorted.
  public let stableLinks: [String]
  /// The device at the other end of the USB cable; nil for a port that is none.
  public let usb: USBDevice?
  /// The kernel's driver, such as `cdc_acm` or `cp210x`.
  public let driver: String?
  /// Whom the node belongs to; nil where it is not there (yet).
  public let access: PortAccess?
  /// What it is.
  public let kind: PortKind

  /// A port, described.
  public init(
    node: String, stableLinks: [String] = [], usb: USBDevice? = nil, driver: String? = nil,
    access: PortAccess? = nil
  ) {
    self.node = node
    self.stableLinks = stableLinks
    self.usb = usb
    self.driver = driver
    self.access = access
    kind = usb.map { PortKind(vendor: $0.vendor, product: $0.product) } ?? .other
  }

  /// How it is recognised after it was away.
  public var identity: NodeIdentity {
    NodeIdentity(node: node, usb: usb)
  }

  /// What opening does to DTR and RTS.
  ///
  /// A bridge's lines lead to the auto-reset circuit; those of a chip's own USB are commands to the chip and are
  /// left alone, and so are those of an unknown device.
  public var lineTreatment: LineTreatment {
    switch kind {
    case .bridge, .espressif(.usbBridge): .dropBothAtOnce
    case .espressif(.usbSerialJTAG), .espressif(.romCDC), .espressif(.tinyUSB),
      .espressif(.unknown):
      .untouched
    // The kernel names the ports of its bridge drivers so; other drivers' lines lead who knows where.
    case .other: node.hasPrefix("/dev/ttyUSB") ? .dropBothAtOnce : .untouched
    }
  }

  /// The way to restart the chip behind this port.
  public var resetStrategy: ResetStrategy {
    switch kind {
    case .bridge, .other, .espressif(.usbBridge): .classic
    case .espressif(.usbSerialJTAG), .espressif(.romCDC), .espressif(.tinyUSB),
      .espressif(.unknown):
      .usbSerialJTAG
    }
  }
}

/// What a USB device says about itself. Its texts are hostile like everything a device says.
public struct USBDevice: Hashable, Sendable {
  /// The vendor id, 303a for Espressif.
  public let vendor: UInt16
  /// The product id.
  public let product: UInt16
  /// The vendor's name.
  public let manufacturer: String?
  /// The product's name.
  public let productName: String?
  /// The serial number; on the USB Serial/JTAG the chip's MAC.
  public let serial: String?
  /// Where it is plugged in, such as `1-2.3`: bus, port, port of the hub.
  public let path: String
  /// Which of the device's interfaces the port is; two ports of one FT2232 differ in it.
  public let interface: UInt8

  /// A device, described.
  public init(
    vendor: UInt16, product: UInt16, manufacturer: String? = nil, productName: String? = nil,
    serial: String? = nil, path: String, interface: UInt8 = 0
  ) {
    self.vendor = vendor
    self.product = product
    self.manufacturer = manufacturer
    self.productName = productName
    self.serial = serial
    self.path = path
    self.interface = interface
  }

  /// The ids as everybody writes them: `303a:1001`.
  public var ids: String {
    fourDigits(vendor) + ":" + fourDigits(product)
  }

  /// The serial number where it tells this device from others.
  ///
  /// Boards come by the thousand with the bridge maker's default.
  var ownSerial: String? {
    guard let serial, serial.utf8.count >= 6 else { return nil }
    let defaults: Set<String> = ["0000000000000000", "000000", "123456", "12345678", "0123456789"]
    return defaults.contains(serial) ? nil : serial
  }
}

/// An id of USB as everybody writes it, such as `0043`.
func fourDigits(_ id: UInt16) -> String {
  let digits = String(id, radix: 16)
  return String(repeating: "0", count: 4 - digits.count) + digits
}
