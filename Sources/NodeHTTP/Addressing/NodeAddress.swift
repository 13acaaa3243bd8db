/// Where a node answers: an address or a name, and a port.
public struct NodeAddress: Hashable, Sendable {
  /// The port that the firmware listens on.
  public static let firmwarePort = 8032

  /// An IPv4 or IPv6 address without brackets, or a name.
  public var host: String
  /// The TCP port.
  public var port: Int

  /// Puts an address together.
  public init(host: String, port: Int = NodeAddress.firmwarePort) {
    self.host = host
    self.port = port
  }

  /// Reads what a person types: `192.168.1.40`, `node-7.local:8032`, `[fe80::1%eth0]:8032`, also with `http://` in front.
  public init(parsing text: String) throws(NodeAddressError) {
    var rest = Substring(text)
    if rest.hasPrefix("https://") { throw .isHTTPS(text) }
    if rest.hasPrefix("http://") { rest = rest.dropFirst(7) }
    while rest.last == "/" { rest = rest.dropLast() }
    let (host, port) = try Self.split(rest, of: text)
    guard !host.isEmpty else { throw .noHost(text) }
    guard host.utf8.count <= 255, host.utf8.allSatisfy(Self.belongsInHost) else {
      throw .badHost(text)
    }
    self.init(host: String(host))
    if let port { self.port = try Self.number(port, of: text) }
  }

  private static func split(
    _ rest: Substring, of text: String
  ) throws(NodeAddressError) -> (Substring, Substring?) {
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { throw .badHost(text) }
      let host = rest[rest.index(after: rest.startIndex)..<end]
      let tail = rest[rest.index(after: end)...]
      if tail.isEmpty { return (host, nil) }
      guard tail.first == ":" else { throw .badPort(text) }
      return (host, tail.dropFirst())
    }
    let colons = rest.utf8.count { $0 == UInt8(ascii: ":") }
    // More than one colon and no brackets: an IPv6 address.
    guard colons == 1, let colon = rest.firstIndex(of: ":") else { return (rest, nil) }
    return (rest[..<colon], rest[rest.index(after: colon)...])
  }

  private static func number(
    _ digits: Substring, of text: String
  ) throws(NodeAddressError) -> Int {
    guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let port = Int(digits), 1...65535 ~= port
    else { throw .badPort(text) }
    return port
  }

  /// Nothing that means something else in a URL: no `@`, `/`, `?`, `#`, space or control character.
  private static func belongsInHost(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "%"):
      true
    default: false
    }
  }

  /// The URL of a path on this node.
  func url(_ path: String) -> String { "http://\(urlHost):\(port)\(path)" }

  private var urlHost: String {
    guard host.contains(":") else { return host }
    // In a URL the percent sign of a zone is itself encoded.
    let parts = host.split(separator: "%", maxSplits: 1)
    return parts.count == 2 ? "[\(parts[0])%25\(parts[1])]" : "[\(host)]"
  }
}

extension NodeAddress: CustomStringConvertible {
  /// As a person writes it; the port is left out where it is the firmware's.
  public var description: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == Self.firmwarePort ? name : "\(name):\(port)"
  }
}

/// Why a text names no node.
public enum NodeAddressError: Error, Hashable, Sendable, CustomStringConvertible {
  case noHost(String)
  case badHost(String)
  case badPort(String)
  case isHTTPS(String)

  /// What is wrong and what to type. Holds what was typed: escape it before it reaches a terminal.
  public var description: String {
    switch self {
    case .noHost(let text):
      "'\(text)' names no node. Give its address, such as 192.168.1.40 or 192.168.1.40:8032."
    case .badHost(let text):
      "'\(text)' is no host name or address. Give one such as 192.168.1.40, node-7.local or [fe80::1%eth0]."
    case .badPort(let text):
      "'\(text)' has no usable port. Give a number from 1 to 65535, or leave it out for 8032."
    case .isHTTPS(let text):
      "'\(text)': the firmware speaks plain HTTP. Give the address alone."
    }
  }
}
