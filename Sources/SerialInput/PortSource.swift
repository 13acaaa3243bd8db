/// What stands behind the name of a port: a device of this computer, a socket, or standard input.
public enum PortSource: Hashable, Sendable {
  /// A device node, or a link to one.
  case device(path: String)
  /// A port on another machine.
  case network(NetworkAddress)
  /// What is piped in.
  case standardInput

  /// How standard input is named on a command line.
  public static let standardInputName = "-"

  /// Reads a name as it is given on a command line or in `ESPPORT`.
  public init(_ name: String) throws(RemotePortError) {
    if name == Self.standardInputName {
      self = .standardInput
    } else if let address = try NetworkAddress(url: name) {
      self = .network(address)
    } else {
      self = .device(path: name)
    }
  }

  /// How a network port is talked to, by its name alone, well formed or not; nil for other names.
  public static func scheme(of name: String) -> NetworkAddress.Scheme? {
    NetworkAddress.scheme(of: name)
  }

  /// Whether a name is a URL, of a scheme that is known here or not.
  public static func isURL(_ name: String) -> Bool { NetworkAddress.schemeName(of: name) != nil }

  /// Whether a name is that of a device of this computer.
  static func isDevice(_ name: String) -> Bool {
    name != standardInputName && !isURL(name)
  }
}

extension NodeIdentity {
  /// Whether it is standard input, which ends once and for all.
  public var isStandardInput: Bool { node == PortSource.standardInputName }
}
