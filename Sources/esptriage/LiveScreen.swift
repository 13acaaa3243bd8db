import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A terminal on which a log scrolls above a few lines that are drawn anew.
///
/// Never waits for the terminal: while it is stopped or slow, the port must be read on. What it
/// cannot take is left out of the scroll, with a mark that says so.
struct LiveScreen {
  private var waiting: [UInt8] = []
  private var foot: [String] = []
  private var drawnRows = 0
  private var linesLeftOut = 0

  /// So much may wait for the terminal.
  private static let mostWaiting = 1 << 20
  /// What a terminal that says it is ready takes without a wait.
  private static let piece = 1_024

  /// Adds lines above the foot, and draws the foot under them; rows without line feeds, each narrower than the screen.
  mutating func show(_ lines: String, foot rows: [String]) throws(OutputError) {
    defer { foot = rows }
    guard !lines.isEmpty || rows != foot || rows.count != drawnRows else { return try write() }
    var lines = lines
    if waiting.count > Self.mostWaiting {
      linesLeftOut += lines.utf8.count { $0 == UInt8(ascii: "\n") }
      return try write()
    }
    if linesLeftOut > 0 {
      lines = "─── \(linesLeftOut) lines not shown: the terminal did not take them ───\n" + lines
      linesLeftOut = 0
    }
    // A foot that was not seen need not be drawn again.
    if lines.isEmpty, !waiting.isEmpty { return try write() }
    add(erasing + lines + rows.joined(separator: "\n"))
    drawnRows = rows.count
    try write()
  }

  /// Leaves the screen to others: the foot goes, all that waits is written.
  mutating func close() throws(OutputError) {
    add(erasing)
    drawnRows = 0
    foot = []
    var output = StandardOutput()
    try output.write(waiting)
    waiting = []
    try output.flush()
  }

  /// Takes the foot away; the cursor is then where the next line belongs.
  private var erasing: String {
    guard drawnRows > 0 else { return "" }
    return "\r" + (drawnRows > 1 ? "\u{1b}[\(drawnRows - 1)A" : "") + "\u{1b}[J"
  }

  private mutating func add(_ text: String) { waiting += text.utf8 }

  /// Writes as much as the terminal takes now.
  private mutating func write() throws(OutputError) {
    var written = 0
    defer { waiting.removeFirst(written) }
    while written < waiting.count {
      var question = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
      guard poll(&question, 1, 0) > 0, question.revents & Int16(POLLOUT) != 0 else { return }
      let count = waiting[written...].prefix(Self.piece).withUnsafeBytes { bytes in
        bytes.baseAddress.map { systemWrite(STDOUT_FILENO, $0, bytes.count) } ?? 0
      }
      if count > 0 {
        written += count
        continue
      }
      switch errno {
      case EINTR, EAGAIN: return
      // The terminal was closed.
      case EIO, EPIPE: throw .closed(.nothingWrong)
      default: throw .failed(errno: errno)
      }
    }
  }
}

/// `write(2)`, whose name the method above hides.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(file, bytes, count)
}
