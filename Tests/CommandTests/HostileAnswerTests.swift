import Foundation
import Testing

/// A node that answers whatever it likes.
@Suite("Hostile answers over HTTP")
struct HostileAnswerTests {
  @Test(
    "nothing of an answer acts on a terminal, in any command",
    arguments: ["\u{1b}[2J\u{9b}31m", "\u{202e}\u{200b}\u{7}", "\u{1b}]0;t\u{7}\r"])
  func answers(_ poison: String) throws {
    let program = try BuiltProgram()
    #expect(try program.run("simulate", "--make-image", "new.bin").status == 0)
    let status = """
      {"version":"1\(poison)","date":"Nov 21 2026\(poison)","time":"15:04:05","running_partition":\
      "ota_0\(poison)","next_partition":"\(poison)","max_size":921600}
      """
    for (code, body) in [(200, status), (200, poison), (500, "OTA write failed" + poison)] {
      let server = try CannedServer(status: code, body: Array(body.utf8))
      let address = "127.0.0.1:\(server.port)"
      let quick = ["--wait", "10ms", "--interval", "10ms", "--timeout", "2s"]
      for arguments in [
        ["node", "status", address], ["node", "status", address, "--format", "json"],
        ["probe", address] + quick, ["probe", address, "new.bin", "--format", "json"] + quick,
        ["node", "recalibrate", address, "--timeout", "200ms"],
        [
          "deploy", "new.bin", "127.0.0.1", "--node-port", "\(server.port)", "--hurry", "1000",
          "--state",
          "s.json", "--force", "--yes",
        ],
      ] {
        let run = try RunningProgram(program, arguments).end()
        let scalars = (run.output + run.errors).unicodeScalars
        let found = scalars.first {
          $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
        }
        #expect(found == nil, "\(arguments.prefix(2)): U+\(found?.value ?? 0)")
        #expect(!run.output.isEmpty || !run.errors.isEmpty)
      }
    }
  }
}

/// Answers every request on a port of its own with the same bytes.
final class CannedServer: Sendable {
  let port: UInt16
  private let socket: Int32

  init(status: Int, body: [UInt8]) throws {
    let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    socket = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 16) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    let answer =
      Array(
        "HTTP/1.1 \(status) Any\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n".utf8)
      + body
    Thread.detachNewThread { Self.serve(listener, answer) }
  }

  deinit { shutdown(socket, Int32(SHUT_RDWR)) }

  private static func serve(_ listener: Int32, _ answer: [UInt8]) {
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { break }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      // An upload is read as far as it comes at once; the rest is refused by closing.
      usleep(20_000)
      _ = recv(client, &buffer, buffer.count, 0)
      _ = send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
      shutdown(client, Int32(SHUT_WR))
      _ = recv(client, &buffer, buffer.count, 0)
      close(client)
    }
    close(listener)
  }
}
