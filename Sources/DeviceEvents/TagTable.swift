import LineReading

/// What is to be done with the messages of a tag.
struct TagEntry: Sendable {
  /// Who prints under it.
  enum Source: Sendable { case bootloader, startup, application }

  /// The decoders for it: bit n stands for `DecoderTable.messageDecoders[n]`.
  var decoders: UInt32 = 0
  /// Who prints under it.
  var source = Source.application
  /// Whether nobody but ESP-IDF prints this word and a colon, so that a line that lost its level
  /// and time is still known by it.
  var isDistinctive = false
  /// The rules' patterns for it, as a range of `LinePatternTable.tagged`.
  var patterns: Range<Int> = 0..<0

  /// Whether nobody knows the tag.
  var isUnknown: Bool { decoders == 0 && source == .application && patterns.isEmpty }

  /// A tag that nobody asked for: some module of an application.
  static let unknown = TagEntry()
}

/// Finds the entry of a tag by its hash.
///
/// Tags are not compared byte by byte. A collision would need a tag made for it, and whoever can
/// make the device print that can make it print the real tag as well.
struct TagTable: Sendable {
  private var hashes: [UInt64]
  private var entries: [TagEntry]
  private var count = 0

  init() {
    hashes = [UInt64](repeating: 0, count: 512)
    entries = [TagEntry](repeating: .unknown, count: 512)
  }

  /// The entry of a tag; `boot.esp32s3` has that of `boot`.
  @inline(__always)
  func entry(for tag: ByteText) -> TagEntry {
    if let index = index(of: Self.hash(tag)) { return entries[index] }
    if tag[4] == UInt8(ascii: "."), tag.has("boot."),
      let index = index(of: Self.hash(tag.slice(from: 0, to: 4)))
    {
      return entries[index]
    }
    return .unknown
  }

  /// Changes the entry of a tag, which is new if the tag was not known.
  mutating func update(_ tag: [UInt8], _ change: (inout TagEntry) -> Void) {
    if count * 2 > hashes.count { grow() }
    let hash = tag.withUnsafeBufferPointer { Self.hash(ByteText($0)) }
    var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & (hashes.count - 1) }
    if hashes[slot] == 0 { count += 1 }
    hashes[slot] = hash
    change(&entries[slot])
  }

  private mutating func grow() {
    let old = zip(hashes, entries).filter { $0.0 != 0 }
    let size = hashes.count * 2
    hashes = [UInt64](repeating: 0, count: size)
    entries = [TagEntry](repeating: .unknown, count: size)
    for (hash, entry) in old {
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while hashes[slot] != 0 { slot = (slot + 1) & (size - 1) }
      hashes[slot] = hash
      entries[slot] = entry
    }
  }

  @inline(__always)
  private func index(of hash: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while true {
      let found = hashes[slot]
      if found == hash { return slot }
      if found == 0 { return nil }
      slot = (slot + 1) & (hashes.count - 1)
    }
  }

  /// Never 0, which marks free slots.
  @inline(__always)
  static func hash(_ tag: ByteText) -> UInt64 {
    let bytes = UnsafeRawBufferPointer(tag.buffer)
    var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9e37_79b9_7f4a_7c15
    var position = 0
    while bytes.count - position >= 8 {
      mix(&hash, bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position += 8
    }
    var last: UInt64 = 0
    if position < bytes.count {
      if bytes.count >= 8 {
        // Overlaps what was mixed before, which is cheaper than going byte by byte.
        last = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
      } else {
        for byte in bytes { last = last << 8 | UInt64(byte) }
      }
      mix(&hash, last)
    }
    return hash | 1 << 63
  }

  @inline(__always)
  private static func mix(_ hash: inout UInt64, _ word: UInt64) {
    hash = (hash ^ word) &* 0xff51_afd7_ed55_8ccd
    hash ^= hash >> 32
  }
}
