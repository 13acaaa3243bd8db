import LineReading

// A line of another node that an application passes on: what it holds is not this node's.
extension EventDecoder {
  /// Where, in a message behind a head, a line of another node begins; nil if all of it is the node's own.
  mutating func quotation(in message: LogMessage, behind head: ByteText) -> Int? {
    if let end = QuotedLine.endOfSpeaker(opening: message), !isCutByCrash { return end }
    if let end = QuotedLine.endOfTopic(opening: message) { return end }
    if let end = QuotedLine.endOfPeer(opening: message), !isCutByCrash { return end }
    if isAnothers(message, behind: head) { return 0 }
    if let start = QuotedLine.start(in: message) { return start }
    guard let start = OtherNodes.endOfName(opening: message.message),
      message.time.map({ $0 >= BootLine.ownWordsEnd }) ?? true,
      let line = LogMessage(withLostPrefix: message.message.slice(from: start)),
      tags.entry(for: line.tag).isDistinctive
    else { return nil }
    return start
  }

  /// Whether a message is, from its first byte on, a line of another device: a reset of its ROM, or a log line with
  /// another clock.
  ///
  /// Where a log's head, message and line feed are printed one by one, what an interrupt or a reset prints may stand
  /// exactly so. A log line's clock tells it apart; a reset's does what follows, which `resetBehindHead` is for.
  ///
  /// A tool puts a head before every line of the log as well: then neither a start of this node's stands bare before the
  /// first such line nor do words of its own behind such heads, and none is believed to be another's.
  private mutating func isAnothers(_ message: LogMessage, behind head: ByteText) -> Bool {
    guard mayPassOn(message, behind: head), passesOn(message) else { return false }
    isJudgedByClock = true
    defer { ownHeads.notePassingOn() }
    guard showsOwnHead(of: message) else {
      labelledHeads = Self.collectorsHeads
      return false
    }
    return !believesResets && hasAnothersClock(message)
  }

  private func mayPassOn(_ message: LogMessage, behind head: ByteText) -> Bool {
    message.style == .espIDF && message.time != nil && !message.tag.isEmpty
      && head[head.count - 1] == 0x20 && labelledHeads < Self.collectorsHeads
  }

  private func passesOn(_ message: LogMessage) -> Bool {
    QuotedLine.isReset(opening: message.message)
      || QuotedLine.time(opening: message.message) != nil
  }

  /// Whether a message that passes on a line is the application's, and the line may be none of this node's. A reset
  /// tells no time.
  private func hasAnothersClock(_ message: LogMessage) -> Bool {
    let entry = tags.entry(for: message.tag)
    guard isRunningKnown, entry.source == .application, !entry.isDistinctive,
      let now = deviceClock.time, let time = message.time,
      time + RelayedLine.ownLinesComeLateBy >= now
    else { return false }
    guard let inner = QuotedLine.time(opening: message.message) else { return true }
    return abs(inner - time) > RelayedLine.ownLinesComeLateBy
  }

  /// The log head directly behind which a line holds a reset that is taken for another device's; nil if it holds none.
  package mutating func resetBehindHead(in line: LogLine) -> HeadBeforeReset? {
    guard isRunningKnown, line.origin == .device, !coreDump.isOpen, !coreDump.isAtLogStart,
      let message = LogMessage(line.text), QuotedLine.isReset(opening: message.message),
      mayPassOn(
        message, behind: line.text.slice(from: 0, to: line.text.count - message.message.count)),
      showsOwnHead(of: message), hasAnothersClock(message)
    else { return nil }
    return message.time.map { HeadBeforeReset(time: $0, isShownByStart: showsBareHeads) }
  }

  /// Whether lines of the ROM, the bootloader or the start-up stood bare in the log: what a tool puts its head before
  /// counts as the application's.
  private var showsBareHeads: Bool { espLines - applicationLines >= Self.linesThatShowBareHeads }

  /// Whether a message's head is this node's own, as its start or other lines of its application show.
  private func showsOwnHead(of message: LogMessage) -> Bool {
    showsBareHeads
      || ownHeads.areShown(by: applicationLines - labelledHeads, behind: message.tag)
  }

  /// Where, in a line without a log prefix of its own, the line of another device begins; nil if all of it is this
  /// node's.
  ///
  /// A tool that puts something before every line puts it before log heads, too: those show that this node's lines
  /// stand bare in the log.
  mutating func relayedLine(in text: ByteText, _ body: EventSink) -> Int? {
    guard let first = sightings.first, first.position > 0 else { return nil }
    // Whose it is depends on what follows, and on the clock.
    if wordsBeforeBeginning(in: text) != nil { isJudgedByClock = true }
    let words = text.slice(from: 0, to: first.position)
    if let lead = RelayedLine.lead(words) {
      // What such a line says is not to be remembered, whatever it says here.
      isJudgedByClock = true
      let label = RelayedLine.Label(words)
      if isReceivedReason(in: text, at: first.position, behind: words, label) {
        return first.position
      }
      if takeForRelayed(text.slice(from: first.position), first.marker, behind: label, lead) {
        return first.position
      }
      // Behind these words stand lines of this node's own as well.
      if relay?.label == label { relay = nil }
      if isDoubtful(first.marker, behind: words, label) {
        body(.notice(Notice(.wordsOfAnother, detail: "a log line")))
      }
    }
    if case .logLine = first.marker, labelledHeads < Self.collectorsHeads { labelledHeads += 1 }
    return nil
  }

  /// Whether what stands behind words that may lead another device's lines is to be doubted, though it is read as this
  /// node's: the same words stand before two log heads, or they say that it was received.
  private mutating func isDoubtful(
    _ marker: DispatchPlan.Marker, behind words: ByteText, _ label: RelayedLine.Label
  ) -> Bool {
    if isRunningKnown, showsBareHeads, RelayedLine.isReceived(behind: words) { return true }
    return if case .logLine = marker { repeats(label) } else { false }
  }

  /// Whether a line is the reset reason of another device behind an arrow that says that it was received. A tool that
  /// puts the arrow there puts it before log heads as well.
  private func isReceivedReason(
    in text: ByteText, at position: Int, behind words: ByteText, _ label: RelayedLine.Label
  ) -> Bool {
    guard RelayedLine.isReceived(behind: words), isRunningKnown,
      showsBareHeads || applicationLines >= Self.linesThatShowBareHeads,
      labelledHeads == 0, relay?.label != label, !text.contains(">>")
    else { return false }
    let near = text.slice(from: 0, to: Self.longestReason)
    return BootLineScan.bootLine(at: position, in: near).map { $0.content.reason != nil } ?? false
  }

  /// The longest line with the reset reason of another device that is looked at, in bytes.
  private static let longestReason = 256

  /// Whether log heads stand behind the same words in two lines, one behind the other, of a log whose heads stand bare
  /// otherwise: what cuts a line of this node's own does not put the same words before the next.
  private mutating func repeats(_ label: RelayedLine.Label) -> Bool {
    guard isRunningKnown, deviceClock.time != nil else { return false }
    let isAgain = labelBefore == label && espLines == espLinesAtLabel + 1
    labelBefore = espLines - labelledHeads >= Self.linesThatShowBareHeads ? label : nil
    espLinesAtLabel = espLines
    return isAgain && labelledHeads < Self.collectorsHeads
  }

  /// So many lines that no words stood before show how this node's own look.
  private static let linesThatShowBareHeads = 4

  /// So many heads behind other words show that a tool put those there.
  static let collectorsHeads = 4

  /// The same of heads with another clock that came behind the same words, and no line of this node's own between: the
  /// report of a watchdog that another device prints has fewer.
  private static let collectorsHeadsInRow = 8

  /// Whether another device's line stands behind these words; keeps them then for the lines that follow.
  ///
  /// Its clock shows it. What has none, as a reset or a crash, cuts lines of this node's own as well: of such, the
  /// words are believed once they stood before another clock and this node's lines went on bare.
  private mutating func takeForRelayed(
    _ rest: ByteText, _ marker: DispatchPlan.Marker, behind label: RelayedLine.Label,
    _ lead: RelayedLine.Lead
  ) -> Bool {
    guard let now = deviceClock.time, isRunningKnown, labelledHeads < Self.collectorsHeads else {
      return false
    }
    var relay = RelayedLine.Relay(label, ownLines: espLines)
    if let known = self.relay, known.label == label {
      relay = known
      relay.goOn(afterOwnLines: espLines)
    }
    // Behind a name and a colon, a line of this node's own may be cut the next time.
    let isBelieved = relay.isBesideOwnLines && lead != .name
    switch marker {
    case .beginning, .text: guard isBelieved else { return false }
    case .logLine:
      guard let message = LogMessage(rest), !message.tag.isEmpty, let time = message.time,
        time < now - RelayedLine.ownLinesComeLateBy,
        isBelieved || lead == .quotation || !mayFollowReset(message, at: time)
      else { return false }
      relay.countHead()
      guard relay.headsInRow < Self.collectorsHeadsInRow else {
        labelledHeads = Self.collectorsHeads
        return false
      }
    }
    self.relay = relay
    return true
  }

  /// Whether a message may be of the first ones behind a reset, which cut a line of this node's own.
  private func mayFollowReset(_ message: LogMessage, at time: Int) -> Bool {
    time < RelayedLine.firstMoments || tags.entry(for: message.tag).source == .bootloader
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
