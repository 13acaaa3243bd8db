import LineReading

/// A text condition of a rule on application log lines: a tag, and a literal or glob.
public struct LinePattern: Hashable, Sendable {
  /// The tag, exactly; nil for any, and for lines without one.
  public var tag: String?
  /// What the message holds: a literal that stands anywhere, or with `*` a glob over the whole.
  public var message: String

  /// Puts a pattern together.
  public init(tag: String?, message: String) {
    self.tag = tag
    self.message = message
  }
}

/// A pattern's condition on the message, prepared for matching in linear time.
struct MessagePattern: Sendable {
  /// The literals between the stars.
  private let pieces: [[UInt8]]
  private let isGlob: Bool

  init(_ message: String) {
    isGlob = message.utf8.contains(UInt8(ascii: "*"))
    pieces = message.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      .map(Array.init)
  }

  /// The literal that is looked for to find candidates; nil if all are too short.
  var searchLiteral: [UInt8]? {
    let longest = pieces.max { $0.count < $1.count } ?? []
    return longest.count >= MarkerSearch.shortestLiteral ? longest : nil
  }

  /// Whether the message fits.
  func matches(_ message: ByteText) -> Bool {
    guard let first = pieces.first, let last = pieces.last else { return false }
    guard isGlob else { return Self.position(of: first, in: message, from: 0) != nil }
    guard message.count >= first.count + last.count, message.hasBytes(first, at: 0),
      message.hasBytes(last, at: message.count - last.count)
    else { return false }
    // The leftmost place is the best for every piece in between, so nothing is ever tried twice.
    var position = first.count
    let middle = message.slice(from: 0, to: message.count - last.count)
    for piece in pieces.dropFirst().dropLast() {
      guard let found = Self.position(of: piece, in: middle, from: position) else { return false }
      position = found + piece.count
    }
    return true
  }

  private static func position(of piece: [UInt8], in text: ByteText, from start: Int) -> Int? {
    guard let first = piece.first else { return start }
    var position = start
    while let found = text.firstIndex(of: first, from: position), found + piece.count <= text.count
    {
      if text.hasBytes(piece, at: found) { return found }
      position = found + 1
    }
    return nil
  }
}

extension ByteText {
  /// Whether `bytes` stand at `index`.
  func hasBytes(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index >= 0, bytes.count <= count - index else { return false }
    for (offset, byte) in bytes.enumerated() where self[index + offset] != byte { return false }
    return true
  }
}
