/// Stretches of an input that nobody can read, between lines of undamaged text.
///
/// Before the first such line and behind the last one it is rather another baud rate, or a node without power; and a
/// reset leaves a few bytes. What comes and goes is a line that is disturbed, and takes lines away that would have
/// counted.
public struct RuinedStretches: Hashable, Sendable {
  /// How many bytes they have.
  public private(set) var bytes = 0
  /// How many there are.
  public private(set) var count = 0
  /// The last line of text before the last stretch; 0 where there is none.
  private var textLine = 0
  /// How many bytes the last stretch has, behind which no line of text is known as yet.
  private var unfinished = 0

  /// Of so many bytes one that is no text makes a line unreadable: fewer are letters of another alphabet.
  private static let readable = 4

  /// Notes a line some bytes of which are no text, that stands behind a line of text.
  mutating func note(_ damaged: Int, in text: ByteText, behind line: Int) {
    let length = text.count
    guard damaged * Self.readable >= length, !TextDamage.isOtherEncoding(text) else { return }
    if line != textLine {
      if textLine > 0, unfinished > 0 {
        bytes += unfinished
        count += 1
      }
      textLine = line
      unfinished = 0
    }
    if line > 0 { unfinished += length }
  }

  /// So many bytes in so many stretches.
  public init(bytes: Int = 0, count: Int = 0) {
    self.bytes = bytes
    self.count = count
  }
}
