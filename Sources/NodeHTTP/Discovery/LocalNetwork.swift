#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A network of 256 addresses that this machine is part of.
public struct LocalNetwork: Hashable, Sendable {
  /// The interface's name, `wlan0`.
  public let interface: String
  private let own: UInt32

  init(interface: String, own: UInt32) {
    self.interface = interface
    self.own = own
  }

  /// `192.168.1.0/24`.
  public var description: String { IPv4.text(own & 0xFFFF_FF00) + "/24" }

  /// All addresses that a node could have: without the network's, the broadcast's and this machine's own.
  public var addresses: [String] {
    let base = own & 0xFFFF_FF00
    return (1...254).map { base | $0 }.filter { $0 != own }.map(IPv4.text)
  }

  /// The networks that are up; loopback is none.
  ///
  /// A greater network is swept in the 256 addresses around this machine: that is where a home
  /// or lab router puts its machines, and thousands of requests would be an attack.
  public static func all() throws(DiscoveryError) -> [LocalNetwork] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { throw .interfacesUnknown(errno: errno) }
    defer { freeifaddrs(first) }
    var networks: [LocalNetwork] = []
    var next = first
    while let entry = next {
      next = entry.pointee.ifa_next
      let flags = Int(entry.pointee.ifa_flags)
      guard flags & Int(IFF_UP) != 0, flags & Int(IFF_LOOPBACK) == 0,
        let address = entry.pointee.ifa_addr, Int32(address.pointee.sa_family) == AF_INET
      else { continue }
      let number = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        UInt32(bigEndian: $0.pointee.sin_addr.s_addr)
      }
      let network = LocalNetwork(
        interface: String(cString: entry.pointee.ifa_name), own: number)
      if !networks.contains(where: { $0.description == network.description }) {
        networks.append(network)
      }
    }
    return networks
  }
}
