import Foundation

/// A client that does nothing but write and read, so that tests see what is on the wire.
///
/// Each exchange has a thread of its own: tests share a few, and one that waits there holds up all the others.
struct PlainClient {
  let host: String
  let port: UInt16

  /// How an exchange came to its end.
  enum Ending: Equatable {
    case closed
    case failed(errno: Int32)
    case timedOut
  }

  /// What came back.
  struct Answer {
    var text = ""
    var ending = Ending.closed

    /// The status; nil where none came.
    var status: Int? {
      let words = text.split(separator: " ", maxSplits: 2)
      guard words.count > 1, words[0] == "HTTP/1.1" else { return nil }
      return Int(words[1])
    }

    /// What follows the headers.
    var body: String {
      guard let end = text.range(of: "\r\n\r\n") else { return "" }
      return String(text[end.upperBound...])
    }
  }

  init(_ address: (host: String, port: UInt16)) { (host, port) = address }

  func get(_ path: String, within milliseconds: Int32 = 30_000) async -> Answer {
    await send("GET \(path) HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n", [], milliseconds)
  }

  func post(
    _ path: String, _ body: [UInt8], key: String? = "simulated-key",
    within milliseconds: Int32 = 30_000
  ) async -> Answer {
    let authorization = key.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    return await send(
      "POST \(path) HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\(authorization)"
        + "Content-Length: \(body.count)\r\n\r\n", body, milliseconds)
  }

  private func send(_ head: String, _ body: [UInt8], _ milliseconds: Int32) async -> Answer {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: exchange(Array(head.utf8) + body, milliseconds))
      }
    }
  }

  private func exchange(_ bytes: [UInt8], _ milliseconds: Int32) -> Answer {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(connection) }
    // The rest of an upload may not pile up on this side.
    var room: Int32 = 32 << 10
    setsockopt(connection, SOL_SOCKET, SO_SNDBUF, &room, 4)
    _ = fcntl(connection, F_SETFL, O_NONBLOCK)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, host, &address.sin_addr)
    let result = withUnsafeBytes(of: &address) {
      connect(
        connection, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    guard result == 0 || errno == EINPROGRESS else {
      return Answer(ending: .failed(errno: errno))
    }
    return exchange(connection, bytes, milliseconds)
  }

  private func exchange(_ connection: Int32, _ bytes: [UInt8], _ milliseconds: Int32) -> Answer {
    var rest = bytes[...]
    var read: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let wanted = rest.isEmpty ? POLLIN : POLLIN | POLLOUT
      var question = pollfd(fd: connection, events: Int16(wanted), revents: 0)
      guard poll(&question, 1, milliseconds) > 0 else { return answer(read, .timedOut) }
      if question.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 {
        let count = recv(connection, &buffer, buffer.count, 0)
        if count == 0 { return answer(read, .closed) }
        if count < 0, errno != EAGAIN { return answer(read, .failed(errno: errno)) }
        read += buffer.prefix(max(0, count))
        // Enough of an answer that never ends.
        if read.count > 1 << 16 { return answer(read, .timedOut) }
      } else if question.revents & Int16(POLLOUT) != 0 {
        let count = rest.withUnsafeBytes {
          Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count > 0 { rest = rest.dropFirst(count) }
      }
    }
  }

  private func answer(_ bytes: [UInt8], _ ending: Ending) -> Answer {
    Answer(text: String(decoding: bytes, as: UTF8.self), ending: ending)
  }
}

extension StringProtocol {
  /// Where a text stands in this one.
  fileprivate func range(of text: String) -> Range<Index>? {
    indices.first { self[$0...].utf8.starts(with: text.utf8) }.map {
      $0..<utf8.index($0, offsetBy: text.utf8.count)
    }
  }
}
