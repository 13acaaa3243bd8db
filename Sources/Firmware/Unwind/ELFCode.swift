/// The code of an ELF, for following stacks.
///
/// Like the ELF it belongs to one task at a time.
public final class ELFCode: ProgramCode {
  private let elf: ELFFile
  private lazy var frames = CallFrameTable(elf)

  /// The code of `elf`.
  public init(_ elf: ELFFile) { self.elf = elf }

  /// The machine code of the executable section at `address`.
  public func code(at address: UInt32, count: Int) -> [UInt8] {
    guard count > 0, let section = elf.section(at: address), section.isExecutable else { return [] }
    let room = Int(section.size) - Int(address - section.address)
    return elf.bytes(at: address, count: min(count, room)) ?? []
  }

  /// The function that the symbol table has there.
  public func function(containing address: UInt32) -> Range<UInt32>? {
    guard elf.isCode(address), let symbol = elf.symbols.symbol(containing: address) else {
      return nil
    }
    let (end, overflows) = symbol.address.addingReportingOverflow(symbol.size)
    guard !overflows, address < UInt32.max else { return nil }
    // Labels of assembler files may have no size.
    return symbol.address..<max(end, address + 1)
  }

  /// The rules of `.debug_frame`, else of `.eh_frame`.
  public func frameRules(at address: UInt32) -> FrameRules? {
    // What the linker threw away is described at address 0 and thereabouts.
    guard elf.isCode(address) else { return nil }
    return frames?.rules(at: address)
  }
}
