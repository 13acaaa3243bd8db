import CNodeServer
import Glibc

/// One request, from its headers to its end.
final class Exchange {
  let request: OpaquePointer
  let method: String
  let path: String
  var stage = Stage.headers
  /// Whether the server does nothing for it until it is resumed.
  var isWaiting = false
  /// A small body: what the settings are set to.
  var text: [UInt8] = []
  /// The image as far as it came.
  var check = ImageCheck()
  /// Bytes that the client announced.
  var announced = 0
  private var isOver = false

  /// What was done for it.
  enum Stage {
    case headers
    /// The slot is being erased.
    case erasing
    /// The body arrives.
    case body
    /// An answer was given, or none ever will be.
    case done
  }

  init(_ request: OpaquePointer, method: String, path: String) {
    self.request = request
    self.method = method
    self.path = path
  }

  /// A header's value.
  func header(_ name: String) -> String? {
    cnode_request_header(request, name).map { String(cString: $0) }
  }

  /// Answers; what does not reach the client because the library refuses ends the connection.
  func answer(_ reply: Reply) -> cnode_course {
    stage = .done
    let declared = reply.declared ?? UInt64(reply.body.count)
    if reply.ending == .reset { _ = cnode_reset_on_close(cnode_request_socket(request)) }
    let isTaken = reply.body.withUnsafeBytes {
      cnode_request_answer(
        request, reply.status, reply.contentType, $0.baseAddress, $0.count, declared,
        reply.location)
    }
    return isTaken == 1 ? cnode_go_on : cnode_close
  }

  /// Answers while the body is still on its way, which the library cannot, and hangs up.
  ///
  /// The firmware does the same: what is unread makes the kernel send a reset behind the answer.
  func answerMidway(_ reply: Reply) -> cnode_course {
    stage = .done
    let bytes = reply.raw
    _ = send(cnode_request_socket(request), bytes, bytes.count, Int32(MSG_NOSIGNAL))
    return cnode_close
  }

  /// Ends the connection with a reset.
  func resetConnection() -> cnode_course {
    stage = .done
    _ = cnode_reset_on_close(cnode_request_socket(request))
    return cnode_close
  }

  /// Goes on with a request that waits, if it still does.
  func resume() {
    guard isWaiting, !isOver else { return }
    isWaiting = false
    cnode_request_resume(request)
  }

  /// The chip is gone; the server may not be stopped while somebody waits.
  func cutOff() {
    _ = cnode_reset_now(cnode_request_socket(request))
    resume()
  }

  func isDone() { isOver = true }
}
