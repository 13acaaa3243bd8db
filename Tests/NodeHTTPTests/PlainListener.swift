import Glibc
import NodeSimulation

/// Another program that wants an address.
enum PlainListener {
  /// Listens for a moment.
  static func listen(_ wanted: (host: String, port: UInt16)) throws(SimulationError) {
    let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listening) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = wanted.port.bigEndian
    inet_pton(AF_INET, wanted.host, &address.sin_addr)
    let result = withUnsafeBytes(of: &address) {
      bind(listening, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    guard result == 0 else {
      throw .listening(host: wanted.host, port: wanted.port, errno: errno)
    }
  }
}
