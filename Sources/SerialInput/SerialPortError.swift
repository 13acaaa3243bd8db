/// Why a port does not serve.
public enum SerialPortError: Error, Hashable, Sendable {
  /// Nothing of that name is there.
  case notFound(path: String)
  /// The node belongs to somebody else.
  case notAllowed(path: String, access: PortAccess?)
  /// Another program has it.
  case busy(path: String, holders: [PortHolder])
  /// It is no serial port.
  case notATTY(path: String)
  /// It went away.
  case disconnected(path: String)
  /// It has no DTR and RTS to set.
  case noModemLines(path: String)
  /// The driver refuses the baud rate.
  case baudRefused(path: String, baud: UInt32)
  /// It is on another machine, and does not serve from there.
  case remote(RemotePortError)
  /// The library that knows the ports is not on this computer; `what` tells how to get it.
  case libraryMissing(what: String)
  /// The kernel refused for another reason.
  case system(path: String, operation: String, errno: Int32)

  /// The port it is about.
  public var path: String {
    switch self {
    case .notFound(let path), .notAllowed(let path, _), .busy(let path, _), .notATTY(let path),
      .disconnected(let path), .noModemLines(let path), .baudRefused(let path, _),
      .system(let path, _, _):
      path
    case .remote(let error): error.url
    case .libraryMissing: "libudev"
    }
  }
}

extension SerialPortError {
  /// The same, whoever holds the port.
  var withoutHolders: SerialPortError {
    guard case .busy(let path, _) = self else { return self }
    return .busy(path: path, holders: [])
  }
}

extension SerialPortError: CustomStringConvertible {
  /// What is wrong and what to do. Holds names from outside: escape it before it reaches a terminal.
  public var description: String {
    switch self {
    case .notFound(let path):
      "There is no \(path). Is the cable one with data wires? 'esptriage ports' lists what is plugged in."
    case .notAllowed(let path, let access):
      "No permission to open \(path)" + Self.fix(access)
    case .busy(let path, let holders):
      Self.busyText(path, holders)
    case .notATTY(let path):
      "\(path) is not a serial port. 'esptriage ports' lists those that are."
    case .disconnected(let path):
      "\(path) is gone: unplugged, or the chip restarted its USB."
    case .noModemLines(let path):
      "\(path) has no DTR and RTS lines, so the chip cannot be reset through it; press its reset button."
    case .baudRefused(let path, let baud):
      "The driver of \(path) refuses \(baud) baud. Try 115200."
    case .remote(let error): error.description
    case .libraryMissing(let what): "Ports cannot be listed: \(what)."
    case .system(let path, let operation, let errno):
      "\(path): \(operation) failed: \(errorText(errno))."
    }
  }

  private static func fix(_ access: PortAccess?) -> String {
    guard let access else { return ". Run it with the rights to open the device." }
    // A group that cannot write, or the superuser's own, is no way in.
    guard access.mode & 0o060 == 0o060, access.group != "root" else {
      return
        ": it belongs to \(access.owner) alone. Install the udev rules for nodes, '\(UdevRules.installation)'."
    }
    return ": it belongs to group \(access.group)."
      + " Run 'sudo usermod -aG \(access.group) $USER' and log in again;"
      + " or install the udev rules for nodes, '\(UdevRules.installation)'."
  }

  private static func busyText(_ path: String, _ holders: [PortHolder]) -> String {
    guard !holders.isEmpty else {
      return "\(path) is in use by another program (of another user, as it is not to be seen)."
        + " Close it, or use --no-exclusive where sharing is meant."
    }
    let names = holders.map { "\($0.name) (process \($0.process))" }.joined(separator: ", ")
    return "\(path) is in use by \(names). Close it, or use --no-exclusive where sharing is meant."
  }
}
