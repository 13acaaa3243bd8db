/// How many boots are kept.
package struct HistoryLimits: Sendable {
  let newest: Int
  let ofOneShape: Int
  let boots: Int
  let bootsWithUpdate: Int

  /// As the product keeps them.
  static let standard = HistoryLimits(
    newest: 8, ofOneShape: 128, boots: 640, bootsWithUpdate: 768)

  /// Keeps so many of the newest whatever they are, and beside them so many of one shape, so many at
  /// all, and so many where some have an update.
  package init(newest: Int, ofOneShape: Int, boots: Int, bootsWithUpdate: Int) {
    self.newest = newest
    self.ofOneShape = ofOneShape
    self.boots = boots
    self.bootsWithUpdate = bootsWithUpdate
  }
}

/// The boots that are kept of a history of any length.
///
/// The last few boots are always there. An older one stays while it is among the first of its kind;
/// further ones of the same shape are counted only. Boots with an update stay much longer.
struct History {
  /// So many boots after the last one that was passed over, there may be another one.
  private static let patience = 64

  private let limits: HistoryLimits

  private var kept: [BootRecord] = []
  private var recent: [BootRecord] = []
  /// The shapes of those, which are told once; nil where they do not matter any more.
  private var recentShapes: [BootShape?] = []
  private var shapes: [BootShape: Int] = [:]
  private var shared = SharedParts()
  /// Whether boots are told apart by their shapes. Nobody asks as long as there are fewer than may be kept of one, and
  /// to tell a shape takes longer than to decode some lines.
  private var tellsShapes = false
  private(set) var elided = Elided()
  private var patience = 0

  init(limits: HistoryLimits) { self.limits = limits }

  /// What the newest boot leaves behind, if it will be counted only, as every one that goes like it.
  private(set) var lastPassedOver: CourseTree.Ending?

  /// The boot that ended last, if it was read or made of another one.
  var newest: BootRecord? { recent.last }

  /// Gives away all records that are kept, in order.
  mutating func takeRecords() -> [BootRecord] {
    var records: [BootRecord] = []
    swap(&records, &kept)
    records += recent
    recent = []
    recentShapes = []
    shared = SharedParts()
    return records
  }

  /// Whether no boot is kept any more for its shape.
  var isFull: Bool { kept.count >= limits.boots || shapes.count >= limits.boots }

  /// What becomes of boots with an update.
  enum Updates { case areKept, areCounted }

  /// What becomes of a boot with an update that comes now, once it is none of the newest.
  var updates: Updates { kept.count < limits.bootsWithUpdate ? .areKept : .areCounted }

  /// Whether boots come now and then that are counted only.
  var passesOverBoots: Bool { patience > 0 }

  mutating func append(_ record: BootRecord) {
    if !tellsShapes, kept.count >= min(limits.ofOneShape, limits.boots) { tellShapes() }
    let shape = tellsShapes && shapes.count < limits.boots ? record.shape : nil
    note(record, shape)
    recent.append(record)
    recentShapes.append(shape)
    elided.crashes += record.elidedCrashes
    elided.notices += record.elidedNotices
    if recent.count > limits.newest { graduateOldest() }
  }

  /// Appends a boot of which only this is left.
  mutating func append(_ passed: CourseTree.Ending) {
    while !recent.isEmpty { graduateOldest() }
    elided.crashes += passed.elidedCrashes
    elided.notices += passed.elidedNotices
    passOver(crashes: passed.crashes, notices: passed.notices)
  }

  /// Begins to tell shapes, with those of the boots so far.
  private mutating func tellShapes() {
    tellsShapes = true
    for record in kept { shapes[record.shape, default: 0] += 1 }
    recentShapes = recent.map(\.shape)
  }

  private mutating func note(_ record: BootRecord, _ shape: BootShape?) {
    patience -= 1
    lastPassedOver = nil
    guard isCounted(record, shape) else { return }
    patience = Self.patience
    guard record.boot.endsAtNextBeginning, !record.mayTellOfAnother else { return }
    lastPassedOver = CourseTree.Ending(
      crashes: record.crashes.count, notices: record.notices.count,
      elidedCrashes: record.elidedCrashes, elidedNotices: record.elidedNotices)
  }

  /// Whether a boot will be counted only.
  private func isCounted(_ record: BootRecord, _ shape: BootShape?) -> Bool {
    guard record.updates.isEmpty else { return updates == .areCounted }
    return isFull || shape.map { shapes[$0, default: 0] >= limits.ofOneShape } ?? false
  }

  private mutating func graduateOldest() {
    var record = recent.removeFirst()
    let shape = recentShapes.removeFirst()
    var seen = tellsShapes ? Int.max : 0
    if tellsShapes, shapes.count < limits.boots, let shape {
      seen = shapes[shape, default: 0]
      shapes[shape] = seen + 1
    }
    let limit = record.updates.isEmpty ? limits.boots : limits.bootsWithUpdate
    guard kept.count < limit, seen < limits.ofOneShape || !record.updates.isEmpty else {
      return passOver(crashes: record.crashes.count, notices: record.notices.count)
    }
    // Few boots take little memory, however much of it.
    if tellsShapes { shared.share(&record) }
    kept.append(record)
  }

  private mutating func passOver(crashes: Int, notices: Int) {
    elided.boots += 1
    elided.crashes += crashes
    elided.notices += notices
    if !kept.isEmpty { kept[kept.count - 1].boot.repeats += 1 }
  }
}
