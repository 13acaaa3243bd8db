import Foundation
import Testing

@Suite("esptriage with ports in the network", .serialized)
struct NetworkPortTests {
  let program: BuiltProgram

  init() throws { program = try BuiltProgram() }

  @Test("one case through a connection that drops and comes back, with marks in the log")
  func reconnects() throws {
    let node = try NetworkNode()
    let running = try RunningProgram(program, [node.url, "--until-verdict", "--timeout", "30"])
    let cut = try #require(ShortLog.panic.range(of: "Backtrace:")).lowerBound
    #expect(node.print(String(ShortLog.panic[..<cut])))
    #expect(running.shows("EXCVADDR"))
    node.drop()
    #expect(running.shows("\(node.url): the connection is lost"))
    #expect(node.print(String(ShortLog.panic[cut...])))
    let run = running.end()
    #expect(run.status == 1)
    #expect(run.output.contains("─── \(node.url) is connected again"))
    #expect(run.output.contains("[panic]"))
    #expect(run.output.contains("its baud rate is set at the other end"))
  }

  @Test("a variable may name such a port")
  func environment() throws {
    let node = try NetworkNode()
    let running = try RunningProgram(
      program, ["--timeout", "20", "--format", "json", "--until-verdict"],
      environment: ["ESPPORT": node.url])
    #expect(node.print(ShortLog.panic))
    let run = running.end()
    #expect(run.status == 1)
    #expect(run.errors.contains("following \(node.url) (from ESPPORT)"))
  }

  @Test("nothing that listens is told with the next step, and waited for")
  func refused() throws {
    let url = try NetworkNode().url
    let run = try RunningProgram(program, ["watch", "-p", url, "--timeout", "0.5"]).end()
    #expect(run.status == 2)
    #expect(run.errors.contains("\(url): nothing listens on port"))
    #expect(run.errors.contains("Trying again until it comes."))
  }

  @Test("what cannot come by waiting ends at once")
  func hopeless() throws {
    let node = try NetworkNode()
    let raw = node.url.replacing("socket:", with: "rfc2217:")
    let running = try RunningProgram(program, ["watch", raw + "?timeout=0.2"])
    let run = running.end()
    #expect(run.status == 2)
    #expect(run.errors.contains("does not speak RFC 2217"))
    for (url, hint) in [
      ("telnet://10.0.0.7:23", "socket://HOST:PORT"), ("http://10.0.0.7", "esptriage probe HOST"),
    ] {
      let bare = try RunningProgram(program, [url]).end()
      #expect(bare.status == 2)
      #expect(bare.errors.contains(url) && bare.errors.contains(hint))
    }
    let unknown = "socket://\(String(repeating: "a", count: 64)):1"
    let other = try RunningProgram(program, ["watch", unknown]).end()
    #expect(other.status == 2)
    #expect(other.errors.contains("there is no host"))
  }

  @Test(
    "a URL that cannot be read is refused before anything is opened",
    arguments: ["socket://host", "rfc2217://host:1?bogus=1", "socket://:7"])
  func malformed(url: String) throws {
    let run = try program.run(url)
    #expect(run.status == 2)
    #expect(run.errors.contains("\(url) is no port: "))
  }

  @Test("--find-baud and --reset say what cannot be done from here")
  func limits() throws {
    let node = try NetworkNode()
    let running = try RunningProgram(
      program, [node.url, "--find-baud", "--reset", "--timeout", "30", "--until-verdict"])
    #expect(node.print(ShortLog.panic))
    let run = running.end()
    #expect(run.status == 1)
    #expect(run.output.contains("the baud rate of \(node.url) is set at its other end"))
    #expect(run.errors.contains("has no DTR and RTS lines"))
  }
}

/// A node behind a TCP port of the loopback interface.
final class NetworkNode {
  let url: String
  private let listener: Int32
  private var client: Int32 = -1

  init() throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 4) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRINUSE) }
    url = "socket://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
  }

  deinit {
    drop()
    close(listener)
  }

  /// What the chip prints, once somebody is connected; false where nobody comes.
  func print(_ text: String) -> Bool {
    if client < 0 {
      var question = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
      guard poll(&question, 1, 10_000) > 0 else { return false }
      client = accept(listener, nil, nil)
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
    }
    return Data(text.utf8).withUnsafeBytes {
      send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) == $0.count
    }
  }

  func drop() {
    if client >= 0 { close(client) }
    client = -1
  }
}
