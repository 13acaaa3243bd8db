import Reporting
import SerialInput

/// One serial port for programs.
struct PortJSON {
  /// The name of this form of the object.
  static let schema = "esptriage.port/1"

  /// Every word that stands for a kind of port.
  static var kinds: [String] {
    let espressif: [EspressifDevice] = [
      .usbSerialJTAG, .usbBridge, .romCDC, .tinyUSB, .unknown(product: 0),
    ]
    return (espressif.map(PortKind.espressif) + BridgeChip.allCases.map(PortKind.bridge) + [.other])
      .map(id)
  }

  let text: String

  init(_ port: AttachedPort, layout: JSONWriter.Layout, for readers: Privacy = .own) {
    var json = JSONWriter(layout: layout, privacy: readers)
    json.object { json in
      json.member("schema", unmasked: Self.schema)
      json.member("port", unmasked: port.node)
      json.member("kind", unmasked: Self.id(of: port.kind))
      json.member("node", port.kind.mayBeNode)
      let links = port.stableLinks(for: readers)
      if !links.isEmpty { json.member("links", places: links) }
      json.member("driver", unmasked: port.driver)
      if let usb = port.usb {
        json.member("usb") { json in
          json.member("ids", unmasked: usb.ids)
          json.member("manufacturer", usb.manufacturer)
          json.member("product", usb.productName)
          json.member("serial", usb.serial.map(readers.shown(serialNumber:)))
          json.member("path", unmasked: usb.path)
          json.member("interface", Int(usb.interface))
        }
      }
      if let access = port.access {
        json.member("access") { json in
          json.member("owner", unmasked: access.owner)
          json.member("group", unmasked: access.group)
          json.member("mode", unmasked: String(access.mode, radix: 8))
          json.member("openable", access.isOpenable)
        }
      }
    }
    text = json.text
  }

  /// The words scripts compare with; names for people may change.
  private static func id(of kind: PortKind) -> String {
    switch kind {
    case .espressif(.usbSerialJTAG): "usb_serial_jtag"
    case .espressif(.usbBridge): "esp_usb_bridge"
    case .espressif(.romCDC): "rom_cdc"
    case .espressif(.tinyUSB): "tinyusb"
    case .espressif(.unknown): "espressif"
    case .bridge(.cp210x): "cp210x"
    case .bridge(.ch34x): "ch34x"
    case .bridge(.ch343): "ch343"
    case .bridge(.ch9102): "ch9102"
    case .bridge(.ftdi): "ftdi"
    case .bridge(.pl2303): "pl2303"
    case .other: "other"
    }
  }
}
