import Glibc

/// A node's address on this machine: held for as long as the node exists, listened on while it runs.
final class NodeSocket {
  let host: String
  let port: UInt16
  /// Bound and never listening: the port stays the node's while its chip restarts.
  private let holder: Int32

  /// Bytes of a body that may wait here; a real node has room for less.
  private static let receiveBuffer: Int32 = 32 << 10

  init(host: String, port: UInt16) throws(SimulationError) {
    let holder = try Self.bound(host, port)
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutableBytes(of: &address) {
      getsockname(holder, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
    }
    self.holder = holder
    self.host = host
    self.port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(holder) }

  /// A socket that listens; it belongs to the caller.
  func listen(backlog: Int32 = 64) throws(SimulationError) -> Int32 {
    let socket = try Self.bound(host, port)
    guard Glibc.listen(socket, backlog) == 0 else {
      let code = errno
      close(socket)
      throw .listening(host: host, port: port, errno: code)
    }
    return socket
  }

  /// A connection to a socket that listens here; it belongs to the caller.
  func connect() -> Int32 {
    let socket = Glibc.socket(AF_INET, Self.kind | Int32(SOCK_NONBLOCK.rawValue), 0)
    if var address = Self.address(host, port) {
      _ = withUnsafeBytes(of: &address) {
        Glibc.connect(
          socket, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
      }
    }
    return socket
  }

  private static let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

  private static func address(_ host: String, _ port: UInt16) -> sockaddr_in? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    return inet_pton(AF_INET, host, &address.sin_addr) == 1 ? address : nil
  }

  private static func bound(_ host: String, _ port: UInt16) throws(SimulationError) -> Int32 {
    guard var address = address(host, port) else { throw .address(host) }
    let socket = Glibc.socket(AF_INET, kind | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard socket >= 0 else { throw .outOfDescriptors(errno: errno) }
    var (yes, room): (Int32, Int32) = (1, receiveBuffer)
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, size)
    setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &room, size)
    let result = withUnsafeBytes(of: &address) {
      bind(socket, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    guard result == 0 else {
      let code = errno
      close(socket)
      throw .listening(host: host, port: port, errno: code)
    }
    return socket
  }
}
