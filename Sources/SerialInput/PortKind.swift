/// What sits at the computer's end of a serial port.
public enum PortKind: Hashable, Sendable {
  /// A chip of Espressif that speaks USB itself.
  case espressif(EspressifDevice)
  /// A bridge from USB to a UART, of a make found on boards with Espressif chips.
  case bridge(BridgeChip)
  /// Anything else: a modem, a UART of the computer, a pseudo-terminal.
  case other

  /// Whether an ESP32 may be behind it.
  public var mayBeNode: Bool {
    switch self {
    case .espressif, .bridge: true
    case .other: false
    }
  }

  /// The name a person knows it by.
  public var name: String {
    switch self {
    case .espressif(let device): device.name
    case .bridge(let chip): chip.name
    case .other: "other"
    }
  }

  /// Tells the kind by the ids of USB.
  public init(vendor: UInt16, product: UInt16) {
    if let device = EspressifDevice(vendor: vendor, product: product) {
      self = .espressif(device)
    } else if let chip = BridgeChip(vendor: vendor, product: product) {
      self = .bridge(chip)
    } else {
      self = .other
    }
  }
}

/// A device under Espressif's own USB vendor id, 303a.
public enum EspressifDevice: Hashable, Sendable {
  /// The USB Serial/JTAG peripheral (1001) of C3, C6, H2, P4, S3 and later; its serial number is the chip's MAC.
  case usbSerialJTAG
  /// The esp-usb-bridge firmware (1002), as on ESP-Prog 2: UART lines of another chip.
  case usbBridge
  /// The ROM of an ESP32-S2 in download mode, or with its console on USB (0002).
  case romCDC
  /// An application that brings its own USB stack with TinyUSB's default ids (4000 to 403f).
  case tinyUSB
  /// Another product id, given by Espressif to a board or a company.
  case unknown(product: UInt16)

  /// Espressif's vendor id of USB; every product under it is a node's port.
  public static let vendor: UInt16 = 0x303A

  init?(vendor: UInt16, product: UInt16) {
    guard vendor == Self.vendor else { return nil }
    switch product {
    case 0x1001: self = .usbSerialJTAG
    case 0x1002: self = .usbBridge
    case 0x0002: self = .romCDC
    case 0x4000...0x403F: self = .tinyUSB
    default: self = .unknown(product: product)
    }
  }

  /// The name a person knows it by.
  public var name: String {
    switch self {
    case .usbSerialJTAG: "USB Serial/JTAG"
    case .usbBridge: "ESP USB Bridge"
    case .romCDC: "ESP32-S2 ROM"
    case .tinyUSB: "TinyUSB CDC"
    case .unknown: "Espressif"
    }
  }
}
