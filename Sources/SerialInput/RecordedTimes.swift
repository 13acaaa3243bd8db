/// The times beside a recorded log, read back.
///
/// A line is `<offset> <milliseconds>` or `<offset> <milliseconds> <mark>`: from that byte on, the bytes arrived that
/// long after the session began. The first line is a heading with the beginning in milliseconds since 1970. Lines that
/// are cut or damaged are passed over.
public struct RecordedTimes: Hashable, Sendable {
  /// A time, and the byte from which it holds.
  public struct Entry: Hashable, Sendable {
    /// Counted in the log beside it.
    public let offset: Int64
    /// Since the session began.
    public let milliseconds: Int64
    /// What happened there, if it was not just bytes.
    public let mark: RecordingMark?
  }

  static let heading = "# esptriage times 1, session began at unix ms"

  /// When the session began, in milliseconds since 1970; nil where the heading is missing.
  public let beganUnixMilliseconds: Int64?
  /// In the order of the file.
  public let entries: [Entry]

  /// Reads the text of a `.times` file.
  public init(text: String) {
    var began: Int64?
    var entries: [Entry] = []
    // What follows the last line end was cut by a crash.
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix(Self.heading) {
        began = line.split(separator: " ").last.flatMap { Int64($0) }
        continue
      }
      let fields = line.split(separator: " ")
      guard fields.count == 2 || fields.count == 3, let offset = Int64(fields[0]),
        let milliseconds = Int64(fields[1])
      else { continue }
      let mark = fields.count == 3 ? RecordingMark(rawValue: String(fields[2])) : nil
      guard fields.count == 2 || mark != nil else { continue }
      entries.append(Entry(offset: offset, milliseconds: milliseconds, mark: mark))
    }
    beganUnixMilliseconds = began
    self.entries = entries
  }
}
