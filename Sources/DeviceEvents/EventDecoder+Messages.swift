import LineReading

// A message of a log macro: whose it is, what it says, and what it shows of the clock and the application.
extension EventDecoder {
  mutating func decode(
    _ message: LogMessage, sightings range: Range<Int>, at start: Int, _ body: EventSink
  ) {
    countLine()
    statements.all += 1
    statements.messages += 1
    let entry = tags.entry(for: message.tag)
    // Once the application runs, its tags are its own, however close to one of ESP-IDF's.
    if entry.isUnknown, !isRunningKnown, let mended = NearTag.mended(message) {
      let meant = tags.entry(for: mended.tag)
      var events: [DeviceEvent] = []
      decode(mended, meant, sightings: range, at: start) { events.append($0) }
      // A tag that is only like another does not say what that one says.
      let isRecognised = mended.tag.has("boot") || !events.isEmpty
      if isRecognised, nearTags.meet(message.tag) == .first {
        damagedLines += 1
        note(mended, from: meant.source, body)
        if meaning != nil { meaning = events }
        events.forEach(body)
        return
      }
    } else if entry.source != .application, VisibleDamage.shows(in: message) {
      damagedLines += 1
    }
    note(message, from: entry.source, body)
    guard meaning != nil else {
      return decode(message, entry, sightings: range, at: start, body)
    }
    var events: [DeviceEvent] = []
    decode(message, entry, sightings: range, at: start) { event in
      events.append(event)
      body(event)
    }
    meaning = events
  }

  mutating func decode(
    _ message: LogMessage, _ entry: TagEntry, sightings range: Range<Int>, at start: Int,
    _ body: EventSink
  ) {
    var remaining = (range.isEmpty ? entry.decoders & plan.eager : entry.decoders) & ~plan.last
    var isDecoded = false
    // Whether anything was told that means something by itself.
    var isTold = false
    while remaining != 0, !isDecoded {
      let index = remaining.trailingZeroBitCount
      remaining &= remaining - 1
      isDecoded = plan.messageDecoders[index].decode(message) { event in
        isTold = isTold || !event.onlyEndsUpdate
        body(event)
      }
    }
    if !isDecoded, !range.isEmpty, !TasmotaHead.isReceived(in: message.message) {
      decodeSightings(range, in: message.message, at: start) { event in
        isTold = isTold || !event.onlyEndsUpdate
        // What the application prints in a message of its own it received or stored.
        if case .notice(let notice) = event, notice.kind == .crashRetold { return }
        if case .panic(.labelledAbort) = event { return }
        // MCUboot prints bare or under the bootloader's tag: it is another chip's.
        if case .notice(let notice) = event, notice.kind == .mcubootReverts { return }
        // Tasmota's own lines have no such head.
        if case .application(.starts(let mark)) = event, mark.framework == .tasmota { return }
        // Late, it is something else that was rolled back.
        if case .notice(let notice) = event, notice.kind == .rollbackTold,
          (message.time ?? 0) >= BootLine.ownWordsEnd
        {
          return
        }
        if case .update(let line) = event {
          if let own = line.behindName(of: message).told(by: message) { body(.update(own)) }
          return
        }
        guard case .bootLine(let line) = event else { return body(event) }
        if let own = line.told(by: message) { body(.bootLine(own)) }
      }
    }
    if !isTold, entry.decoders & plan.last != 0 {
      remaining = entry.decoders & plan.last
      while remaining != 0 {
        let index = remaining.trailingZeroBitCount
        remaining &= remaining - 1
        if plan.messageDecoders[index].decode(message, body) { break }
      }
    }
    if !entry.patterns.isEmpty { patterns.matchTagged(entry.patterns, message.message, body) }
    if patterns.hasUntagged { patterns.matchUntagged(message.message, body) }
  }

  /// Keeps the clock and what is known of the application.
  @inline(__always)
  mutating func note(
    _ message: LogMessage, from source: TagEntry.Source, _ body: EventSink
  ) {
    if let time = message.time {
      if let step = deviceClock.advance(to: time, of: message, source: source) {
        body(.clockWentBack(from: step.from, to: step.to))
        // Whatever runs from here on is another boot's.
        isRunningKnown = false
      }
      clock = deviceClock.time
    }
    guard source == .application, !message.tag.isEmpty, !message.hasLostPrefix else { return }
    if message.style == .zephyr, !isZephyrKnown {
      isZephyrKnown = true
      body(.foreign(.zephyr))
    }
    // The kernel's own errors, register by register: the rows of a crash, no sign of life.
    if message.isZephyrKernelError { return }
    // A damaged line of the bootloader's is no sign of an application.
    if !isRunningKnown, StartupTags.isNearlyOne(message.tag) {
      // A console that drops a letter drops it in each of them.
      if message.message.contains("paddr="), message.message.contains(" vaddr=") { return }
      guard nearTags.meet(message.tag) == .again else { return }
    }
    applicationLines += 1
    if !isRunningKnown, message.hasPlausibleTag {
      isRunningKnown = true
      ownHeads.noteFirst(message.tag)
      body(.application(.running))
    }
  }
}
