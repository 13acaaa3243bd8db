/// One line of the log, borrowed for the time of a callback.
public struct LogLine {
  /// How a line ended.
  public enum Ending: Sendable {
    /// At a line feed.
    case lineFeed
    /// At the end of the input: the line may be cut.
    case endOfInput
    /// At 64 KiB; the rest of the line follows as another `LogLine` with the same number.
    case tooLong
  }

  /// Who wrote a line.
  public enum Origin: Sendable {
    /// The device.
    case device
    /// The tool that captured the log: a monitor's own line, or an address it decoded.
    case monitor
  }

  /// The line's number, counted from 1; lines that were joined in one have the same.
  public let number: Int
  /// Where the line begins, decorations included, in bytes of the decompressed input, counted
  /// from 0.
  public let offset: Int
  /// The line as the device printed it: line ends, colours, host timestamps and the prefixes of
  /// capture tools are stripped.
  public let text: ByteText
  /// How the line ended.
  public let ending: Ending
  /// Who wrote the line.
  public let origin: Origin

  /// Puts a line together.
  @inlinable public init(
    number: Int, offset: Int, text: ByteText, ending: Ending, origin: Origin = .device
  ) {
    self.number = number
    self.offset = offset
    self.text = text
    self.ending = ending
    self.origin = origin
  }

  /// Where the line stands, with its text kept.
  public var reference: LineReference {
    LineReference(number: number, offset: offset, text: text.slice(from: 0, to: 2_000).string)
  }
}

/// A line that is kept as evidence: where it stands and what it says.
public struct LineReference: Hashable, Sendable {
  /// The line's number, counted from 1.
  public var number: Int
  /// Where the line begins, in bytes of the decompressed input, counted from 0.
  public var offset: Int
  /// What the line says, without decorations, at most 2,000 bytes; hostile until it is escaped.
  public var text: String

  /// Puts a reference together.
  public init(number: Int, offset: Int, text: String) {
    self.number = number
    self.offset = offset
    self.text = text
  }
}
