/// How much of `.debug_line` may be unrolled.
///
/// Each byte of a line program can become a row of some 60 bytes, so a hostile file of a few hundred
/// megabytes would take all memory there is.
struct LinePrograms {
  /// The section as it is in the file; nil where it is packed or missing.
  private let bytes: UnsafeRawBufferPointer?
  private let packedSize: Int
  private var left = 48 << 20

  /// One unit's; the largest of real firmware take a tenth of it.
  private static let largest = 4 << 20

  init(_ elf: ELFFile) {
    let section = elf.section(named: ".debug_line")
    if let section, !section.isCompressed {
      bytes = elf.file.bytes.slice(section.fileRange)
      packedSize = 0
    } else {
      bytes = nil
      packedSize = PackedSections.unpackedSize(of: ".debug_line", in: elf)
    }
  }

  /// Whether the program that begins at this place of the section is small enough; what is, is
  /// counted.
  mutating func admits(programAt offset: UInt64?) -> Bool {
    guard let bytes else {
      // How much of a packed section one unit has cannot be told without unpacking it. libdw keeps
      // what it has unrolled, so all units together take no more than the section does.
      return packedSize <= 8 * Self.largest
    }
    guard let offset, let start = Int(exactly: offset), let length = bytes.word(at: start) else {
      return false
    }
    let size = Int(length)
    guard size <= Self.largest, size <= left else { return false }
    left -= size
    return true
  }
}
