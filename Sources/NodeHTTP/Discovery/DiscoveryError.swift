#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why nodes cannot be looked for.
public enum DiscoveryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The neighbour table cannot be read.
  case tableUnreadable(path: String, errno: Int32)
  /// The system does not tell its addresses.
  case interfacesUnknown(errno: Int32)
  /// A name that has no address; the text is the resolver's.
  case nameUnknown(String, reason: String)

  /// What is wrong and what to do. Holds names from outside: escape it before a terminal sees it.
  public var description: String {
    switch self {
    case .tableUnreadable(let path, let code):
      "The neighbour table \(path) cannot be read: \(systemText(code)). Name the nodes by address."
    case .interfacesUnknown(let code):
      "This machine's networks cannot be listed: \(systemText(code)). Name the nodes by address."
    case .nameUnknown(let name, let reason):
      "'\(name)' has no address: \(reason). Check the name, or give the node's address; "
        + "'ip neigh' lists who is in the network."
    }
  }
}

private func systemText(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
