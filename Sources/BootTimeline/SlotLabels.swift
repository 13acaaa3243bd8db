import DeviceEvents

// The label of a slot is a word, and one wrong byte of it is another slot: where the app was loaded from, and what else
// the log calls its slots, tells better.

extension Boot {
  /// Where in flash the app lies that runs: the offset that the bootloader loaded it from, or that of its first segment.
  var placeOfApp: Int? { loadedOffset ?? segments.last { $0.index == 0 }?.flashAddress }

  /// Takes the slot of a partition for that of a label which the application printed otherwise.
  mutating func overruleLabel(by partition: PartitionRow?) {
    guard slotSource == .app, let label = slot, let partition, partition.label != label else {
      return
    }
    overruledLabel = label
    slot = partition.label
    slotSource = .offset
  }
}

extension PartitionRow {
  /// Whether an address of flash lies in it.
  func holds(_ address: Int) -> Bool { address >= offset && address - offset < max(size, 1) }
}

extension TimelineCompletion {
  /// Takes a label that the log shows once for the slot that it is but for one byte, where no table names it.
  mutating func mendSlotLabels() {
    var uses: [String: Int] = [:]
    var known: Set<String> = []
    // The boots of a loop name the same again.
    var table: [PartitionRow] = []
    func note(_ label: String) {
      uses[label, default: 0] += 1
      if uses[label] == 1, SlotLabel.isUsual(label) { known.insert(label) }
    }
    for record in records {
      if record.boot.partitions != table {
        table = record.boot.partitions
        for row in table where row.type == 0 { known.insert(row.label) }
      }
      if let slot = record.boot.slot { note(slot) }
      for update in record.updates {
        if let target = update.target { note(target) }
        if let from = update.from { note(from) }
      }
    }
    // More slots than a table has rows are noise, and each would be compared with each label.
    guard known.count <= 64 else { return }
    for index in records.indices {
      for position in records[index].updates.indices {
        let update = records[index].updates[position]
        guard let label = update.target, uses[label] == 1, !known.contains(label) else { continue }
        let meant = known.filter { SlotLabel.isNearly(label, $0) && $0 != update.from }
        if meant.count == 1 { records[index].updates[position].target = meant.first }
      }
      guard records[index].boot.slotSource == .app, let label = records[index].boot.slot,
        !known.contains(label),
        // An update in this boot says the label again.
        uses[label] == 1 + records[index].updates.count(where: { $0.from == label })
      else { continue }
      let meant = known.filter { SlotLabel.isNearly(label, $0) }
      guard !meant.isEmpty else { continue }
      records[index].boot.overruledLabel = label
      records[index].boot.slot = meant.count == 1 ? meant.first : nil
      if meant.count > 1 { records[index].boot.slotSource = nil }
      for position in records[index].updates.indices
      where records[index].updates[position].from == label {
        records[index].updates[position].from = records[index].boot.slot
      }
    }
  }
}

/// What slots are called.
enum SlotLabel {
  /// Whether a label is one that ESP-IDF's own tables give: `factory`, `test`, `ota_0` to `ota_15`.
  static func isUsual(_ label: String) -> Bool {
    if label == "factory" || label == "test" { return true }
    guard label.hasPrefix("ota_"), let number = Int(label.dropFirst(4)) else { return false }
    return 0...15 ~= number && label.utf8.count == (number < 10 ? 5 : 6)
  }

  /// Whether two labels are the same but for one byte: another one, one too few, or one too many.
  static func isNearly(_ label: String, _ other: String) -> Bool {
    guard abs(label.utf8.count - other.utf8.count) <= 1, label != other else { return false }
    let (one, two) = (Array(label.utf8), Array(other.utf8))
    let same = zip(one, two).prefix { $0 == $1 }.count
    let (rest, otherRest) = (one[same...], two[same...])
    return switch one.count - two.count {
    case 0: rest.dropFirst() == otherRest.dropFirst()
    case 1: rest.dropFirst() == otherRest
    default: rest == otherRest.dropFirst()
    }
  }
}
