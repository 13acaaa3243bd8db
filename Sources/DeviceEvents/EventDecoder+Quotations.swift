import LineReading

// A line of another node that an application passes on: what it holds is not this node's.
extension EventDecoder {
  /// Where, in a message, a line of another node begins; nil if all of it is the node's own.
  func quotation(in message: LogMessage) -> Int? {
    if let end = QuotedLine.endOfSpeaker(opening: message), !isCutByCrash { return end }
    if let start = QuotedLine.start(in: message) { return start }
    guard let start = OtherNodes.endOfName(opening: message.message),
      message.time.map({ $0 >= BootLine.ownWordsEnd }) ?? true,
      let line = LogMessage(withLostPrefix: message.message.slice(from: start)),
      tags.entry(for: line.tag).isDistinctive
    else { return nil }
    return start
  }

  /// Whether the line holds the start of a crash or of a boot, which is rather this node's: it cuts any message.
  private var isCutByCrash: Bool {
    sightings.contains { if case .beginning = $0.marker { true } else { false } }
  }

  /// Decodes the part of a line that stands before what its message quotes.
  mutating func decode(
    _ text: ByteText, _ message: LogMessage, before quotation: Int, _ body: EventSink
  ) {
    sightings.removeAll { $0.position >= text.count }
    if sightings.isEmpty {
      decode(
        message.ending(before: quotation), sightings: 0..<0, at: text.count - quotation, body)
    } else {
      decodeStatements(text, body)
    }
    // Whether it is a quotation depends on the line's time: what it says is not to be remembered.
    statements.all += 1
  }
}
