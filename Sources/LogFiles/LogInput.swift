#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One log that can be read: a file, a pipe, a device, or standard input.
public struct LogInput: Hashable, Sendable {
  /// The path as it was given, or as it was found below a given folder; `-` for standard input.
  ///
  /// Names that are not UTF-8 are repaired here, and still open.
  public let displayName: String
  let origin: Origin
  private let nature: Nature

  enum Origin: Hashable {
    case standardInput
    case file(FilePath)
  }

  /// What is known of the file before it is opened.
  enum Nature: Hashable {
    /// It was a regular file when it was found.
    case regular
    case unknown
  }

  /// What is piped into this program.
  public static let standardInput = LogInput(
    displayName: "-", origin: .standardInput, nature: .unknown)

  /// The file at this path, whatever it is called; whether it exists shows when it is read.
  public init(path: String) {
    self.init(path: FilePath(path))
  }

  init(path: FilePath, nature: Nature = .unknown) {
    self.init(displayName: path.text, origin: .file(path), nature: nature)
  }

  private init(displayName: String, origin: Origin, nature: Nature) {
    self.displayName = displayName
    self.origin = origin
    self.nature = nature
  }

  /// Whether it may be silent for a while and speak again: standard input, a pipe, a terminal.
  public var isStream: Bool {
    switch (origin, nature) {
    case (.standardInput, _): return true
    case (.file, .regular): return false
    case (.file(let path), .unknown):
      guard let kind = path.status()?.kind else { return false }
      return kind == .fifo || kind == .characterDevice
    }
  }

  /// How much is read at once when nobody asks for less: larger gains nothing, smaller costs system calls.
  public static let usualChunkSize = 256 << 10

  /// Reads from the first byte to the last, and pushes the text in chunks.
  ///
  /// gzip, zstd and xz are unpacked and UTF-16 becomes UTF-8, both told by content and not by
  /// name; a chunk may end anywhere, also inside a character. Offsets counted over the chunks are
  /// those of the text, not of a packed file. A byte order mark of UTF-8 is passed on.
  ///
  /// When this throws, the chunks pushed so far are good: a damaged archive is delivered up to
  /// its damage. A pushed buffer is valid only until `body` returns.
  public func read(
    chunkSize: Int = usualChunkSize, _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) throws(LogFileError) {
    let file = try open()
    let room = Room(size: chunkSize)
    let decoding = Decoding(name: displayName, chunkSize: room.bytes.count)
    while true {
      switch file.read(into: room.bytes) {
      case .bytes(let count):
        let chunk = UnsafeRawBufferPointer(rebasing: room.bytes[..<count])
        if try decoding.feed(chunk, body) == .stop { return }
      case .nothingYet:
        _ = waitForInput(on: [file.number], milliseconds: nil)
      case .end:
        return try decoding.end(body)
      case .failed(let code):
        decoding.breakOff(body)
        throw .reading(displayName, errno: code)
      }
    }
  }

  /// The format whose signature the file bears, after unpacking; nil for a log, and for what
  /// cannot be read, which reading will tell.
  func foreignFormat() -> ForeignFormat? {
    var head: [UInt8] = []
    do throws(LogFileError) {
      try read(chunkSize: LogContent.firstLook) { chunk in
        head += chunk.prefix(LogContent.firstLook - head.count)
        return head.count < LogContent.firstLook ? .continue : .stop
      }
    } catch {
      switch error {
      // Damage further on does not change what the beginning says.
      case .brokenCompression, .readFailed: break
      case .notFound, .deadLink, .notAllowed, .folderWithoutLogs, .notReadable, .unknownCompression,
        .libraryMissing, .foreignFormat, .openFailed:
        return nil
      }
    }
    return head.withUnsafeBytes { ForeignFormat(beginning: $0) }
  }

  /// Opens it; `extraFlags` may ask not to wait for the writer of a pipe.
  func open(extraFlags: Int32 = 0) throws(LogFileError) -> Descriptor {
    switch origin {
    case .file(let path):
      return try Descriptor(opening: path, extraFlags: extraFlags)
    case .standardInput:
      let copy = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
      guard copy >= 0 else { throw .openFailed(path: displayName, errno: errno) }
      return Descriptor(owning: copy)
    }
  }
}

/// Waits until one of the descriptors can be read or is hung up, and says which; nil milliseconds wait for ever.
func waitForInput(on descriptors: [Int32], milliseconds: Int32?) -> [Bool] {
  var questions = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  let answered = poll(&questions, nfds_t(questions.count), milliseconds ?? -1)
  // An interrupted wait counts as one that ran out: every caller asks again.
  return questions.map { answered > 0 && $0.revents != 0 }
}
