import CCurlTransfer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension UploadProgress {
  init(_ state: ccurl_state, total: Int64) {
    self.init(
      sent: min(state.sent, total),
      acknowledged: max(min(state.sent, total) - state.unacknowledged, 0), total: total)
  }
}

extension ExchangeEnd {
  /// Reads what the library knows of a transfer that has ended.
  init(_ state: ccurl_state, of exchange: Exchange, took: Duration) {
    let bytes = UnsafeBufferPointer(start: state.answer, count: state.answer_length)
    // A 1xx is no answer yet.
    let status = state.http_status >= 200 ? Int(state.http_status) : nil
    self.init(
      trouble: Self.trouble(state), httpStatus: status, body: Array(bytes),
      progress: UploadProgress(state, total: exchange.length), systemError: state.system_error,
      took: took)
  }

  private static func trouble(_ state: ccurl_state) -> Trouble? {
    let phase = ExchangePhase(state.phase)
    switch state.ending {
    case CCURL_ANSWERED: return nil
    case CCURL_NAME_UNKNOWN: return .failure(.nameUnknown)
    case CCURL_NOT_CONNECTED:
      return .failure(state.system_error == ECONNREFUSED ? .refused : .unreachable)
    case CCURL_TIMED_OUT: return .failure(.timedOut(phase))
    case CCURL_BROKEN:
      let isReset = state.system_error == ECONNRESET || state.system_error == EPIPE
      return .failure(isReset ? .reset(phase) : .closed(phase))
    case CCURL_NOT_HTTP: return .failure(.notHTTP)
    case CCURL_TOO_LONG: return .failure(.tooLong)
    case CCURL_BODY_UNREADABLE: return .bodyUnreadable
    case CCURL_UNFINISHED: return .failure(.cancelled)
    default: return .failure(.local(state.wording.map { String(cString: $0) } ?? "unknown error"))
    }
  }
}

extension ExchangePhase {
  fileprivate init(_ phase: ccurl_phase) {
    switch phase {
    case CCURL_RESOLVING: self = .resolving
    case CCURL_CONNECTING: self = .connecting
    case CCURL_SENDING: self = .sending
    case CCURL_RECEIVING: self = .receiving
    default: self = .awaiting
    }
  }
}
