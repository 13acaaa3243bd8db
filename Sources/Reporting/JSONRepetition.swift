import BootTimeline
import DeviceEvents

// The boots and crashes of a loop differ in their numbers and read alike otherwise: what was written of one is
// copied for the next, which takes a fraction of the time of writing it again.

/// Where texts stand that were written for some items, the newest first.
struct WrittenPassages {
  private var known: [(item: Int, text: Range<Int>)] = []
  /// Loops go through few kinds of boots.
  private static let most = 4

  /// Where the text stands of an item that is like the one at hand.
  func text(ofLike isLike: (Int) -> Bool) -> Range<Int>? {
    for passage in known where isLike(passage.item) { return passage.text }
    return nil
  }

  /// Notes where the text of an item stands.
  mutating func note(_ text: Range<Int>, of item: Int) {
    if known.count == Self.most { known.removeLast() }
    known.insert((item, text), at: 0)
  }
}

/// The names of registers as they were written for the last dump: the next one has the same.
struct WrittenNames {
  private var names: [String] = []
  private(set) var texts: [Range<Int>] = []

  /// Whether a dump has these names, in this order.
  func are(of registers: [Register]) -> Bool {
    guard names.count == registers.count else { return false }
    for index in names.indices where names[index] != registers[index].name { return false }
    return true
  }

  /// Notes where the names stand, from before their separators to behind their colons.
  mutating func note(_ texts: [Range<Int>], of registers: [Register]) {
    guard texts.count == registers.count else {
      // Some name came twice and was written once.
      names = []
      self.texts = []
      return
    }
    names = registers.map(\.name)
    self.texts = texts
  }
}

/// Crashes of which texts were written.
struct WrittenCrashes {
  var beginnings = WrittenPassages()
  var endings = WrittenPassages()
  var names = WrittenNames()
}

// Elements are compared in their places: to copy one takes longer.
extension [Boot] {
  /// Whether two boots tell the same, numbers of lines and boots aside.
  func readAlike(_ one: Int, _ other: Int) -> Bool {
    guard
      self[one].ending == self[other].ending,
      self[one].stage == self[other].stage,
      self[one].repeats == self[other].repeats,
      self[one].resetReason == self[other].resetReason,
      self[one].resetReasonSource == self[other].resetReasonSource,
      self[one].slot == self[other].slot,
      self[one].slotSource == self[other].slotSource,
      self[one].loadedOffset == self[other].loadedOffset,
      self[one].beganInLog == self[other].beganInLog,
      self[one].chip == self[other].chip,
      self[one].romBanner == self[other].romBanner,
      self[one].romReset == self[other].romReset,
      self[one].bootloaderIDF == self[other].bootloaderIDF,
      self[one].bootloaderCompiled == self[other].bootloaderCompiled,
      self[one].app.project == self[other].app.project,
      self[one].app.version == self[other].app.version,
      self[one].app.idf == self[other].app.idf,
      self[one].app.compiled == self[other].app.compiled,
      self[one].app.elfSHA256 == self[other].app.elfSHA256,
      self[one].partitions == self[other].partitions
    else { return false }
    return true
  }
}

extension [Crash] {
  /// Whether two crashes tell the same from whether they were fatal to the PC.
  func beginAlike(_ one: Int, _ other: Int) -> Bool {
    guard
      self[one].isFatal == self[other].isFatal,
      self[one].kind == self[other].kind,
      self[one].reason == self[other].reason,
      self[one].message == self[other].message,
      self[one].core == self[other].core,
      self[one].task == self[other].task,
      self[one].watchedTask == self[other].watchedTask,
      self[one].pc == self[other].pc
    else { return false }
    return true
  }

  /// Whether two crashes tell the same behind their registers, as far as no ELF has a say.
  func endAlike(_ one: Int, _ other: Int) -> Bool {
    guard
      self[one].coreDumpLines == nil,
      self[other].coreDumpLines == nil,
      self[one].otherCores.isEmpty,
      self[other].otherCores.isEmpty,
      self[one].elfSHA256 == self[other].elfSHA256,
      self[one].signature == self[other].signature,
      self[one].backtrace == self[other].backtrace
    else { return false }
    return true
  }
}
