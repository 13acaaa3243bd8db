import Glibc
import NodeHTTP
import Synchronization
import Testing

@Suite("Sending an image")
struct UploadTests {
  private static let size = 600_000

  /// A file of known bytes, gone with the test.
  private final class ImageFile: Sendable {
    let path: String
    let bytes: [UInt8]

    init(_ count: Int = UploadTests.size) throws {
      let pattern = (0..<1021).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
      var bytes: [UInt8] = []
      while bytes.count < count { bytes += pattern }
      self.bytes = Array(bytes.prefix(count))
      var name = Array("/tmp/esptriage-image-XXXXXX".utf8CString)
      let number = mkstemp(&name)
      try #require(number >= 0)
      path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      var written = 0
      while written < self.bytes.count {
        let count = self.bytes[written...].withUnsafeBytes {
          write(number, $0.baseAddress, $0.count)
        }
        try #require(count > 0)
        written += count
      }
      close(number)
    }

    deinit { unlink(path) }

    var source: ImageSource { ImageSource(path: path, length: Int64(bytes.count)) }
  }

  private func send(
    _ image: ImageFile, token: AccessToken? = nil, limits: TimeLimits = .upload,
    _ body: @escaping @Sendable (MisbehavingServer.Connection) -> Void
  ) async throws -> Upload {
    let server = try MisbehavingServer(receiveBuffer: 16 << 10, body)
    defer { server.stop() }
    return try await NodeClient().upload(
      image.source, to: server.address, token: token, limits: limits)
  }

  @Test("the bytes go over as they are, with their length and without a pause for a 100")
  func whole() async throws {
    let image = try ImageFile()
    let upload = try await send(image, token: AccessToken("s3cret\n")) { connection in
      let head = connection.head()
      #expect(head.hasPrefix("POST /ota HTTP/1.1\r\n"))
      #expect(head.contains("Content-Length: \(UploadTests.size)\r\n"))
      #expect(head.contains("Content-Type: application/octet-stream\r\n"))
      #expect(head.contains("Authorization: Bearer s3cret\r\n"))
      #expect(!head.contains("Expect"))
      #expect(!head.contains("chunked"))
      #expect(connection.take(UploadTests.size) == image.bytes)
      connection.send(answer("200 OK", #"{"status":"ok"}"#))
    }
    #expect(upload.outcome == .answered(status: 200, body: #"{"status":"ok"}"#))
    #expect(upload.delivery == .delivered)
    #expect(upload.progress.acknowledged == Int64(Self.size))
  }

  @Test("a stretch of a file is sent alone")
  func stretch() async throws {
    let image = try ImageFile()
    let server = try MisbehavingServer { connection in
      _ = connection.head()
      #expect(connection.take(1000) == Array(image.bytes[5000..<6000]))
      connection.send(answer("200 OK", "{}"))
    }
    defer { server.stop() }
    let upload = try await NodeClient().upload(
      ImageSource(path: image.path, offset: 5000, length: 1000), to: server.address)
    #expect(upload.delivery == .delivered)
  }

  @Test("a 200 with a reset at its heels is kept", arguments: 0..<5)
  func answerThenReset(_: Int) async throws {
    let upload = try await send(try ImageFile()) { connection in
      _ = connection.head()
      connection.take(UploadTests.size)
      connection.send(answer("200 OK", "{}"))
      connection.reset()
    }
    #expect(upload.delivery == .delivered)
    #expect(upload.outcome == .answered(status: 200, body: "{}"))
  }

  @Test("a reset after the last byte is a delivered image")
  func resetAfterBody() async throws {
    let upload = try await send(try ImageFile()) { connection in
      _ = connection.head()
      connection.take(UploadTests.size)
      connection.pause(100)
      connection.reset()
    }
    #expect(upload.outcome == .failure(.reset(.awaiting)))
    #expect(upload.delivery == .delivered)
    #expect(upload.socketError == SocketError(code: 104))
  }

  @Test("a connection closed without a word after the last byte is a delivered image")
  func closedAfterBody() async throws {
    let upload = try await send(try ImageFile()) { connection in
      _ = connection.head()
      connection.take(UploadTests.size)
    }
    #expect(upload.outcome == .failure(.closed(.awaiting)))
    #expect(upload.delivery == .delivered)
  }

  @Test("a reset inside the body tells how much the node had acknowledged")
  func resetInside() async throws {
    let upload = try await send(try ImageFile(8 << 20)) { connection in
      _ = connection.head()
      connection.take(200_000)
      connection.pause(100)
      connection.reset()
    }
    #expect(upload.outcome == .failure(.reset(.sending)))
    #expect(upload.delivery == .interrupted)
    #expect(upload.progress.acknowledged >= 200_000)
    #expect(upload.progress.acknowledged < 1_000_000)
    #expect(upload.progress.sent > upload.progress.acknowledged)
  }

  @Test("a refusal that comes while the body is on its way is read", arguments: 0..<10)
  func earlyRefusal(_: Int) async throws {
    let upload = try await send(try ImageFile(8 << 20)) { connection in
      _ = connection.head()
      connection.take(30_000)
      connection.send(answer("400 Bad Request", "Invalid firmware size", type: "text/plain"))
      connection.reset()
    }
    #expect(upload.outcome == .answered(status: 400, body: "Invalid firmware size"))
    #expect(upload.delivery == .refused(.invalidSize))
  }

  @Test(
    "the handler's words become reasons",
    arguments: [
      ("No OTA partition available", RefusalReason.noPartition),
      ("OTA begin failed", .beginFailed), ("Receive error", .receiveError),
      ("OTA write failed", .writeFailed), ("OTA validation failed", .validationFailed),
      ("Set boot partition failed", .setBootFailed), ("what", .other(status: 500)),
    ])
  func reasons(text: String, reason: RefusalReason) {
    #expect(RefusalReason(status: 500, body: text) == reason)
  }

  @Test("a node that stops reading ends at the limit, inside the body")
  func stalled() async throws {
    let upload = try await send(try ImageFile(8 << 20), limits: .within(.seconds(2))) {
      connection in
      _ = connection.head()
      connection.pause(20_000)
    }
    #expect(upload.outcome == .failure(.timedOut(.sending)))
    #expect(upload.delivery == .interrupted)
  }

  @Test("progress is told while it lasts, and never runs backwards")
  func progress() async throws {
    let image = try ImageFile()
    let server = try MisbehavingServer(receiveBuffer: 16 << 10) { connection in
      _ = connection.head()
      for _ in 0..<10 {
        connection.take(UploadTests.size / 10)
        connection.pause(60)
      }
      connection.send(answer("200 OK", "{}"))
    }
    defer { server.stop() }
    let told = Mutex<[UploadProgress]>([])
    _ = try await NodeClient().upload(image.source, to: server.address) { progress in
      told.withLock { $0.append(progress) }
    }
    let all = told.withLock { $0 }
    #expect(all.count >= 2)
    for (before, after) in zip(all, all.dropFirst()) {
      #expect(before.sent <= after.sent)
      #expect(before.acknowledged <= after.acknowledged)
    }
  }

  @Test("an image that is not there never reaches the node")
  func missingImage() async throws {
    let server = try MisbehavingServer { _ in Issue.record("a connection was made") }
    defer { server.stop() }
    let upload = try await NodeClient().upload(
      ImageSource(path: "/nonexistent/image.bin", length: 10), to: server.address)
    #expect(upload.outcome == SocketError(code: ENOENT).map(UploadOutcome.imageUnreadable))
    #expect(upload.delivery == .notStarted)
  }

  @Test("an image that shrinks meanwhile ends the upload")
  func shrunkImage() async throws {
    let image = try ImageFile()
    let server = try MisbehavingServer { $0.waitForEnd() }
    defer { server.stop() }
    let upload = try await NodeClient().upload(
      ImageSource(path: image.path, length: Int64(Self.size) + 1), to: server.address)
    #expect(upload.outcome == SocketError(code: EIO).map(UploadOutcome.imageUnreadable))
  }

  @Test("a server that echoes the key does not carry it into what is kept")
  func echoed() async throws {
    let upload = try await send(try ImageFile(1000), token: AccessToken("s3cret")) { connection in
      let head = connection.head()
      connection.take(1000)
      connection.send(answer("403 Forbidden", head, type: "text/plain"))
    }
    guard case .answered(403, let body) = upload.outcome else {
      Issue.record("\(upload.outcome)")
      return
    }
    #expect(body.contains("Authorization: Bearer (key)\r\n"))
    #expect(!body.contains("s3cret"))
  }

  @Test("the key shows in no description")
  func secret() throws {
    let token = try #require(AccessToken("s3cret"))
    var dumped = ""
    dump(token, to: &dumped)
    for text in ["\(token)", String(reflecting: token), dumped, "\(Optional(token) as Any)"] {
      #expect(!text.contains("s3cret"))
    }
    #expect(AccessToken("two\nlines") == nil)
    #expect(AccessToken(" ") == nil)
  }
}
