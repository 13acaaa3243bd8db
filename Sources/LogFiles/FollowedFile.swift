#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What happens to a log that is still being written.
public enum FollowedNews {
  /// More text; the buffer is valid only until the receiver returns.
  case text(UnsafeRawBufferPointer)
  /// Nothing came for one more idle interval: the moment for things that depend on time.
  case idle
  /// The next text comes from a new beginning; what was read before stays true.
  case startedOver(NewBeginning)

  /// How a log can begin anew under the same name.
  public enum NewBeginning: Hashable, Sendable {
    /// The same file was emptied and is written from its start.
    case truncated
    /// Another file has taken the name, as after a rotation.
    case replaced
  }
}

/// A log that grows, read as it grows.
///
/// A regular file is followed by name, through truncation and rotation, until the receiver or the
/// stop descriptor ends it. Pipes, devices and standard input are followed until their writer
/// closes them.
public struct FollowedFile: Sendable {
  /// The log.
  public let input: LogInput
  /// Where to begin in a file that already holds text.
  public var start: Start
  /// After how much silence, and how often during it, `idle` is told.
  public var idleInterval: Duration
  /// Following ends quietly when this can be read or is closed, for example the end of a pipe that a signal writes to.
  public var stopDescriptor: Int32?

  /// Where following begins.
  public enum Start: Hashable, Sendable {
    /// With all that is already there.
    case beginning
    /// With what comes from now on.
    case end
  }

  /// Follows `input`; `idleInterval` is at least a millisecond.
  public init(
    _ input: LogInput, start: Start = .beginning,
    idleInterval: Duration = .milliseconds(100), stopDescriptor: Int32? = nil
  ) {
    self.input = input
    self.start = start
    self.idleInterval = idleInterval
    self.stopDescriptor = stopDescriptor
  }

  /// Pushes what is there and what comes, until it is stopped.
  ///
  /// Throws when the log does not exist at the start, or cannot be read. A file that vanishes later
  /// is waited for.
  public func follow(_ receive: (FollowedNews) -> ReadingDecision) throws(LogFileError) {
    // Opening a pipe would wait for its writer, deaf to the stop descriptor.
    let file = try input.open(extraFlags: O_NONBLOCK)
    switch (input.origin, file.status()?.kind) {
    case (.file(let path), .regular):
      var growing = try GrowingFile(path, file: file, start: start)
      try growing.follow(rhythm: rhythm, receive)
    case (_, .folder):
      throw .notReadable(path: input.displayName, kind: .folder)
    case (_, .regular), (_, .link), (_, .fifo), (_, .characterDevice), (_, .blockDevice),
      (_, .socket), (_, .other), (_, nil):
      try followStream(file, receive)
    }
  }

  private var rhythm: IdleRhythm {
    IdleRhythm(interval: idleInterval, stopDescriptor: stopDescriptor)
  }

  private func followStream(
    _ file: borrowing Descriptor, _ receive: (FollowedNews) -> ReadingDecision
  ) throws(LogFileError) {
    let room = Room(size: LogInput.usualChunkSize)
    let decoding = Decoding(name: input.displayName, chunkSize: room.bytes.count)
    let push = { (text: UnsafeRawBufferPointer) in receive(.text(text)) }
    var rhythm = rhythm
    while true {
      switch rhythm.wait(for: file.number, atMost: nil) {
      // Packed text that ends here was not cut: nobody asked for its rest.
      case .stopped: return decoding.breakOff(push)
      case .idle:
        if receive(.idle) == .stop { return }
        continue
      case .silent: continue
      case .input: break
      }
      switch file.read(into: room.bytes) {
      case .bytes(let count):
        let chunk = UnsafeRawBufferPointer(rebasing: room.bytes[..<count])
        if try decoding.feed(chunk, push) == .stop { return }
        rhythm.somethingCame()
      case .nothingYet: continue
      case .end: return try decoding.end(push)
      case .failed(let code):
        decoding.breakOff(push)
        throw .reading(input.displayName, errno: code)
      }
    }
  }
}
