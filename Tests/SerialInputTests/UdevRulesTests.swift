import Foundation
import Glibc
import Testing

@testable import SerialInput

extension SerialInputTests {
  @Suite("The rules for udev")
  struct Rules {
    private let lines = UdevRules.text.split(separator: "\n").filter { !$0.hasPrefix("#") }

    @Test(
      "name exactly the devices that are nodes to this program, for access and for ModemManager")
    func agree() throws {
      let access = try rules(setting: [#"TAG+="uaccess""#, #"ENV{ID_MM_PORT_IGNORE}="1""#])
      let modems = try rules(setting: [#"ENV{ID_MM_DEVICE_IGNORE}="1""#])
      #expect(access.count == modems.count)
      let vendors = Set(
        BridgeChip.allCases.map(\.vendor) + [EspressifDevice.vendor, 0x2341, 0x1199])
      for vendor in vendors {
        for product in UInt16.min...UInt16.max {
          let isNode = PortKind(vendor: vendor, product: product).mayBeNode
          guard access.contains(where: { $0.matches(vendor, product) }) == isNode,
            modems.contains(where: { $0.matches(vendor, product) }) == isNode
          else {
            Issue.record("\(vendor):\(product) is a node: \(isNode)")
            return
          }
        }
      }
    }

    @Test("look up the tree from a port, and at the device itself on the bus")
    func keys() throws {
      for line in lines where line.contains("idVendor") {
        let isPort = line.hasPrefix(#"SUBSYSTEM=="tty""#)
        #expect(line.contains(isPort ? "ATTRS{idVendor}" : " ATTR{idVendor}"))
        #expect(isPort || line.contains(#"ENV{DEVTYPE}=="usb_device""#))
      }
    }

    @Test("jump only to labels that are there, and every line is one of keys, operators and values")
    func grammar() throws {
      let part = #"[A-Z]+(\{[A-Za-z_]+\})?(==|!=|\+=|=)"[^"]*""#
      for line in lines {
        #expect(line.wholeMatch(of: try Regex("\(part)(, \(part))*")) != nil, "\(line)")
      }
      #expect(lines.filter { $0.contains(#"GOTO="esptriage_end""#) }.count == 2)
      #expect(lines.last == #"LABEL="esptriage_end""#)
    }

    @Test("a refusal of the kernel leads to them")
    func advice() {
      for (group, mode) in [("dialout", 0o660), ("root", 0o600)] as [(String, UInt32)] {
        let access = PortAccess(owner: "root", group: group, mode: mode, isOpenable: false)
        let text = SerialPortError.notAllowed(path: "/dev/ttyACM0", access: access).description
        #expect(text.contains("esptriage ports --udev-rules | sudo tee \(UdevRules.path)"))
      }
      #expect(UdevRules.text.contains(UdevRules.installation))
      // What asks for uaccess must come before what grants it.
      #expect(UdevRules.path.split(separator: "/").last.map { $0 < "73-seat-late.rules" } == true)
    }

    private func rules(setting assignments: [String]) throws -> [Conditions] {
      let found = lines.filter { line in assignments.allSatisfy { line.contains($0) } }
      #expect(found.count > 1)
      return found.map { line in
        Conditions(
          vendor: value("idVendor", in: line) ?? "", products: value("idProduct", in: line))
      }
    }

    private func value(_ attribute: String, in line: Substring) -> String? {
      guard let key = line.range(of: "{\(attribute)}==\"") else { return nil }
      return String(line[key.upperBound...].prefix { $0 != "\"" })
    }

    /// The conditions of a rule, matched as udev matches: text against alternatives.
    private struct Conditions {
      private let vendor: Set<Substring>
      private let products: Set<Substring>?

      init(vendor: String, products: String?) {
        self.vendor = Set(vendor.split(separator: "|"))
        self.products = products.map { Set($0.split(separator: "|")) }
      }

      func matches(_ vendor: UInt16, _ product: UInt16) -> Bool {
        guard self.vendor.contains(fourDigits(vendor)[...]) else { return false }
        return products.map { $0.contains(fourDigits(product)[...]) } ?? true
      }
    }
  }
}
