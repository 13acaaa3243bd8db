#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard output for a program that must not wait for whoever reads it: what is not taken at once is kept.
struct WaitingOutput {
  private var waiting: [UInt8] = []
  /// What a terminal or a pipe that says it is ready takes without a wait.
  private static let piece = 1_024

  /// How many bytes are kept.
  var count: Int { waiting.count }

  /// Adds text behind what is kept.
  mutating func add(_ text: String) { waiting += text.utf8 }

  /// Writes as much as is taken now.
  mutating func writeWhatIsTaken() throws(OutputError) {
    var written = 0
    defer { waiting.removeFirst(written) }
    while written < waiting.count {
      var question = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
      // What is closed is told by the writing.
      guard poll(&question, 1, 0) > 0 else { return }
      let count = waiting[written...].prefix(Self.piece).withUnsafeBytes { bytes in
        bytes.baseAddress.map { systemWrite(STDOUT_FILENO, $0, bytes.count) } ?? 0
      }
      if count > 0 {
        written += count
        continue
      }
      switch errno {
      case EINTR, EAGAIN: return
      // The terminal was closed, or nobody reads the pipe any more.
      case EIO, EPIPE: throw .closed(.nothingWrong)
      default: throw .failed(errno: errno)
      }
    }
  }

  /// Writes all that is kept, however long it takes.
  mutating func writeAll() throws(OutputError) {
    var output = StandardOutput()
    try output.write(waiting)
    waiting = []
    try output.flush()
  }
}

/// `write(2)`, which a method's name hides.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(file, bytes, count)
}
