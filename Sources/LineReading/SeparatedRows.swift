/// Finds the device's line in rows of CSV: `0,COM7,"I (506) main: …"`.
///
/// A column is learned when two rows have a device's line in it, at the same place and quoted alike: one may be a
/// device's own row that a reset cut.
struct SeparatedRows {
  private struct Column: Equatable {
    var separator: UInt8
    /// Fields before it.
    var index: Int
    var isQuoted: Bool
    /// Whether the row begins with a number: a clock, a counter.
    var followsNumber: Bool
  }

  private var candidate: Column?
  private var column: Column?

  var isLearned: Bool { column != nil }

  /// The most fields before the device's text, and the most bytes that they have.
  private static let mostFields = 8
  private static let longestLead = 128

  /// Puts the device's text of a row into `text`, and says whether there was one.
  mutating func take(from row: ByteText, into text: inout [UInt8]) -> Bool {
    guard !DeviceText.begins(row, at: 0) else { return false }
    if let column, Self.followsNumber(row) == column.followsNumber,
      let start = Self.start(of: column, in: row)
    {
      Self.copy(row.slice(from: start), of: column, to: &text)
      return true
    }
    guard let found = Self.search(row) else { return false }
    guard found == candidate, let start = Self.start(of: found, in: row) else {
      candidate = found
      return false
    }
    column = found
    Self.copy(row.slice(from: start), of: found, to: &text)
    return true
  }

  private static func followsNumber(_ row: ByteText) -> Bool {
    row[row[0] == quote ? 1 : 0] &- 0x30 < 10
  }

  /// The column in which a device's line begins.
  private static func search(_ row: ByteText) -> Column? {
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), Byte.tab] {
      var position = 0
      for index in 1...mostFields {
        guard let next = endOfField(in: row, from: position, separator: separator) else { break }
        position = next + 1
        let isQuoted = row[position] == quote
        if DeviceText.begins(row, at: isQuoted ? position + 1 : position) {
          return Column(
            separator: separator, index: index, isQuoted: isQuoted,
            followsNumber: followsNumber(row))
        }
      }
    }
    return nil
  }

  /// Where the text of the column begins in a row that has it, behind its quotation mark.
  private static func start(of column: Column, in row: ByteText) -> Int? {
    var position = 0
    for _ in 0..<column.index {
      guard let next = endOfField(in: row, from: position, separator: column.separator) else {
        return nil
      }
      position = next + 1
    }
    guard column.isQuoted else { return position }
    return row[position] == quote ? position + 1 : nil
  }

  /// Where the separator stands that ends the field; nil where it is far away.
  private static func endOfField(
    in row: ByteText, from start: Int, separator: UInt8
  ) -> Int? {
    var position = start
    if row[position] == quote {
      repeat {
        guard let end = row.firstIndex(of: quote, from: position + 1) else { return nil }
        position = end + 1
      } while row[position] == quote
    }
    let lead = row.slice(from: 0, to: longestLead)
    return lead.firstIndex(of: separator, from: position)
  }

  /// Copies a field, up to the end of the row where it is not quoted.
  private static func copy(_ field: ByteText, of column: Column, to text: inout [UInt8]) {
    text.removeAll(keepingCapacity: true)
    guard column.isQuoted else {
      text.append(contentsOf: field.buffer)
      return
    }
    var position = 0
    while position < field.count {
      if field[position] == quote {
        position += 1
        guard field[position] == quote else { return }
      }
      text.append(field[position])
      position += 1
    }
  }

  private static let quote = UInt8(ascii: "\"")
}
