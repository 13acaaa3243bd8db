import LineReading

/// What the application's lines show of their log heads: whether these are the node's own, or those of a tool that puts
/// one before every line that it records.
///
/// Most of what stands behind a tool's heads are log lines, heads and all, and a tool has one tag.
struct OwnHeads: Hashable {
  /// Half of the hash of the tag of the log's first application line; 0 for none.
  private var firstTag: UInt32 = 0
  /// How many of the lines hold, directly behind their heads, a reset or a log line.
  private var passingOn = 0

  /// So many lines that hold neither show whose the heads are.
  private static let linesThatShow = 4

  /// Notes the tag of an application's first line.
  mutating func noteFirst(_ tag: ByteText) {
    if firstTag == 0 { firstTag = Self.hash(tag) }
  }

  /// Notes a line that holds a reset or a log line directly behind its head.
  mutating func notePassingOn() { passingOn += 1 }

  /// Whether so many lines of the application show that the head with this tag is the node's own.
  func areShown(by lines: Int, behind tag: ByteText) -> Bool {
    let others = lines - passingOn
    guard others >= Self.linesThatShow else { return false }
    return passingOn <= others || firstTag != Self.hash(tag)
  }

  private static func hash(_ tag: ByteText) -> UInt32 {
    UInt32(truncatingIfNeeded: TagTable.hash(tag)) | 1
  }
}

/// A log head directly behind which a reset stands.
package struct HeadBeforeReset {
  /// The time that it tells.
  package let time: Int
  /// Whether this node's start, which stood bare, shows that the head is its own; else other lines of its application
  /// alone do.
  package let isShownByStart: Bool
}
