import LineReading

/// Whether the log stands between the marks of a core dump.
///
/// The block ends at its end mark. Where that was lost, it ends at the first line that is neither a
/// row of Base64 nor a word of the core dump writer: a boot banner, a panic, a log line.
struct CoreDumpBlock: Hashable {
  private(set) var isOpen = false
  /// How many rows the log begins with; nil behind the first line that is none.
  private var leading: Int? = 0

  /// Whether nothing but rows has been read of the log.
  var isAtLogStart: Bool { leading != nil }

  /// A whole row: 48 bytes.
  private static let wholeRow = 64

  /// The longest row that is believed: 48 bytes make 64 characters.
  private static let longestRow = 80

  /// Takes the line for one of the rows that the log begins with, the first of which may be cut.
  mutating func leads(_ text: ByteText) -> Bool {
    guard let rows = leading else { return false }
    guard text.count == Self.wholeRow || rows == 0 && text.count <= Self.wholeRow, holds(text)
    else {
      leading = nil
      return false
    }
    leading = rows + 1
    return rows > 0
  }

  /// Whether `text` is a row of the dump.
  func holds(_ text: ByteText) -> Bool {
    guard text.count <= Self.longestRow else { return false }
    var end = text.count
    while end > 0, text[end - 1] == UInt8(ascii: "=") { end -= 1 }
    guard end > 0, text.count - end <= 2 else { return false }
    for index in 0..<end where !Self.isBase64(text[index]) { return false }
    return true
  }

  /// Opens and closes the block as the event says.
  mutating func observe(_ event: DeviceEvent) {
    guard case .coreDump(let line) = event else {
      if case .watched = event { return }
      isOpen = false
      return
    }
    switch line {
    case .begins: isOpen = true
    case .ends, .checksum: isOpen = false
    case .data, .progress: break
    }
  }

  /// Closes the block at a line that the core dump writer does not print.
  mutating func observeLine(_ text: ByteText) {
    isOpen = text.contains("esp_core_dump") || text.contains("CORE DUMP START")
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "+"), UInt8(ascii: "/"): true
    default: false
    }
  }
}
