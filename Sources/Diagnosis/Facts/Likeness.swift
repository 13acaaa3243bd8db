import BootTimeline
import DeviceEvents

/// Which boots and crashes of a log are alike, so that what rules ask of one is answered for all of them.
///
/// The boots of a crash loop differ in the numbers of their lines, in clocks and in the contents of registers. All else
/// that rules ask for is the same, and telling it again for each boot took a third of the time of judging.
struct Likeness: Sendable {
  /// For each boot, by its place, the first of those before it that it is like; itself if it is like none.
  let boots: [Int]
  /// The same for crashes.
  let crashes: [Int]
  /// The boots that are like none before them.
  let firstBoots: [Int]
  /// The same for crashes.
  let firstCrashes: [Int]

  /// Finds what is alike; `places` are those of boots, by their indices.
  init(of timeline: Timeline, places: [Int: Int]) {
    let (boots, crashes) = (timeline.boots, timeline.crashes)
    var likeBoots: [Int] = []
    likeBoots.reserveCapacity(boots.count)
    for place in boots.indices {
      guard let before = likeBoots.last, boots.areAlike(before, place) else {
        likeBoots.append(place)
        continue
      }
      likeBoots.append(before)
    }
    var likeCrashes: [Int] = []
    likeCrashes.reserveCapacity(crashes.count)
    for index in crashes.indices {
      guard let before = likeCrashes.last, let boot = places[crashes[before].boot],
        let other = places[crashes[index].boot], likeBoots[boot] == likeBoots[other],
        crashes.areAlike(before, index)
      else {
        likeCrashes.append(index)
        continue
      }
      likeCrashes.append(before)
    }
    self.boots = likeBoots
    self.crashes = likeCrashes
    firstBoots = likeBoots.indices.filter { likeBoots[$0] == $0 }
    firstCrashes = likeCrashes.indices.filter { likeCrashes[$0] == $0 }
  }
}

extension FactBase {
  /// For each item of the attribute's kind, the item whose value it shares; nil where each has its own.
  func likeness(in attribute: Attribute) -> [Int]? {
    switch attribute {
    case .boot(let attribute):
      attribute.isSharedByLikeBoots && likeness.boots.count > 1 ? likeness.boots : nil
    case .crash(let attribute):
      // What is known of calls goes by the crash's line.
      attribute.isSharedByLikeCrashes && likeness.crashes.count > 1 && decodedCrashes.isEmpty
        ? likeness.crashes : nil
    case .update, .notice, .log, .node, .capture: nil
    }
  }
}

extension Likeness {
  /// The boots or crashes that are like none before them.
  func firsts(of kind: ItemKind) -> [Int] {
    switch kind {
    case .boot: firstBoots
    case .crash: firstCrashes
    case .update, .notice, .log, .node: []
    }
  }
}

extension BootAttribute {
  /// Whether all that decides its value is compared by `[Boot].areAlike`.
  fileprivate var isSharedByLikeBoots: Bool {
    switch self {
    case .slot, .slotSource, .resetReason, .resetSource, .romCode, .romName, .resetClass, .bootMode,
      .gpio12, .romBanner, .chip, .beganInLog, .stage, .reachedApp, .romFinished, .waitsForDownload,
      .endedBy, .confirmed, .sleeps, .slotDefault, .loadedOffset, .bootloaderIDF, .appIDF,
      .appVersion, .appProject, .appELF, .appOlderThanBootloader, .appNewerThanBootloader,
      .hasBootLine, .hasBootloaderLines, .bootloaderFingerprint, .repeats:
      true
    // These go by the boot's place, its clock, or what else happened in it.
    case .resetInProse, .index, .applicationLines, .seconds, .crashed, .updates, .spuriousPowerOn,
      .tellsItsStart, .toldResetClass, .lines, .lostNetwork,
      .secondsWithoutNetwork, .failuresWithoutNetwork:
      false
    }
  }
}

extension CrashAttribute {
  /// Whether all that decides its value is compared by `[Crash].areAlike`, or is known of alike boots.
  fileprivate var isSharedByLikeCrashes: Bool {
    switch self {
    case .kind, .fatal, .ranOn, .beginningKnown, .reason, .core, .task, .watchedTask, .pc, .slot,
      .stage, .afterFirstAppLine, .updatePhase, .inUpdate, .signature, .nested, .elf,
      .backtraceCorrupted, .coreDump, .pcClass, .pcPlace, .imageEndsAboveLastPage, .errorName,
      .errorNumber, .assertionExpression, .assertionFunction, .assertionFile, .heapDamage, .message,
      .memoryDump, .elfMatchesSlot, .repeats, .decoded, .calls, .site, .suspect, .suspectFunction,
      .taskEntry, .faultPlace:
      true
    // These go by the boot's index and by what registers hold.
    case .boot, .faultAddress, .faultClass, .registerPoison, .spInBounds, .inBootloader: false
    }
  }
}

// Elements are compared in their places: to copy one takes longer.
extension [Boot] {
  fileprivate func areAlike(_ one: Int, _ other: Int) -> Bool {
    guard
      self[one].ending == self[other].ending,
      self[one].stage == self[other].stage,
      self[one].repeats == self[other].repeats,
      self[one].resetReason == self[other].resetReason,
      self[one].resetReasonSource == self[other].resetReasonSource,
      self[one].slot == self[other].slot,
      self[one].slotSource == self[other].slotSource,
      self[one].slotDefault == self[other].slotDefault,
      self[one].loadedOffset == self[other].loadedOffset,
      self[one].beganInLog == self[other].beganInLog,
      self[one].chip == self[other].chip,
      self[one].romBanner == self[other].romBanner,
      self[one].romReset == self[other].romReset,
      self[one].romFinished == self[other].romFinished,
      self[one].waitsForDownload == self[other].waitsForDownload,
      self[one].sleeps == self[other].sleeps,
      (self[one].confirmedLine == nil) == (self[other].confirmedLine == nil),
      self[one].bootloaderIDF == self[other].bootloaderIDF,
      // What shows the bootloader, beside the offset.
      (self[one].bootloaderLine == nil) == (self[other].bootloaderLine == nil),
      self[one].partitions.isEmpty == self[other].partitions.isEmpty,
      self[one].segments.isEmpty == self[other].segments.isEmpty,
      self[one].bootloaderSegments == self[other].bootloaderSegments,
      self[one].app.project == self[other].app.project,
      self[one].app.version == self[other].app.version,
      self[one].app.idf == self[other].app.idf,
      self[one].app.elfSHA256 == self[other].app.elfSHA256
    else { return false }
    return true
  }
}

extension [Crash] {
  fileprivate func areAlike(_ one: Int, _ other: Int) -> Bool {
    guard
      self[one].kind == self[other].kind,
      self[one].isFatal == self[other].isFatal,
      self[one].ranOn == self[other].ranOn,
      self[one].isBeginningKnown == self[other].isBeginningKnown,
      self[one].core == self[other].core,
      self[one].pc == self[other].pc,
      self[one].stage == self[other].stage,
      self[one].afterFirstAppLine == self[other].afterFirstAppLine,
      self[one].updatePhase == self[other].updatePhase,
      self[one].isNested == self[other].isNested,
      self[one].coreDump == self[other].coreDump,
      self[one].signature == self[other].signature,
      self[one].reason == self[other].reason,
      self[one].message == self[other].message,
      self[one].task == self[other].task,
      self[one].watchedTask == self[other].watchedTask,
      self[one].slot == self[other].slot,
      self[one].elfSHA256 == self[other].elfSHA256,
      self[one].firstLine.text == self[other].firstLine.text,
      self[one].backtrace?.ending == self[other].backtrace?.ending,
      self[one].error == self[other].error,
      self[one].assertion == self[other].assertion,
      self[one].heapDamage == self[other].heapDamage,
      self[one].memoryDump == self[other].memoryDump,
      self[one].details.elementsEqual(self[other].details, by: { $0.text == $1.text }),
      self[one].segments.elementsEqual(self[other].segments, by: { $0.isPlaced(as: $1) }),
      registersAreOfOneKind(one, other)
    else { return false }
    return true
  }

  /// Whether the registers tell the same instruction set, if they tell any: it decides what their addresses mean.
  private func registersAreOfOneKind(_ one: Int, _ other: Int) -> Bool {
    let (names, others) = (self[one].registers, self[other].registers)
    if names.count == others.count, names.indices.allSatisfy({ names[$0].name == others[$0].name })
    {
      return true
    }
    return InstructionSet(registers: names) == InstructionSet(registers: others)
  }
}

extension ImageSegment {
  /// Whether it lies where another one lies; when it was loaded does not matter.
  fileprivate func isPlaced(as other: ImageSegment) -> Bool {
    index == other.index && flashAddress == other.flashAddress && address == other.address
      && size == other.size && use == other.use
  }
}
