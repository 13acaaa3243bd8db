import DeviceEvents
import LineReading

/// A boot with everything that happened in it, while the timeline is being built.
///
/// A value in a box of its own: it is large, an event changes it in place, and lists of many grow without copies of them.
struct BootRecord {
  /// Memory of its own, since each use of a class's own property is checked for being the only one, which takes as long
  /// as most of what is done here; the record, a value, has no two uses at once.
  private final class Box {
    let contents: UnsafeMutablePointer<Contents>

    init(_ contents: Contents) {
      self.contents = .allocate(capacity: 1)
      self.contents.initialize(to: contents)
    }

    deinit {
      contents.deinitialize(count: 1)
      contents.deallocate()
    }
  }

  private struct Contents {
    var boot: Boot
    var crashes: [Crash] = []
    var updates: [Update] = []
    var notices: [PlacedNotice] = []
    var watched: [WatchedLine] = []
    var elidedCrashes = 0
    var elidedNotices = 0
    var hasProseAroundCrash = false
  }

  private var box: Box

  /// A boot in which nothing happened so far.
  init(boot: Boot) { box = Box(Contents(boot: boot)) }

  private var contents: Contents {
    @inline(__always) _read { yield box.contents.pointee }
    @inline(__always) _modify {
      if !isKnownUniquelyReferenced(&box) { box = Box(box.contents.pointee) }
      yield &box.contents.pointee
    }
  }

  var boot: Boot {
    _read { yield contents.boot }
    _modify { yield &contents.boot }
  }

  /// Whether text that no chip prints stands before and behind the crash with which the log begins.
  var hasProseAroundCrash: Bool {
    _read { yield contents.hasProseAroundCrash }
    _modify { yield &contents.hasProseAroundCrash }
  }

  var crashes: [Crash] {
    _read { yield contents.crashes }
    _modify { yield &contents.crashes }
  }

  var updates: [Update] {
    _read { yield contents.updates }
    _modify { yield &contents.updates }
  }

  var notices: [PlacedNotice] {
    _read { yield contents.notices }
    _modify { yield &contents.notices }
  }

  var watched: [WatchedLine] {
    _read { yield contents.watched }
    _modify { yield &contents.watched }
  }

  /// Crashes and notices that were too many to keep.
  var elidedCrashes: Int {
    _read { yield contents.elidedCrashes }
    _modify { yield &contents.elidedCrashes }
  }

  var elidedNotices: Int {
    _read { yield contents.elidedNotices }
    _modify { yield &contents.elidedNotices }
  }
}

extension BootRecord {
  /// Bounds on what one boot may keep; a log of a week without a reset must not fill the memory.
  private enum Limit {
    static let noticesOfOneKind = 12
    static let watchedOfOnePattern = 24
    static let crashes = 24
    static let updates = 32
  }

  mutating func add(_ notice: Notice, stage: BootStage, line: LogLine) {
    add(notice, stage: stage, at: line.reference)
  }

  /// The same, for a line that was kept.
  mutating func add(_ notice: Notice, stage: BootStage, at line: @autoclosure () -> LineReference) {
    var ofKind = 0
    for index in notices.indices.reversed() where notices[index].notice.kind == notice.kind {
      if notices[index].notice == notice {
        notices[index].count += 1
        return
      }
      ofKind += 1
      if ofKind == Limit.noticesOfOneKind {
        elidedNotices += 1
        return
      }
    }
    notices.append(
      PlacedNotice(notice: notice, boot: boot.index, stage: stage, line: line()))
  }

  /// Gives notices that came before anything told the stage to `stage`.
  mutating func placeEarlyNotices(in stage: BootStage) {
    for index in notices.indices
    where notices[index].stage == .rom && !notices[index].notice.kind.isFromROM {
      notices[index].stage = stage
    }
  }

  mutating func addWatched(pattern: Int, line: LogLine) {
    guard watched.lazy.filter({ $0.pattern == pattern }).count < Limit.watchedOfOnePattern else {
      return
    }
    watched.append(WatchedLine(pattern: pattern, boot: boot.index, line: line.reference))
  }

  /// Keeps a crash; of many, the first half and the last ones stay.
  mutating func add(_ crash: Crash) {
    crashes.append(crash)
    guard crashes.count > Limit.crashes else { return }
    crashes.remove(at: Limit.crashes / 2)
    elidedCrashes += 1
  }

  /// Keeps an update; of many, the first half and the last ones stay.
  mutating func add(_ update: Update) {
    updates.append(update)
    if updates.count > Limit.updates { updates.remove(at: Limit.updates / 2) }
  }

  /// Whether the bootloader (or the ROM, where the bootloader is silent) started an app.
  var startedApp: Bool {
    let started =
      boot.loadedOffset != nil || boot.stage == .startup
      || boot.romFinished && !boot.hasBootloaderLines
    let rejected = notices.contains {
      $0.notice.kind == .noBootablePartition
        || $0.notice.kind == .imageChipRevisionMismatch && !boot.hasBootloaderLines
    }
    return started && !rejected && !boot.waitsForDownload
  }

  /// Equal for boots that went alike.
  var shape: BootShape {
    BootShape(
      resetCode: boot.romReset?.code, slot: boot.slot, ending: boot.ending, stage: boot.stage,
      resetReason: boot.resetReason, crashes: crashes.map(\.signature),
      notices: notices.map(\.notice.kind))
  }
}

/// How a boot went: the same reset, slot, crashes, notices and end.
struct BootShape: Hashable {
  let resetCode: Int?
  let slot: String?
  let ending: BootEnding
  let stage: BootStage
  let resetReason: ResetReason?
  let crashes: [String]
  let notices: [NoticeKind]
}
