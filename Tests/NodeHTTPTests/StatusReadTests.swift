import NodeHTTP
import Synchronization
import Testing

@Suite("Reading a node's status")
struct StatusReadTests {
  private func read(
    limits: TimeLimits = .status, _ body: @escaping @Sendable (MisbehavingServer.Connection) -> Void
  ) async throws -> StatusRead {
    let server = try MisbehavingServer(body)
    defer { server.stop() }
    let client = try NodeClient()
    return await client.status(of: server.address, limits: limits)
  }

  @Test("the firmware's answer becomes a status")
  func answered() async throws {
    let read = try await read { connection in
      #expect(connection.head().hasPrefix("GET /ota/status HTTP/1.1\r\n"))
      connection.send(answer("200 OK", goodStatus))
    }
    let status = try #require(read.status)
    #expect(status.runningPartition == "ota_0")
    #expect(status.nextPartition == "ota_1")
    #expect(status.maxSize == 921_600)
    #expect(status.build == BuildTime(date: "Nov 1 2026", time: "10:00:00"))
    #expect(read.body == goodStatus)
    #expect(read.took > .zero)
  }

  @Test("a port that nobody listens on refuses")
  func refused() async throws {
    let address: NodeAddress
    do {
      let server = try MisbehavingServer { _ in }
      address = server.address
    }
    let read = try await NodeClient().status(of: address)
    #expect(read.outcome == .failure(.refused))
    #expect(read.socketError == SocketError(code: 111))
  }

  @Test("a name that does not exist is told apart from a node that is silent")
  func unknownName() async throws {
    let read = try await NodeClient().status(
      of: NodeAddress(host: "no-such-node.invalid"), limits: .within(.seconds(4)))
    #expect([.failure(.nameUnknown), .failure(.timedOut(.resolving))].contains(read.outcome))
  }

  @Test("silence ends at the limit, and the phase is told")
  func silent() async throws {
    let read = try await read(limits: .within(.seconds(2))) { $0.waitForEnd() }
    #expect(read.outcome == .failure(.timedOut(.awaiting)))
    #expect(read.took < .seconds(30))
  }

  @Test("another service's 404 is no firmware of ours, and its redirect is not followed")
  func otherServices() async throws {
    let missing = try await read { connection in
      _ = connection.head()
      connection.send(answer("404 Not Found", "nothing here", type: "text/html"))
    }
    #expect(missing.outcome == .noEndpoint(status: 404))
    let elsewhere = missing.address
    let moved = try await read { connection in
      _ = connection.head()
      connection.send(
        "HTTP/1.1 302 Found\r\nLocation: http://\(elsewhere.host):\(elsewhere.port)/\r\n"
          + "Content-Length: 0\r\n\r\n")
    }
    #expect(moved.outcome == .otherStatus(302))
  }

  @Test(
    "bodies that are no status of ours are told apart",
    arguments: [
      ("<html>router</html>", StatusOutcome.notJSON), (String(goodStatus.prefix(60)), .notJSON),
      ("", .notJSON), ("{}", .otherFirmware), ("[1,2]", .otherFirmware),
      (#"{"running_partition":"","version":"1"}"#, .otherFirmware),
      (String(repeating: "[", count: 15_000), .notJSON),
    ])
  func bodies(body: String, outcome: StatusOutcome) async throws {
    let read = try await read { connection in
      _ = connection.head()
      connection.send(answer("200 OK", body))
    }
    #expect(read.outcome == outcome)
  }

  @Test("an answer that is cut, junk, or endless ends with its own word")
  func broken() async throws {
    let cut = try await read { connection in
      _ = connection.head()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"version\"")
    }
    #expect(cut.outcome == .failure(.closed(.receiving)))
    #expect(cut.body == "{\"version\"")
    let junk = try await read { connection in
      _ = connection.head()
      connection.send("SSH-2.0-dropbear\r\n")
    }
    #expect(junk.outcome == .failure(.notHTTP))
    let endless = try await read { connection in
      _ = connection.head()
      connection.send("HTTP/1.1 200 OK\r\n\r\n")
      while connection.sends(String(repeating: "x", count: 4096)) {}
    }
    #expect(endless.outcome == .failure(.tooLong))
    let headers = try await read { connection in
      _ = connection.head()
      connection.send("HTTP/1.1 200 OK\r\n")
      while connection.sends("X-More: \(String(repeating: "x", count: 1000))\r\n") {}
    }
    #expect(headers.outcome == .failure(.tooLong))
  }

  @Test("a drip of bytes does not outlive the limit")
  func drip() async throws {
    let read = try await read(limits: .within(.seconds(2))) { connection in
      _ = connection.head()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
      while connection.sends("x") { connection.pause(20) }
    }
    #expect(read.outcome == .failure(.timedOut(.receiving)))
    #expect(read.took < .seconds(18))
  }

  @Test("a cancelled task ends its read at once")
  func cancelled() async throws {
    let server = try MisbehavingServer { $0.waitForEnd() }
    defer { server.stop() }
    let client = try NodeClient()
    let reading = Task { await client.status(of: server.address, limits: .within(.seconds(60))) }
    try await Task.sleep(for: .milliseconds(50))
    reading.cancel()
    let read = await reading.value
    #expect(read.outcome == .failure(.cancelled))
    #expect(read.took < .seconds(10))
  }

  @Test("200 nodes are read at once")
  func many() async throws {
    let present = Mutex(0)
    let most = Mutex(0)
    let server = try MisbehavingServer { connection in
      let now = present.withLock { present in
        present += 1
        return present
      }
      most.withLock { $0 = max($0, now) }
      _ = connection.head()
      // Nobody is answered before many have asked; a client that asks one after the other waits in vain.
      for _ in 0..<200 where most.withLock({ $0 }) <= 20 { connection.pause(50) }
      connection.send(answer("200 OK", goodStatus))
      present.withLock { $0 -= 1 }
    }
    defer { server.stop() }
    let client = try NodeClient()
    let answers = await withTaskGroup(of: StatusRead.self) { group in
      for _ in 0..<200 {
        group.addTask { await client.status(of: server.address, limits: .within(.seconds(60))) }
      }
      return await group.reduce(into: 0) { $0 += $1.status == nil ? 0 : 1 }
    }
    #expect(answers == 200)
    #expect(most.withLock { $0 } > 20)
  }
}
