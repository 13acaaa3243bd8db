// socket://host:port and rfc2217://host:port?option&option=value, as pySerial's `serial_for_url` reads them, and with
// it `idf.py monitor` and esptool.

/// A serial port on another machine.
public struct NetworkAddress: Hashable, Sendable {
  /// How it is talked to.
  public enum Scheme: String, Hashable, Sendable, CaseIterable {
    /// The bytes as they are, over TCP.
    case socket
    /// Telnet with the serial port's settings (RFC 2217), over TCP.
    case rfc2217
  }

  /// The name as it was given.
  public let url: String
  /// How it is talked to.
  public let scheme: Scheme
  /// A name, or an IPv4 or IPv6 address without brackets.
  public let host: String
  /// The TCP port.
  public let port: UInt16
  /// How long an answer of the server may take.
  public let patience: Duration

  /// Reads a URL; nil for a name that is none of a network port.
  public init?(url: String) throws(RemotePortError) {
    guard let scheme = Self.scheme(of: url) else {
      guard let name = Self.schemeName(of: url) else { return nil }
      throw .malformed(url: url, .scheme(name))
    }
    func malformed(_ problem: RemotePortError.Malformation) -> RemotePortError {
      .malformed(url: url, problem)
    }
    let rest = Substring(url.utf8.dropFirst(scheme.rawValue.utf8.count + 3))
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var place = parts.first ?? ""
    while place.last == "/" { place.removeLast() }
    guard let (host, port) = Self.hostAndPort(place), !host.isEmpty else {
      throw malformed(.host)
    }
    guard let port, let number = UInt16(port), number > 0 else { throw malformed(.port) }
    self.url = url
    self.scheme = scheme
    self.host = String(host)
    self.port = number
    patience = try Self.patience(parts.count > 1 ? parts[1] : "", scheme, malformed)
  }

  /// What stands before `://`, where that can be a scheme (RFC 3986, 3.1); nil for other names.
  static func schemeName(of name: String) -> String? {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasPrefix("//"), let first = parts[0].utf8.first,
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= first | 0x20
    else { return nil }
    let isScheme = parts[0].utf8.allSatisfy { byte in
      switch byte | 0x20 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): true
      default: "0123456789+-.".utf8.contains(byte)
      }
    }
    return isScheme ? String(parts[0]) : nil
  }

  static func scheme(of name: String) -> Scheme? {
    Scheme.allCases.first { scheme in
      // By bytes: an accent behind the last slash would make one character with it.
      let beginning = name.utf8.prefix(scheme.rawValue.utf8.count + 3)
      return String(decoding: beginning, as: UTF8.self).lowercased() == scheme.rawValue + "://"
    }
  }

  private static func hostAndPort(_ place: Substring) -> (host: Substring, port: Substring?)? {
    if place.first == "[" {
      guard let end = place.firstIndex(of: "]") else { return nil }
      let rest = place[place.index(after: end)...]
      return (place[place.index(after: place.startIndex)..<end], rest.isEmpty ? nil : colon(rest))
    }
    guard let end = place.lastIndex(of: ":") else { return (place, nil) }
    let host = place[..<end]
    // An IPv6 address without brackets: nobody can tell where it ends.
    return host.contains(":") ? nil : (host, place[place.index(after: end)...])
  }

  private static func colon(_ text: Substring) -> Substring {
    text.first == ":" ? text.dropFirst() : ""
  }

  /// Options that concern pySerial alone are accepted, so that its users' URLs work.
  private static func patience(
    _ query: Substring, _ scheme: Scheme,
    _ malformed: (RemotePortError.Malformation) -> RemotePortError
  ) throws(RemotePortError) -> Duration {
    var patience = Duration.seconds(3)
    for option in query.split(separator: "&") {
      let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let (name, value) = (parts[0], parts.count > 1 ? String(parts[1]) : "")
      switch (scheme, name) {
      // Answers to SET-CONTROL are never waited for, and the state of CTS and the like tells us nothing.
      case (_, "logging"), (.rfc2217, "ign_set_control"), (.rfc2217, "poll_modem"): break
      case (.rfc2217, "timeout"):
        guard let seconds = Double(value), seconds > 0, seconds <= 3600 else {
          throw malformed(.timeout)
        }
        patience = .milliseconds(max(1, Int64(seconds * 1000)))
      default: throw malformed(.option(String(name)))
      }
    }
    return patience
  }
}
