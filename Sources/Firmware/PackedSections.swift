/// What has to be settled before libelf and libdw may look at a file.
enum PackedSections {
  /// Packed debug information of more than this is not unpacked: a few bytes can claim gigabytes.
  private static let mostUnpacked = 512 << 20

  /// Whether reading the debug information asks for no more than this file, and a bounded amount of
  /// memory.
  static func areBounded(in elf: ELFFile) -> Bool {
    // It names another file, by a path from wherever the ELF comes from; libdw would open it.
    guard elf.section(named: ".gnu_debugaltlink") == nil else { return false }
    var unpacked = 0
    for section in elf.sections {
      unpacked += unpackedSize(of: section, elf.file.bytes)
      guard unpacked <= mostUnpacked else { return false }
    }
    return true
  }

  /// How much the section of that name, or its packed form in the way of old GNU tools, claims to
  /// hold; 0 where it is not packed.
  static func unpackedSize(of name: String, in elf: ELFFile) -> Int {
    let section = elf.section(named: name) ?? elf.section(named: ".z" + name.dropFirst())
    return section.map { unpackedSize(of: $0, elf.file.bytes) } ?? 0
  }

  private static func unpackedSize(
    of section: ELFFile.Section, _ bytes: UnsafeRawBufferPointer
  ) -> Int {
    let start = Int(section.fileOffset)
    if section.isCompressed {
      // Elf32_Chdr: kind, size, alignment.
      return bytes.word(at: start + 4).map { Int($0) } ?? Int.max / 2
    }
    guard section.name.hasPrefix(".zdebug") else { return 0 }
    // `ZLIB` and the size as a big-endian number of 8 bytes.
    guard bytes.word(at: start + 4) == 0, let size = bytes.word(at: start + 8) else {
      return Int.max / 2
    }
    return Int(size.byteSwapped)
  }
}
