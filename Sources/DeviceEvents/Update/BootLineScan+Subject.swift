import LineReading

// Whose start a line tells of: this node's, or another chip's or node's.
extension BootLineScan {
  /// Finds out whose start a line tells of.
  static func judge(_ line: inout Found, in text: ByteText, at time: Int?) {
    if isOfAnotherChip(line, in: text) {
      line.isOfAnother = true
      return
    }
    judgeOwner(of: &line, in: text)
    guard !line.isOfAnother else { return }
    guard time.map({ $0 >= BootLine.ownWordsEnd }) ?? true else { return }
    // Late, such words are rather about something else that was reset.
    if line.isWithoutKey {
      if time == nil { line.content.subject = .named }
      line.isOfAnother = time != nil
      return
    }
    switch subject(of: line, in: text) {
    case .another: line.isOfAnother = true
    case .thisNode: break
    // What has a time is late here, what has none may be early.
    case .named where time == nil: line.content.subject = .named
    case .mentioned where time == nil: line.content.subject = .mentioned
    case .named, .mentioned: line.isOfAnother = true
    }
  }

  /// Whether the words around a reason name a chip that is beside the node's own.
  private static func isOfAnotherChip(_ line: Found, in text: ByteText) -> Bool {
    guard line.content.partition == nil, line.content.partitionOffset == nil else { return false }
    return OtherNodes.areChips(rightBefore: line.start, in: text)
      || OtherNodes.areNamed(behind: line.end, in: text)
  }

  /// Whose start a line tells of.
  private static func subject(of line: Found, in text: ByteText) -> OtherNodes.Subject {
    let isBootLine = text.has("boot: ", at: line.start - "boot: ".utf8.count)
    if line.content.isWhole || isBootLine {
      return OtherNodes.isPassedOn(before: line.start, in: text) ? .another : .thisNode
    }
    return OtherNodes.subject(before: line.start, in: text)
  }
}
