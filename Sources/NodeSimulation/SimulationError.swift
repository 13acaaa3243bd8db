import Glibc

/// Why there is no simulation.
public enum SimulationError: Error, Hashable, CustomStringConvertible {
  /// The web server library is not installed, or is another one.
  case library(String)
  /// The address cannot be listened on.
  case listening(host: String, port: UInt16, errno: Int32)
  /// The text is no IPv4 address.
  case address(String)
  /// The system has no descriptor or thread left.
  case outOfDescriptors(errno: Int32)
  /// The file for what a node prints cannot be written.
  case log(path: String, errno: Int32)

  /// What happened, and what to do.
  public var description: String {
    switch self {
    case .library(let reason):
      "The simulated node needs libmicrohttpd (\(reason)). "
        + "Install it with 'sudo apt-get install libmicrohttpd12'."
    case .listening(let host, let port, EADDRINUSE):
      "Something listens on \(host) port \(port) already. "
        + "Stop it ('ss -ltnp' names it), or choose another address or port."
    case .listening(let host, let port, EADDRNOTAVAIL):
      "\(host) port \(port) is no address of this machine. Choose one of 127.0.0.0/8."
    case .listening(let host, let port, let code):
      "Nothing can listen on \(host) port \(port): \(errorText(code))."
    case .address(let text): "'\(text)' is no IPv4 address. Write it as 127.0.0.2."
    case .outOfDescriptors(let code):
      "The system refuses another node: \(errorText(code)). "
        + "Raise the limit with 'ulimit -n 4096', or simulate fewer nodes."
    case .log(let path, let code):
      "What the node prints cannot be written to \(path): \(errorText(code))."
    }
  }
}

func errorText(_ number: Int32) -> String {
  strerror(number).map { String(cString: $0) } ?? "error \(number)"
}
