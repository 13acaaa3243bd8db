/// A make of USB-to-UART bridge.
public enum BridgeChip: Hashable, Sendable, CaseIterable {
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
    guard
      let chip = Self.allCases.first(where: {
        $0.vendor == vendor && $0.products.contains(product)
      })
    else { return nil }
    self = chip
  }

  /// The maker's vendor id of USB.
  public var vendor: UInt16 {
    switch self {
    case .cp210x: 0x10C4
    case .ch34x, .ch343, .ch9102: 0x1A86
    case .ftdi: 0x0403
    case .pl2303: 0x067B
    }
  }

  /// The product ids it shows under as it leaves the factory; no two makes share one.
  public var products: [UInt16] {
    switch self {
    case .cp210x: [0xEA60, 0xEA61, 0xEA62, 0xEA63, 0xEA70, 0xEA71, 0xEA7A]
    case .ch34x: [0x5523, 0x7522, 0x7523, 0xE523]
    case .ch343: (0x55D0...0x55DF).filter { $0 != 0x55D4 }
    case .ch9102: [0x55D4]
    case .ftdi: [0x6001, 0x6010, 0x6011, 0x6014, 0x6015]
    case .pl2303: [0x2303, 0x23A3, 0x23B3, 0x23C3, 0x23D3, 0x23E3, 0x23F3]
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
