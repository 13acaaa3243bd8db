/// A regular file that is followed by its name, whatever file bears it.
struct GrowingFile: ~Copyable {
  private let path: FilePath
  private var file: Descriptor
  private var identity: FileIdentity?
  private var position: Int64 = 0
  private var decoding: Decoding
  private let room = Room(size: LogInput.usualChunkSize)
  private let changes: FileChanges

  init(_ path: FilePath, file: consuming Descriptor, start: FollowedFile.Start)
    throws(LogFileError)
  {
    self.path = path
    changes = FileChanges(of: path)
    changes.watch(path)
    identity = file.status()?.identity
    switch start {
    case .beginning: break
    case .end: position = file.skipToEnd()
    }
    self.file = file
    decoding = Decoding(name: path.text, chunkSize: LogInput.usualChunkSize)
  }

  mutating func follow(
    rhythm start: IdleRhythm, _ receive: (FollowedNews) -> ReadingDecision
  ) throws(LogFileError) {
    let push = { (text: UnsafeRawBufferPointer) in receive(.text(text)) }
    var rhythm = start
    var patience: Int64 = 0
    while true {
      switch rhythm.wait(for: changes.descriptor, atMost: patience) {
      // Packed text that ends here was not cut: nobody asked for its rest.
      case .stopped: return decoding.breakOff(push)
      case .idle: if receive(.idle) == .stop { return }
      case .input: changes.forget()
      case .silent: break
      }
      switch try readOnce(push) {
      case .stopped: return
      case .something:
        rhythm.somethingCame()
        patience = 0
      case .nothing:
        guard let beginning = try newBeginning(push) else {
          patience = changes.longestSilence
          continue
        }
        if receive(.startedOver(beginning)) == .stop { return }
        patience = 0
      }
    }
  }

  private enum Progress {
    case something, nothing, stopped
  }

  private mutating func readOnce(_ push: (UnsafeRawBufferPointer) -> ReadingDecision)
    throws(LogFileError) -> Progress
  {
    switch file.read(into: room.bytes) {
    case .bytes(let count):
      position += Int64(count)
      let chunk = UnsafeRawBufferPointer(rebasing: room.bytes[..<count])
      return try decoding.feed(chunk, push) == .stop ? .stopped : .something
    case .end, .nothingYet: return .nothing
    case .failed(let code): throw .reading(path.text, errno: code)
    }
  }

  /// At the end of the file: whether it was emptied, or another one took its name.
  private mutating func newBeginning(_ push: (UnsafeRawBufferPointer) -> ReadingDecision)
    throws(LogFileError) -> FollowedNews.NewBeginning?
  {
    if let size = file.status()?.size, size < position {
      file.rewind()
      try begin(push)
      return .truncated
    }
    // A name that leads nowhere for a moment is the middle of a rotation.
    guard let now = path.status(), now.kind == .regular, now.identity != identity else {
      return nil
    }
    // The writer may have used the old file until the very moment of the change.
    switch try readOnce(push) {
    case .something, .stopped: return nil
    case .nothing: break
    }
    do {
      file = try Descriptor(opening: path)
    } catch .notFound {
      return nil
    }
    identity = file.status()?.identity
    changes.watch(path)
    try begin(push)
    return .replaced
  }

  private mutating func begin(_ push: (UnsafeRawBufferPointer) -> ReadingDecision)
    throws(LogFileError)
  {
    try decoding.end(push)
    decoding = Decoding(name: path.text, chunkSize: LogInput.usualChunkSize)
    position = 0
  }
}
