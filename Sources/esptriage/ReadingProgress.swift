import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How far a long reading is, on one line of standard error that goes again.
///
/// Readings of less than a second, and those that nobody watches, say nothing.
final class ReadingProgress: Sendable {
  private let files: Int
  private let begin = ContinuousClock.now
  private let state = Mutex(State())

  private struct State {
    var filesDone = 0
    var bytes = 0
    /// When it was drawn; nil while nothing is on the screen.
    var drawn: ContinuousClock.Instant?
  }

  private static let patience = Duration.seconds(1)
  private static let interval = Duration.milliseconds(200)

  /// For so many files; nil where standard error is no terminal that can draw a line anew.
  init?(files: Int) {
    guard isatty(STDERR_FILENO) == 1, let name = getenv("TERM"), String(cString: name) != "dumb"
    else { return nil }
    self.files = files
  }

  /// So many bytes of text were read.
  func read(_ count: Int) {
    state.withLock { state in
      state.bytes += count
      let now = ContinuousClock.now
      guard now - begin >= Self.patience, state.drawn.map({ now - $0 >= Self.interval }) ?? true
      else { return }
      state.drawn = now
      Self.draw(text(state, after: now - begin))
    }
  }

  /// A file is done.
  func finishFile() { state.withLock { $0.filesDone += 1 } }

  /// Takes the line away, so that something else can be written in its place.
  func clear() {
    state.withLock { state in
      guard state.drawn != nil else { return }
      state.drawn = nil
      Self.draw("")
    }
  }

  /// `3 of 12 files, 1.4 GB, 712 MB/s`
  private func text(_ state: State, after time: Duration) -> String {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    let megabytes = Double(state.bytes) / 1e6
    let size =
      megabytes < 1000 ? "\(Int(megabytes)) MB" : "\(Int(megabytes / 100).tenths) GB"
    let rate =
      megabytes < 10 * seconds
      ? Int(megabytes / seconds * 10).tenths : "\(Int(megabytes / seconds))"
    let done = files > 1 ? "\(state.filesDone) of \(files) files, " : ""
    return "reading: \(done)\(size), \(rate) MB/s"
  }

  private static func draw(_ text: String) {
    let bytes = Array("\r\u{1b}[K\(text)".utf8)
    // A terminal that is gone has nobody to tell.
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}

extension Int {
  /// Tenths as a decimal: 14 is `1.4`.
  fileprivate var tenths: String { "\(self / 10).\(self % 10)" }
}
