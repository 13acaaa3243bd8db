import DeviceEvents
import LineReading

/// Which update led to which boot, and what came of it (`formats/boot.md` 10.4).
struct UpdateOutcomes {
  var records: [BootRecord]
  /// The last boot in which each slot ran, by its place in `records`.
  private var lastRun: [String: Int] = [:]

  init(_ records: consuming [BootRecord]) {
    self.records = records
    for index in self.records.indices {
      if let slot = self.records[index].boot.slot { lastRun[slot] = index }
    }
  }

  mutating func run() {
    addUpdatesThatOnlyTheirEndShows()
    addUpdateThatWasTakenBackBefore()
    for index in records.indices {
      for position in records[index].updates.indices {
        var update = records[index].updates[position]
        let isLastOfBoot = position == records[index].updates.count - 1
        judge(&update, at: index, position: position, isLastOfBoot: isLastOfBoot)
        records[index].updates[position] = update
      }
    }
  }

  /// An image that asks to go back was written by an update, also where the log does not show it.
  private mutating func addUpdatesThatOnlyTheirEndShows() {
    for index in records.indices {
      guard !records[index].updates.contains(where: { $0.successLine != nil }) else { return }
      let asking = records[index].notices.first {
        $0.notice.kind == .rollbackRequested || $0.notice.kind == .selfTestFailed
      }
      guard let asking else { continue }
      var update = Update(firstLine: asking.line, boot: records[index].boot.index, from: nil)
      update.target = records[index].boot.slot
      update.phase = .ended
      update.outcome = .rolledBack
      records[index].add(update)
      return
    }
  }

  /// An application that names the slot it was rolled back from had an update before the log; where the log shows an
  /// update, a start or a crash itself, those are judged, and it may be long ago.
  private mutating func addUpdateThatWasTakenBackBefore() {
    let isTold = records.allSatisfy { record in
      record.updates.isEmpty && !(record.boot.beganInLog && record.boot.reachedApp)
        && !record.crashes.contains(where: \.isFatal) && !record.boot.reportsCrash
    }
    guard isTold else { return }
    for index in records.indices {
      let told = records[index].notices.first {
        $0.notice.kind == .earlierRollbackSeen && $0.notice.detail != nil
      }
      guard let told else { continue }
      var update = Update(firstLine: told.line, boot: records[index].boot.index, from: nil)
      update.target = told.notice.detail
      update.phase = .ended
      update.outcome = .rolledBack
      records[index].add(update)
      return
    }
  }

  private mutating func judge(
    _ update: inout Update, at index: Int, position: Int, isLastOfBoot: Bool
  ) {
    guard update.outcome == .unknown else { return }
    if update.failure?.stage == .unknown, update.successLine == nil,
      let notice = failedConnection(of: update, at: index)
    {
      update.failure?.stage = .download
      if notice.line.number < update.firstLine.number { update.firstLine = notice.line }
    }
    if let failure = update.failure, update.successLine == nil {
      update.outcome = outcome(of: failure)
      return
    }
    if update.successLine == nil, isLastOfBoot {
      update.lineOfStartInTarget = lineOfStartInTarget(of: update, at: index)
    }
    guard update.isFinished else {
      judgeUnfinished(&update, at: index, position: position, isLastOfBoot: isLastOfBoot)
      return
    }
    guard update.content == .app, isLastOfBoot else {
      // Data and bootloaders keep the slot rightly; a further update hides what came of this one.
      update.outcome = .success
      if isLastOfBoot, index + 1 < records.count {
        update.nextBoot = records[index + 1].boot.index
      }
      return
    }
    judgeFinished(&update, at: index)
  }

  /// Where the next boot says that it runs what an update wrote that was under way when its boot ended.
  private func lineOfStartInTarget(of update: Update, at index: Int) -> LineReference? {
    guard update.content == .app, update.phase == .receiving || update.phase == .verifying,
      let target = update.target, update.from != target,
      index + 1 < records.count, !records[index].crashes.contains(where: \.isFatal)
    else { return nil }
    let next = records[index + 1]
    guard next.boot.beganInLog, next.boot.slot == target,
      !next.isOfAnotherNode(than: records[index]),
      update.mayHaveEnded(rightBefore: next.boot, in: records[index].boot)
    else { return nil }
    // A slot that is inferred proves nothing, and a crash or a power-on of a slot chosen before nothing of this update.
    guard next.boot.slotSource != .update, next.boot.resetReason ?? .software == .software else {
      return nil
    }
    let isFallback = next.notices.contains {
      $0.notice.kind == .slotNotBootable || $0.notice.kind == .imageMagicInvalid
        || $0.notice.kind == .imageChecksumFailed || $0.notice.kind == .imageHashFailed
    }
    return isFallback ? nil : next.boot.slotLine
  }

  /// The name, connection or handshake that failed before anything of the image arrived.
  ///
  /// Where the update is known by its failure alone, the reason stands in the lines before; where it is only
  /// announced, in those behind. A broker that is lost there is another connection, and may be the one that failed.
  private func failedConnection(of update: Update, at index: Int) -> PlacedNotice? {
    guard update.receivedBytes == nil, !update.hasPercentage, update.verifiedSegments.isEmpty
    else { return nil }
    let isOnlyFailure = update.firstLine == update.failureLine
    let start = update.firstLine.number - (isOnlyFailure ? Self.linesBeforeFailure : 0)
    let end = update.lastLine.number + (update.failure == nil ? Self.linesBehindAnnouncement : 0)
    let near = records[index].notices.filter { start <= $0.line.number && $0.line.number <= end }
    guard !near.contains(where: { $0.notice.kind == .mqttDisconnected }) else { return nil }
    return near.last { [.tlsFailed, .dnsFailed, .connectionFailed].contains($0.notice.kind) }
  }

  /// So many lines may stand between the reason of a failure and the failure.
  private static let linesBeforeFailure = 5
  /// So many lines may stand between the announcement of an update and the failure of its connection.
  private static let linesBehindAnnouncement = 20

  private func outcome(of failure: UpdateFailure) -> UpdateOutcome {
    switch failure.stage {
    case .noPartition, .begin, .write, .setBoot, .unconfirmed: .writeFailed
    case .download: .downloadFailed
    case .validation: .validationFailed
    case .authorization, .size: .rejected
    case .unknown: .unknown
    }
  }

  private func judgeUnfinished(
    _ update: inout Update, at index: Int, position: Int, isLastOfBoot: Bool
  ) {
    if update.phase == .ended { return }
    let crash = records[index].crashes.last {
      $0.firstLine.number >= update.firstLine.number && $0.update == position
    }
    if update.phase == .announced {
      // Nothing was opened for writing: what happens next is not the handler's doing.
      guard isLastOfBoot, index + 1 == records.count, crash == nil else { return }
      guard let notice = failedConnection(of: update, at: index) else {
        let isOver = update.isGivenUp(at: records[index].boot.clockAtEnd)
        update.outcome = isOver ? .unknown : .inProgress
        return
      }
      update.failure = UpdateFailure(stage: .download)
      update.failureLine = notice.line
      if notice.line.number > update.lastLine.number { update.lastLine = notice.line }
      update.phase = .ended
      update.outcome = .downloadFailed
      return
    }
    if update.isGivenUp(at: records[index].boot.clockAtEnd), crash == nil {
      // Nobody works at it any more: what happens then is not the handler's doing.
      judgeLeftAlone(&update, at: index, isLastOfBoot: isLastOfBoot)
      return
    }
    if let crash, isLastOfBoot, crash.isFatal || crash.kind == .taskWatchdog {
      update.outcome = crash.kind == .taskWatchdog ? .handlerHung : .handlerCrashed
      return
    }
    if isLastOfBoot, index + 1 < records.count {
      switch records[index + 1].boot.resetReason {
      case .taskWatchdog: update.outcome = .handlerHung
      case .panic, .interruptWatchdog, .cpuLockup: update.outcome = .handlerCrashed
      default:
        // Any other reset in the middle says nothing about the handler.
        update.outcome = .unknown
      }
      return
    }
    if isLastOfBoot, index + 1 == records.count { update.outcome = .inProgress }
  }

  /// An update of which the node said nothing for so long stopped on its way, unless all of it is there and waits for
  /// the restart, or nothing of it came. A crash that ended the wait is told by itself.
  private func judgeLeftAlone(_ update: inout Update, at index: Int, isLastOfBoot: Bool) {
    guard !records[index].crashes.contains(where: \.isFatal) else { return }
    let next = index + 1 < records.count ? records[index + 1].boot : nil
    switch next?.resetReason {
    case .panic, .interruptWatchdog, .taskWatchdog, .watchdog, .cpuLockup: return
    case .unknown, .powerOn, .external, .software, .deepSleep, .brownout, .sdio, .usb, .jtag,
      .efuse, .powerGlitch, nil:
      break
    }
    if update.isHalfway {
      update.isGivenUp = true
    } else if isLastOfBoot, next == nil {
      update.outcome = .inProgress
    }
  }

  private mutating func judgeFinished(_ update: inout Update, at index: Int) {
    guard index + 1 < records.count else {
      update.outcome = .success
      return
    }
    update.nextBoot = records[index + 1].boot.index
    // The boot right after the update runs its target unless a witness says otherwise.
    let next = records[index + 1]
    let rejected = next.notices.contains {
      $0.notice.kind == .slotNotBootable || $0.notice.kind == .imageMagicInvalid
        || $0.notice.kind == .imageChecksumFailed || $0.notice.kind == .imageHashFailed
    }
    let runsLater = update.target.flatMap { lastRun[$0] }.map { $0 > index } ?? false
    if next.boot.slot == nil, let target = update.target, !rejected, !runsLater,
      next.boot.stage >= .startup || !next.crashes.isEmpty
    {
      records[index + 1].boot.slot = target
      records[index + 1].boot.slotSource = .update
      records[index + 1].boot.slotLine = update.successLine
      lastRun[target] = max(lastRun[target] ?? 0, index + 1)
    }
    let end = records[(index + 1)...].firstIndex { record in
      record.updates.contains { $0.isFinished && $0.content == .app }
    }
    // The boot that carries the next update still belongs to this one's story.
    let last = end ?? records.count - 1
    let foreign = records[(index + 1)...last].firstIndex {
      $0.isOfAnotherNode(than: records[index])
        || $0.boot.slot != nil && $0.boot.slot == update.from
          && $0.boot.describesAnotherImage(than: records[index].boot)
    }
    guard foreign != index + 1 else {
      update.nextBoot = nil
      update.outcome = .unknown
      return
    }
    follow(&update, over: (index + 1)...(foreign.map { $0 - 1 } ?? last), rejected: rejected)
  }

  /// Whether the log shows the new image crash and nothing else, to its end: nobody saw whether it was taken back.
  private func onlyCrashes(in story: ClosedRange<Int>) -> Bool {
    story.upperBound + 1 == records.count
      && records[story].allSatisfy { $0.crashes.contains(where: \.isFatal) }
  }

  private func follow(
    _ update: inout Update, over story: ClosedRange<Int>, rejected: Bool
  ) {
    let old = update.from
    var ranTarget: Int?
    var reverted: Int?
    var ranOld: Int?
    for index in story {
      guard let slot = records[index].boot.slot else { continue }
      let isTarget = update.target.map { $0 == slot } ?? (old.map { $0 != slot } ?? false)
      if isTarget {
        ranTarget = ranTarget ?? index
        reverted = nil
      } else if old.map({ $0 == slot }) ?? (update.target != nil) {
        if ranTarget == nil { ranOld = ranOld ?? index } else { reverted = reverted ?? index }
      }
    }
    update.firstBootOfTarget = ranTarget.map { records[$0].boot.index }
    update.revertedInBoot = reverted.map { records[$0].boot.index }
    if update.target == nil, let ranTarget { update.target = records[ranTarget].boot.slot }
    if reverted != nil {
      update.outcome = .rolledBack
    } else if let ranTarget {
      update.outcome = onlyCrashes(in: ranTarget...story.upperBound) ? .unknown : .success
    } else if let ranOld {
      let died = ranOld > story.lowerBound
      update.outcome = rejected ? .notTaken : died ? .rolledBack : .notTaken
    } else {
      // No witness of the slot: what runs next is taken for the new image.
      let ran = records[story].contains { $0.boot.reachedApp }
      update.outcome = ran && !onlyCrashes(in: story) ? .success : .unknown
    }
  }
}

extension Update {
  /// Whether a part of the image came, and not all of it.
  fileprivate var isHalfway: Bool {
    guard phase == .receiving, verifiedSegments.isEmpty, let receivedBytes else { return false }
    // A count that comes of a percentage is a little short.
    return expectedBytes.map { receivedBytes < $0 - $0 / 100 } ?? true
  }
}

extension Boot {
  /// Whether its application says that a crash led to it.
  fileprivate var reportsCrash: Bool { resetReason == .panic || resetReason == .cpuLockup }
}

extension BootRecord {
  /// Whether the log goes on with another node, by its chip: what the same slots hold there says nothing of an update
  /// here. An address tells nothing: an image may give the node another one.
  fileprivate func isOfAnotherNode(than other: BootRecord) -> Bool {
    guard let chip = boot.chip, let otherChip = other.boot.chip else { return false }
    return chip != otherChip
  }
}
