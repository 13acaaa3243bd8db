import LineReading

// What of a record is where its lines stand. A reference that is missing here would be that of another boot: the tests
// that compare boots followed and boots read show it.
extension BootRecord {
  /// Hands on each reference to a line, always in the same order.
  mutating func forEachReference(_ body: (inout LineReference) -> Void) {
    change { $0.forEachReference(body) }
    for index in crashes.indices { crashes[index].forEachReference(body) }
    for index in notices.indices { body(&notices[index].line) }
    for index in watched.indices { body(&watched[index].line) }
  }

  /// Changes the boot itself, in one access.
  mutating func change(_ body: (inout Boot) -> Void) { body(&boot) }

  /// Places what happened in a boot; `end` gives the last line of a crash.
  mutating func placeCrashes(in boot: Int, end: (Int) -> Int) {
    for index in crashes.indices {
      crashes[index].boot = boot
      crashes[index].lastLineNumber = end(index)
    }
    for index in notices.indices { notices[index].boot = boot }
    for index in watched.indices { watched[index].boot = boot }
  }

  /// Gives crashes the segments that the boot had so far, with its times.
  mutating func shareSegments() {
    let segments = boot.segments
    for index in crashes.indices {
      let count = crashes[index].segments.count
      crashes[index].segments = count == segments.count ? segments : Array(segments.prefix(count))
    }
  }
}

extension Boot {
  /// The line of a lost network is left out: no boot of which others are made lost one.
  fileprivate mutating func forEachReference(_ body: (inout LineReference) -> Void) {
    body(&firstLine)
    romResetLine.hand(to: body)
    waitLine.hand(to: body)
    resetReasonLine.hand(to: body)
    toldResetCodeLine.hand(to: body)
    slotLine.hand(to: body)
    bootloaderLine.hand(to: body)
    app.idfLine.hand(to: body)
    reachedAppLine.hand(to: body)
    sleepLine.hand(to: body)
    confirmedLine.hand(to: body)
    endingLine.hand(to: body)
  }
}

extension Crash {
  fileprivate mutating func forEachReference(_ body: (inout LineReference) -> Void) {
    body(&firstLine)
    for index in details.indices { body(&details[index]) }
    registerLine.hand(to: body)
    faultLine.hand(to: body)
    backtraceLine.hand(to: body)
  }
}

extension Optional<LineReference> {
  fileprivate mutating func hand(to body: (inout LineReference) -> Void) {
    guard var line = take() else { return }
    body(&line)
    self = line
  }
}
