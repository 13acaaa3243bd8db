import Foundation
import Glibc
import Synchronization

/// A TCP server on the loopback interface, with one client at a time; all that it is sent is kept.
final class LoopbackServer: Sendable {
  private struct State {
    var listener: Int32 = -1
    var client: Int32 = -1
    var received: [UInt8] = []
    var connections = 0
  }
  private let state = Mutex(State())
  let port: UInt16

  /// Listens; port 0 is any that is free.
  init(port wanted: UInt16 = 0) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var one: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, 4)
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = wanted.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 4) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRINUSE) }
    port = UInt16(bigEndian: address.sin_port)
    state.withLock { $0.listener = listener }
  }

  deinit {
    stopListening()
    drop()
  }

  /// A port on which nothing listens.
  static func unusedPort() throws -> UInt16 { try LoopbackServer().port }

  /// All that came from clients.
  var received: [UInt8] {
    takeWhatIsThere()
    return state.withLock { $0.received }
  }

  /// How many clients there were.
  var connections: Int {
    takeWhatIsThere()
    return state.withLock { $0.connections }
  }

  /// Sends to the client, waiting for one; false where none comes.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    guard wait(until: { $0.state.withLock { $0.client } >= 0 }) else { return false }
    let client = state.withLock { $0.client }
    return bytes.withUnsafeBytes {
      Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
  }

  /// Closes the connection.
  func drop() {
    takeWhatIsThere()
    state.withLock { state in
      if state.client >= 0 { close(state.client) }
      state.client = -1
    }
  }

  /// Refuses further clients.
  func stopListening() {
    state.withLock { state in
      if state.listener >= 0 { close(state.listener) }
      state.listener = -1
    }
  }

  /// Waits until it holds; false after so long.
  func wait(_ limit: Duration = .seconds(5), until holds: (LoopbackServer) -> Bool) -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      takeWhatIsThere()
      if holds(self) { return true }
      usleep(1000)
    }
    return holds(self)
  }

  private func takeWhatIsThere() {
    state.withLock { state in
      if state.client < 0, isReadable(state.listener) {
        state.client = accept(state.listener, nil, nil)
        _ = fcntl(state.client, F_SETFD, FD_CLOEXEC)
        state.connections += 1
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      while isReadable(state.client) {
        let count = recv(state.client, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        guard count > 0 else { return }
        state.received += buffer[..<count]
      }
    }
  }

  private func isReadable(_ descriptor: Int32) -> Bool {
    var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return descriptor >= 0 && poll(&question, 1, 0) > 0
      && question.revents & Int16(POLLIN) != 0
  }
}
