import BootTimeline
import DeviceEvents
import LineReading

/// A timeline and its context as rules see them: items in the order of their lines.
///
/// A class, because all who judge a log share it: a struct of so many tables would be copied for each of them.
public final class FactBase: Sendable {
  /// What happened.
  public let timeline: Timeline
  /// What is known from outside the log.
  public let context: Context
  /// All items, in the order of their lines; at the same line a boot comes before what is in it.
  let items: [Item]
  /// The items of each kind, by their indices in `items`.
  private let itemsOfKind: [[Int]]
  /// Where a boot stands among the boots kept, by its index.
  let bootPlaces: [Int: Int]
  /// How many fatal crashes share a signature.
  let signatureCounts: [String: Int]
  /// The boots (by place) that had a fatal crash.
  let crashedBoots: Set<Int>
  /// How many updates began in a boot, by its index.
  let updateCounts: [Int: Int]
  /// Places of boots that are the harmless double reset of slow flash at power-on.
  let spuriousBoots: Set<Int>
  /// What is known of calls, by the number of a crash's first line.
  let decodedCrashes: [Int: DecodedCrash]
  /// The stretches of lines in which updates were open: where each begins, and where it and all before
  /// it have ended.
  let updateStretches: [(first: Int, lastOfAll: Int)]
  /// The ELF's SHA-256 that the last boot in a slot told, by slot.
  let lastELFs: [String: String]
  /// The patterns behind `watched`, by index.
  let patterns: [LinePattern]
  /// Whether no boot stands for others that were counted only.
  let keptAllBoots: Bool
  /// Which boots and crashes are alike.
  let likeness: Likeness

  /// An item: what it is and where it stands.
  struct Item: Hashable, Sendable {
    let kind: ItemKind
    /// The index in the timeline's list of its kind.
    let index: Int
    /// The number of its first line.
    let line: Int
    /// The place of its boot among the boots kept.
    let bootPlace: Int
  }

  /// Puts the items in order; `patterns` are those that the lines were watched for.
  public init(timeline: Timeline, context: Context, patterns: [LinePattern] = []) {
    self.timeline = timeline
    self.context = context
    self.patterns = patterns
    // Places rather than elements: to copy a boot or a crash takes longer than what is asked of it.
    let boots = timeline.boots
    let crashes = timeline.crashes
    var places = [Int: Int](minimumCapacity: boots.count)
    for place in boots.indices { places[boots[place].index] = place }
    bootPlaces = places
    var counts: [String: Int] = [:]
    var crashed: Set<Int> = []
    for index in crashes.indices where crashes[index].isFatal {
      let place = places[crashes[index].boot]
      if let place { crashed.insert(place) }
      let signature = crashes[index].signature
      guard !signature.isEmpty else { continue }
      let unkept = place.map { boots[$0].repeats } ?? 0
      counts[signature, default: 0] += 1 + unkept
    }
    signatureCounts = counts
    crashedBoots = crashed
    updateCounts = timeline.updates.reduce(into: [:]) { $0[$1.boot, default: 0] += 1 }
    spuriousBoots = Self.spuriousBoots(in: timeline)
    decodedCrashes = timeline.decodedCrashes(besides: context.decodedCrashes)
    updateStretches = Self.updateStretches(of: timeline)
    lastELFs = boots.indices.reduce(into: [:]) { known, place in
      if let slot = boots[place].slot, let sha = boots[place].app.elfSHA256 { known[slot] = sha }
    }
    keptAllBoots = boots.indices.allSatisfy { boots[$0].repeats == 0 }
    likeness = Likeness(of: timeline, places: places)
    let items = Self.items(of: timeline, places: places)
    self.items = items
    var itemsOfKind = [[Int]](repeating: [], count: ItemKind.allCases.count)
    for (index, item) in items.enumerated() { itemsOfKind[item.kind.place].append(index) }
    self.itemsOfKind = itemsOfKind
  }

  /// The items of a kind, by their indices in `items`, in order.
  func items(of kind: ItemKind) -> [Int] { itemsOfKind[kind.place] }

  private static func updateStretches(of timeline: Timeline) -> [(first: Int, lastOfAll: Int)] {
    var lastOfAll = 0
    return timeline.updates.map { (first: $0.firstLine.number, last: $0.lastLine.number) }
      .sorted { $0.first < $1.first }
      .map { stretch in
        lastOfAll = max(lastOfAll, stretch.last)
        return (stretch.first, lastOfAll)
      }
  }

  /// Whether an update was open at a line.
  func isUpdateOpen(at line: Int) -> Bool {
    var (low, high) = (0, updateStretches.count)
    while low < high {
      let middle = (low + high) / 2
      if updateStretches[middle].first <= line { low = middle + 1 } else { high = middle }
    }
    return low > 0 && updateStretches[low - 1].lastOfAll >= line
  }

  private static func items(of timeline: Timeline, places: [Int: Int]) -> [Item] {
    var items: [Item] = []
    func place(_ boot: Int) -> Int { places[boot] ?? -1 }
    let (boots, updates, crashes) = (timeline.boots, timeline.updates, timeline.crashes)
    for index in boots.indices {
      items.append(
        Item(kind: .boot, index: index, line: boots[index].firstLine.number, bootPlace: index))
    }
    for index in updates.indices {
      items.append(
        Item(
          kind: .update, index: index, line: updates[index].firstLine.number,
          bootPlace: place(updates[index].boot)))
    }
    for index in crashes.indices {
      items.append(
        Item(
          kind: .crash, index: index, line: crashes[index].firstLine.number,
          bootPlace: place(crashes[index].boot)))
    }
    for (index, notice) in timeline.notices.enumerated() {
      items.append(
        Item(kind: .notice, index: index, line: notice.line.number, bootPlace: place(notice.boot)))
    }
    for (index, watched) in timeline.watched.enumerated() {
      items.append(
        Item(kind: .log, index: index, line: watched.line.number, bootPlace: place(watched.boot)))
    }
    if timeline.node != nil {
      items.append(Item(kind: .node, index: 0, line: 0, bootPlace: -1))
    }
    return items.sorted { left, right in
      if left.line != right.line { return left.line < right.line }
      let (leftRank, rightRank) = (left.kind.rank, right.kind.rank)
      return leftRank != rightRank ? leftRank < rightRank : left.index < right.index
    }
  }

  /// Slow flash at power-on: the ROM starts, no bootloader line, the RTC watchdog bites, then all
  /// is well. Both resets are part of it.
  private static func spuriousBoots(in timeline: Timeline) -> Set<Int> {
    var places: Set<Int> = []
    let boots = timeline.boots
    for place in boots.indices.dropFirst() {
      guard boots[place].stage >= .startup, boots[place - 1].applicationLines == 0,
        boots[place - 1].stage == .rom || !boots[place - 1].showsBootloader,
        boots[place - 1].resetClass(on: timeline.device.chip) == .powerOn,
        boots[place].resetClass(on: timeline.device.chip) == .rtcWatchdog
      else { continue }
      places.formUnion([place - 1, place])
    }
    return places
  }

  /// The value of an attribute of an item; nil if it is not known.
  func value(_ attribute: Attribute, of item: Item) -> FactValue? {
    value(attribute, ofIndex: item.index)
  }

  /// The same, of an item by its index in the timeline's list of its kind.
  func value(_ attribute: Attribute, ofIndex index: Int) -> FactValue? {
    switch attribute {
    case .boot(let attribute): value(attribute, ofBoot: index)
    case .crash(let attribute): value(attribute, ofCrash: index)
    case .update(let attribute): value(attribute, ofUpdate: index)
    case .notice(let attribute): value(attribute, ofNotice: index)
    case .log(let attribute): value(attribute, ofLine: index)
    case .node(let attribute): value(of: attribute)
    case .capture: nil
    }
  }

  /// The boot of an item, where it was kept.
  func boot(of item: Item) -> Boot? {
    timeline.boots.indices.contains(item.bootPlace) ? timeline.boots[item.bootPlace] : nil
  }
}

extension ItemKind {
  /// Its place among all kinds.
  fileprivate var place: Int {
    switch self {
    case .boot: 0
    case .update: 1
    case .crash: 2
    case .notice: 3
    case .log: 4
    case .node: 5
    }
  }

  /// Which comes first of two items at the same line.
  fileprivate var rank: Int { self == .node ? -1 : place }
}

extension Boot {
  /// What the ROM's code means; nil without a ROM line.
  func resetClass(on deviceChip: Chip?) -> ResetCause? {
    guard let romReset else { return nil }
    return ResetCauses.meaning(
      code: romReset.code, chip: chip ?? deviceChip, name: romReset.name
    ).cause
  }

  /// What the ROM's code means that the application printed; nil where the ROM itself tells one.
  func toldResetClass(on deviceChip: Chip?) -> ResetCause? {
    guard romReset == nil, let toldResetCode else { return nil }
    return ResetCauses.meaning(code: toldResetCode, chip: chip ?? deviceChip ?? .esp32).cause
  }

  /// Whether the second-stage bootloader printed something.
  var showsBootloader: Bool {
    bootloaderLine != nil || loadedOffset != nil || !partitions.isEmpty || !segments.isEmpty
  }
}
