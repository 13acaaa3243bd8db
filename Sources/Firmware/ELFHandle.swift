import CElfutils

/// An ELF as libelf and libdw hold it: for debug information and call frame information.
final class ELFHandle {
  /// For libelf, which reads it until the end.
  private let file: FileBytes
  let elf: OpaquePointer

  /// Nil where the file holds something that libdw should not be trusted with.
  init?(_ elf: ELFFile) {
    guard PackedSections.areBounded(in: elf), elf_version(UInt32(EV_CURRENT)) != 0,
      let start = UnsafeMutableRawBufferPointer(mutating: elf.file.bytes).baseAddress,
      let handle = elf_memory(
        start.assumingMemoryBound(to: CChar.self), elf.file.bytes.count)
    else { return nil }
    file = elf.file
    self.elf = handle
  }

  deinit { elf_end(elf) }
}
