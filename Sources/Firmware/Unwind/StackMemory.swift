/// What is known of a stack: the pieces of memory that a panic or a core dump shows.
///
/// Pieces may come in any order, leave gaps and overlap; of two pieces that show the same byte the
/// first given counts. Nothing outside them can be read.
public struct StackMemory: Hashable, Sendable {
  /// Consecutive bytes; `end` may be 2^32.
  struct Piece: Hashable, Sendable {
    var start: UInt64
    var bytes: [UInt8]

    var end: UInt64 { start + UInt64(bytes.count) }
  }

  /// The pieces by address, without overlaps, neighbours joined.
  private(set) var pieces: [Piece] = []

  /// A dump torn into more pieces than this is none; the rest of it is not taken.
  private static let mostPieces = 1024

  /// No memory at all.
  public init() {}

  /// The bytes at `address`.
  public init(address: UInt32, bytes: [UInt8]) {
    add(bytes: bytes, at: address)
  }

  /// Adds the words that a row of a stack dump shows.
  public mutating func add(words: [UInt32], at address: UInt32) {
    let bytes = words.flatMap { word in
      [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) }
    }
    add(bytes: bytes, at: address)
  }

  /// Adds bytes; what would lie beyond the address space is left out.
  public mutating func add(bytes: [UInt8], at address: UInt32) {
    let room = Int(0x1_0000_0000 - UInt64(address))
    let added = Piece(start: UInt64(address), bytes: Array(bytes.prefix(room)))
    guard !added.bytes.isEmpty, pieces.count < Self.mostPieces else { return }
    if let last = pieces.last, last.end == added.start {
      // Rows come in ascending order: this is the common way.
      pieces[pieces.count - 1].bytes += added.bytes
      return
    }
    for part in parts(of: added, notIn: pieces) {
      let index = pieces.firstIndex { $0.start > part.start } ?? pieces.count
      pieces.insert(part, at: index)
    }
    joinNeighbours()
  }

  /// The word at `address`, little endian; nil where a byte of it is not known.
  public func word(at address: UInt32) -> UInt32? {
    guard let bytes = bytes(at: address, count: 4) else { return nil }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// `count` bytes at `address`, if all are known.
  func bytes(at address: UInt32, count: Int) -> ArraySlice<UInt8>? {
    guard let piece = piece(at: address), count >= 0 else { return nil }
    let offset = Int(UInt64(address) - piece.start)
    guard count <= piece.bytes.count - offset else { return nil }
    return piece.bytes[offset..<offset + count]
  }

  /// Whether the byte at `address` is known.
  public func contains(_ address: UInt32) -> Bool { piece(at: address) != nil }

  /// The words from `address` on, each at a multiple of four bytes from it, up to the end of what is
  /// known; gaps are stepped over.
  func words(from address: UInt32, limit: Int) -> [(address: UInt32, value: UInt32)] {
    var found: [(address: UInt32, value: UInt32)] = []
    for piece in pieces where piece.end > UInt64(address) {
      var next = UInt64(address)
      if piece.start > next { next = (piece.start - next + 3) / 4 * 4 + next }
      while next + 4 <= piece.end, found.count < limit {
        let at = UInt32(next)
        if let value = word(at: at) { found.append((at, value)) }
        next += 4
      }
    }
    return found
  }

  private func piece(at address: UInt32) -> Piece? {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].end > UInt64(address) { high = middle } else { low = middle + 1 }
    }
    guard low < pieces.count, pieces[low].start <= UInt64(address) else { return nil }
    return pieces[low]
  }

  private func parts(of added: Piece, notIn known: [Piece]) -> [Piece] {
    var parts: [Piece] = []
    var start = added.start
    for piece in known where piece.end > added.start && piece.start < added.end {
      if piece.start > start { parts.append(cut(added, from: start, to: piece.start)) }
      start = max(start, piece.end)
    }
    if start < added.end { parts.append(cut(added, from: start, to: added.end)) }
    return parts
  }

  private func cut(_ piece: Piece, from start: UInt64, to end: UInt64) -> Piece {
    let bytes = piece.bytes[Int(start - piece.start)..<Int(end - piece.start)]
    return Piece(start: start, bytes: Array(bytes))
  }

  private mutating func joinNeighbours() {
    var joined: [Piece] = []
    for piece in pieces {
      if let last = joined.last, last.end == piece.start {
        joined[joined.count - 1].bytes += piece.bytes
      } else {
        joined.append(piece)
      }
    }
    pieces = joined
  }
}
