import Glibc
import SerialInput
import Testing

@Suite("Ports in the network")
struct NetworkFollowingTests {
  let server: LoopbackServer

  init() throws { server = try LoopbackServer() }

  private func name(_ scheme: String, _ options: String = "") -> String {
    "\(scheme)://127.0.0.1:\(server.port)\(options)"
  }

  /// What telnet's talk looks like on the wire.
  private enum Wire {
    static let weUseComPort: [UInt8] = [255, 251, 44]
    static let useComPort: [UInt8] = [255, 253, 44]
    static let doNotUseComPort: [UInt8] = [255, 254, 44]
    static func command(_ number: UInt8, _ value: [UInt8]) -> [UInt8] {
      [255, 250, 44, number] + value + [255, 240]
    }
    static func baud(_ number: UInt8, _ baud: UInt32) -> [UInt8] {
      command(number, [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: baud >> $0) })
    }
  }

  @Test("raw TCP is read as it is, and nothing is sent")
  func raw() throws {
    let node = NodeIdentity(node: name("socket"))
    try following(.ports([node.node])) { log, _ in
      #expect(server.send([0x41, 255, 253, 44, 0, 0x0D, 0, 0x0A]))
      #expect(log.wait { $0.bytes(of: node).count == 8 })
      #expect(log.bytes(of: node) == [0x41, 255, 253, 44, 0, 0x0D, 0, 0x0A])
      #expect(log.wait { $0.seen.contains(.quiet(node)) })
      #expect(log.seen.contains(.opened(node, node.node)))
      #expect(server.received.isEmpty)
    }
  }

  @Test("a connection that is lost is made again, and the node is the same")
  func reconnects() throws {
    let node = NodeIdentity(node: name("socket"))
    try following(.ports([node.node])) { log, _ in
      #expect(server.send(Array("one ".utf8)))
      #expect(log.wait { $0.text(of: node) == "one " })
      server.drop()
      #expect(log.wait { $0.seen.contains(.disconnected(node)) })
      #expect(server.send(Array("two".utf8)))
      #expect(log.wait { $0.text(of: node) == "one two" })
      #expect(log.seen.contains(.reconnected(node, node.node)))
      #expect(log.count { $0 == .opened(node, node.node) } == 1)
    }
  }

  @Test("a server that starts late is reached, and its absence is told once")
  func startsLate() throws {
    server.stopListening()
    let node = NodeIdentity(node: name("socket"))
    try following(.ports([node.node])) { log, _ in
      let address = try #require(try NetworkAddress(url: node.node))
      let refusal = EventLog.Seen.failed(node, .remote(.refused(address)))
      #expect(log.wait { $0.seen.contains(refusal) })
      usleep(400_000)
      let late = try LoopbackServer(port: server.port)
      #expect(late.send(Array("here".utf8)))
      #expect(log.wait { $0.text(of: node) == "here" })
      #expect(log.count { $0 == refusal } == 1)
    }
  }

  @Test("a host that does not exist is told, and not tried for ever")
  func unknownHost() throws {
    // A label of 64 letters: no name server has to be asked.
    let node = NodeIdentity(node: "socket://\(String(repeating: "a", count: 64)):1234")
    try following(.ports([node.node])) { log, _ in
      let address = try #require(try NetworkAddress(url: node.node))
      #expect(log.wait { $0.seen.contains(.failed(node, .remote(.unknownHost(address)))) })
    }
  }

  @Test("an RFC 2217 port is set to the rate before it counts as open, and no line is touched")
  func comPort() throws {
    let node = NodeIdentity(node: name("rfc2217"))
    var settings = FollowSettings()
    settings.serial.baud = 74_880
    try following(.ports([node.node]), settings: settings) { log, _ in
      #expect(server.wait { $0.received.starts(with: Wire.weUseComPort) })
      #expect(server.send(Wire.useComPort))
      let asked = Wire.baud(1, 74_880)
      #expect(server.wait { Array($0.received.suffix(7)) == Wire.command(5, [1]) })
      #expect(!log.seen.contains(.opened(node, node.node)))
      #expect(server.send(Array("early ".utf8) + Wire.baud(101, 74_880)))
      #expect(log.wait { $0.text(of: node) == "early " })
      #expect(log.seen.contains(.opened(node, node.node)))
      // A doubled 255 is one; talk in the middle of data is none of it.
      #expect(server.send([0x61, 255, 255, 0x62] + Wire.command(107, [176]) + [0x63]))
      #expect(log.wait { $0.bytes(of: node).count == 10 })
      #expect(log.bytes(of: node).suffix(4) == [0x61, 255, 0x62, 0x63])
      let settings =
        asked + Wire.command(2, [8]) + Wire.command(3, [1]) + Wire.command(4, [1])
        + Wire.command(5, [1])
      #expect(server.received.count == 15 + settings.count)
      #expect(Array(server.received.suffix(settings.count)) == settings)
    }
  }

  @Test("the lines of an RFC 2217 port move on request only, DTR before RTS")
  func reset() throws {
    let node = NodeIdentity(node: name("rfc2217"))
    try following(.ports([node.node])) { log, follower in
      #expect(server.send(Wire.useComPort + Wire.baud(101, 115_200)))
      #expect(log.wait { $0.seen.contains(.opened(node, node.node)) })
      follower.reset(node)
      let pressed = Wire.command(5, [9]) + Wire.command(5, [11])
      let released = Wire.command(5, [9]) + Wire.command(5, [12])
      #expect(server.wait { Array($0.received.suffix(28)) == pressed + released })
    }
  }

  @Test("another rate is asked of the server, and one it cannot set is told")
  func otherBaud() throws {
    let node = NodeIdentity(node: name("rfc2217"))
    try following(.ports([node.node])) { log, follower in
      #expect(server.send(Wire.useComPort + Wire.baud(101, 115_200)))
      #expect(log.wait { $0.seen.contains(.opened(node, node.node)) })
      follower.setBaud(921_600, of: node)
      #expect(server.wait { Array($0.received.suffix(10)) == Wire.baud(1, 921_600) })
      // Within what a UART bears.
      #expect(server.send(Wire.baud(101, 923_076)))
      #expect(server.send(Wire.baud(101, 115_200)))
      let address = try #require(try NetworkAddress(url: node.node))
      let error = RemotePortError.otherBaud(address, wanted: 921_600, actual: 115_200)
      #expect(log.wait { $0.seen.contains(.failed(node, .remote(error))) })
      #expect(log.count { if case .failed = $0 { true } else { false } } == 1)
    }
  }

  @Test(
    "what does not speak RFC 2217 is told so, whether it refuses or says nothing",
    arguments: ["?timeout=9", "?timeout=0.2"])
  func notComPort(options: String) throws {
    let node = NodeIdentity(node: name("rfc2217", options))
    try following(.ports([node.node])) { log, _ in
      let answer = options == "?timeout=9" ? Wire.doNotUseComPort : Array("I (1) boot\n".utf8)
      #expect(server.send(answer))
      let address = try #require(try NetworkAddress(url: node.node))
      #expect(log.wait { $0.seen.contains(.failed(node, .remote(.noComPortOption(address)))) })
      #expect(log.bytes(of: node).isEmpty)
    }
  }

  @Test("a server that does not answer to settings is followed all the same")
  func silentAboutSettings() throws {
    let node = NodeIdentity(node: name("rfc2217", "?timeout=0.3"))
    try following(.ports([node.node])) { log, _ in
      #expect(server.send(Wire.useComPort + Array("text".utf8)))
      #expect(log.wait { $0.text(of: node) == "text" })
    }
  }
}
