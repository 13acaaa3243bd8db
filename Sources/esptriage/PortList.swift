import Reporting
import SerialInput

/// Serial ports for people.
struct PortList {
  let ports: [AttachedPort]
  private let readers: Privacy

  init(_ ports: [AttachedPort], for readers: Privacy) {
    self.ports = ports
    self.readers = readers
  }

  /// Every port with what is known about it, and what to do next where something is in the way.
  var text: String {
    guard !ports.isEmpty else {
      return """
        No serial port is plugged in. Use a cable with data wires; 'esptriage' alone waits for a \
        node.

        """
    }
    let facts = ports.map { port in
      [port.node, kind(port), port.usb?.ids ?? "", port.driver ?? "", Self.access(port)]
    }
    let widths = (0..<5).map { column in
      facts.map { TextWidth.columns(readers.safe($0[column])) }.max() ?? 0
    }
    var text = ""
    for (port, facts) in zip(ports, facts) {
      var line = ""
      for (fact, width) in zip(facts, widths) where width > 0 {
        line += TextWidth.padded(readers.safe(fact), to: width) + "  "
      }
      text += trimmed(line) + "\n"
      for detail in details(port) { text += "    " + readers.safe(detail) + "\n" }
    }
    return text
  }

  /// The ports numbered, for somebody who is asked which one.
  var numbered: String {
    ports.enumerated().map { index, port in
      let name = [kind(port), port.usb?.serial.map(readers.shown(serialNumber:))].compactMap(\.self)
        .joined(separator: ", ")
      return readers.safe("  \(index + 1)  \(port.node)  \(name)") + "\n"
    }.joined()
  }

  private func kind(_ port: AttachedPort) -> String {
    port.kind.mayBeNode ? port.kind.name : "no known node"
  }

  private func details(_ port: AttachedPort) -> [String] {
    var details: [String] = []
    if let usb = port.usb {
      var facts = [[usb.manufacturer, usb.productName].compactMap(\.self).joined(separator: " ")]
      if let serial = usb.serial { facts.append("serial \(readers.shown(serialNumber: serial))") }
      facts.append("USB \(usb.path)")
      details.append(facts.filter { !$0.isEmpty }.joined(separator: " · "))
    }
    details += port.stableLinks(for: readers)
    return details
  }

  /// Who may open it.
  private static func access(_ port: AttachedPort) -> String {
    guard let access = port.access else { return "not there" }
    let who = "\(access.owner):\(access.group) " + octal(access.mode)
    return access.isOpenable ? who : who + ", not for you"
  }

  private static func octal(_ mode: UInt32) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func trimmed(_ line: String) -> Substring {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return line
  }
}

extension Privacy {
  /// A serial number tells one node from all others, and is often its MAC.
  func shown(serialNumber: String) -> String {
    switch self {
    case .own: serialNumber
    case .shared: "***"
    }
  }
}

extension AttachedPort {
  /// The names that stay; udev makes them of the serial number, and other signs for those that no file's name has.
  func stableLinks(for readers: Privacy) -> [String] {
    switch readers {
    case .own: stableLinks
    case .shared:
      stableLinks.map { link in
        guard let serial = usb?.serial, !serial.isEmpty else { return link }
        let inLink = String(serial.map { $0.isWhitespace || $0 == "/" ? "_" : $0 })
        return link.replacing(serial, with: "***").replacing(inLink, with: "***")
      }
    }
  }
}
