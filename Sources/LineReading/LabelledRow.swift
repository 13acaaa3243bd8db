// 2025-03-04T11:00:00Z,attic,"I (31) boot: …"

/// A row of CSV, one field of which names the node.
struct LabelledRow {
  /// The name of the node.
  let label: ByteText
  /// Where the device's text begins.
  let device: Int

  /// The most fields before the device's text, and the most bytes that they have.
  private static let mostFields = 8
  private static let longestLead = 128
  private static let longestName = 40

  /// A row in which a device's line stands behind a name.
  init?(_ row: ByteText) {
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";")] {
      guard let label = Self.label(in: row, separator) else { continue }
      var position = 0
      for _ in 0..<Self.mostFields {
        guard let next = Self.endOfField(in: row, from: position, separator) else { break }
        position = next + 1
        let device = row[position] == UInt8(ascii: "\"") ? position + 1 : position
        guard DeviceText.begins(row, at: device) else { continue }
        self.label = label
        self.device = device
        return
      }
    }
    return nil
  }

  /// The first field that is a name and no clock, counter or level.
  static func label(in row: ByteText) -> ByteText? {
    label(in: row, UInt8(ascii: ",")) ?? label(in: row, UInt8(ascii: ";"))
  }

  private static func label(in row: ByteText, _ separator: UInt8) -> ByteText? {
    guard !DeviceText.begins(row, at: 0) else { return nil }
    var position = 0
    for _ in 0..<mostFields {
      guard let next = endOfField(in: row, from: position, separator) else { return nil }
      var field = row.slice(from: position, to: next)
      if field[0] == UInt8(ascii: "\""), field.count > 1 {
        field = field.slice(from: 1, to: field.count - 1)
      }
      position = next + 1
      let isName =
        (2...longestName).contains(field.count)
        && field.buffer.allSatisfy { isByteOfName($0) }
      guard isName, !LabelledLine.isVariable(field),
        !levels.contains(where: { field.count == $0.utf8CodeUnitCount && field.has($0) })
      else { continue }
      return field
    }
    return nil
  }

  private static let levels: [StaticString] = [
    "info", "INFO", "warn", "WARN", "warning", "WARNING", "error", "ERROR", "debug", "DEBUG",
  ]

  private static func isByteOfName(_ byte: UInt8) -> Bool {
    HostPrefixes.isNameByte(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
  }

  private static func endOfField(
    in row: ByteText, from start: Int, _ separator: UInt8
  ) -> Int? {
    let lead = row.slice(from: 0, to: longestLead)
    var search = start
    if row[start] == UInt8(ascii: "\"") {
      guard let end = lead.firstIndex(of: UInt8(ascii: "\""), from: start + 1) else { return nil }
      search = end
    }
    return lead.firstIndex(of: separator, from: search)
  }
}
