import DeviceEvents
import LineReading

/// Puts the lines of an update together.
struct UpdateAssembly {
  private(set) var open: Update?
  /// The log's clock when the open update began.
  private var clockAtBegin: Int?
  /// How many lines after its end an update still takes in what belongs to it.
  let reach = 40
  /// Where an update was last stopped that no other followed, open or not.
  private var stop: (line: Int, boot: Int)?

  var isOpen: Bool { open != nil }

  /// How far the open update is at a time of the log's clock; nil where there is none, or where none of its lines came
  /// for so long that nobody works at it any more.
  func phase(at clock: Int?) -> Update.Phase? {
    guard let open, !open.isGivenUp(at: clock) else { return nil }
    return open.phase
  }

  mutating func take(
    _ line: UpdateLine, _ reading: LineReadingState, _ record: inout BootRecord
  ) {
    switch line {
    case .began(let bytes):
      // Library and app both say that it begins, and some say so once more when flash is opened.
      if let running = open,
        running.phase > .receiving || running.hasData
          || bytes != nil && running.expectedBytes != nil
      {
        close(into: &record)
      }
      let isNew = open == nil
      start(reading, record)
      change(reading) { update in
        update.expectedBytes = bytes ?? (isNew ? nil : update.expectedBytes)
        if bytes != nil { update.phase = .receiving }
      }
    case .target(let target):
      start(reading, record)
      change(reading) { update in
        update.phase = max(update.phase, .receiving)
        update.content = target.content
        update.target = target.label ?? target.subtype.flatMap(Self.label) ?? update.target
        update.targetOffset = target.offset ?? update.targetOffset
      }
    case .progress(let received, let total):
      resume(&record) { $0.receivedBytes.map { $0 <= received } ?? true }
      start(reading, record)
      noteFirstData(reading)
      change(reading) { update in
        update.phase = max(update.phase, .receiving)
        update.receivedBytes = received
        update.expectedBytes = total ?? update.expectedBytes
      }
    case .percent(let percent):
      resume(&record) { _ in true }
      // Nothing begins with its end.
      guard open != nil || percent < 100 else { return }
      start(reading, record)
      change(reading) { update in
        update.phase = max(update.phase, .receiving)
        update.receivedBytes = update.expectedBytes.map { $0 / 100 * percent }
        update.percentage = percent
      }
    case .ended:
      guard open != nil else { return }
      take(.succeeded(target: nil), reading, &record)
    case .endedPerhaps:
      guard open?.isAllThere == true else { return }
      take(.succeeded(target: nil), reading, &record)
    case .written(let bytes):
      resume(&record) { _ in true }
      start(reading, record)
      change(reading) { update in
        update.receivedBytes = bytes
        update.phase = .verifying
      }
    case .newVersion(let version):
      start(reading, record)
      change(reading) { $0.newVersion = version }
    case .runningVersion: touch(reading)
    case .succeeded(let target):
      resume(&record) { _ in true }
      if open == nil, let last = record.updates.last, last.phase == .succeeded,
        reading.line.number - last.lastLine.number <= reach
      {
        // Said twice, by the library and by the app.
        record.updates[record.updates.count - 1].lastLine = reading.line.reference
        if let target { record.updates[record.updates.count - 1].target = target }
        return
      }
      start(reading, record)
      change(reading) { update in
        update.target = target ?? update.target
        // Progress is printed now and then; success says that all of it arrived.
        update.receivedBytes = update.expectedBytes ?? update.receivedBytes
        update.phase = .succeeded
        update.successLine = reading.line.reference
      }
      close(into: &record)
    case .received:
      guard open != nil else { return }
      change(reading) { $0.phase = max($0.phase, .verifying) }
    case .failed(let failure): fail(failure, reading, &record)
    case .brokeOff(var failure):
      guard let running = open else { return takeUnopened(failure, reading, &record) }
      // What fails when all of it is there is no transfer.
      if failure.stage == .unknown, running.phase == .verifying { failure.stage = .validation }
      failure.isPresumed = true
      fail(failure, reading, &record)
    case .declined:
      start(reading, record)
      change(reading) { update in
        update.phase = .ended
        update.outcome = .declined
      }
      close(into: &record)
    case .upToDate:
      let isAnswer = open.map { $0.phase == .announced } ?? (record.updates.last?.failure != nil)
      guard isAnswer else { return }
      take(.declined, reading, &record)
    case .aborted:
      stop = (reading.line.number, record.boot.index)
      guard open != nil else { return }
      change(reading) { $0.phase = .ended }
      close(into: &record)
    case .gaveUp:
      guard open != nil else { return }
      if open?.failure == nil { open?.isGivenUp = true }
      fail(UpdateFailure(stage: .download), reading, &record)
    case .confirmed, .rollbackRequested, .selfTestFailed, .selfTestPassed,
      .configuredSlotNotRunning, .earlierRollbackSeen:
      break
    }
  }

  /// A segment that the running app prints while it verifies an image.
  mutating func take(
    _ segment: ImageSegment, _ reading: LineReadingState, _ record: inout BootRecord
  ) {
    resume(&record) { _ in true }
    start(reading, record)
    change(reading) { update in
      update.phase = .verifying
      if segment.index == 0 || update.verifiedSegments.isEmpty {
        if update.verifiedSegments.count < 8 { update.verifiedSegments.append([]) }
        if segment.index == 0 { update.targetOffset = segment.flashAddress & ~0xffff }
      }
      let last = update.verifiedSegments.count - 1
      if update.verifiedSegments[last].count < 32 { update.verifiedSegments[last].append(segment) }
    }
  }

  /// What the image verification says while an update runs.
  mutating func take(
    _ notice: Notice, _ reading: LineReadingState, _ record: inout BootRecord
  ) {
    guard record.boot.stage == .application, let stage = notice.kind.rejectsImage else { return }
    guard open != nil else {
      // Below level INFO this is the first that an update prints of itself.
      if notice.kind.showsVerification {
        fail(UpdateFailure(stage: stage), reading, &record)
      }
      return
    }
    change(reading) { update in
      guard update.failure == nil else { return }
      update.failure = UpdateFailure(stage: stage)
      update.failureLine = reading.line.reference
    }
  }

  mutating func fail(
    _ failure: UpdateFailure, _ reading: LineReadingState, _ record: inout BootRecord
  ) {
    if failure.isFlag, open == nil, let stop, stop.boot == record.boot.index,
      reading.line.number - stop.line <= reach
    {
      return
    }
    if open == nil, let last = record.updates.last, last.outcome == .declined,
      failure.followsRefusal, reading.line.number - last.lastLine.number <= reach
    {
      // Callers report it as an error that the version was not wanted: no second update failed.
      record.updates[record.updates.count - 1].lastLine = reading.line.reference
      return
    }
    if open == nil, let last = record.updates.last, last.phase == .ended,
      last.outcome != .declined, reading.line.number - last.lastLine.number <= reach
    {
      // The same failure, told again by the next layer.
      var update = last
      if update.isGivenUp, failure.stage != .unknown {
        // That it waits no longer tells less than what it waited for.
        update.failure = nil
      }
      update.isGivenUp = false
      Self.note(failure, reading, in: &update)
      record.updates[record.updates.count - 1] = update
      return
    }
    start(reading, record)
    change(reading) { update in
      Self.note(failure, reading, in: &update)
      update.phase = .ended
    }
    close(into: &record)
  }

  /// The first failure stands, unless it did not say where and the next one does.
  private static func note(
    _ failure: UpdateFailure, _ reading: LineReadingState, in update: inout Update
  ) {
    update.lastLine = reading.line.reference
    update.receivedBytes = failure.atByte ?? update.receivedBytes
    if let known = update.failure, known.stage != .unknown || failure.stage == .unknown {
      if known.error == nil, known.stage == failure.stage { update.failure?.error = failure.error }
      if !failure.isAtLarge, failure.stage != .unknown { update.failure?.isAtLarge = false }
      return
    }
    update.failure = failure
    update.failureLine = reading.line.reference
  }

  private static func label(ofSubtype subtype: Int) -> String? {
    switch subtype {
    case 0: "factory"
    case 0x10...0x1f: "ota_\(subtype - 0x10)"
    default: nil
    }
  }

  /// Takes up a transfer again that its updater gave up, if it is the same: the words were about one attempt, or about
  /// something else.
  private mutating func resume(_ record: inout BootRecord, if isSame: (Update) -> Bool) {
    guard open == nil, let last = record.updates.last,
      last.isGivenUp || last.failure?.isPresumed == true, isSame(last)
    else { return }
    var update = last
    update.isGivenUp = false
    update.failure = nil
    update.failureLine = nil
    update.phase = .receiving
    record.updates.removeLast()
    clockAtBegin = nil
    open = update
  }

  private mutating func start(_ reading: LineReadingState, _ record: BootRecord) {
    guard open == nil else { return }
    stop = nil
    clockAtBegin = reading.clock
    open = Update(
      firstLine: reading.line.reference, boot: record.boot.index, from: record.boot.slot)
  }

  /// A full erase takes seconds before the first byte is written; a sequential one none.
  private mutating func noteFirstData(_ reading: LineReadingState) {
    guard open?.hasData == false, let begin = clockAtBegin, let now = reading.clock,
      now >= begin
    else { return }
    open?.secondsBeforeFirstData = Double(now - begin) / 1_000
  }

  private mutating func touch(_ reading: LineReadingState) {
    open?.lastLine = reading.line.reference
    if let clock = reading.clock { open?.clockAtLastLine = clock }
  }

  private mutating func change(_ reading: LineReadingState, _ body: (inout Update) -> Void) {
    guard var update = open else { return }
    open = nil
    body(&update)
    update.lastLine = reading.line.reference
    update.clockAtLastLine = reading.clock ?? update.clockAtLastLine
    open = update
  }

  mutating func close(into record: inout BootRecord) {
    guard let update = open else { return }
    open = nil
    record.add(update)
  }
}

extension UpdateFailure {
  /// Whether it may only repeat that the application itself refused the version on offer: a failure
  /// that names neither a step of the transfer nor an error of its own.
  fileprivate var followsRefusal: Bool {
    guard stage == .validation || stage == .unknown else { return false }
    return error?.number.map { $0 == -1 || $0 == 0xffff_ffff } ?? true
  }
}

extension Update {
  /// Whether anything of the image arrived, or something went wrong.
  var hasData: Bool {
    receivedBytes != nil || hasPercentage || failure != nil || !verifiedSegments.isEmpty
  }
}
