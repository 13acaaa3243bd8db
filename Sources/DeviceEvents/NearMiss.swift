import LineReading

// A line that loses a byte on its way loses its meaning with it, and what is left can say something else: a slot that
// does not exist, an application under a tag of the bootloader's. Where the words are few and far apart, one wrong byte
// of them is read as if it were right.

extension ByteText {
  /// Whether it is this word but for one byte.
  func isNearly(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    var different = 0
    for index in 0..<count where self[index] != word.utf8Start[index] {
      different += 1
      if different > 1 { return false }
    }
    return different == 1
  }
}

extension StartupTags {
  /// Whether a tag is one of ESP-IDF's own but for one byte; short tags are too close to each other to tell.
  static func isNearlyOne(_ tag: ByteText) -> Bool {
    if tag[4] == UInt8(ascii: "."), tag.slice(from: 0, to: 4).isNearly("boot") { return true }
    // `root`, `book` and the like may be an application's: `boot` alone is no more than a suspicion.
    return bootloader.contains { tag.isNearly($0) }
      || startup.contains { $0.utf8CodeUnitCount >= 6 && tag.isNearly($0) }
  }
}

extension ResetReason {
  /// The reason whose name of five letters or more this is but for one byte.
  init?(nearly word: ByteText) {
    let close = Self.longNames.filter { word.isNearly($0.name) }
    guard close.count == 1, let reason = close.first?.reason else { return nil }
    self = reason
  }

  private static let longNames: [(name: StaticString, reason: ResetReason)] = [
    ("POWERON", .powerOn), ("PANIC", .panic), ("INT_WDT", .interruptWatchdog),
    ("TASK_WDT", .taskWatchdog), ("DEEPSLEEP", .deepSleep), ("BROWNOUT", .brownout),
    ("EFUSE", .efuse), ("PWR_GLITCH", .powerGlitch), ("CPU_LOCKUP", .cpuLockup),
    ("UNKNOWN", .unknown),
  ]
}

/// The usual names of slots, which a damaged byte must not turn into another slot.
enum SlotName {
  /// The name as it was meant; nil where what stands there cannot be told.
  ///
  /// `subtype` is that of a row of the partition table, which says the name again.
  static func meant(by label: ByteText, subtype: Int? = nil) -> String? {
    if label.isNearly("factory") { return "factory" }
    guard label.count == 5 else { return label.string }
    let digit = label[4]
    if label.has("ota_") {
      // A digit's damage is another digit, a sign or a letter from p on.
      switch digit {
      case 0x30...0x39, 0x41...0x6f: return label.string
      default: return subtype.flatMap(name(ofSubtype:))
      }
    }
    guard 0x30...0x39 ~= digit, label.slice(from: 0, to: 4).isNearly("ota_") else {
      return label.string
    }
    return "ota_" + label.slice(from: 4, to: 5).string
  }

  /// The name that ESP-IDF's own tables give to an app partition.
  static func name(ofSubtype subtype: Int) -> String? {
    switch subtype {
    case 0: "factory"
    case 0x10...0x1f: "ota_\(subtype - 0x10)"
    default: nil
    }
  }
}
