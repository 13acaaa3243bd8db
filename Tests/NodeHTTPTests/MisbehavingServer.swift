import Glibc
import NodeHTTP
import Synchronization

/// A server on loopback that does to each connection what a test says, however rude.
///
/// It goes when nobody holds it, and a connection that nobody accepted yet is reset then: a test stops it itself, at its end.
final class MisbehavingServer: Sendable {
  let address: NodeAddress
  private let listener: Int32
  private let isUp = Atomic(true)

  /// Listens, and gives each connection to `body` on a thread of its own.
  ///
  /// A small `receiveBuffer` keeps a body from vanishing into the kernel before the server has read it.
  init(receiveBuffer: Int32? = nil, _ body: @escaping @Sendable (Connection) -> Void) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var size = receiveBuffer {
      setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let port = withUnsafeMutablePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { place -> Int32 in
        guard bind(listener, place, length) == 0, listen(listener, 256) == 0 else { return -1 }
        return getsockname(listener, place, &length)
      }
    }
    guard port == 0 else { throw NoServer(code: errno) }
    address = NodeAddress(host: "127.0.0.1", port: Int(UInt16(bigEndian: place.sin_port)))
    Self.thread {
      while true {
        let number = accept(listener, nil, nil)
        // Closed here alone: elsewhere its number could be another socket's by the next turn.
        guard number >= 0 else {
          close(listener)
          return
        }
        Self.thread { body(Connection(number)) }
      }
    }
  }

  deinit { stop() }

  /// Accepts nobody any more.
  func stop() {
    guard isUp.exchange(false, ordering: .relaxed) else { return }
    shutdown(listener, Int32(SHUT_RDWR))
  }

  struct NoServer: Error { let code: Int32 }

  /// One connection; closed when nobody holds it.
  final class Connection: Sendable {
    private let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    /// The request's lines up to the empty one.
    func head() -> String {
      var text: [UInt8] = []
      var byte: UInt8 = 0
      while !text.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)), recv(number, &byte, 1, 0) == 1 {
        text.append(byte)
      }
      return String(decoding: text, as: UTF8.self)
    }

    /// Takes this many bytes of the body.
    @discardableResult
    func take(_ count: Int) -> [UInt8] {
      var all: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 4096)
      while all.count < count {
        let got = recv(number, &chunk, min(chunk.count, count - all.count), 0)
        guard got > 0 else { break }
        all += chunk.prefix(got)
      }
      return all
    }

    func send(_ text: String) {
      let bytes = Array(text.utf8)
      _ = Glibc.send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Whether the other side still takes bytes.
    func sends(_ text: String) -> Bool {
      let bytes = Array(text.utf8)
      return Glibc.send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) > 0
    }

    /// The next close is a reset.
    func reset() {
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    }

    /// Holds still.
    func pause(_ milliseconds: UInt32) { usleep(milliseconds * 1000) }

    /// Waits until the other side hangs up.
    func waitForEnd() {
      var byte: UInt8 = 0
      while recv(number, &byte, 1, 0) > 0 {}
    }
  }

  private static func thread(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    pthread_detach(thread)
  }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}

/// An answer with its length, as the firmware's server writes it.
func answer(_ status: String, _ body: String, type: String = "application/json") -> String {
  "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
}

/// A status as the firmware sends it.
let goodStatus = """
  {"version":"0.6.4","date":"Nov  1 2026","time":"10:00:00","running_partition":"ota_0",\
  "next_partition":"ota_1","max_size":921600}
  """
