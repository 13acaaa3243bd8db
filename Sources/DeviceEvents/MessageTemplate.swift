import LineReading

/// A message as ESP-IDF's sources have it, with holes for what varies.
///
/// The holes: `%d` a decimal number, `%x` a hexadecimal number without `0x`, `%s` a text up to the
/// next literal piece (to the end of the line where none follows), `%*` the same but not kept, `%w` a
/// word. A template matches from the start of the message; what follows its last piece does not matter.
struct MessageTemplate: Sendable {
  private enum Piece: Sendable {
    case literal([UInt8])
    case decimal, hexadecimal, text, anything, word
  }

  /// More than any path, name or reason. Without a limit, a line of 64 KiB that says one sentence over and over would be
  /// read to its end each time.
  private static let longestText = 2_048

  private let pieces: [Piece]
  /// Whether it has so many bytes of words that a text which nearly has them is no other sentence.
  private let isWordy: Bool
  /// The byte that every message of this shape begins with; nil if it begins with a hole.
  let firstByte: UInt8?

  init(_ template: StaticString) {
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    let bytes = UnsafeBufferPointer(
      start: template.utf8Start, count: template.utf8CodeUnitCount)
    var index = 0
    func close() {
      if !literal.isEmpty { pieces.append(.literal(literal)) }
      literal = []
    }
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "%"), index + 1 < bytes.count else {
        literal.append(bytes[index])
        index += 1
        continue
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "d"): close(); pieces.append(.decimal)
      case UInt8(ascii: "x"): close(); pieces.append(.hexadecimal)
      case UInt8(ascii: "s"): close(); pieces.append(.text)
      case UInt8(ascii: "*"): close(); pieces.append(.anything)
      case UInt8(ascii: "w"): close(); pieces.append(.word)
      default: literal.append(UInt8(ascii: "%"))
      }
      index += 2
    }
    close()
    self.pieces = pieces
    isWordy =
      pieces.reduce(0) { sum, piece in
        if case .literal(let bytes) = piece { sum + bytes.count } else { sum }
      } >= 12
    firstByte = if case .literal(let bytes)? = pieces.first { bytes[0] } else { nil }
  }

  /// What stood in the holes, or nil if the message has another shape.
  func match(_ message: ByteText) -> TemplateMatch? {
    var result = TemplateMatch()
    var cursor = TextCursor(message)
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .literal(let bytes):
        for (offset, byte) in bytes.enumerated()
        where message[cursor.position + offset] != byte { return nil }
        guard cursor.position + bytes.count <= message.count else { return nil }
        cursor.advance(by: bytes.count)
      case .decimal:
        cursor.skipBlanks()
        guard let number = cursor.decimal() else { return nil }
        result.numbers.append(number)
      case .hexadecimal:
        guard let number = cursor.hexadecimal() else { return nil }
        result.numbers.append(number)
      case .text, .anything:
        let end = end(ofTextBefore: index + 1, in: message, from: cursor.position)
        guard let end else { return nil }
        if case .text = piece {
          result.texts.append(message.slice(from: cursor.position, to: end).trimmed.string)
        }
        cursor.advance(by: end - cursor.position)
      case .word:
        let start = cursor.position
        while Letters.isWord(cursor.byte) { cursor.advance() }
        guard cursor.position > start else { return nil }
        result.texts.append(message.slice(from: start, to: cursor.position).string)
      }
    }
    return result
  }

  /// The same for a message of which one byte in the words is damaged; nil also where nothing is.
  ///
  /// What follows a text in a hole cannot be told from the text, and short words are too much alike.
  func match(damaged message: ByteText) -> TemplateMatch? {
    guard isWordy else { return nil }
    var cursor = TextCursor(message)
    for piece in pieces {
      switch piece {
      case .literal(let bytes):
        let isThere = bytes.withUnsafeBufferPointer { literal in
          cursor.position + literal.count <= message.count
            && literal.indices.allSatisfy { message[cursor.position + $0] == literal[$0] }
        }
        guard isThere else {
          guard bytes.count >= 6 else { return nil }
          let mended = bytes.withUnsafeBufferPointer { message.mended($0, at: cursor.position) }
          return mended?.withUnsafeBufferPointer { match(ByteText($0)) }
        }
        cursor.advance(by: bytes.count)
      case .decimal:
        cursor.skipBlanks()
        guard cursor.decimal() != nil else { return nil }
      case .hexadecimal:
        guard cursor.hexadecimal() != nil else { return nil }
      case .text, .anything, .word: return nil
      }
    }
    return nil
  }

  /// Where the literal piece at `index` stands next; the end of the message if there is none.
  private func end(ofTextBefore index: Int, in message: ByteText, from start: Int) -> Int? {
    guard index < pieces.count, case .literal(let bytes) = pieces[index] else {
      return min(message.count, start + Self.longestText)
    }
    let last = min(message.count - bytes.count, start + Self.longestText)
    // A piece begins with a comma or a blank as a rule, which every text is full of, and ends with a rarer byte.
    let within = message.slice(from: 0, to: last + bytes.count)
    var next = start + bytes.count - 1
    while let end = within.firstIndex(of: bytes[bytes.count - 1], from: next) {
      let position = end + 1 - bytes.count
      if bytes.indices.allSatisfy({ message[position + $0] == bytes[$0] }) { return position }
      next = end + 1
    }
    return nil
  }
}

/// What stood in the holes of a template.
struct TemplateMatch {
  /// The numbers, in order.
  var numbers: [Int] = []
  /// The texts, in order, trimmed.
  var texts: [String] = []
}
