import LineReading

// A line that loses a byte on its way loses its meaning with it, and what is left can say something else: a slot that
// does not exist, an application under a tag of the bootloader's. Where the words are few and far apart, one wrong byte
// of them is read as if it were right.

extension ByteText {
  /// Whether it is this word but for one byte: another one, one too few, or one too many.
  func isNearly(_ word: StaticString) -> Bool { isNearly(word.buffer) }

  /// The same for a word whose bytes are anywhere.
  func isNearly(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    guard abs(count - word.count) <= 1 else { return false }
    let same = commonLength(with: word, at: 0)
    switch count - word.count {
    case 0: return same < word.count && has(word, from: same + 1, at: same + 1)
    case -1: return has(word, from: same + 1, at: same)
    default: return has(word, from: same, at: same + 1)
    }
  }

  /// How many bytes at `start` are this literal but for one byte; nil if they are another text, or the literal itself.
  func length(ofNearly literal: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    let same = commonLength(with: literal, at: start)
    let place = start + same
    guard same < literal.count, place < count else { return nil }
    if has(literal, from: same + 1, at: place + 1) { return literal.count }
    if has(literal, from: same + 1, at: place) { return literal.count - 1 }
    return has(literal, from: same, at: place + 1) ? literal.count + 1 : nil
  }

  /// The text with the literal in place of what nearly is the literal at `start`.
  func mended(_ literal: UnsafeBufferPointer<UInt8>, at start: Int) -> [UInt8]? {
    guard let length = length(ofNearly: literal, at: start) else { return nil }
    return Array(slice(from: 0, to: start).buffer) + Array(literal)
      + Array(slice(from: start + length).buffer)
  }

  private func commonLength(with literal: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    var same = 0
    while same < literal.count, start + same < count, self[start + same] == literal[same] {
      same += 1
    }
    return same
  }

  /// Whether the literal's rest from `first` on stands at `start`.
  private func has(
    _ literal: UnsafeBufferPointer<UInt8>, from first: Int, at start: Int
  ) -> Bool {
    let length = literal.count - first
    guard length >= 0, start + length <= count else { return false }
    return (0..<length).allSatisfy { self[start + $0] == literal[first + $0] }
  }
}

extension StaticString {
  /// The bytes of a literal, which live as long as the program.
  var buffer: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}

extension StartupTags {
  /// Whether a tag is one of ESP-IDF's own but for one byte; short tags are too close to each other to tell.
  static func isNearlyOne(_ tag: ByteText) -> Bool {
    if let dot = tag.firstIndex(of: UInt8(ascii: ".")), tag.slice(from: 0, to: dot).isNearly("boot")
    {
      return true
    }
    // The colon behind the tag is lost, and the tag ends with the next one.
    if let blank = tag.firstIndex(of: 0x20), blank >= 4 {
      let first = tag.slice(from: 0, to: blank)
      return (bootloader + startup).contains {
        $0.utf8CodeUnitCount == blank && first.has($0)
      }
    }
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
    // `factory2` may be a second one.
    if label.isNearly("factory"), !(0x30...0x39 ~= label[7]) { return "factory" }
    // Nobody counts slots with two digits before the tenth.
    if label.count == 6, label.has("ota_00") { return "ota_0" }
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
