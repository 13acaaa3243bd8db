#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Results on their way to standard output, gathered so that a fleet's reports need few writes.
struct StandardOutput {
  private var waiting: [UInt8] = []
  private static let enough = 64 << 10

  /// Adds text; it may stay here until `flush`.
  mutating func write(_ text: String) throws(OutputError) { try write(Array(text.utf8)) }

  /// Adds bytes; they may stay here until `flush`.
  mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    try bytes.withUnsafeBufferPointer { bytes throws(OutputError) in try write(bytes) }
  }

  /// The same for bytes that somebody else has.
  mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(OutputError) {
    if bytes.count >= Self.enough {
      // As many as are gathered at most: to copy them first gains nothing.
      try flush()
      return try Self.write(all: bytes)
    }
    waiting += bytes
    if waiting.count >= Self.enough { try flush() }
  }

  /// Writes what is waiting.
  mutating func flush() throws(OutputError) {
    try waiting.withUnsafeBufferPointer { waiting throws(OutputError) in
      try Self.write(all: waiting)
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private static func write(all bytes: UnsafeBufferPointer<UInt8>) throws(OutputError) {
    var written = 0
    while written < bytes.count {
      guard let start = bytes.baseAddress else { return }
      let count = systemWrite(STDOUT_FILENO, start + written, bytes.count - written)
      if count >= 0 {
        written += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var question = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        _ = poll(&question, 1, -1)
      case EPIPE: throw .closed(.nothingWrong)
      default: throw .failed(errno: errno)
      }
    }
  }
}

/// Why results could not be written.
enum OutputError: Error, CustomStringConvertible {
  /// The reader has gone, as `head` does; no reason to complain. The status is what was known by then.
  case closed(ExitStatus)
  /// The system refused.
  case failed(errno: Int32)

  var description: String {
    switch self {
    case .closed: "Nobody reads the results."
    case .failed(let code):
      "The results cannot be written: \(strerror(code).map { String(cString: $0) } ?? "\(code)"). "
        + "Check the space on the disk they go to."
    }
  }
}

/// `write(2)`, whose name the method above hides.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(file, bytes, count)
}
