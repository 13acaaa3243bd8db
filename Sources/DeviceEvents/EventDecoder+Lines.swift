import CLineScan
import LineReading

// A line: what it counts for, and whether an equal one was decoded before.
extension EventDecoder {
  /// Decodes one line and hands its events to `body`, in the order they stand in the line.
  public mutating func decode(_ line: LogLine, _ body: (DeviceEvent) -> Void) {
    var hasEvents = false
    decodeLine(line) { event in
      hasEvents = true
      body(event)
    }
    if hasEvents { noteEvents() }
  }

  mutating func decodeLine(_ line: LogLine, _ body: (DeviceEvent) -> Void) {
    guard !line.text.isEmpty else { return }
    guard line.origin == .device else {
      // Of what monitors print themselves, the names that they found in the ELF are worth having.
      if let call = ResolvedCallLine.decode(line.text) { body(.panic(.resolved(call))) }
      return
    }
    isLineCounted = false
    isJudgedByClock = false
    if coreDump.isOpen, coreDump.holds(line.text) {
      countLine()
      body(.coreDump(.data))
      return
    }
    if coreDump.isAtLogStart, coreDump.leads(line.text) {
      body(.coreDump(.data))
      return
    }
    var block = coreDump
    let isMessageDue = awaitsMessage
    var announcesMessage = false
    var namesTasmota = false
    var hasEvents = false
    recallOrDecode(line.text) { event in
      block.observe(event)
      hasEvents = true
      namesTasmota = namesTasmota || event.namesTasmota
      announcesMessage = announcesMessage || AwaitedMessage.isAnnounced(by: event)
      body(event)
    }
    awaitsMessage = announcesMessage
    if namesTasmota { isTasmotaKnown = true }
    if isMessageDue, !hasEvents, let message = AwaitedMessage.read(line.text) {
      countLine()
      body(.panic(message))
    }
    // Among prints it shows nothing that those do not.
    if !isRunningKnown, !hasEvents, quietPrints == CLINESCAN_UNREADABLE_PRINTS,
      WLEDGreeting.stands(in: line.text)
    {
      isRunningKnown = true
      countLine()
      body(.application(.running))
    }
    if !isLineCounted, !coreDump.isOpen, PlainText.isReadable(line.text),
      !FlashingTool.prints(line.text)
    {
      plainLines += 1
    }
    if block.isOpen, coreDump.isOpen {
      if isLineCounted {
        block.observeLine(line.text)
      } else {
        // Neither a row nor anything else: a damaged row.
        countLine()
        body(.coreDump(.data))
      }
    }
    coreDump = block
  }

  /// Decodes a line, or hands on what the same line said before.
  mutating func recallOrDecode(_ text: ByteText, _ body: EventSink) {
    // What rules look for under any tag or none may stand in any line.
    guard !patterns.hasUntagged else { return decode(text, body) }
    if let row = RegisterRow.read(text) {
      statements = (1, 0)
      countLine()
      return body(.panic(.registers(row)))
    }
    if let message = LogMessage(text) { return recallOrDecode(message, in: text, body) }
    switch lineMemory.meet(text) {
    case .known(let answer):
      statements = (1, 0)
      if answer.isESPLine { countLine() }
      answer.events.forEach(body)
    case .seen(let place):
      let damagedBefore = damagedLines
      var events: [DeviceEvent] = []
      decode(text) { event in
        events.append(event)
        body(event)
      }
      // What a log message inside the line says depends also on the clock.
      guard statements.messages == 0, damagedLines == damagedBefore, !isJudgedByClock else {
        return
      }
      lineMemory.keep(LineMemory.Answer(text, events: events, isESPLine: isLineCounted), at: place)
    case .new:
      decode(text, body)
    }
  }

  /// The same for a line with a log prefix of the bootloader or of the start-up. Its time differs from boot to boot; what
  /// it says does not, unless it holds more than the message, or is a segment, which keeps its time.
  mutating func recallOrDecode(
    _ message: LogMessage, in text: ByteText, _ body: EventSink
  ) {
    guard message.style == .espIDF, !message.tag.isEmpty,
      message.time.map({ $0 < BootloaderDecoder.longestUnknownBoot }) ?? false,
      let start = message.tag.offset(in: text)
    else { return decode(text, body) }
    let entry = tags.entry(for: message.tag)
    guard entry.source != .application, entry.patterns.isEmpty else { return decode(text, body) }
    switch messageMemory.meet(text.slice(from: start)) {
    case .known(let answer) where answer.level == message.level:
      statements = (1, 1)
      countLine()
      note(message, from: entry.source, body)
      answer.events.forEach(body)
    case .seen(let place):
      let damagedBefore = damagedLines
      meaning = []
      decode(text, body)
      let events = meaning ?? []
      meaning = nil
      // A damaged line counts as one each time. Of what a marker stands in, the clock tells whose it is.
      guard statements == (1, 1), sightings.isEmpty, damagedLines == damagedBefore,
        !events.contains(where: { $0.isSegment })
      else { return }
      messageMemory.keep(
        LineMemory.Answer(
          text.slice(from: start), level: message.level, events: events, isESPLine: true),
        at: place)
    case .known, .new:
      decode(text, body)
    }
  }
}
