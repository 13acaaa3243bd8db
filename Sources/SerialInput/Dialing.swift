import Glibc

/// One attempt to connect: the name is looked up, then its addresses are tried in their order. Never waits.
final class Dialing {
  /// How far it has come.
  enum Progress {
    case waiting
    /// The socket; it belongs to the caller now.
    case connected(Int32)
    case failed(RemotePortError)
  }

  private let address: NetworkAddress
  private let patience: Duration
  /// A lookup that is still under way when the attempt ends serves the next one.
  private(set) var lookup: NameLookup?
  private var endpoints: ArraySlice<NameLookup.Endpoint> = []
  private var socket: Int32 = -1
  private var lastErrno: Int32 = 0
  private(set) var deadline: Int64

  init(_ address: NetworkAddress, patience: Duration, continuing lookup: NameLookup?, now: Int64) {
    self.address = address
    self.patience = patience
    self.lookup = lookup ?? NameLookup(host: address.host, port: address.port)
    deadline = now + patience.nanoseconds
  }

  deinit {
    if socket >= 0 { close(socket) }
  }

  /// What to poll.
  var poll: pollfd {
    socket >= 0
      ? pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
      : pollfd(fd: lookup?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
  }

  /// Goes on as far as it can.
  func proceed(now: Int64) -> Progress {
    if let lookup {
      guard let answer = lookup.answer else {
        return now >= deadline ? .failed(.noNameServer(address)) : .waiting
      }
      self.lookup = nil
      switch answer {
      case .found(let found): endpoints = found[...]
      case .noSuchHost: return .failed(.unknownHost(address))
      case .noNameServer: return .failed(.noNameServer(address))
      case .failed(let errno): return .failed(.unreachable(address, errno: errno))
      }
      return connectNext(now)
    }
    guard let number = outcome else {
      if now < deadline { return .waiting }
      return giveUp(ETIMEDOUT, now)
    }
    guard number == 0 else { return giveUp(number, now) }
    let connected = socket
    socket = -1
    return .connected(connected)
  }

  /// The errno of the connecting; nil while it is under way.
  private var outcome: Int32? {
    var question = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
    guard Glibc.poll(&question, 1, 0) > 0 else { return nil }
    var number: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(socket, SOL_SOCKET, SO_ERROR, &number, &size) == 0 ? number : errno
  }

  private func giveUp(_ number: Int32, _ now: Int64) -> Progress {
    lastErrno = number
    close(socket)
    socket = -1
    return connectNext(now)
  }

  private func connectNext(_ now: Int64) -> Progress {
    while let endpoint = endpoints.popFirst() {
      deadline = now + patience.nanoseconds
      let flags = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
      socket = Glibc.socket(endpoint.family, Int32(flags), 0)
      guard socket >= 0 else {
        lastErrno = errno
        continue
      }
      let result = endpoint.bytes.withUnsafeBytes { bytes -> Int32 in
        guard let start = bytes.baseAddress else { return -1 }
        return connect(
          socket, start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
      }
      // Interrupted, the connecting goes on.
      if result == 0 || errno == EINPROGRESS || errno == EINTR { return .waiting }
      lastErrno = errno
      close(socket)
      socket = -1
    }
    switch lastErrno {
    case ECONNREFUSED: return .failed(.refused(address))
    case ETIMEDOUT: return .failed(.timedOut(address))
    default: return .failed(.unreachable(address, errno: lastErrno))
    }
  }
}

/// Lets the kernel ask now and then whether the other side is still there: a node may be silent for hours, and a
/// machine that was switched off says nothing either.
func watchOver(_ socket: Int32) {
  func set(_ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    // One that the system does not know leaves the connection as it is.
    _ = setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
  set(SOL_SOCKET, SO_KEEPALIVE, 1)
  set(Int32(IPPROTO_TCP), TCP_KEEPIDLE, 10)
  set(Int32(IPPROTO_TCP), TCP_KEEPINTVL, 5)
  set(Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
  set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
}
