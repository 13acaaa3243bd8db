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
  fileprivate mutating func forEachReference(_ body: (inout LineReference) -> Void) {
    body(&firstLine)
    Self.hand(&romResetLine, body)
    Self.hand(&waitLine, body)
    Self.hand(&resetReasonLine, body)
    Self.hand(&toldResetCodeLine, body)
    Self.hand(&slotLine, body)
    Self.hand(&bootloaderLine, body)
    Self.hand(&app.idfLine, body)
    Self.hand(&reachedAppLine, body)
    Self.hand(&sleepLine, body)
    Self.hand(&confirmedLine, body)
    Self.hand(&endingLine, body)
    if lostNetwork != nil { Self.hand(&lostNetwork, body) }
  }

  private static func hand(
    _ reference: inout LineReference?, _ body: (inout LineReference) -> Void
  ) {
    guard var line = reference.take() else { return }
    body(&line)
    reference = line
  }

  private static func hand(_ lost: inout LostNetwork?, _ body: (inout LineReference) -> Void) {
    guard var network = lost.take() else { return }
    body(&network.line)
    lost = network
  }
}

extension Crash {
  fileprivate mutating func forEachReference(_ body: (inout LineReference) -> Void) {
    body(&firstLine)
    for index in details.indices { body(&details[index]) }
    Self.hand(&registerLine, body)
    Self.hand(&faultLine, body)
    Self.hand(&backtraceLine, body)
  }

  private static func hand(
    _ reference: inout LineReference?, _ body: (inout LineReference) -> Void
  ) {
    guard var line = reference.take() else { return }
    body(&line)
    reference = line
  }
}
