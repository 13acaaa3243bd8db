/// Addresses on the chip, and what the ELF has there.
struct MemoryOfELF {
  /// The loaded sections by address; what loads at the same place, as overlays do, in file order.
  private let loaded: [ELFFile.Section]
  private let segments: [ELFFile.Segment]
  private let code: [Range<UInt64>]

  init(_ layout: ELFLayout) {
    loaded = layout.sections.filter { $0.isLoaded && $0.size > 0 }
    segments = layout.segments
    // A stripped file may have lost its sections; its segments say as much, in fewer pieces.
    code =
      if loaded.isEmpty {
        segments.filter(\.isExecutable).map { Self.range($0.address, $0.memorySize) }
      } else {
        loaded.filter(\.isExecutable).map { Self.range($0.address, $0.size) }
      }
  }

  func section(at address: UInt32) -> ELFFile.Section? { loaded.first { $0.contains(address) } }

  func isCode(_ address: UInt32) -> Bool { code.contains { $0.contains(UInt64(address)) } }

  func isLoaded(_ address: UInt32) -> Bool {
    section(at: address) != nil
      || loaded.isEmpty
        && segments.contains { Self.range($0.address, $0.memorySize).contains(UInt64(address)) }
  }

  /// Where in the file the bytes of `address` lie, when all `count` do so in one piece.
  func fileOffset(of address: UInt32, count: Int) -> Int? {
    guard count >= 0 else { return nil }
    for section in loaded where section.kind != .zeros && !section.isCompressed {
      let offset = Int(address) - Int(section.address)
      if offset >= 0, offset + count <= Int(section.size) {
        return Int(section.fileOffset) + offset
      }
    }
    for segment in segments {
      let offset = Int(address) - Int(segment.address)
      if offset >= 0, offset + count <= Int(segment.fileSize) {
        return Int(segment.fileOffset) + offset
      }
    }
    return nil
  }

  private static func range(_ address: UInt32, _ size: UInt32) -> Range<UInt64> {
    UInt64(address)..<(UInt64(address) + UInt64(size))
  }
}
