import DeviceEvents
import LineReading

// Keeping back what may be another device's.
extension TimelineBuilder {
  /// Takes a line that is kept until it is known whose it is, or that tells whose those are which are kept; false if it
  /// is to be read as any other.
  mutating func keepsBack(_ line: LogLine) -> Bool {
    if passedOn.isOpen {
      goOn(with: line)
      return true
    }
    if let head = decoder.resetBehindHead(in: line) {
      readHeldBoots()
      passedOn.begin(line, behind: head)
      eventfulLines += 1
      return true
    }
    let words = decoder.passedOnWords(in: line)
    guard words != nil || passedOn.isKnown(line.text) && decoder.readsBehindWords(line) else {
      return false
    }
    readHeldBoots()
    guard let clock = decoder.timeBefore, assembly.clockWouldShowRestart(at: clock) else {
      return false
    }
    if let words {
      passedOn.begin(line, words, at: clock)
    } else {
      passedOn.beginAgain(line, at: clock)
    }
    eventfulLines += 1
    return true
  }

  private mutating func goOn(with line: LogLine) {
    if !passedOn.isBehindHead, passedOn.keepLabelled(line) {
      eventfulLines += 1
    } else {
      switch answer(of: line) {
      case .passedOn:
        passOver()
        return takeAnew(line)
      case .own:
        if !passedOn.isBehindHead { passedOn.noteOwn() }
        readKept()
        return takeAnew(line)
      case .unproved:
        readDoubted()
        return takeAnew(line)
      case .none:
        if !passedOn.isBehindHead, line.origin == .device, decoder.isBareRow(line.text) {
          passedOn.keepRow(line)
        } else {
          passedOn.keepOther(line)
        }
      }
    }
    guard passedOn.isFull else { return }
    if passedOn.isBehindHead { passOver() } else { endKeeping() }
  }

  /// What a line tells of those that are kept.
  private mutating func answer(of line: LogLine) -> PassedOnLines.Answer {
    guard line.origin == .device else { return .none }
    let text = line.text
    if passedOn.isBehindHead {
      if decoder.standsBareInStart(text) {
        return passedOn.mayBeginStart(with: text) ? .own : .passedOn
      }
      if decoder.standsBareInCrash(text) { return .passedOn }
    } else {
      // Writing one is what this node does when it has crashed.
      if decoder.isOfCoreDump(text) { return .own }
      if passedOn.subject == .crash {
        // A gateway may put its words before the first line alone: the clock tells.
        if decoder.isBareRow(text) || PassedOnLines.precedesReset(text) { return .none }
        if PassedOnLines.beginsAtPowerOn(text), passedOn.lastBareRow == nil { return .unproved }
      }
      // Rows go on with a crash, and a crash that begins is another one.
      if decoder.standsBareInCrash(text) {
        return decoder.beginsBareCrash(text) && !passedOn.mayGoOn(in: text) ? .passedOn : .own
      }
    }
    return decoder.timeOfBareHead(text).map { passedOn.hear($0) } ?? .none
  }

  /// Takes a line behind what was kept, which may be kept itself.
  private mutating func takeAnew(_ line: LogLine) {
    if !keepsBack(line) { take(line) }
  }

  /// Passes over what another device's words are, and reads what stands between them.
  private mutating func passOver() {
    guard !passedOn.isBehindHead else { return readKept(believingReset: false) }
    let subject = passedOn.subject
    let lastRow = passedOn.lastBareRow ?? -1
    passedOn.noteKnown()
    let kept = passedOn.takeAll()
    eventfulLines += 1
    var others = PassedOnLines.Labels()
    kept.bytes.withUnsafeBufferPointer { bytes in
      if let first = kept.lines.first, subject != .logLine {
        note(Notice(.wordsOfAnother, detail: "a \(subject.rawValue)"), at: first.line(in: bytes))
      }
      for (index, line) in kept.lines.enumerated()
      where !line.isLabelled && line.origin == .device {
        let other = line.line(in: bytes)
        // What stands bare among the rows of a dump belongs to it.
        if index <= lastRow, decoder.timeOfBareHead(other.text) == nil { continue }
        // The clock has answered for another device that told something meanwhile, too.
        if others.stand(before: other.text) { continue }
        if let words = decoder.passedOnWords(in: other) {
          others.add(other.text.slice(from: 0, to: words.length))
        } else {
          take(other)
        }
      }
    }
    if let last = kept.lines.last {
      assembly.noteLine(number: last.number, clock: decoder.clock)
    }
  }

  /// Reads what is kept as this node's own; of a reset behind a log head, only if it is believed.
  private mutating func readKept(believingReset: Bool = true) {
    let isBehindHead = passedOn.isBehindHead
    let mayBeTools = isBehindHead && passedOn.mayBeTools
    let kept = passedOn.takeAll()
    eventfulLines += 1
    kept.bytes.withUnsafeBufferPointer { bytes in
      if mayBeTools, !believingReset, let first = kept.lines.first {
        note(Notice(.wordsOfAnother, detail: "a reset"), at: first.line(in: bytes))
      }
      for (index, line) in kept.lines.enumerated() {
        guard isBehindHead, index > 0 else {
          decoder.believesResets = isBehindHead && believingReset
          take(isBehindHead ? line.line(in: bytes) : line.lineBehindWords(in: bytes))
          decoder.believesResets = false
          continue
        }
        // Behind the reset, others may have printed something.
        takeAnew(line.line(in: bytes))
      }
    }
  }

  /// Reads what is kept at the end of the log, where nothing tells whose it is.
  mutating func endKeeping() {
    guard passedOn.isOpen else { return }
    guard !passedOn.isBehindHead else {
      passOver()
      // What stood behind it may be kept now.
      return endKeeping()
    }
    // Rows of its own stand bare, whatever stands before the first line.
    guard passedOn.lastBareRow == nil else { return readKept() }
    guard !passedOn.standsBehindKnown else { return passOver() }
    readDoubted()
  }

  /// Reads what is kept as this node's own, and says that nothing proves it.
  private mutating func readDoubted() {
    let doubt =
      passedOn.mayBeAnothers && passedOn.subject != .logLine
      ? "an unproved \(passedOn.subject.rawValue)"
      : nil
    let kept = passedOn.takeAll()
    eventfulLines += 1
    kept.bytes.withUnsafeBufferPointer { bytes in
      let lastLabelled = kept.lines.lastIndex(where: \.isLabelled)
      for (index, line) in kept.lines.enumerated() {
        take(line.lineBehindWords(in: bytes))
        if let doubt, index == lastLabelled, let first = kept.lines.first {
          note(Notice(.wordsOfAnother, detail: doubt), at: first.line(in: bytes))
        }
      }
    }
  }

  private mutating func note(_ notice: Notice, at line: LogLine) {
    guard !assembly.hasNotice(notice) else { return }
    _ = tell([.notice(notice)], of: line)
  }
}
