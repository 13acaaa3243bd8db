import DeviceEvents
import LineReading

// Which slot each boot ran from, as far as the log as a whole tells.
extension TimelineCompletion {
  /// The slot by `Loaded app … offset` with the table, else by the first segment's `paddr`.
  mutating func resolveSlots() {
    // A bootloader that prints no table in this boot printed the same one in another.
    var table = records.first { !$0.boot.partitions.isEmpty }?.boot.partitions ?? []
    var apps = table.filter { $0.type == 0 }
    for index in records.indices {
      if !records[index].boot.partitions.isEmpty, records[index].boot.partitions != table {
        table = records[index].boot.partitions
        apps = table.filter { $0.type == 0 }
      }
      records[index].boot.resolveSlot(among: apps)
      for position in records[index].updates.indices {
        var update = records[index].updates[position]
        if update.target == nil, let offset = update.targetOffset {
          update.target = apps.first { $0.offset == offset }?.label
        }
        if update.targetOffset == nil, let target = update.target {
          update.targetOffset = apps.first { $0.label == target }?.offset
        }
        if update.from == nil || update.from == records[index].boot.overruledLabel {
          update.from = records[index].boot.slot
        }
        records[index].updates[position] = update
      }
    }
  }

  /// The same image (by the SHA-256 of its ELF, or version and build time) runs in the same slot,
  /// as long as the log shows it in one slot only.
  mutating func inferSlotsFromImages() {
    guard records.contains(where: { $0.boot.slot == nil }) else { return }
    var slots: [String: Set<String>] = [:]
    for record in records {
      guard let image = record.boot.imageIdentity, let slot = record.boot.slot else { continue }
      slots[image, default: []].insert(slot)
    }
    for index in records.indices where records[index].boot.slot == nil {
      guard let image = records[index].boot.imageIdentity, let known = slots[image],
        known.count == 1
      else { continue }
      records[index].boot.slot = known.first
      records[index].boot.slotSource = .image
    }
  }
}

extension Boot {
  /// The slot by `Loaded app … offset` with the table, else by the first segment's `paddr`.
  fileprivate mutating func resolveSlot(among apps: [PartitionRow]) {
    let loadedSegment = segments.last { $0.index == 0 }
    if let offset = loadedOffset, slot == nil {
      slot = apps.first { $0.offset == offset }?.label
      if slot != nil { slotSource = .offset }
    }
    if !partitions.isEmpty || !apps.contains(where: { $0.label == slot }) {
      overruleLabel(by: placeOfApp.flatMap { place in apps.first { $0.holds(place) } })
    }
    if slot == nil, loadedOffset == nil, let segment = loadedSegment {
      slot =
        apps.first {
          segment.flashAddress >= $0.offset && segment.flashAddress < $0.offset + $0.size
        }?.label
      if slot != nil { slotSource = .segment }
    }
    // Segments of slots that were tried and rejected before are not those of the app that runs.
    if let start = segments.lastIndex(where: { $0.index == 0 }), start > 0 {
      segments.removeFirst(start)
    }
  }
}
