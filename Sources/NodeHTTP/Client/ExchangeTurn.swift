import CCurlTransfer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The exchanges under way, as the loop's thread sees them.
struct ExchangeTurn {
  private struct Running {
    var number: ExchangeLoop.Number
    var exchange: Exchange
    var resume: @Sendable (ExchangeEnd) -> Void
    var started = ContinuousClock.now
    var told: UploadProgress?
  }

  /// How often progress is told, and the longest wait for the network.
  private static let betweenTellings: Duration = .milliseconds(100)
  private static let longestWait: Int32 = 100

  private let loop: OpaquePointer
  private var running: [OpaquePointer: Running] = [:]
  private var lastTelling = ContinuousClock.now

  init(loop: OpaquePointer) { self.loop = loop }

  var isIdle: Bool { running.isEmpty }

  mutating func start(
    _ exchange: Exchange, number: ExchangeLoop.Number,
    resume: @escaping @Sendable (ExchangeEnd) -> Void
  ) {
    var file: Int32 = -1
    if case .file(let source) = exchange.body {
      file = open(source.path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else {
        return resume(.unstarted(.bodyUnreadable, of: exchange, systemError: errno))
      }
    }
    guard let transfer = startTransfer(exchange, file: file) else {
      return resume(.unstarted(.failure(.local("out of memory")), of: exchange))
    }
    running[transfer] = Running(number: number, exchange: exchange, resume: resume)
  }

  private func startTransfer(_ exchange: Exchange, file: Int32) -> OpaquePointer? {
    let authorization = exchange.token.map { "Authorization: Bearer \($0.secret)" }
    let text: [UInt8]
    let type: String?
    var offset: Int64 = 0
    switch exchange.body {
    case .none: (text, type) = ([], nil)
    case .text(let body): (text, type) = (Array(body.utf8), "Content-Type: text/plain")
    case .file(let source):
      (text, type) = ([], "Content-Type: application/octet-stream")
      offset = source.offset
    }
    return exchange.url.withCString { url in
      withOptionalCString(authorization) { authorization in
        withOptionalCString(type) { type in
          text.withUnsafeBufferPointer { text in
            var request = ccurl_request(
              url: url, authorization: authorization, content_type: type, has_body: type != nil,
              body_file: file, body_offset: offset, body_length: exchange.length,
              body_bytes: text.baseAddress, answer_limit: NodeClient.answerLimit,
              connect_milliseconds: exchange.limits.connecting.milliseconds,
              total_milliseconds: exchange.limits.whole.milliseconds,
              silence_seconds: max(exchange.limits.silence.milliseconds / 1000, 1))
            return ccurl_transfer_start(loop, &request)
          }
        }
      }
    }
  }

  /// Ends exchanges that nobody waits for any more.
  mutating func cancel(_ numbers: Set<ExchangeLoop.Number>) {
    guard !numbers.isEmpty else { return }
    for (transfer, exchange) in running where numbers.contains(exchange.number) {
      end(transfer)
    }
  }

  /// Moves all of them, waits for the network a moment, and tells what has ended.
  mutating func move() {
    ccurl_loop_turn(loop, Self.longestWait)
    while let transfer = ccurl_loop_next_ended(loop) { end(transfer) }
    tellProgress()
  }

  private mutating func end(_ transfer: OpaquePointer) {
    guard let ended = running.removeValue(forKey: transfer) else { return }
    let took = ContinuousClock.now - ended.started
    let end = ExchangeEnd(ccurl_transfer_state(transfer), of: ended.exchange, took: took)
    ccurl_transfer_free(transfer)
    ended.resume(end)
  }

  private mutating func tellProgress() {
    let now = ContinuousClock.now
    guard now - lastTelling >= Self.betweenTellings else { return }
    lastTelling = now
    for (transfer, exchange) in running {
      guard let tell = exchange.exchange.onProgress else { continue }
      let progress = UploadProgress(
        ccurl_transfer_state(transfer), total: exchange.exchange.length)
      guard progress != exchange.told else { continue }
      running[transfer]?.told = progress
      tell(progress)
    }
  }
}

private func withOptionalCString<Result>(
  _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let text else { return body(nil) }
  return text.withCString { body($0) }
}

extension Duration {
  /// Rounded down, at least 1: libcurl takes 0 for "no limit".
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    return max(Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000), 1)
  }
}
