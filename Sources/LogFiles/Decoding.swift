/// The bytes of a file in, its text out: unpacks, then brings the characters to UTF-8.
///
/// Memory is bounded by the chunk size and the window of the packing, however long the text becomes.
final class Decoding {
  private let name: String
  private let chunkSize: Int
  private let text: TextStage
  private var state = State.telling([])
  private var offset: UInt64 = 0

  private enum State {
    /// Too few bytes so far to tell the packing.
    case telling([UInt8])
    case plain
    case packed(any Unpacker, room: Room)
  }

  init(name: String, chunkSize: Int) {
    self.name = name
    self.chunkSize = chunkSize
    text = TextStage(chunkSize: chunkSize)
  }

  func feed(
    _ chunk: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) throws(LogFileError) -> ReadingDecision {
    switch state {
    case .plain:
      return text.feed(chunk, body)
    case .packed(let unpacker, let room):
      return try unpack(chunk, with: unpacker, into: room, body)
    case .telling(let held):
      return try tell(held, then: chunk, isWhole: false, body)
    }
  }

  /// Delivers what was held back; throws when the packed data end too early.
  func end(_ body: (UnsafeRawBufferPointer) -> ReadingDecision) throws(LogFileError) {
    if case .telling(let held) = state {
      let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
      if try tell(held, then: nothing, isWhole: true, body) == .stop { return }
    }
    if text.end(body) == .stop { return }
    guard case .packed(let unpacker, _) = state, let what = unpacker.end() else { return }
    throw .brokenCompression(path: name, offset: offset, what: what)
  }

  /// Delivers what was held back when reading broke off, where a missing end is no news.
  func breakOff(_ body: (UnsafeRawBufferPointer) -> ReadingDecision) {
    if case .telling(let held) = state {
      state = .plain
      if held.withUnsafeBytes({ text.feed($0, body) }) == .stop { return }
    }
    _ = text.end(body)
  }

  private func tell(
    _ held: [UInt8], then chunk: UnsafeRawBufferPointer, isWhole: Bool,
    _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) throws(LogFileError) -> ReadingDecision {
    let beginning = held + chunk.prefix(Compression.lengthOfBeginning)
    let told = beginning.withUnsafeBytes { Compression(beginning: $0, isWhole: isWhole) }
    switch told {
    case nil:
      state = .telling(beginning)
      return .continue
    case .some(.none): state = .plain
    case .gzip:
      try load(Gzip.problem())
      state = .packed(Gzip(), room: Room(size: chunkSize))
    case .zstd:
      try load(Zstandard.problem())
      state = .packed(Zstandard(), room: Room(size: chunkSize))
    case .xz:
      try load(Xz.problem())
      state = .packed(Xz(), room: Room(size: chunkSize))
    case .foreign(let format): throw .unknownCompression(path: name, format: format)
    }
    if try feedHeld(held, body) == .stop { return .stop }
    return try feed(chunk, body)
  }

  private func load(_ problem: String?) throws(LogFileError) {
    if let problem { throw .libraryMissing(path: name, what: problem) }
  }

  private func feedHeld(
    _ held: [UInt8], _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) throws(LogFileError) -> ReadingDecision {
    guard !held.isEmpty else { return .continue }
    let copy = Room(size: held.count)
    copy.bytes.copyBytes(from: held)
    return try feed(UnsafeRawBufferPointer(copy.bytes), body)
  }

  private func unpack(
    _ chunk: UnsafeRawBufferPointer, with unpacker: any Unpacker, into room: Room,
    _ body: (UnsafeRawBufferPointer) -> ReadingDecision
  ) throws(LogFileError) -> ReadingDecision {
    var rest = chunk
    while true {
      var step = unpacker.unpack(rest, into: room.bytes)
      offset += UInt64(step.consumed)
      rest = UnsafeRawBufferPointer(rebasing: rest[step.consumed...])
      if step.produced > 0 {
        let made = UnsafeRawBufferPointer(rebasing: room.bytes[..<step.produced])
        if text.feed(made, body) == .stop { return .stop }
      }
      if step.consumed == 0, step.produced == 0, !rest.isEmpty, step.damage == nil {
        step.damage = "the unpacker makes no headway"
      }
      if let what = step.damage {
        // The text stage may still hold the last characters in front of the damage.
        if text.end(body) == .stop { return .stop }
        throw .brokenCompression(path: name, offset: offset, what: what)
      }
      if rest.isEmpty, step.produced < room.bytes.count { return .continue }
    }
  }
}

/// A piece of memory that frees itself; an array's closure could not throw a typed error out of it.
final class Room {
  let bytes: UnsafeMutableRawBufferPointer

  init(size: Int) {
    // To whole lines of the cache the system copies a file in three quarters of the time.
    bytes = .allocate(byteCount: max(size, 1), alignment: 64)
  }

  deinit {
    bytes.deallocate()
  }
}
