/// Rules for udev, made of the ids that this program itself goes by: whoever sits at the computer may open the ports
/// of nodes, and ModemManager, which would talk to a fresh port for seconds, leaves them alone.
public enum UdevRules {
  /// Where they belong. Before `73-seat-late.rules`, which grants what `uaccess` asks for.
  public static let path = "/etc/udev/rules.d/60-esptriage.rules"

  /// One line of shell that installs them.
  public static let installation =
    "esptriage ports --udev-rules | sudo tee \(path) >/dev/null"
    + " && sudo udevadm control --reload && sudo udevadm trigger"

  /// The text of the file.
  public static var text: String {
    let opening = """
      # Ports of ESP32 nodes: whoever sits at this computer may open them, and ModemManager leaves them alone.
      # Printed by 'esptriage ports --udev-rules'. To install:
      #   \(installation)
      # Over ssh nobody sits here: there the group of the port counts, 'dialout' on Debian.

      ACTION=="remove", GOTO="esptriage_end"
      SUBSYSTEM!="tty|usb", GOTO="esptriage_end"


      """
    let rules = families.map { family in
      let device = family.conditions("ATTR")
      return """
        # \(family.title)
        SUBSYSTEM=="tty", \(family.conditions("ATTRS")), TAG+="uaccess", ENV{ID_MM_PORT_IGNORE}="1"
        SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", \(device), ENV{ID_MM_DEVICE_IGNORE}="1"

        """
    }
    return opening + rules.joined(separator: "\n") + "\nLABEL=\"esptriage_end\"\n"
  }

  private static var families: [Family] {
    [Family(title: "Espressif: every chip that speaks USB itself", vendor: EspressifDevice.vendor)]
      + BridgeChip.allCases.map {
        Family(title: $0.name, vendor: $0.vendor, products: $0.products)
      }
  }

  private struct Family {
    let title: String
    let vendor: UInt16
    /// Empty: all of the vendor's.
    var products: [UInt16] = []

    /// `ATTRS` looks at the device that a port hangs on, `ATTR` at the device itself.
    func conditions(_ key: String) -> String {
      let vendor = "\(key){idVendor}==\"\(fourDigits(vendor))\""
      guard !products.isEmpty else { return vendor }
      let products = products.map(fourDigits).joined(separator: "|")
      return vendor + ", \(key){idProduct}==\"\(products)\""
    }
  }
}
