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

  init?(vendor: UInt16, product: UInt16) {
    guard vendor == 0x303A else { return nil }
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

/// A make of USB-to-UART bridge.
public enum BridgeChip: Hashable, Sendable {
  /// Silicon Labs CP2102, CP2104, CP2105, CP2108.
  case cp210x
  /// WCH CH340, CH341 and CH330.
  case ch34x
  /// WCH CH343 and its multi-port relatives.
  case ch343
  /// WCH CH9102.
  case ch9102
  /// FTDI FT232, FT2232, FT4232, FT-X.
  case ftdi
  /// Prolific PL2303.
  case pl2303

  init?(vendor: UInt16, product: UInt16) {
    switch (vendor, product) {
    case (0x10C4, 0xEA60...0xEA63), (0x10C4, 0xEA70), (0x10C4, 0xEA71), (0x10C4, 0xEA7A):
      self = .cp210x
    case (0x1A86, 0x7522), (0x1A86, 0x7523), (0x1A86, 0x5523), (0x1A86, 0xE523): self = .ch34x
    case (0x1A86, 0x55D4): self = .ch9102
    case (0x1A86, 0x55D0...0x55DF): self = .ch343
    case (0x0403, 0x6001), (0x0403, 0x6010), (0x0403, 0x6011), (0x0403, 0x6014), (0x0403, 0x6015):
      self = .ftdi
    case (0x067B, 0x2303), (0x067B, 0x23A3), (0x067B, 0x23B3), (0x067B, 0x23C3),
      (0x067B, 0x23D3), (0x067B, 0x23E3), (0x067B, 0x23F3):
      self = .pl2303
    default: return nil
    }
  }

  /// The name a person knows it by.
  public var name: String {
    switch self {
    case .cp210x: "CP210x"
    case .ch34x: "CH34x"
    case .ch343: "CH343"
    case .ch9102: "CH9102"
    case .ftdi: "FTDI"
    case .pl2303: "PL2303"
    }
  }
}
