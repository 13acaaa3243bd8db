import LineReading

// A line, statement by statement: there is more than one only where a reset or a crash cut it.
extension EventDecoder {
  /// Decodes a line, statement by statement; there is more than one only where a reset or a crash
  /// cut a line.
  mutating func decode(_ text: ByteText, _ body: EventSink) {
    statements = (0, 0)
    if let message = LogMessage(text) {
      let prefix = text.count - message.message.count
      collectSightings(in: text, from: prefix)
      guard !sightings.isEmpty else {
        decode(message, sightings: 0..<0, at: prefix, body)
        return
      }
      if let quotation = quotation(in: message, behind: text.slice(from: 0, to: prefix)) {
        decode(text.slice(from: 0, to: prefix + quotation), message, before: quotation, body)
        return
      }
    } else {
      collectSightings(in: text, from: 0)
      if let start = relayedLine(in: text, body) {
        sightings.removeAll(keepingCapacity: true)
        return decodePlain(text.slice(from: 0, to: start), sightings: 0..<0, at: 0, body)
      }
    }
    decodeStatements(text, body)
  }

  /// Collects the markers of a line in the order of their positions, the longer ones first.
  @inline(__always)
  mutating func collectSightings(in text: ByteText, from start: Int) {
    // Emptying an empty array costs a call to `memmove`, and most lines have no marker.
    if !sightings.isEmpty { sightings.removeAll(keepingCapacity: true) }
    var found = plan.search.first(in: text, from: start)
    while let hit = found {
      sightings.append(plan.sighting(of: hit))
      found = plan.search.next(after: hit, from: start, in: text)
    }
    var prefix = text.firstLogPrefix(from: start)
    while let position = prefix {
      sightings.append(
        DispatchPlan.Sighting(position: position, marker: .logLine, length: 4, rank: .max))
      prefix = text.firstLogPrefix(from: position + 1)
    }
    guard sightings.count > 1 else { return }
    sightings.sort { ($0.position, $0.rank) < ($1.position, $1.rank) }
  }

  mutating func decodeStatements(_ text: ByteText, _ body: EventSink) {
    var start = 0
    var first = 0
    while start < text.count {
      var message = LogMessage(text.slice(from: start)) ?? withLostPrefix(text.slice(from: start))
      let bodyStart = message.map { text.count - $0.message.count } ?? start
      while first < sightings.count, sightings[first].position < bodyStart { first += 1 }
      let split = split(of: text, after: start, bodyStart: bodyStart, first: first)
      let end = split?.start ?? text.count
      let next = split?.sighting ?? sightings.count
      if let whole = message, end < text.count {
        message = whole.ending(before: end - bodyStart)
      }
      if let message {
        decode(message, sightings: first..<next, at: bodyStart, body)
      } else {
        decodePlain(text.slice(from: start, to: end), sightings: first..<next, at: start, body)
      }
      start = end
      first = next
    }
  }

  /// A message that lost level and time, if its tag is nobody else's.
  func withLostPrefix(_ text: ByteText) -> LogMessage? {
    guard let message = LogMessage(withLostPrefix: text) else { return nil }
    let isKnown = tags.entry(for: message.tag).isDistinctive || BootloaderDecoder.knows(message)
    return isKnown ? message : nil
  }

  /// Where the statement that begins at `start` is cut by another one, and that one's sighting.
  func split(
    of text: ByteText, after start: Int, bodyStart: Int, first: Int
  ) -> (start: Int, sighting: Int)? {
    guard first < sightings.count else { return nil }
    var strings = CrashRetelling.RecordStrings(in: text, from: bodyStart)
    for index in first..<sightings.count where sightings[index].position > start {
      var position = sightings[index].position
      switch sightings[index].marker {
      case .text: continue
      case .beginning:
        // The line of equals signs around a core dump's mark belongs to it.
        while text[position] == UInt8(ascii: "="), position > bodyStart,
          text[position - 1] == UInt8(ascii: "=")
        {
          position -= 1
        }
        let before = text.slice(from: bodyStart, to: position)
        let marker = text.slice(from: position)
        let isRetold =
          CrashRetelling.retellsReset(before, marker)
          && (bodyStart > start || strings.contain(position))
          || CrashRetelling.retells(before, marker)
        if position > start, !isRetold { return (position, index) }
      case .logLine:
        // Behind a capital letter it is rather a word, `WIFI (2) …`.
        let before = text[position - 1]
        if (0x41...0x5a).contains(before) { continue }
        if let glued = LogMessage(text.slice(from: position)), !glued.tag.isEmpty {
          return (position, index)
        }
      }
    }
    return nil
  }

  mutating func decodePlain(
    _ text: ByteText, sightings range: Range<Int>, at start: Int, _ body: EventSink
  ) {
    statements.all += 1
    if TasmotaHead.isTopic(opening: text) {
      // Whose it is depends on what runs here.
      isJudgedByClock = true
      guard isTasmotaKnown || applicationLines == 0 else {
        if patterns.hasUntagged { patterns.matchUntagged(text, body) }
        return
      }
    }
    var isDecoded = false
    var isNeutral = false
    var remaining = plan.plainAudience.of(text, hasMarkers: !range.isEmpty)
    while remaining != 0, !isDecoded {
      let index = remaining.trailingZeroBitCount
      remaining &= remaining - 1
      isDecoded = plan.plainDecoders[index].decode(text) { event in
        isNeutral = isNeutral || event.isNeutral
        body(event)
      }
    }
    if isDecoded {
      if !isNeutral { countLine() }
    } else {
      if VisibleDamage.shows(inUnknown: text) { damagedLines += 1 }
      if !range.isEmpty { decodeSightings(range, in: text, at: start, body) }
    }
    if patterns.hasUntagged { patterns.matchUntagged(text, body) }
  }

  /// Decodes what stands at the markers of a text that begins at `start` of the line.
  mutating func decodeSightings(
    _ range: Range<Int>, in text: ByteText, at start: Int, _ body: EventSink
  ) {
    var decodedEnd = 0
    for index in range {
      let sighting = sightings[index]
      let position = sighting.position - start
      guard position >= decodedEnd else { continue }
      switch sighting.marker {
      case .logLine: continue
      case .text(let decoder), .beginning(let decoder):
        var isNeutral = false
        let isDecoded = plan.plainDecoders[decoder].decode(at: position, in: text) { event in
          isNeutral = isNeutral || event.isNeutral
          body(event)
        }
        guard isDecoded else { continue }
        if !isNeutral { countLine() }
        decodedEnd = position + sighting.length
      }
    }
  }
}
