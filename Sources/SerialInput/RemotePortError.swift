/// Why a port on another machine does not serve.
public enum RemotePortError: Error, Hashable, Sendable {
  /// What is wrong with the text of a URL.
  public enum Malformation: Hashable, Sendable {
    /// A scheme that is none of ours.
    case scheme(String)
    /// No host, or an IPv6 address without brackets.
    case host
    /// No port, or none between 1 and 65535.
    case port
    /// An option that is not known.
    case option(String)
    /// A time that is none.
    case timeout
  }

  /// The URL cannot be read.
  case malformed(url: String, Malformation)
  /// There is no host of that name.
  case unknownHost(NetworkAddress)
  /// The name server does not answer.
  case noNameServer(NetworkAddress)
  /// Nothing listens there.
  case refused(NetworkAddress)
  /// No answer in time.
  case timedOut(NetworkAddress)
  /// No way leads there, or the system refused for another reason.
  case unreachable(NetworkAddress, errno: Int32)
  /// Connected, but the other side does not speak RFC 2217.
  case noComPortOption(NetworkAddress)
  /// The server set another baud rate than the one asked for.
  case otherBaud(NetworkAddress, wanted: UInt32, actual: UInt32)

  /// The port it is about, as it was named.
  public var url: String {
    switch self {
    case .malformed(let url, _): url
    case .unknownHost(let address), .noNameServer(let address), .refused(let address),
      .timedOut(let address), .unreachable(let address, _), .noComPortOption(let address),
      .otherBaud(let address, _, _):
      address.url
    }
  }

  /// Whether waiting may help.
  public enum Outlook: Hashable, Sendable {
    /// It may come by itself; it is tried again.
    case mayCome
    /// Somebody must change something first.
    case hopeless
    /// It works, though not as asked.
    case usable
  }

  /// Whether waiting may help.
  public var outlook: Outlook {
    switch self {
    case .malformed, .unknownHost, .noComPortOption: .hopeless
    case .noNameServer, .refused, .timedOut, .unreachable: .mayCome
    case .otherBaud: .usable
    }
  }
}

extension RemotePortError: CustomStringConvertible {
  /// What is wrong and what to do. Holds names from outside: escape it before it reaches a terminal.
  public var description: String {
    switch self {
    case .malformed(let url, let problem):
      "\(url) is no port: " + Self.text(of: problem)
    case .unknownHost(let address):
      "\(address.url): there is no host '\(address.host)'. Check the name, or give the IP address."
    case .noNameServer(let address):
      "\(address.url): the name '\(address.host)' cannot be looked up just now. Check this computer's network, or give the IP address."
    case .refused(let address):
      "\(address.url): nothing listens on port \(address.port) of \(address.host). Start the server there (\(Self.server(address.scheme))), or check the port."
    case .timedOut(let address):
      "\(address.url): no answer from \(address.host). Is the machine on, and does a firewall let port \(address.port) through?"
    case .unreachable(let address, let errno):
      "\(address.url): cannot connect: \(errorText(errno)). Check the address and this computer's network."
    case .noComPortOption(let address):
      "\(address.url): what listens there does not speak RFC 2217. Is it raw TCP? Then use socket://\(Self.place(address))."
    case .otherBaud(let address, let wanted, let actual):
      "\(address.url): the server reads its port at \(actual) baud and not at \(wanted)."
        + " Ask for a rate that its adapter can do (--baud)."
    }
  }

  private static func text(of problem: Malformation) -> String {
    switch problem {
    case .scheme(let name):
      "'\(name)://' is not known here. " + instead(of: name.lowercased())
    case .host: "it names no host. Write socket://HOST:PORT; an IPv6 address goes in brackets."
    case .port: "it needs a TCP port from 1 to 65535, as in rfc2217://HOST:4000."
    case .option(let name):
      "the option '\(name)' is not known. RFC 2217 takes timeout=SECONDS, ign_set_control and poll_modem."
    case .timeout: "timeout takes a number of seconds above 0, as in ?timeout=5."
    }
  }

  private static func instead(of scheme: String) -> String {
    switch scheme {
    case "http", "https": "A node is asked over HTTP by 'esptriage probe HOST'."
    case "file": "A saved log is named by its path alone."
    default: "A port elsewhere is socket://HOST:PORT (raw TCP) or rfc2217://HOST:PORT."
    }
  }

  private static func server(_ scheme: NetworkAddress.Scheme) -> String {
    switch scheme {
    case .socket: "QEMU, ser2net, socat"
    case .rfc2217: "esp_rfc2217_server, rfc2217_server.py, ser2net"
    }
  }

  private static func place(_ address: NetworkAddress) -> String {
    (address.host.contains(":") ? "[\(address.host)]" : address.host) + ":\(address.port)"
  }
}
