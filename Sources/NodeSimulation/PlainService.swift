import CNodeServer
import Glibc

/// Something on the port that is no web server.
enum PlainService {
  /// Takes whoever waits, says a line of its own, and hangs up.
  static func greet(_ listening: Int32) {
    let connection = accept(listening, nil, nil)
    guard connection >= 0 else { return }
    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
    let words = Array("* label printer ready, job queue empty\r\n".utf8)
    _ = send(connection, words, words.count, Int32(MSG_NOSIGNAL))
    shutdown(connection, Int32(SHUT_WR))
    close(connection)
  }
}
