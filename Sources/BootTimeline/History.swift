/// The boots that are kept of a history of any length.
///
/// The last few boots are always there. An older one stays while it is among the first of its kind;
/// further ones of the same shape are counted only. Boots with an update stay much longer.
struct History {
  private enum Limit {
    static let recent = 8
    static let ofOneShape = 128
    static let boots = 1_200
    static let bootsWithUpdate = 2_400
  }

  private var kept: [BootRecord] = []
  private var recent: [BootRecord] = []
  private var shapes: [BootShape: Int] = [:]
  private(set) var elided = Elided()

  /// All records that are kept, in order.
  var records: [BootRecord] { kept + recent }

  mutating func append(_ record: BootRecord) {
    recent.append(record)
    elided.crashes += record.elidedCrashes
    elided.notices += record.elidedNotices
    if recent.count > Limit.recent { graduate(recent.removeFirst()) }
  }

  private mutating func graduate(_ record: BootRecord) {
    var seen = Int.max
    if shapes.count < Limit.boots {
      let shape = record.shape
      seen = shapes[shape, default: 0]
      shapes[shape] = seen + 1
    }
    let limit = record.updates.isEmpty ? Limit.boots : Limit.bootsWithUpdate
    guard kept.count < limit, seen < Limit.ofOneShape || !record.updates.isEmpty else {
      elided.boots += 1
      elided.crashes += record.crashes.count
      elided.notices += record.notices.count
      if !kept.isEmpty { kept[kept.count - 1].boot.repeats += 1 }
      return
    }
    kept.append(record)
  }
}
