import BootTimeline
import DeviceEvents
import LineReading

extension FactBase {
  /// The value of an attribute of the update at `index`.
  func value(_ attribute: UpdateAttribute, ofUpdate index: Int) -> FactValue? {
    guard timeline.updates.indices.contains(index) else { return nil }
    let update = timeline.updates[index]
    switch attribute {
    case .outcome: return .text(update.outcome.rawValue)
    case .target: return update.target.map(FactValue.text)
    case .from: return update.from.map(FactValue.text)
    case .content: return .text(update.content.rawValue)
    case .phase: return .text(update.phase.rawValue)
    case .expectedBytes: return update.expectedBytes.map(FactValue.whole)
    case .receivedBytes: return update.receivedBytes.map(FactValue.whole)
    case .complete: return Self.isComplete(update).map(FactValue.flag)
    case .failureStage: return update.failure.map { .text($0.stage.rawValue) }
    case .errorName: return update.failure?.error?.name.map(FactValue.text)
    case .errorNumber: return update.failure?.error?.number.map(FactValue.whole)
    case .boot: return .whole(update.boot)
    case .succeeded: return .flag(update.isFinished)
    case .verifyPasses: return .whole(update.verifiedSegments.count)
    case .secondsBeforeFirstData: return update.secondsBeforeFirstData.map(FactValue.number)
    case .newVersion: return update.newVersion.map(FactValue.text)
    case .sameVersion:
      guard let offered = update.newVersion, let place = bootPlaces[update.boot],
        let running = timeline.boots[place].app.version
      else { return nil }
      return .flag(offered == running)
    case .ledToBoot: return .flag(update.nextBoot != nil)
    case .givenUp: return .flag(update.isGivenUp)
    case .begun:
      let isOnlyFailure = update.failureLine.map { $0.number <= update.firstLine.number } ?? false
      let namesStep = update.failure.map { $0.stage != .unknown && !$0.isAtLarge } ?? false
      return .flag(!isOnlyFailure || namesStep)
    case .presumed: return .flag(update.failure?.isPresumed ?? false)
    case .toldAsError: return .flag(update.failure?.isToldAsError ?? false)
    case .secondsSince:
      guard let place = bootPlaces[update.boot], let last = update.clockAtLastLine,
        let end = timeline.boots[place].clockAtEnd, end >= last
      else { return nil }
      return .number(Double(end - last) / 1_000)
    }
  }

  /// The line of an update that tells an attribute best.
  func line(of attribute: UpdateAttribute, ofUpdate index: Int) -> LineReference? {
    guard timeline.updates.indices.contains(index) else { return nil }
    let update = timeline.updates[index]
    switch attribute {
    case .failureStage, .errorName, .errorNumber, .presumed, .toldAsError:
      return update.failureLine
    case .succeeded: return update.successLine ?? update.lineOfStartInTarget
    case .outcome: return update.failureLine ?? update.successLine
    case .receivedBytes, .complete, .verifyPasses, .givenUp, .secondsSince: return update.lastLine
    case .target, .from, .content, .phase, .expectedBytes, .boot, .secondsBeforeFirstData,
      .newVersion, .sameVersion, .ledToBoot, .begun:
      return nil
    }
  }

  /// The value of an attribute of the notice at `index`.
  func value(_ attribute: NoticeAttribute, ofNotice index: Int) -> FactValue? {
    guard timeline.notices.indices.contains(index) else { return nil }
    let placed = timeline.notices[index]
    switch attribute {
    case .kind: return .text(placed.notice.kind.rawValue)
    case .stage: return .text(placed.stage.name)
    case .detail: return placed.notice.detail.map(FactValue.text)
    case .number: return placed.notice.numbers.first.map(FactValue.whole)
    case .number2: return placed.notice.numbers.dropFirst().first.map(FactValue.whole)
    case .boot: return .whole(placed.boot)
    case .count: return .whole(placed.count)
    case .inUpdate:
      return .flag(isUpdateOpen(at: placed.line.number))
    }
  }

  /// The value of an attribute of the watched line at `index`.
  func value(_ attribute: LogAttribute, ofLine index: Int) -> FactValue? {
    guard timeline.watched.indices.contains(index) else { return nil }
    let watched = timeline.watched[index]
    switch attribute {
    case .boot: return .whole(watched.boot)
    case .text: return .text(watched.line.text)
    }
  }

  private static func isComplete(_ update: Update) -> Bool? {
    if update.phase == .verifying || update.phase == .succeeded { return true }
    if update.isFinished || !update.verifiedSegments.isEmpty { return true }
    guard let expected = update.expectedBytes, let received = update.receivedBytes else {
      return nil
    }
    return received >= expected
  }

  /// Whether the update had begun and not yet ended at a line.
}
